"""Exit interviews: what somebody who leaves says, kept from everybody who managed them."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Employee, Membership
from pipcycle.tenancy.models import TenantModel
from reviews.pulse_enums import ExitReason, ExitStatus, WouldReturn


class ExitInterview(TenantModel):
    """One leaving. ``hidden_from`` holds the employees who stood above while they left: for good, whatever comes."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="exit_interviews")
    left_on = models.DateField(_("last day"))
    status = models.CharField(_("status"), max_length=10, choices=ExitStatus.choices, default=ExitStatus.OPEN)
    hidden_from = ArrayField(models.BigIntegerField(), default=list, blank=True)
    reason = models.CharField(_("main reason"), max_length=15, choices=ExitReason.choices, blank=True)
    worked = models.TextField(_("what worked"), blank=True)
    did_not_work = models.TextField(_("what did not work"), blank=True)
    would_return = models.CharField(_("would return"), max_length=10, choices=WouldReturn.choices, blank=True)
    recommends = models.PositiveSmallIntegerField(_("recommends"), null=True, blank=True)
    words = models.TextField(_("anything else"), blank=True)
    conducted_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("exit interview")
        verbose_name_plural = _("exit interviews")
        ordering: ClassVar[list[str]] = ["-left_on", "-id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "employee"],
                condition=Q(status=ExitStatus.OPEN),
                name="reviews_exitinterview_one_open",
            ),
            models.CheckConstraint(
                condition=Q(status=ExitStatus.ANSWERED, answered_on__isnull=False, recommends__range=(0, 10))
                & ~Q(reason="")
                & ~Q(would_return="")
                | ~Q(status=ExitStatus.ANSWERED) & Q(answered_on__isnull=True),
                name="reviews_exitinterview_answered_in_full",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "answered_on"], name="reviews_exit_by_day"),
            models.Index(fields=["organization", "employee"], name="reviews_exit_by_employee"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        """Whether it still waits."""
        return self.status == ExitStatus.OPEN

    def get_absolute_url(self) -> str:
        """Return the page of the interview."""
        return reverse("reviews:exit", kwargs={"organization_slug": self.organization.slug, "exit_id": self.pk})
