"""Tokens of the API, and what was already answered under an idempotency key."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metrics.enums import ApiScope
from people.models import Membership
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel


@track_history(exclude=["last_used_at"])
class ApiToken(TenantModel):
    """A key for a program of the organization. Only its hash is kept; ``hint`` is the part that is shown."""

    name = models.CharField(_("what it is for"), max_length=100)
    token_hash = models.CharField(max_length=64, editable=False)
    hint = models.CharField(max_length=12, editable=False)
    scopes = ArrayField(models.CharField(max_length=30, choices=ApiScope.choices), verbose_name=_("may"))
    created_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "token_hash"], name="metrics_apitoken_hash_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_labels(self) -> list[str]:
        """What it may do, in words."""
        return [str(ApiScope(scope).label) for scope in self.scopes]

    @property
    def is_expired(self) -> bool:
        """Whether its last day is over."""
        return self.expires_at is not None and self.expires_at <= timezone.now()

    @property
    def last_day(self) -> datetime | None:
        """The last moment it works."""
        return self.expires_at - timedelta(seconds=1) if self.expires_at else None


class IdempotentAnswer(TenantModel):
    """What was answered to a request with a key; the same request with the same key gets the same answer."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=200)
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    answered_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("answer under a key")
        verbose_name_plural = _("answers under keys")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "token", "key"], name="metrics_idempotentanswer_once"),
        ]

    def __str__(self) -> str:
        return self.key
