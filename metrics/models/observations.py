"""Observations: one value per metric, employee and period, where it came from, and what it was before.

``Observation`` is the one table that grows to tens of millions of rows. It is narrow on purpose
(docs/adr/0011-observations.md): its key is (organization, series, first day of the period), its only other index is a
block range index over the batch, and its references are the composite ones alone.
"""

from typing import Any, ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metrics.enums import BatchKind, Grain
from metrics.models.definitions import Metric
from people.models import Department, Employee, ImportBatch, Membership
from pipcycle.tenancy.guards import GuardedReference
from pipcycle.tenancy.models import TenantModel, current_organization_id, tenant_policy


class ObservationBatch(TenantModel):
    """Observations that came together: from a file, the API, by hand or a formula. It can be taken back as a whole."""

    kind = models.CharField(max_length=10, choices=BatchKind.choices)
    source = models.CharField(_("source"), max_length=255, blank=True)
    upload = models.OneToOneField(
        ImportBatch, on_delete=models.SET_NULL, null=True, blank=True, related_name="observation_batch"
    )
    created_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    new_count = models.PositiveIntegerField(default=0)
    corrected_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    refused_count = models.PositiveIntegerField(default=0)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    taken_back_reason = models.CharField(_("why it was taken back"), max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("batch of observations")
        verbose_name_plural = _("batches of observations")
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_reason="")
                | (Q(taken_back_at__isnull=False) & ~Q(taken_back_reason="")),
                name="metrics_observationbatch_reason",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "-created_at"], name="metrics_batch_latest"),
        ]

    def __str__(self) -> str:
        return self.source or str(self.get_kind_display())

    @property
    def title(self) -> str:
        """What people call it; the source of calculated values is a word of ours."""
        return str(self.get_kind_display()) if self.kind == BatchKind.FORMULA else str(self)

    @property
    def is_counted(self) -> bool:
        """Return whether the batch says how much it brought; calculated values are written again and again."""
        return self.kind != BatchKind.FORMULA


class Series(TenantModel):
    """The observations of one metric about one employee, what its chart rests on, and how far it was computed.

    The limits are those of the latest phase, so lists never compute: ``centre`` is None with fewer than six points.
    ``is_stale`` is set with every write of observations and cleared by the computation of signals. ``stale_from`` is
    the earliest day that was written since; without it the computation reads the whole series.
    """

    metric = models.ForeignKey(Metric, on_delete=models.CASCADE, related_name="series")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="series")
    first_on = models.DateField(null=True, blank=True)
    last_on = models.DateField(null=True, blank=True)
    last_value = models.FloatField(null=True, blank=True)
    point_count = models.PositiveIntegerField(default=0)
    centre = models.FloatField(null=True, blank=True)
    mean_range = models.FloatField(null=True, blank=True)
    lower = models.FloatField(null=True, blank=True)
    upper = models.FloatField(null=True, blank=True)
    limit_points = models.PositiveSmallIntegerField(default=0)
    computed_through = models.DateField(null=True, blank=True)
    is_stale = models.BooleanField(default=False)
    stale_from = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        verbose_name = _("series")
        verbose_name_plural = _("series")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "employee", "metric"], name="metrics_series_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "metric", "employee"], name="metrics_series_by_metric"),
            models.Index(fields=["organization"], condition=Q(is_stale=True), name="metrics_series_stale"),
        ]

    def __str__(self) -> str:
        return f"{self.metric_id} {self.employee_id}"


class _NarrowModel(TenantModel):
    """A tenant row without a key of its own and without an index for its tenant: its composite key starts with it."""

    organization = models.ForeignKey(
        "people.Organization",
        on_delete=models.CASCADE,
        related_name="+",
        editable=False,
        default=current_organization_id,
        db_index=False,
        db_constraint=False,
    )

    class Meta:
        abstract = True
        constraints: ClassVar[list[Any]] = [tenant_policy()]


