"""An appeal against an outcome, looked at by somebody uninvolved (rule 17)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel
from pips.enums import AppealStatus, Outcome
from pips.models.plan import Plan

_DECIDED = [AppealStatus.UPHELD, AppealStatus.CHANGED]


@track_history()
class Appeal(TenantModel):
    """The employee's appeal, who looks at it, and what they decided with which reasons.

    ``outcome`` and ``outcome_reason`` keep what was appealed against, whatever becomes of it.
    """

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="appeal")
    status = models.CharField(_("status"), max_length=20, choices=AppealStatus.choices, default=AppealStatus.FILED)
    words = models.TextField(_("why the outcome is wrong"))
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    outcome_reason = models.TextField(blank=True)
    filed_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    filed_at = models.DateTimeField(default=timezone.now, editable=False)
    reviewer = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    assigned_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    assigned_at = models.DateTimeField(null=True, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering: ClassVar[list[str]] = ["filed_at", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=""), name="pips_appeal_has_words"),
            models.CheckConstraint(
                condition=Q(status=AppealStatus.FILED, assigned_at__isnull=True)
                | (~Q(status=AppealStatus.FILED) & Q(assigned_at__isnull=False)),
                name="pips_appeal_assigned_has_time",
            ),
            models.CheckConstraint(
                condition=(~Q(status__in=_DECIDED) & Q(decided_at__isnull=True))
                | (Q(status__in=_DECIDED, decided_at__isnull=False) & ~Q(reasons="")),
                name="pips_appeal_decided_has_reasons",
            ),
        ]

    def __str__(self) -> str:
        return str(AppealStatus(self.status).label)
