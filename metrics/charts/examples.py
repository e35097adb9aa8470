"""The charts of the gallery: one of each kind, from figures that look like life and never change."""

import datetime
import random
from collections.abc import Iterable
from typing import Any

from metrics.charts.data import (
    ChartBand,
    ChartData,
    ChartGoal,
    ChartLeave,
    ChartLimits,
    ChartPath,
    ChartPoint,
    PointState,
)
from metrics.charts.render import render_chart
from metrics.enums import Cadence, Direction

MONDAY = datetime.date(2026, 1, 5)
WEEK = datetime.timedelta(days=7)


def gallery_charts() -> dict[str, Any]:
    """Return the context of the charts' part of the gallery."""
    accuracy = accuracy_data()
    values: list[float | None] = [point.value for point in accuracy.points]
    return {
        "charts": [render_chart(data) for data in (accuracy, errors_data(), attendance_data(), skill_data())],
        "empty_chart": render_chart(ChartData(title="Nothing yet")),
        "spark_values": values,
        "spark_limits": accuracy.limits[0],
    }


def accuracy_data() -> ChartData:
    """Return a year of weeks with leave, a signal for the better, and one that is open."""
    chance = random.Random(4)  # noqa: S311  # an example
    away = range(18, 21)
    points: list[ChartPoint] = []
    for week in range(46):
        value = 99.0 if week == 9 else round(93 + chance.gauss(0, 1.4) - (4 if week > 37 else 0), 1)
        state = PointState.WORSE if week > 37 else PointState.BETTER if week == 9 else PointState.USUAL
        if week not in away:
            points.append(ChartPoint(MONDAY + week * WEEK, value, state))
    return ChartData(
        title="Accuracy",
        unit="%",
        points=tuple(points),
        limits=(ChartLimits(points[0].day, points[-1].day, 88.4, 93.1, 97.8, 12),),
        target=95.0,
        goals=(ChartGoal("Reach 96% by October", 96.0, MONDAY + 24 * WEEK, MONDAY + 42 * WEEK),),
        leaves=(ChartLeave(MONDAY + away.start * WEEK, MONDAY + away.stop * WEEK - datetime.timedelta(days=3)),),
    )


def errors_data() -> ChartData:
    """Return eight weeks, for which the limits are on trial."""
    points = _weeks([2, 0, 3, 1, 1, 4, 2, 0])
    return ChartData(
        title="Errors",
        unit="errors",
        decimals=0,
        direction=Direction.LOWER,
        points=points,
        limits=(ChartLimits(points[0].day, points[-1].day, 0.0, 1.6, 6.9, 8, is_trial=True),),
        target=1.0,
    )


def attendance_data() -> ChartData:
    """Return the spread of a department over two years."""
    chance = random.Random(2)  # noqa: S311  # an example

    def near(value: float) -> float:
        return value + chance.random()

    bands = tuple(
        ChartBand(day, near(88), near(91), near(94), near(96), near(98), 40)
        for day in (datetime.date(2025 + month // 12, month % 12 + 1, 1) for month in range(22))
    )
    return ChartData(title="Attendance in Operations", unit="%", cadence=Cadence.MONTH, bands=bands, target=95.0)


def skill_data() -> ChartData:
    """Return two views of a skill over time."""
    day = datetime.date
    return ChartData(
        title="Written English",
        decimals=0,
        levels=("Learning", "Working", "Skilled", "Expert"),
        paths=(
            ChartPath("own", "Own view", ((day(2025, 1, 10), 2), (day(2025, 9, 1), 3), (day(2026, 6, 1), 3))),
            ChartPath("manager", "Manager", ((day(2025, 1, 20), 1), (day(2025, 11, 3), 2), (day(2026, 6, 3), 3))),
        ),
    )


def _weeks(values: Iterable[float]) -> tuple[ChartPoint, ...]:
    return tuple(ChartPoint(MONDAY + week * WEEK, float(value)) for week, value in enumerate(values))
