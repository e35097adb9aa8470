"""Requests for an accommodation; what is medical about them lies in a row of its own (rules 9, 10)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel
from pips.enums import AccommodationStatus
from pips.models.plan import Plan


@track_history()
class AccommodationRequest(TenantModel):
    """That the employee asked, where it stands, and what was granted from when to when.

    Managers learn of nothing but what was granted: ``granted``, ``restrictions`` and the dates. ``reason`` is between
    HR and the employee.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="accommodation_requests")
    status = models.CharField(
        _("status"), max_length=20, choices=AccommodationStatus.choices, default=AccommodationStatus.OPEN
    )
    requested_at = models.DateTimeField(default=timezone.now, editable=False)
    requested_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    granted = models.TextField(_("what is granted"), blank=True)
    restrictions = models.TextField(_("what the employee cannot be asked to do"), blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    reason = models.TextField(_("reasons"), blank=True)
    decided_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("request for an accommodation")
        verbose_name_plural = _("requests for an accommodation")
        ordering: ClassVar[list[str]] = ["requested_at", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "plan"],
                condition=Q(status=AccommodationStatus.OPEN),
                name="pips_accommodation_one_open_per_plan",
            ),
            models.CheckConstraint(
                condition=Q(status=AccommodationStatus.OPEN, decided_at__isnull=True)
                | (~Q(status=AccommodationStatus.OPEN) & Q(decided_at__isnull=False) & ~Q(reason="")),
                name="pips_accommodation_decided_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status=AccommodationStatus.GRANTED) | (~Q(granted="") & Q(starts_on__isnull=False)),
                name="pips_accommodation_granted_has_what",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="pips_accommodation_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return str(AccommodationStatus(self.status).label)


class AccommodationDetail(TenantModel):
    """The employee's own words and what is medical about them: HR partners only, each reading on the record."""

    request = models.OneToOneField(AccommodationRequest, on_delete=models.CASCADE, related_name="detail")
    words = models.TextField(_("what would help, and why"))

    class Meta(TenantModel.Meta):
        verbose_name = _("detail of a request")
        verbose_name_plural = _("details of requests")

    def __str__(self) -> str:
        return str(self.request_id)
