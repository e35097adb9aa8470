"""Between which figures the people of a job have been; groups of fewer than five give none (rule 25)."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, Count, FloatField

from metrics.enums import Grain
from metrics.models import Metric, SeriesRollup
from people.models import JobDescription

FEWEST_PEOPLE = 5
MONTHS_BACK = 24


@dataclass(frozen=True, kw_only=True)
class JobRange:
    """Where nine of ten months of the people of a job lay: between ``low`` (5th percentile) and ``high`` (95th).

    ``name`` and ``unit`` are those of the metric.
    """

    low: float
    high: float
    people: int
    name: str = ""
    unit: str = ""


class _Percentile(Aggregate):
    """PostgreSQL's continuous percentile; it knows of no ``DISTINCT`` and of no window."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(fraction)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()

    def __init__(self, expression: str, *, fraction: float, **extra: Any) -> None:
        super().__init__(expression, fraction=float(fraction), **extra)


def job_range(*, metric: Metric, job: JobDescription | None, today: datetime.date) -> JobRange | None:
    """Return the range of the last two years' months, None with fewer than five people; one query."""
    if job is None:
        return None
    return job_ranges(metrics=[metric.pk], job=job.pk, today=today).get(metric.pk)


def job_ranges(*, metrics: Collection[int], job: int, today: datetime.date) -> dict[int, JobRange]:
    """Return the range of each metric in which five people or more have figures, by its key; one query."""
    months = SeriesRollup.objects.filter(
        grain=Grain.MONTH,
        series__metric__in=metrics,
        series__employee__job_description=job,
        starts_on__gte=today - datetime.timedelta(days=MONTHS_BACK * 31),
    )
    found = (
        months.order_by()
        .values_list("series__metric", "series__metric__name", "series__metric__unit")
        .annotate(
            people=Count("series__employee", distinct=True),
            low=_Percentile("value", fraction=0.05),
            high=_Percentile("value", fraction=0.95),
        )
    )
    return {
        metric: JobRange(low=low, high=high, people=people, name=name, unit=unit)
        for metric, name, unit, people, low, high in found
        if people >= FEWEST_PEOPLE
    }
