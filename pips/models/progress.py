"""What happens while a plan runs and after it: check-ins and follow-ups."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel
from pips.enums import TrackStatus
from pips.models.plan import Plan


@track_history()
class PlanCheckIn(TenantModel):
    """An informal check-in between milestones; both views are recorded (rule 6).

    ``form_version``: how HR worded the form when the check-in was planned; empty before forms had versions.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="check_ins")
    day = models.PositiveSmallIntegerField(_("day"))
    planned_on = models.DateField(_("planned for"))
    due_on = models.DateField(_("due on"))
    form_version = models.PositiveSmallIntegerField(_("version of the form"), null=True, editable=False)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    track_status = models.CharField(_("on track?"), max_length=20, choices=TrackStatus.choices, blank=True)
    manager_view = models.TextField(_("manager's view"), blank=True)
    manager_recorded_at = models.DateTimeField(null=True, blank=True)
    manager_recorded_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    support_delivered = models.TextField(_("support delivered"), blank=True)
    obstacles = models.TextField(_("obstacles"), blank=True)
    actions = models.TextField(_("agreed actions"), blank=True)
    employee_view = models.TextField(_("employee's view"), blank=True)
    employee_recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering: ClassVar[list[str]] = ["day", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "plan", "day"], name="pips_plancheckin_once_per_day"),
            models.CheckConstraint(
                condition=Q(manager_recorded_at__isnull=True) | (Q(held_on__isnull=False) & ~Q(track_status="")),
                name="pips_plancheckin_recorded_has_date",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Check-in of day %(day)d") % {"day": self.day})


@track_history()
class FollowUp(TenantModel):
    """A look back after the outcome: was the improvement sustained?"""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="follow_ups")
    day = models.PositiveSmallIntegerField(_("days after the decision"))
    due_on = models.DateField(_("due on"))
    held_on = models.DateField(_("held on"), null=True, blank=True)
    is_sustained = models.BooleanField(_("sustained?"), null=True)
    note = models.TextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering: ClassVar[list[str]] = ["day", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "plan", "day"], name="pips_followup_once_per_day"),
            models.CheckConstraint(
                condition=Q(recorded_at__isnull=True) | Q(held_on__isnull=False, is_sustained__isnull=False),
                name="pips_followup_recorded_has_verdict",
            ),
        ]

    def __str__(self) -> str:
        return str(self.due_on)
