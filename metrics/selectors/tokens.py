"""Tokens of the API: for the HR admin's list, and for a request that brings one."""

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from metrics.models import ApiToken
from metrics.rules import can_manage_tokens
from metrics.tokens import hash_of
from people.models import Membership, Organization


def tokens_visible_to(member: Membership) -> QuerySet[ApiToken]:
    """Return the organization's tokens: those in force first, the latest first."""
    if not can_manage_tokens(member):
        return ApiToken.objects.none()
    return ApiToken.objects.select_related("created_by__user").order_by("revoked_at", "-created_at", "-id")


def token_for(member: Membership, token_id: int) -> ApiToken:
    """Return a token for its page, or raise Http404."""
    token = tokens_visible_to(member).filter(pk=token_id).first()
    if token is None:
        raise Http404
    return token


def token_in_force(text: str) -> ApiToken | None:
    """Return the token with that text, in the open tenant context; None if revoked, expired or unknown."""
    in_force = Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
    return (
        ApiToken.objects.filter(in_force, token_hash=hash_of(text), revoked_at__isnull=True)
        .select_related("organization", "created_by")
        .first()
    )


def is_open_organization(organization_id: int) -> bool:
    """Return whether there is such an organization and it is active."""
    return Organization.objects.filter(pk=organization_id, is_active=True).exists()
