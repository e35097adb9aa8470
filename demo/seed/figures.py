"""Two believable years of figures: levels, noise, seasons, step changes, leave and a few true problems. Pure."""

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

WEEKS = 104
YEAR_DAYS = 365.25
MONDAY_LOAD = 1.08
WORKING_DAYS = 21

IsWorked = Callable[[date], bool]
Figure = tuple[str, date, float]
"""The short name of a metric, the first day of the period, the value."""


@dataclass(frozen=True)
class Turn:
    """Something that happened: from ``weeks_ago`` until ``until_weeks_ago`` the metric is off by ``by``.

    ``by`` is in the metric's own unit; a turn that ``grows`` reaches it only at its end.
    """

    metric: str
    weeks_ago: int
    by: float
    until_weeks_ago: int = -1
    grows: bool = False


@dataclass(frozen=True)
class Person:
    """Whose figures: since when, on which days away, and what happened to them."""

    hired_on: date
    counts_items: bool = False
    away: Sequence[tuple[date, date]] = ()
    turns: Sequence[Turn] = field(default_factory=tuple)

    def is_away(self, day: date) -> bool:
        """Return whether the person is on leave that day."""
        return any(first <= day <= last for first, last in self.away)


#: What happened to the people of the demo manager's team, in their order; the first is the demo employee.
TEAM_STORIES: tuple[tuple[Turn, ...], ...] = (
    (Turn("error-rate", 24, 2.6, until_weeks_ago=6), Turn("efficiency", 20, -7.0, until_weeks_ago=5)),
    (Turn("lateness", 9, 1.6),),
    (Turn("accuracy", 2, -6.5, until_weeks_ago=2),),
    (Turn("efficiency", 11, 7.5),),
    (Turn("efficiency", 30, -14.0, grows=True),),
    (),
    (Turn("attendance", 9, -16.0, until_weeks_ago=4),),
    (Turn("error-rate", 40, -0.8),),
    (Turn("accuracy", 60, 1.2, grows=True),),
)


class Habits:
    """The usual level and scatter of one person, drawn once, and the chance that goes on from there."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.efficiency = chance.gauss(97.0, 2.5)
        self.accuracy = min(chance.gauss(97.6, 0.7), 99.0)
        self.lateness = max(chance.gauss(0.5, 0.25), 0.1)
        self.absence = max(chance.gauss(0.02, 0.012), 0.002)
        self.items = chance.gauss(175.0, 15.0)
        self.error_share = max(chance.gauss(2.0, 0.4), 0.8)
        self.scatter = chance.uniform(0.85, 1.1)


def figures_of(person: Person, *, today: date, is_worked: IsWorked, chance: random.Random) -> Iterator[Figure]:
    """Yield every figure of the person in the last two years, period by period; none before hire or on leave."""
    habits = Habits(chance)
    first_monday = today - timedelta(days=today.weekday() + 7 * WEEKS)
    for week in range(WEEKS):
        monday = first_monday + timedelta(weeks=week)
        days = [day for day in (monday + timedelta(days=place) for place in range(5)) if is_worked(day)]
        present = [day for day in days if not person.is_away(day)]
        if monday < person.hired_on or not present:
            continue
        weeks_ago = WEEKS - week
        yield from _week(person, habits, monday, len(present), weeks_ago)
        if person.counts_items:
            yield from _days(person, habits, present, weeks_ago)
    yield from _months(person, habits, first_monday, today)


def _week(person: Person, habits: Habits, monday: date, present: int, weeks_ago: int) -> Iterator[Figure]:
    chance = habits.chance

    def off(metric: str) -> float:
        return _turned(person, metric, weeks_ago)

    summer_dip = -0.8 * _season(monday, peak_month=8)
    efficiency = habits.efficiency + summer_dip + off("efficiency") + chance.gauss(0, 2.6 * habits.scatter)
    accuracy = habits.accuracy + off("accuracy") + chance.gauss(0, 0.6 * habits.scatter)
    late = _count(max(habits.lateness + off("lateness"), 0.05), chance)
    yield "efficiency", monday, round(max(efficiency, 20.0), 1)
    yield "accuracy", monday, round(min(accuracy, 100.0), 1)
    yield "lateness", monday, float(min(late, present))


def _days(person: Person, habits: Habits, days: Sequence[date], weeks_ago: int) -> Iterator[Figure]:
    chance = habits.chance
    share = max(habits.error_share + _turned(person, "error-rate", weeks_ago), 0.3)
    for day in days:
        load = habits.items * (1 + 0.06 * _season(day, peak_month=12)) * (MONDAY_LOAD if day.weekday() == 0 else 1.0)
        items = max(round(load + chance.gauss(0, 9 * habits.scatter)), 5)
        yield "items", day, float(items)
        yield "errors", day, float(min(_count(items * share / 100, chance), items))


def _months(person: Person, habits: Habits, start: date, today: date) -> Iterator[Figure]:
    month = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
    while month < today.replace(day=1):
        if month >= person.hired_on:
            absent = _count(WORKING_DAYS * habits.absence, habits.chance)
            off = _turned(person, "attendance", (today - month).days // 7)
            attendance = 100.0 * (WORKING_DAYS - absent) / WORKING_DAYS - abs(habits.chance.gauss(0, 0.8)) + off
            yield "absenteeism", month, float(absent)
            yield "attendance", month, round(min(max(attendance, 0.0), 100.0), 1)
        month = (month + timedelta(days=32)).replace(day=1)


def _turned(person: Person, metric: str, weeks_ago: int) -> float:
    """Return by how much the metric is off in that week."""
    off = 0.0
    for turn in person.turns:
        if turn.metric != metric or not turn.until_weeks_ago <= weeks_ago <= turn.weeks_ago:
            continue
        length = turn.weeks_ago - max(turn.until_weeks_ago, 0)
        off += turn.by * (turn.weeks_ago - weeks_ago) / length if turn.grows and length else turn.by
    return off


def _season(day: date, *, peak_month: int) -> float:
    """Return a yearly wave between -1 and 1 with its top in the middle of that month."""
    place = (day.timetuple().tm_yday - (peak_month - 0.5) * YEAR_DAYS / 12) / YEAR_DAYS
    return math.cos(2 * math.pi * place)


def _count(mean: float, chance: random.Random) -> int:
    """Return a Poisson number: how often something rare happened."""
    limit, product, count = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count
