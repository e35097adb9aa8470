"""The XmR chart of a series and the chart of its moving ranges (rule 27), from what the selectors return."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from metrics.charts.data import (
    ChartData,
    ChartGoal,
    ChartLeave,
    ChartLimits,
    ChartPoint,
    PointState,
)
from metrics.enums import SignalStatus
from metrics.models import Metric, Series, Signal
from metrics.registry import ChartMark
from metrics.selectors.series import Phase, SeriesWindow, moving_ranges
from metrics.xmr import Limits

RANGE_FACTOR = 3.268
"""The upper limit of the moving range is so many times their mean (D4 for two points)."""

_STRONGER = {PointState.USUAL: 0, PointState.ANSWERED: 1, PointState.BETTER: 2, PointState.WORSE: 3}


def xmr_chart(
    series: Series, window: SeriesWindow, *, target: float | None = None, marks: Iterable[ChartMark] = ()
) -> ChartData:
    """Return the values in the window with limits, signals, leave, target and goals."""
    metric = series.metric
    states = point_states(window.signals, [day for day, _value in window.pairs])
    points = [
        ChartPoint(day, value, states.get(day, PointState.USUAL), _("corrected") if day in window.corrected else "")
        for day, value in window.pairs
    ]
    goals = [ChartGoal(str(mark.label), mark.value, mark.starts_on, mark.ends_on, mark.url) for mark in marks]
    return ChartData(
        title=metric.name,
        unit=metric.unit,
        decimals=metric.decimals,
        cadence=metric.cadence,
        direction=metric.direction,
        points=tuple(points),
        limits=tuple(_limits(phase, possible(phase.limits, metric)) for phase in window.phases if phase.limits),
        target=target,
        goals=tuple(goal for goal in goals if goal.starts_on < window.last and goal.ends_on > window.first),
        leaves=_leaves(window),
        window=_shown(window),
    )


def moving_range_chart(series: Series, window: SeriesWindow) -> ChartData:
    """Return how far each value is from the one before, with the limits of those ranges."""
    metric = series.metric
    limits = [
        ChartLimits(
            phase.starts_on,
            phase.ends_on,
            0.0,
            phase.limits.mean_range,
            RANGE_FACTOR * phase.limits.mean_range,
            phase.limits.points,
            phase.limits.is_trial,
            phase.limits.is_widened,
        )
        for phase in window.phases
        if phase.limits is not None
    ]
    return ChartData(
        title=_("Moving range: %(name)s") % {"name": metric.name},
        unit=metric.unit,
        decimals=metric.decimals,
        cadence=metric.cadence,
        direction=metric.direction,
        points=tuple(ChartPoint(day, value) for day, value in moving_ranges(window.pairs)),
        limits=tuple(limits),
        leaves=_leaves(window),
        window=_shown(window),
    )


def point_states(signals: Iterable[Signal], days: Sequence[datetime.date]) -> dict[datetime.date, PointState]:
    """Return what each day belongs to; an open signal that points the worse way outdoes the others."""
    states: dict[datetime.date, PointState] = {}
    for signal in signals:
        state = _state(signal)
        for day in days:
            if signal.starts_on <= day <= signal.ends_on:
                before = states.get(day, PointState.USUAL)
                states[day] = max(before, state, key=_STRONGER.__getitem__)
    return states


def _state(signal: Signal) -> PointState:
    if signal.status != SignalStatus.OPEN:
        return PointState.ANSWERED
    return PointState.BETTER if signal.is_improvement else PointState.WORSE


def possible(found: Limits, metric: Metric) -> Limits:
    """Return the limits cut at the values the metric can take: nobody makes fewer than no errors."""
    low = found.lower if metric.allowed_min is None else max(found.lower, metric.allowed_min)
    high = found.upper if metric.allowed_max is None else min(found.upper, metric.allowed_max)
    return replace(found, lower=min(low, found.centre), upper=max(high, found.centre))


def _limits(phase: Phase, found: Limits) -> ChartLimits:
    return ChartLimits(
        phase.starts_on,
        phase.ends_on,
        found.lower,
        found.centre,
        found.upper,
        found.points,
        found.is_trial,
        found.is_widened,
    )


def _leaves(window: SeriesWindow) -> tuple[ChartLeave, ...]:
    return tuple(ChartLeave(leave.starts_on, leave.ends_on or window.last) for leave in window.leaves)


def _shown(window: SeriesWindow) -> tuple[datetime.date, datetime.date]:
    """Return the days to draw: no empty years before the first value."""
    first = window.pairs[0][0] if window.pairs else window.first
    return max(first, window.first), window.last
