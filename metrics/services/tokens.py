"""Giving programs access to the API, and taking it away."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metrics.enums import ApiScope
from metrics.models import ApiToken, IdempotentAnswer
from metrics.rules import can_manage_tokens
from metrics.tokens import hash_of, hint_of, new_token
from people.models import Membership
from pipcycle.errors import DomainError

USE_NOTED_EVERY = 60
ANSWERS_KEPT = timedelta(days=2)


def create_token(
    *, actor: Membership, name: str, scopes: Collection[ApiScope], expires_at: datetime | None
) -> tuple[ApiToken, str]:
    """Make a token; return it with its text, which is known now and never again.

    Raises PermissionDenied, or DomainError for one that may nothing or has expired already.
    """
    _require_right(actor)
    if not scopes:
        raise DomainError(_("Choose at least one thing the program may do."))
    if expires_at is not None and expires_at <= timezone.now():
        raise DomainError(_("The token would have expired already. Choose a later day."))
    text = new_token(actor.organization_id)
    token = ApiToken.objects.create(
        name=name.strip(),
        token_hash=hash_of(text),
        hint=hint_of(text),
        scopes=sorted(scope.value for scope in scopes),
        created_by=actor,
        expires_at=expires_at,
    )
    return token, text


def revoke_token(*, actor: Membership, token: ApiToken) -> ApiToken:
    """End a token at once; what it handed in stays. Raises PermissionDenied, or DomainError if it was revoked."""
    _require_right(actor)
    now = timezone.now()
    if not ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=now):
        raise DomainError(_("This token is revoked already."))
    token.revoked_at = now
    return token


def note_use(*, token: ApiToken) -> None:
    """Note that the token was used, at most once a minute: requests must not queue for one row."""
    if cache.add(f"api-used:{token.organization_id}:{token.pk}", 1, USE_NOTED_EVERY):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=timezone.now())


def forget_answers() -> int:
    """Delete the answers kept under keys for more than two days; return how many."""
    old = IdempotentAnswer.objects.filter(answered_at__lt=timezone.now() - ANSWERS_KEPT)
    return old.delete()[0]


def _require_right(actor: Membership) -> None:
    if not can_manage_tokens(actor):
        raise PermissionDenied
