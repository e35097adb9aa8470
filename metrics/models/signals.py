"""Signals: patterns of a series that are more than noise (rule 27), and the phases its limits are computed in."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metrics.enums import SIGNAL_TRANSITIONS, SignalCause, SignalKind, SignalStatus
from metrics.models.observations import Series
from people.models import Membership
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel

_DECIDED = [SignalStatus.ACKNOWLEDGED, SignalStatus.DISMISSED, SignalStatus.SUPPORTED]


@track_history()
class SeriesPhase(TenantModel):
    """Where the process of a series has changed for good: limits are computed afresh from here.

    The first phase of a series has no row; each row is a shift a person has confirmed, with their reason.
    """

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="phases")
    starts_on = models.DateField(_("from"))
    reason = models.CharField(_("what changed"), max_length=300)
    confirmed_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering: ClassVar[list[str]] = ["starts_on"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "series", "starts_on"], name="metrics_seriesphase_once"),
        ]

    def __str__(self) -> str:
        return str(self.starts_on)


@track_history()
class Signal(TenantModel):
    """One pattern. It starts with its first point and is known by the point that completed it (``ends_on``).

    ``is_improvement`` tells whether it points the better way: those are worth a word too, and are never shown in red.
    """

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="signals")
    kind = models.CharField(max_length=20, choices=SignalKind.choices)
    starts_on = models.DateField()
    ends_on = models.DateField()
    value = models.FloatField()
    centre = models.FloatField()
    lower = models.FloatField()
    upper = models.FloatField()
    is_improvement = models.BooleanField()
    status = models.CharField(_("status"), max_length=20, choices=SignalStatus.choices, default=SignalStatus.OPEN)
    cause = models.CharField(_("cause"), max_length=20, choices=SignalCause.choices, blank=True)
    note = models.TextField(_("note"), blank=True)
    support_kind = models.CharField(max_length=30, blank=True)
    support_about_id = models.BigIntegerField(null=True, blank=True)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    employee_comment = models.TextField(_("your view"), blank=True)
    employee_commented_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("signal")
        verbose_name_plural = _("signals")
        ordering: ClassVar[list[str]] = ["-ends_on", "-id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "series", "kind", "ends_on"], name="metrics_signal_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="metrics_signal_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(status__in=_DECIDED) | Q(decided_at__isnull=False), name="metrics_signal_decided_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(status=SignalStatus.OPEN) | Q(decided_at__isnull=True), name="metrics_signal_open_has_none"
            ),
            models.CheckConstraint(
                condition=~Q(status=SignalStatus.ACKNOWLEDGED) | ~Q(cause=""), name="metrics_signal_has_cause"
            ),
            models.CheckConstraint(
                condition=~Q(status=SignalStatus.DISMISSED) | ~Q(note=""), name="metrics_signal_dismissed_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(status=SignalStatus.SUPPORTED) | (~Q(support_kind="") & Q(support_about_id__isnull=False)),
                name="metrics_signal_supported_has_what",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["organization", "series"], condition=Q(status=SignalStatus.OPEN), name="metrics_signal_open"
            ),
            models.Index(fields=["organization", "-ends_on"], name="metrics_signal_latest"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.FSM(
                name="signal_moves_along_the_table",
                field="status",
                transitions=[
                    (source.value, target.value)
                    for source in SignalStatus
                    for target in sorted(SIGNAL_TRANSITIONS[source])
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ends_on}"

    def get_absolute_url(self) -> str:
        """Return the signal's page."""
        return reverse("metrics:signal", kwargs={"organization_slug": self.organization.slug, "signal_id": self.pk})
