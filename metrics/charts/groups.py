"""Charts of groups and of skills, from rows the selectors return."""

import datetime
from collections.abc import Iterable, Mapping, Sequence

from metrics.charts.data import ChartBand, ChartData, ChartPath
from metrics.enums import Cadence
from metrics.models import GroupRollup, Metric


def bands_chart(metric: Metric, rollups: Iterable[GroupRollup], *, title: str = "") -> ChartData:
    """Return the percentile bands of a group by month; ``rollups`` are in order of their months."""
    bands = [ChartBand(row.starts_on, row.p10, row.p25, row.p50, row.p75, row.p90, row.people) for row in rollups]
    return ChartData(
        title=title or metric.name,
        unit=metric.unit,
        decimals=metric.decimals,
        direction=metric.direction,
        cadence=Cadence.MONTH,
        bands=tuple(bands),
        target=metric.target,
    )


def skill_chart(
    title: str,
    *,
    levels: Sequence[str],
    views: Mapping[str, tuple[str, Iterable[tuple[datetime.date, int]]]],
    expected: int | None = None,
) -> ChartData:
    """Return the ratings of a skill over time.

    ``views`` has "own" and "manager" (each a label and its dated levels, in order); ``levels`` names 1, 2, 3 ….
    """
    paths = [
        ChartPath(name, label, tuple((day, float(level)) for day, level in ratings))
        for name, (label, ratings) in views.items()
    ]
    return ChartData(
        title=title,
        decimals=0,
        levels=tuple(levels),
        paths=tuple(path for path in paths if path.points),
        target=None if expected is None else float(expected),
    )
