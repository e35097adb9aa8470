"""On which day two people can meet: pure functions over a wanted day, working calendars and absences.

The day of the rhythm is kept where both are at work; else the nearest day of the same week, else the first day after
it. Of leave nothing is known here but the dates, and nothing else is ever said (rule 10).
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

ONE_DAY = datetime.timedelta(days=1)
WEEK = datetime.timedelta(weeks=1)
#: An absence without an end is not waited for beyond this.
HORIZON = 400


class Calendar(Protocol):
    """Which days are worked, and the name of a public holiday."""

    def is_working_day(self, day: datetime.date) -> bool:
        """Return whether the day is worked."""
        ...

    def holiday_name(self, day: datetime.date) -> str:
        """Return the name of the holiday, or an empty text."""
        ...


class Hindrance(Enum):
    """Why somebody cannot meet on a day."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    AWAY = "away"


@dataclass(frozen=True)
class Diary:
    """The days of one person: their calendar, and when they are on leave (first day, last day or None)."""

    name: str
    calendar: Calendar
    absences: Sequence[tuple[datetime.date, datetime.date | None]] = ()

    def is_away(self, day: datetime.date) -> bool:
        """Return whether the person is on leave that day."""
        return any(first <= day and (last is None or day <= last) for first, last in self.absences)


@dataclass(frozen=True)
class Obstacle:
    """Why a day does not suit: of whom, what, and the name of the holiday."""

    kind: Hindrance
    name: str
    holiday: str = ""


@dataclass(frozen=True)
class Proposal:
    """The day to meet on, the one that was wanted, and what stood in the way of that."""

    day: datetime.date
    wanted: datetime.date
    obstacles: tuple[Obstacle, ...] = ()


def obstacles_on(day: datetime.date, diaries: Sequence[Diary]) -> tuple[Obstacle, ...]:
    """Return what stands in the way of meeting on the day; nothing means it suits both."""
    return tuple(obstacle for diary in diaries if (obstacle := _obstacle(day, diary)) is not None)


def propose(
    wanted: datetime.date, diaries: Sequence[Diary], *, not_before: datetime.date = datetime.date.min
) -> Proposal:
    """Return the best day for the wanted one, never before ``not_before``.

    Where no day within the horizon suits both, the next day that is worked is taken: somebody has to ask then.
    """
    first = max(wanted, not_before)
    obstacles = obstacles_on(wanted, diaries)
    for day in _candidates(first, not_before):
        if not obstacles_on(day, diaries):
            return Proposal(day, wanted, obstacles)
    worked = (day for day in _candidates(first, not_before) if diaries[0].calendar.is_working_day(day))
    return Proposal(next(worked, first), wanted, obstacles)


def next_wanted(anchor: datetime.date, *, every_weeks: int, after: datetime.date) -> datetime.date:
    """Return the next day of the rhythm, on the weekday of the anchor, at least half a rhythm after the last meeting.

    A check-in held late does not bring the next one on the day after, and one held early does not leave a gap.
    """
    step = every_weeks * WEEK
    earliest = after + datetime.timedelta(days=(step.days + 1) // 2)
    rounds = max(1, -(-(earliest - anchor).days // step.days))
    return anchor + rounds * step


def _candidates(first: datetime.date, not_before: datetime.date) -> Iterator[datetime.date]:
    """Yield the day, then the others of its week from the nearest, then every day after."""
    yield first
    sunday = first + (6 - first.weekday()) * ONE_DAY
    monday = sunday - 6 * ONE_DAY
    for distance in range(1, 7):
        for day in (first + distance * ONE_DAY, first - distance * ONE_DAY):
            if max(monday, not_before) <= day <= sunday:
                yield day
    for distance in range(HORIZON):
        yield sunday + (distance + 1) * ONE_DAY


def _obstacle(day: datetime.date, diary: Diary) -> Obstacle | None:
    if diary.is_away(day):
        return Obstacle(Hindrance.AWAY, diary.name)
    if diary.calendar.is_working_day(day):
        return None
    holiday = diary.calendar.holiday_name(day)
    return Obstacle(Hindrance.HOLIDAY if holiday else Hindrance.WEEKEND, diary.name, holiday)
