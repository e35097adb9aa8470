"""Between which figures the people of a job have been; groups of fewer than five give none (rule 25)."""

import datetime
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
    """Where nine of ten months of the people of a job lay: between ``low`` (5th percentile) and ``high`` (95th)."""

    low: float
    high: float
    people: int


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
    found = SeriesRollup.objects.filter(
        grain=Grain.MONTH,
        series__metric=metric,
        series__employee__job_description=job,
        starts_on__gte=today - datetime.timedelta(days=MONTHS_BACK * 31),
    ).aggregate(
        people=Count("series__employee", distinct=True),
        low=_Percentile("value", fraction=0.05),
        high=_Percentile("value", fraction=0.95),
    )
    if found["people"] < FEWEST_PEOPLE:
        return None
    return JobRange(low=found["low"], high=found["high"], people=found["people"])