class Observation(_NarrowModel):
    """One value. ``starts_on`` is the first day of its period; weeks start on Monday.

    ``value`` is what counts; ``reported_value`` is what the source said where leave was taken off it (rule 7).
    """

    pk = models.CompositePrimaryKey("organization_id", "series_id", "starts_on")
    series = models.ForeignKey(
        Series, on_delete=models.CASCADE, related_name="observations", db_index=False, db_constraint=False
    )
    starts_on = models.DateField()
    value = models.FloatField()
    reported_value = models.FloatField(null=True, blank=True)
    batch = models.ForeignKey(
        ObservationBatch, on_delete=models.CASCADE, related_name="observations", db_index=False, db_constraint=False
    )

    class Meta(_NarrowModel.Meta):
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering: ClassVar[list[str]] = ["starts_on"]
        indexes: ClassVar[list[models.Index]] = [
            BrinIndex(fields=["batch"], name="metrics_observation_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} {self.value}"


class OmittedObservation(_NarrowModel):
    """A value that lies wholly in a leave: kept as the source said it, and not counted (rule 7).

    It becomes an observation when the leave is changed or withdrawn, and an observation becomes one of these when a
    leave is recorded later. An employee, metric and period has one or the other, never both.
    """

    pk = models.CompositePrimaryKey("organization_id", "series_id", "starts_on")
    series = models.ForeignKey(
        Series, on_delete=models.CASCADE, related_name="omitted_observations", db_index=False, db_constraint=False
    )
    starts_on = models.DateField()
    reported_value = models.FloatField()
    batch = models.ForeignKey(
        ObservationBatch,
        on_delete=models.CASCADE,
        related_name="omitted_observations",
        db_index=False,
        db_constraint=False,
    )

    class Meta(_NarrowModel.Meta):
        verbose_name = _("value on leave")
        verbose_name_plural = _("values on leave")
        ordering: ClassVar[list[str]] = ["starts_on"]

    def __str__(self) -> str:
        return f"{self.starts_on} {self.reported_value}"


class ObservationCorrection(TenantModel):
    """What an observation was before it was corrected; never changed, so a batch can be taken back."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="corrections")
    starts_on = models.DateField()
    old_value = models.FloatField()
    old_reported_value = models.FloatField(null=True, blank=True)
    old_batch = models.ForeignKey(ObservationBatch, on_delete=models.CASCADE, related_name="+")
    new_value = models.FloatField()
    new_batch = models.ForeignKey(ObservationBatch, on_delete=models.CASCADE, related_name="corrections")
    reason = models.CharField(_("why"), max_length=300, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering: ClassVar[list[str]] = ["-made_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "series", "starts_on"], name="metrics_correction_of"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} {self.old_value} > {self.new_value}"


class SeriesRollup(_NarrowModel):
    """A week or a month of one series in one row, so that pages over many people never read single observations."""

    pk = models.CompositePrimaryKey("organization_id", "series_id", "grain", "starts_on")
    series = models.ForeignKey(
        Series, on_delete=models.CASCADE, related_name="rollups", db_index=False, db_constraint=False
    )
    grain = models.CharField(max_length=5, choices=Grain.choices)
    starts_on = models.DateField()
    value = models.FloatField()
    point_count = models.PositiveIntegerField()

    class Meta(_NarrowModel.Meta):
        verbose_name = _("period of a series")
        verbose_name_plural = _("periods of series")
        ordering: ClassVar[list[str]] = ["starts_on"]
        constraints: ClassVar[list[Any]] = [
            *_NarrowModel.Meta.constraints,
            GuardedReference(field="series", name="metrics_seriesrollup_series_same_tenant"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} {self.value}"


class GroupRollup(TenantModel):
    """A month of a metric over a department, or over the organization where none is named: the percentile band.

    Groups of fewer than five people are not written at all, nor those that would give one away (rule 25).
    """

    metric = models.ForeignKey(Metric, on_delete=models.CASCADE, related_name="group_rollups")
    department = models.ForeignKey(Department, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    starts_on = models.DateField()
    people = models.PositiveIntegerField()
    p10 = models.FloatField()
    p25 = models.FloatField()
    p50 = models.FloatField()
    p75 = models.FloatField()
    p90 = models.FloatField()
    computed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("month of a group")
        verbose_name_plural = _("months of groups")
        ordering: ClassVar[list[str]] = ["starts_on"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "metric", "department", "starts_on"],
                nulls_distinct=False,
                name="metrics_grouprollup_once",
            ),
            models.CheckConstraint(condition=Q(people__gte=5), name="metrics_grouprollup_not_too_few"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} {self.p50}"
