"""Definitions of metrics, for everybody who enters or reads figures."""

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from metrics.models import Metric, MetricTarget
from metrics.presets import PRESETS, Preset
from people.models import JobDescription


def metrics_in_use() -> QuerySet[Metric]:
    """Return the metrics that take observations or are calculated, by name."""
    return Metric.objects.filter(is_active=True)


def observed_metrics() -> QuerySet[Metric]:
    """Return the metrics in use that are handed in, by name."""
    return metrics_in_use().filter(formula_operator="")


def metric_to_observe(metric_id: int) -> Metric:
    """Return a metric in use that is handed in, or raise Http404."""
    metric: Metric = get_object_or_404(observed_metrics(), pk=metric_id)
    return metric


def metrics_with_facts() -> QuerySet[Metric]:
    """Return every metric for the list of definitions: those in use first, with how many people have figures."""
    metrics: QuerySet[Metric] = (
        Metric.objects.select_related("formula_left", "formula_right")
        .annotate(people_count=Count("series", filter=Q(series__point_count__gt=0)))
        .order_by("-is_active", "name")
    )
    return metrics


def metric_for(metric_id: int) -> Metric:
    """Return a metric with what its page shows, or raise Http404."""
    metric: Metric = get_object_or_404(metrics_with_facts(), pk=metric_id)
    return metric


def targets_of(metric: Metric) -> QuerySet[MetricTarget]:
    """Return the targets per job, by the job's name."""
    targets = MetricTarget.objects.filter(metric=metric)
    return targets.select_related("job_description").order_by("job_description__name")


def targets_for_job(job: JobDescription) -> QuerySet[MetricTarget]:
    """Return the targets people of the job have of their own, in metrics that are in use, by the metric's name."""
    targets = MetricTarget.objects.filter(job_description=job, metric__is_active=True)
    return targets.select_related("metric").order_by("metric__name")


def jobs_without_target(metric: Metric) -> QuerySet[JobDescription]:
    """Return the jobs for which the metric's own target holds."""
    return JobDescription.objects.exclude(metric_targets__metric=metric)


def presets_to_offer() -> Sequence[Preset]:
    """Return the presets the organization has not taken, in their order."""
    taken = set(Metric.objects.filter(key__in=PRESETS).values_list("key", flat=True))
    return [preset for key, preset in PRESETS.items() if key not in taken]
