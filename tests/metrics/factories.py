"""Metrics, series and their values, written as rows: what a test needs that is not about taking observations in.

``fill`` writes what the services would: observations, weeks and months, and the facts of the series.
"""

import datetime
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

import factory

from metrics.enums import Aggregation, BatchKind, Cadence, Grain, SignalKind
from metrics.models import Metric, Observation, ObservationBatch, Series, SeriesRollup, Signal
from people.models import Employee

#: A Monday, long enough ago for two years of weeks to lie in the past of most tests.
FIRST_MONDAY = datetime.date(2025, 1, 6)


class MetricFactory(factory.django.DjangoModelFactory[Metric]):
    """A weekly metric of the open tenant, of which more is better."""

    class Meta:
        model = Metric
        django_get_or_create = ("key",)

    key = factory.Sequence(lambda count: f"metric-{count}")
    name = factory.LazyAttribute(lambda made: made.key.replace("-", " ").capitalize())
    unit = "items"
    cadence = Cadence.WEEK


class BatchFactory(factory.django.DjangoModelFactory[ObservationBatch]):
    """A batch of observations that came from a file."""

    class Meta:
        model = ObservationBatch

    kind = BatchKind.FILE
    source = "figures.csv"


class SeriesFactory(factory.django.DjangoModelFactory[Series]):
    """The series of an employee in a metric; give ``employee``."""

    class Meta:
        model = Series
        django_get_or_create = ("metric", "employee")

    metric = factory.SubFactory(MetricFactory)


class SignalFactory(factory.django.DjangoModelFactory[Signal]):
    """An open signal that points the worse way; give ``series``."""

    class Meta:
        model = Signal

    kind = SignalKind.OUTSIDE
    starts_on = FIRST_MONDAY
    ends_on = factory.LazyAttribute(lambda made: made.starts_on)
    value = 1.0
    centre = 10.0
    lower = 5.0
    upper = 15.0
    is_improvement = False


def make_series(employee: Employee, metric: Metric, values: Sequence[float], **given: Any) -> Series:
    """Return the series of the employee in the metric, filled with the values."""
    return fill(SeriesFactory.create(employee=employee, metric=metric), values, **given)


def fill(
    series: Series,
    values: Sequence[float],
    start: datetime.date = FIRST_MONDAY,
    *,
    batch: ObservationBatch | None = None,
) -> Series:
    """Write one value for each period from ``start`` on, with the weeks, the months and the facts of the series."""
    days = list(periods(series.metric.cadence, start, len(values)))
    batch = batch or BatchFactory.create(kind=BatchKind.DEMO)
    pairs = list(zip(days, map(float, values), strict=True))
    Observation.objects.bulk_create(
        [Observation(series=series, starts_on=day, value=value, batch=batch) for day, value in pairs]
    )
    for grain in Grain:
        _roll_up(series, grain, pairs)
    series.first_on, series.last_on, series.last_value = days[0], days[-1], pairs[-1][1]
    series.point_count = len(pairs)
    series.is_stale = True
    series.save(update_fields=["first_on", "last_on", "last_value", "point_count", "is_stale"])
    return series


def set_limits(series: Series, *, centre: float, lower: float, upper: float, points: int = 12) -> Series:
    """Write the limits that the computation of signals would have found."""
    series.centre, series.lower, series.upper, series.limit_points = centre, lower, upper, points
    series.mean_range = (upper - centre) / 2.66
    series.is_stale = False
    series.save(update_fields=["centre", "lower", "upper", "limit_points", "mean_range", "is_stale"])
    return series


def periods(cadence: str, start: datetime.date, count: int) -> Iterable[datetime.date]:
    """Yield the first days of so many periods, the one ``start`` lies in first."""
    if cadence == Cadence.DAY:
        yield from (start + datetime.timedelta(days=step) for step in range(count))
    elif cadence == Cadence.WEEK:
        monday = start - datetime.timedelta(days=start.weekday())
        yield from (monday + datetime.timedelta(weeks=step) for step in range(count))
    else:
        month = start.year * 12 + start.month - 1
        yield from (datetime.date((month + step) // 12, (month + step) % 12 + 1, 1) for step in range(count))


def _roll_up(series: Series, grain: Grain, pairs: Sequence[tuple[datetime.date, float]]) -> None:
    def first_day(pair: tuple[datetime.date, float]) -> datetime.date:
        day = pair[0]
        return day.replace(day=1) if grain == Grain.MONTH else day - datetime.timedelta(days=day.weekday())

    groups = [(day, [value for _, value in group]) for day, group in groupby(pairs, key=first_day)]
    SeriesRollup.objects.bulk_create(
        [
            SeriesRollup(
                series=series,
                grain=grain,
                starts_on=day,
                value=_together(series.metric.aggregation, values),
                point_count=len(values),
            )
            for day, values in groups
        ]
    )


def _together(aggregation: str, values: Sequence[float]) -> float:
    if aggregation == Aggregation.LAST:
        return values[-1]
    total = sum(values)
    return total if aggregation == Aggregation.SUM else total / len(values)
