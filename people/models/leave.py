"""Leave: dates that managers see, reasons kept apart that they do not (rule 10)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.enums import LeaveKind
from people.models.accounts import Membership
from people.models.employees import Employee
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel


@track_history()
class Leave(TenantModel):
    """Days an employee is away, both dates included; an open end means "not known yet"."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="leaves")
    starts_on = models.DateField(_("first day away"))
    ends_on = models.DateField(_("last day away"), null=True, blank=True)
    recorded_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("leave")
        verbose_name_plural = _("leaves")
        ordering: ClassVar[list[str]] = ["starts_on", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="people_leave_ends_after_start"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "employee", "starts_on"], name="people_leave_by_employee"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on or ''}"


@track_history()
class LeaveReason(TenantModel):
    """Why; HR only, every read on the audit trail (rule 10)."""

    leave = models.OneToOneField(Leave, on_delete=models.CASCADE, related_name="reason")
    kind = models.CharField(_("kind"), max_length=20, choices=LeaveKind.choices)
    is_protected = models.BooleanField(_("protected by law"), default=False)
    note = models.TextField(_("note"), blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("reason of leave")
        verbose_name_plural = _("reasons of leave")

    def __str__(self) -> str:
        return str(LeaveKind(self.kind).label)
