"""What the metric behind an expectation says on a day: the figure of the last weeks and the verdict of its chart.

The verdict is never a grade of a person. It says whether the figures show more than the usual ups and downs (rule 27).
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from metrics.enums import Aggregation, Cadence, SignalStatus
from metrics.models import Metric, Observation, Series, Signal
from metrics.selectors.ranges import JobRange, job_ranges
from metrics.xmr import MINIMUM_POINTS
from pips.enums import Direction, SignalVerdict
from pips.models import Expectation

#: How far back the figure of a reading looks, and how far back a signal still speaks.
DAYS_BACK = 28
SIGNAL_DAYS = 56
_PERIOD_DAYS = {Cadence.DAY: 1, Cadence.WEEK: 7, Cadence.MONTH: 31}


@dataclass(frozen=True, kw_only=True)
class MetricReading:
    """The figure of the days ``period`` (both included), from how many values, and what the chart says of it."""

    value: Decimal | None
    period: tuple[datetime.date, datetime.date]
    points: int
    verdict: SignalVerdict

    @property
    def first(self) -> datetime.date:
        """Return the first day looked at."""
        return self.period[0]

    @property
    def last(self) -> datetime.date:
        """Return the last day looked at."""
        return self.period[1]


@dataclass(frozen=True, kw_only=True)
class RangeHint:
    """A target that lies outside what the people of the job have reached: between which figures they were."""

    known: JobRange
    is_above: bool


def reading_for(expectation: Expectation, on: datetime.date) -> MetricReading | None:
    """Return what the metric of the expectation says on the day, None where none was chosen."""
    return readings_of([expectation], expectation.plan.employee_id, on).get(expectation.pk)


def readings_of(expectations: Iterable[Expectation], employee_id: int, on: datetime.date) -> dict[int, MetricReading]:
    """Return the readings of those with a metric, by expectation; at most four statements, however many they are."""
    measured = [expectation for expectation in expectations if expectation.metric_id is not None]
    if not measured:
        return {}
    wanted = {expectation.metric_id for expectation in measured}
    found = Series.objects.filter(employee=employee_id, metric__in=wanted).select_related("metric")
    series = {one.metric_id: one for one in found}
    values = _values(list(series.values()), on)
    signals = _signals(list(series.values()), on)
    return {
        expectation.pk: _reading(series.get(expectation.metric_id or 0), values, signals, on)
        for expectation in measured
    }


def targets_outside_range(
    expectations: Iterable[Expectation], *, job_id: int | None, today: datetime.date
) -> dict[int, RangeHint]:
    """Return between which figures the job's people were for each target that asks for more than that, by expectation.

    Only the demanding side counts: a target that everybody reaches is no trouble for the employee. Nothing is said
    where no metric was chosen, or fewer than five people have figures (rule 25). At most one statement.
    """
    measured = [one for one in expectations if one.metric_id is not None and one.target is not None]
    if not measured or job_id is None:
        return {}
    known = job_ranges(metrics={one.metric_id for one in measured if one.metric_id}, job=job_id, today=today)
    hints = {one.pk: _beyond(one, known.get(one.metric_id or 0)) for one in measured}
    return {key: hint for key, hint in hints.items() if hint is not None}


def _beyond(expectation: Expectation, known: JobRange | None) -> RangeHint | None:
    if known is None or expectation.target is None:
        return None
    is_above = expectation.direction == Direction.AT_LEAST
    is_beyond = expectation.target > known.high if is_above else expectation.target < known.low
    return RangeHint(known=known, is_above=is_above) if is_beyond else None


def level_to_hold(direction: Direction | str, earlier: Sequence[Decimal | None]) -> Decimal | None:
    """Return what is to be held at a milestone: the best level reached at the ones before it (cumulative targets)."""
    reached = [value for value in earlier if value is not None]
    if not reached:
        return None
    return max(reached) if direction == Direction.AT_LEAST else min(reached)


def is_held(direction: Direction | str, level: Decimal | None, value: Decimal | None) -> bool | None:
    """Return whether the figure holds the level, None when there is nothing to compare."""
    if level is None or value is None:
        return None
    return value >= level if direction == Direction.AT_LEAST else value <= level


type Dated = tuple[datetime.date, float]


def _values(series: Sequence[Series], on: datetime.date) -> dict[int, list[Dated]]:
    """Return the values of the year before the day, oldest first: the verdict needs to know how many there are."""
    rows = Observation.objects.filter(
        series__in=series, starts_on__gt=on - datetime.timedelta(days=366), starts_on__lte=on
    ).order_by("starts_on")
    values: dict[int, list[Dated]] = {}
    for series_id, day, value in rows.values_list("series_id", "starts_on", "value"):
        values.setdefault(series_id, []).append((day, value))
    return values


def _signals(series: Sequence[Series], on: datetime.date) -> dict[int, Signal]:
    """Return the latest signal of each series that still speaks on the day."""
    since = on - datetime.timedelta(days=SIGNAL_DAYS)
    found = Signal.objects.filter(Q(series__in=series), ends_on__gt=since, ends_on__lte=on)
    rows = found.exclude(status=SignalStatus.WITHDRAWN).order_by("ends_on", "pk")
    return {signal.series_id: signal for signal in rows}


def _reading(
    series: Series | None, values: dict[int, list[Dated]], signals: dict[int, Signal], on: datetime.date
) -> MetricReading:
    first = on - datetime.timedelta(days=DAYS_BACK - 1)
    if series is None:
        return MetricReading(value=None, period=(first, on), points=0, verdict=SignalVerdict.TOO_FEW)
    known = values.get(series.pk, [])
    # A month's value carries the first of the month, so the month that is looked at begins before the four weeks do.
    first = min(first, on - datetime.timedelta(days=_PERIOD_DAYS[Cadence(series.metric.cadence)] - 1))
    recent = [value for day, value in known if day >= first]
    return MetricReading(
        value=_combined(recent, series.metric),
        period=(first, on),
        points=len(recent),
        verdict=_verdict(len(known), signals.get(series.pk)),
    )


def _combined(values: Sequence[float], metric: Metric) -> Decimal | None:
    if not values:
        return None
    match metric.aggregation:
        case Aggregation.SUM:
            figure = sum(values)
        case Aggregation.LAST:
            figure = values[-1]
        case _:
            figure = sum(values) / len(values)
    return round(Decimal(str(figure)), min(metric.decimals, 2))


def _verdict(points: int, signal: Signal | None) -> SignalVerdict:
    if points < MINIMUM_POINTS:
        return SignalVerdict.TOO_FEW
    if signal is None:
        return SignalVerdict.NO_SIGNAL
    return SignalVerdict.BETTER if signal.is_improvement else SignalVerdict.WORSE
