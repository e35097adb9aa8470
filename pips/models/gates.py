"""What people answered to the gates, and the legal reviews a plan was sent to."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel
from pips.enums import LegalReviewStatus, Step
from pips.models.guards import append_only
from pips.models.plan import Plan


class GateAnswer(TenantModel):
    """The written reason for going on although a gate warned; kept for good."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="gate_answers")
    step = models.CharField(max_length=20, choices=Step.choices)
    code = models.CharField(max_length=120)
    rule = models.PositiveSmallIntegerField()
    message = models.TextField(_("what the gate said"))
    reason = models.TextField(_("reason"))
    author = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("answer to a gate")
        verbose_name_plural = _("answers to gates")
        ordering: ClassVar[list[str]] = ["at", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=~Q(reason=""), name="pips_gateanswer_has_reason"),
        ]
        triggers: ClassVar[list[Any]] = [
            *append_only(["plan", "step", "code", "rule", "message", "reason", "at"], name="gate_answer"),
        ]

    def __str__(self) -> str:
        return self.code


@track_history()
class LegalReview(TenantModel):
    """HR looks at a plan once more because of rule 4 or 5. Managers cannot see into it, nor can the employee.

    ``triggers_seen`` says what asked for it: a list of ``{"rule", "kind", "about_type", "about_id", "on"}``.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="legal_reviews")
    status = models.CharField(
        _("status"), max_length=20, choices=LegalReviewStatus.choices, default=LegalReviewStatus.OPEN
    )
    triggers_seen = models.JSONField(_("what asked for it"), default=list)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    reasons = models.TextField(_("privileged reasons"), blank=True)
    decided_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("legal review")
        verbose_name_plural = _("legal reviews")
        ordering: ClassVar[list[str]] = ["opened_at", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "plan"],
                condition=Q(status=LegalReviewStatus.OPEN),
                name="pips_legalreview_one_open_per_plan",
            ),
            models.CheckConstraint(
                condition=Q(status=LegalReviewStatus.OPEN, decided_at__isnull=True)
                | (~Q(status=LegalReviewStatus.OPEN) & Q(decided_at__isnull=False) & ~Q(reasons="")),
                name="pips_legalreview_decided_has_reasons",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "status", "opened_at"], name="pips_legalreview_queue"),
        ]

    def __str__(self) -> str:
        return str(self.plan)
