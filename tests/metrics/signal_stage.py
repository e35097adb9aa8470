"""Series that end this week, so that what they show is recent."""

import datetime
from collections.abc import Sequence

from django.utils import timezone

from metrics.models import Metric, Observation, Series, Signal
from metrics.services.signals import compute_stale_series
from people.models import Employee
from tests.metrics.factories import BatchFactory, SeriesFactory, fill

#: Twelve weeks around 10: the mean is 10, the limits 4.68 and 15.32.
QUIET = [9.0, 11.0] * 6


def this_monday() -> datetime.date:
    """Return the first day of this week."""
    today = timezone.localdate()
    return today - datetime.timedelta(days=today.weekday())


def weeks_ago(count: int) -> datetime.date:
    """Return the Monday so many weeks before this one."""
    return this_monday() - datetime.timedelta(weeks=count)


def recent_series(employee: Employee, metric: Metric, values: Sequence[float], *, ended_weeks_ago: int = 0) -> Series:
    """Return a stale series whose last value is of that week."""
    series = SeriesFactory.create(employee=employee, metric=metric)
    return fill(series, values, weeks_ago(len(values) - 1 + ended_weeks_ago))


def computed(employee: Employee, metric: Metric, values: Sequence[float]) -> Series:
    """Return such a series after its computation."""
    series = recent_series(employee, metric, values)
    compute_stale_series()
    series.refresh_from_db()
    return series


def add_points(series: Series, values: Sequence[float]) -> None:
    """Write newer values as the taking in of observations does, naming the earliest day written."""
    newest = Observation.objects.filter(series=series).latest("starts_on").starts_on
    days = [newest + datetime.timedelta(weeks=week) for week in range(1, len(values) + 1)]
    batch = BatchFactory.create()
    Observation.objects.bulk_create(
        Observation(series=series, starts_on=day, value=value, batch=batch)
        for day, value in zip(days, values, strict=True)
    )
    Series.objects.filter(pk=series.pk).update(is_stale=True, stale_from=days[0], last_on=days[-1])


def drop_of(employee: Employee, metric: Metric) -> Signal:
    """Return the open signal of a value far below the limits."""
    computed(employee, metric, [*QUIET, 1.0])
    return Signal.objects.select_related("series__employee", "series__metric").get(series__employee=employee)
