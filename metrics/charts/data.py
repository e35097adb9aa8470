"""What a chart is made of, free of the database: figures, days and words."""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from django.utils.safestring import SafeString

from metrics.enums import Cadence, Direction


class PointState(StrEnum):
    """What a point says beyond its value. Only an open signal that points the worse way is drawn in red."""

    USUAL = "usual"
    WORSE = "worse"
    BETTER = "better"
    ANSWERED = "answered"


class ChartPoint(NamedTuple):
    """A value of a period; ``note`` is added to its words ("corrected")."""

    day: datetime.date
    value: float
    state: PointState = PointState.USUAL
    note: str = ""


class ChartLimits(NamedTuple):
    """The limits of one phase, both days included; trial limits rest on fewer than twelve points.

    ``is_widened`` limits are as wide as the measurement is fine, since the values differ by less.
    """

    starts_on: datetime.date
    ends_on: datetime.date
    lower: float
    centre: float
    upper: float
    points: int
    is_trial: bool = False
    is_widened: bool = False


class ChartLeave(NamedTuple):
    """Days away, both included; never why."""

    starts_on: datetime.date
    ends_on: datetime.date


class ChartGoal(NamedTuple):
    """What somebody has agreed to reach, from one day to another."""

    label: str
    value: float
    starts_on: datetime.date
    ends_on: datetime.date
    url: str = ""


class ChartBand(NamedTuple):
    """The spread of a group in one period."""

    day: datetime.date
    p10: float
    p25: float
    p50: float
    p75: float
    p90: float
    people: int = 0


class ChartPath(NamedTuple):
    """A named line of steps: each value holds until the next."""

    name: str
    label: str
    points: tuple[tuple[datetime.date, float], ...]


@dataclass(frozen=True, kw_only=True)
class ChartData:
    """Everything a chart shows. All words are plain strings in the reader's language.

    ``window`` fixes the days shown; without it they run from the first point to the last. ``levels`` names the values
    1, 2, 3 … of the axis instead of figures.
    """

    title: str
    unit: str = ""
    decimals: int = 1
    cadence: str = Cadence.WEEK
    direction: str = Direction.HIGHER
    points: tuple[ChartPoint, ...] = ()
    limits: tuple[ChartLimits, ...] = ()
    target: float | None = None
    goals: tuple[ChartGoal, ...] = ()
    leaves: tuple[ChartLeave, ...] = ()
    bands: tuple[ChartBand, ...] = ()
    paths: tuple[ChartPath, ...] = ()
    levels: tuple[str, ...] = ()
    window: tuple[datetime.date, datetime.date] | None = None

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing to draw."""
        return not (self.points or self.bands or any(path.points for path in self.paths))

    @property
    def days(self) -> tuple[datetime.date, datetime.date]:
        """Return the first and the last day shown. Raises ValueError without any."""
        if self.window is not None:
            return self.window
        days = [point.day for point in self.points] + [band.day for band in self.bands]
        days += [day for path in self.paths for day, _value in path.points]
        return min(days), max(days)


@dataclass(frozen=True)
class Chart:
    """A drawn chart: the SVG for the page, the one for a phone, its words, and the same as a table."""

    svg: SafeString
    narrow: SafeString
    title: str
    description: str
    latest: str = ""
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether there was nothing to draw."""
        return not self.svg and not self.narrow
