"""What the law protects: complaints, requests for an accommodation, injuries. HR only (rules 4, 9, 10)."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import ProtectedActivityKind
from people.models.accounts import Membership
from people.models.employees import Employee
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel


@track_history()
class ProtectedActivity(TenantModel):
    """That an employee did something the law protects, and when.

    A plan soon after it needs a legal review (rule 4). No manager ever learns of the row; the detail stays with HR.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="protected_activities")
    kind = models.CharField(_("kind"), max_length=20, choices=ProtectedActivityKind.choices)
    occurred_on = models.DateField(_("date"))
    note = models.TextField(_("note for HR"), blank=True)
    about_type = models.CharField(max_length=50, blank=True)
    about_id = models.BigIntegerField(null=True, blank=True)
    recorded_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("protected activity")
        verbose_name_plural = _("protected activities")
        ordering: ClassVar[list[str]] = ["-occurred_on", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "employee", "occurred_on"], name="people_protected_by_employee"),
        ]

    def __str__(self) -> str:
        return f"{ProtectedActivityKind(self.kind).label}, {self.occurred_on}"
