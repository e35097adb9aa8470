"""What is measured: metrics and their targets per job."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metrics.enums import Aggregation, Cadence, Direction, FormulaOperator, LeaveHandling
from people.models import JobDescription
from people.models.employees import NamedModel
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel


@track_history()
class Metric(NamedModel):
    """The definition of a figure that is observed per employee and period.

    ``key`` names it in files and in the API. A metric with a formula is calculated from two others and never handed in.
    """

    key = models.SlugField(_("short name"), max_length=50)
    description = models.TextField(_("what it says"), blank=True)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimal places shown"), default=1)
    direction = models.CharField(
        _("which way is better"), max_length=10, choices=Direction.choices, default=Direction.HIGHER
    )
    cadence = models.CharField(_("observed"), max_length=10, choices=Cadence.choices, default=Cadence.WEEK)
    aggregation = models.CharField(
        _("over longer periods"), max_length=10, choices=Aggregation.choices, default=Aggregation.MEAN
    )
    leave_handling = models.CharField(
        _("leave"), max_length=20, choices=LeaveHandling.choices, default=LeaveHandling.NONE
    )
    allowed_min = models.FloatField(_("smallest value allowed"), null=True, blank=True)
    allowed_max = models.FloatField(_("largest value allowed"), null=True, blank=True)
    target = models.FloatField(_("target"), null=True, blank=True)
    formula_left = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("first metric")
    )
    formula_operator = models.CharField(max_length=20, choices=FormulaOperator.choices, blank=True)
    formula_right = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("second metric")
    )
    formula_factor = models.FloatField(_("times"), default=1.0)
    preset_key = models.CharField(max_length=50, blank=True, editable=False)
    is_watched = models.BooleanField(_("look for signals"), default=True)
    is_active = models.BooleanField(_("in use"), default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(NamedModel.Meta):
        verbose_name = _("metric")
        verbose_name_plural = _("metrics")
        constraints: ClassVar[list[Any]] = [
            *NamedModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "key"], name="metrics_metric_key_once"),
            models.CheckConstraint(
                condition=Q(allowed_min__isnull=True)
                | Q(allowed_max__isnull=True)
                | Q(allowed_max__gt=F("allowed_min")),
                name="metrics_metric_range_in_order",
            ),
            models.CheckConstraint(
                condition=Q(formula_operator="", formula_left__isnull=True, formula_right__isnull=True)
                | (~Q(formula_operator="") & Q(formula_left__isnull=False, formula_right__isnull=False)),
                name="metrics_metric_formula_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(formula_left=F("id")) & ~Q(formula_right=F("id")), name="metrics_metric_not_of_itself"
            ),
            models.CheckConstraint(condition=Q(decimals__lte=6), name="metrics_metric_decimals"),
        ]

    @property
    def is_calculated(self) -> bool:
        """Return whether the metric is calculated from two others."""
        return bool(self.formula_operator)

    def get_absolute_url(self) -> str:
        """Return the page of the definition."""
        return reverse("metrics:definition", kwargs={"organization_slug": self.organization.slug, "metric_id": self.pk})


class MetricTarget(TenantModel):
    """The target of a metric for the people of one job; it goes before the metric's own."""

    metric = models.ForeignKey(Metric, on_delete=models.CASCADE, related_name="targets")
    job_description = models.ForeignKey(JobDescription, on_delete=models.CASCADE, related_name="metric_targets")
    target = models.FloatField(_("target"))

    class Meta(TenantModel.Meta):
        verbose_name = _("target for a job")
        verbose_name_plural = _("targets for jobs")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "metric", "job_description"], name="metrics_metrictarget_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric_id} {self.target}"
