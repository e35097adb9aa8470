"""Gaps between what a job expects and how somebody is seen, in figures and in words; pure."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.enums import CompetencyLevel

_TOP, _BOTTOM = 8, 92


@dataclass(frozen=True, kw_only=True)
class Gap:
    """What is expected, and the two views; None where nothing is known.

    ``levels`` is how far the manager's view (the own one, where it is alone) lies below what is expected: positive is
    missing. ``difference`` is by how much the person rates themself higher than the manager does.
    """

    expected: int | None
    own: int | None
    manager: int | None

    @property
    def view(self) -> int | None:
        """Return the view the gap rests on."""
        return self.own if self.manager is None else self.manager

    @property
    def levels(self) -> int | None:
        """Return the gap, None where one of its sides is not known."""
        return None if self.expected is None or self.view is None else self.expected - self.view

    @property
    def difference(self) -> int | None:
        """Return own view minus manager's view, None unless both are known."""
        return None if self.own is None or self.manager is None else self.own - self.manager

    @property
    def is_missing(self) -> bool:
        """Return whether something is missing to what the job expects."""
        return (self.levels or 0) > 0

    @property
    def kind(self) -> str:
        """Return the state shown: a gap is worth a talk, never an alarm."""
        if self.levels is None:
            return "neutral"
        return "warning" if self.is_missing else "success"

    @property
    def words(self) -> str:
        """Return the gap in words."""
        if self.view is None:
            return _("Not rated yet")
        if self.levels is None:
            return _("Not asked by the job")
        if self.levels == 0:
            return _("As expected")
        count = abs(self.levels)
        if self.is_missing:
            return ngettext("%(count)d level below", "%(count)d levels below", count) % {"count": count}
        return ngettext("%(count)d level above", "%(count)d levels above", count) % {"count": count}

    @property
    def short_words(self) -> str:
        """Return the gap in a word or two, for a table of many."""
        if self.levels is None:
            return self.words
        if self.levels == 0:
            return _("met")
        if self.is_missing:
            return _("%(count)d below") % {"count": self.levels}
        return _("%(count)d above") % {"count": -self.levels}

    @property
    def difference_words(self) -> str:
        """Return how the two views differ, empty unless both are known."""
        if self.difference is None:
            return ""
        if self.difference == 0:
            return _("Both see it alike")
        count = abs(self.difference)
        if self.difference > 0:
            return ngettext("Own view %(count)d higher", "Own view %(count)d higher", count) % {"count": count}
        return ngettext("Own view %(count)d lower", "Own view %(count)d lower", count) % {"count": count}


@dataclass(frozen=True)
class Stroke:
    """A straight line in a drawing; every place is a percentage."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, kw_only=True)
class SkillHistory:
    """Levels over time as steps: what held stays until the next rating."""

    own: Sequence[Stroke] = field(default_factory=tuple)
    manager: Sequence[Stroke] = field(default_factory=tuple)
    expected_y: str = ""


Point = tuple[datetime.date, int]


def draw_history(
    *, own: Sequence[Point], manager: Sequence[Point], expected: int | None, today: datetime.date
) -> SkillHistory:
    """Return the steps of both views from the first rating until today; the points come oldest first."""
    days = [day for day, _level in (*own, *manager)]
    if not days:
        return SkillHistory()
    start, end = min(days), max(today, *days)
    return SkillHistory(
        own=_strokes(own, start, end),
        manager=_strokes(manager, start, end),
        expected_y="" if expected is None else _y(expected),
    )


def _strokes(points: Sequence[Point], start: datetime.date, end: datetime.date) -> list[Stroke]:
    if not points:
        return []
    strokes = []
    for (day, level), (next_day, next_level) in pairwise([*points, (end, points[-1][1])]):
        here, there = _x(day, start, end), _x(next_day, start, end)
        strokes.append(Stroke(here, _y(level), there, _y(level)))
        if next_level != level:
            strokes.append(Stroke(there, _y(level), there, _y(next_level)))
    return strokes


def _x(day: datetime.date, start: datetime.date, end: datetime.date) -> str:
    return f"{2 + 96 * (day - start).days / max((end - start).days, 1):.2f}%"


def _y(level: int) -> str:
    steps = len(CompetencyLevel) - 1
    return f"{_BOTTOM - (_BOTTOM - _TOP) * (level - 1) / steps:g}%"
