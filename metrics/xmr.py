"""The XmR chart of a series (rule 27): pure functions, values in, limits and patterns out.

- Limits are the mean ± 2.66 × the mean moving range. With fewer than 6 points there are none; with 6 to 11 they are
  trial limits, computed from every point there is; at 12 they **lock**: computed from the first 12 points of the phase
  and fixed, until a person confirms that the process has changed, which starts a new phase.
- Every point of a phase is judged by the limits of the phase, the first ones too. Nothing runs across two phases.
- A point that equals the mean is on no side. One that equals a limit is not outside it; one halfway is near neither.
- Limits are never narrower than the measurement can tell: where the mean moving range is below 1.128 steps of the scale
  (a standard deviation of one step), rounding has hidden the variation and limits from the ranges raise false alarms;
  twelve equal values would make every other value a signal. It is taken to be 1.128 steps then, so that the limits lie
  three steps from the mean. The step is the metric's last decimal place, if the values are all whole steps. (Donald J.
  Wheeler, "The Problem of Chunky Data", Quality Digest, 10 July 2023: the increment may be as large as the standard
  deviation and no larger.)
- A pattern is known by the point that completed it, ``end``. Whatever goes on from there (the ninth point on one side,
  the next one outside) is the same pattern, up to ``through``.

Whether a point completes a pattern depends on it and on at most the eight before it, so ``judge`` needs no more.
"""

import datetime
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from metrics.enums import SignalKind

FACTOR = 2.66
"""3 ÷ 1.128, rounded as Wheeler prints it."""

STEPS_PER_DEVIATION = 1.128
"""The mean moving range of values whose standard deviation is one (d2 for two points)."""

MINIMUM_POINTS = 6
LOCKING_POINTS = 12
RUN_LENGTH = 8
CONTEXT_POINTS = 8
"""How many points before a new one decide what it completes."""

_TOLERANCE = 1e-9
_WHOLE = 1e-4
_LONG_AGO = -10


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a phase; ``points`` is how many they were computed from.

    ``is_widened`` says that the values differ by less than the measurement can tell, so its step sets the width.
    """

    centre: float
    mean_range: float
    lower: float
    upper: float
    points: int
    is_widened: bool = False

    @property
    def is_trial(self) -> bool:
        """Return whether more points would still move the limits."""
        return self.points < LOCKING_POINTS


class Pattern(NamedTuple):
    """A pattern that is more than noise; ``side`` is 1 above the mean and -1 below. The indexes are of the series."""

    kind: SignalKind
    start: int
    end: int
    side: int
    through: int


@dataclass(frozen=True, slots=True)
class PhaseAnalysis:
    """One phase: its points are ``start`` to ``end``, the last one not included; no limits means not enough data."""

    start: int
    end: int
    limits: Limits | None

    @property
    def points(self) -> int:
        """Return the number of points of the phase."""
        return self.end - self.start


class Analysis(NamedTuple):
    """What a whole series says; the phases in order, the patterns in the order in which they were completed."""

    phases: list[PhaseAnalysis]
    patterns: list[Pattern]


def limits(values: Sequence[float], *, decimals: int | None = None) -> Limits | None:
    """Return the limits of a phase with these points, or None if there are too few.

    ``decimals`` are those of the metric, which say how fine it is measured; without them the width may be zero.
    """
    used = values[:LOCKING_POINTS]
    count = len(used)
    if count < MINIMUM_POINTS:
        return None
    # Counted from the first value, so that values which are all the same have exactly themselves as their mean.
    first = used[0]
    centre = first + sum(value - first for value in used) / count
    mean_range = sum(abs(after - before) for before, after in pairwise(used)) / (count - 1)
    finest = 0.0 if decimals is None else STEPS_PER_DEVIATION * _step(used, decimals)
    is_widened = mean_range < finest
    mean_range = max(mean_range, finest)
    spread = FACTOR * mean_range
    return Limits(centre, mean_range, centre - spread, centre + spread, count, is_widened)


def _step(values: Sequence[float], decimals: int) -> float:
    """Return the step of the scale, 0 where some value lies between two steps: it is measured finer than shown."""
    scale = 10.0**decimals
    are_whole = all(abs(value * scale - round(value * scale)) < _WHOLE for value in values)
    return 1 / scale if are_whole else 0.0


def split_phases(days: Sequence[datetime.date], phase_starts: Iterable[datetime.date]) -> list[tuple[int, int]]:
    """Return the first index of each phase and the one after its last; a phase without points is left out."""
    cuts = sorted({0, len(days), *(bisect_left(days, day) for day in phase_starts)})
    return list(pairwise(cuts))


def analyse(
    days: Sequence[datetime.date],
    values: Sequence[float],
    phase_starts: Iterable[datetime.date] = (),
    *,
    decimals: int | None = None,
) -> Analysis:
    """Analyse a whole series; the days are in order and distinct, ``decimals`` those of its metric."""
    phases: list[PhaseAnalysis] = []
    patterns: list[Pattern] = []
    for start, end in split_phases(days, phase_starts):
        points = values[start:end]
        found = limits(points, decimals=decimals)
        phases.append(PhaseAnalysis(start, end, found))
        if found is not None:
            patterns += patterns_in(points, found, offset=start)
    return Analysis(phases, patterns)


def judge(found: Limits, context: Sequence[float], new: Sequence[float]) -> list[Pattern]:
    """Return the patterns the new points complete under locked limits, indexes counted from the first new one.

    ``context`` is the last ``CONTEXT_POINTS`` points of the phase before them, or all if there are fewer.
    """
    before = context[-CONTEXT_POINTS:]
    patterns = patterns_in([*before, *new], found, offset=-len(before))
    return [pattern for pattern in patterns if pattern.end >= 0]


def patterns_in(values: Sequence[float], found: Limits, *, offset: int = 0) -> list[Pattern]:
    """Return the patterns among the points of one phase, in the order in which they were completed."""
    centre, upper, lower = found.centre, found.upper, found.lower
    slack = _TOLERANCE * max(abs(centre), found.mean_range)
    halfway = (upper - centre) / 2
    patterns = _runs(_sides(values, lower - slack, upper + slack), 1, SignalKind.OUTSIDE)
    patterns += _runs(_sides(values, centre - slack, centre + slack), RUN_LENGTH, SignalKind.SHIFT)
    if halfway > 0:
        patterns += _near(_sides(values, centre - halfway - slack, centre + halfway + slack))
    patterns.sort(key=_by_end)
    if offset:
        patterns = [
            Pattern(kind, start + offset, end + offset, side, through + offset)
            for kind, start, end, side, through in patterns
        ]
    return patterns


def _by_end(pattern: Pattern) -> tuple[int, str]:
    return pattern.end, pattern.kind


def _sides(values: Sequence[float], below: float, above: float) -> list[int]:
    """Return 1 for each value above the one bound, -1 for each below the other, 0 for those between."""
    return [1 if value > above else -1 if value < below else 0 for value in values]


def _runs(sides: Sequence[int], length: int, kind: SignalKind) -> list[Pattern]:
    """Return the runs of at least ``length`` points on one side."""
    patterns: list[Pattern] = []
    current = run = 0
    for index, side in enumerate([*sides, 0]):
        if side == current:
            run += 1
            continue
        if current and run >= length:
            start = index - run
            patterns.append(Pattern(kind, start, start + length - 1, current, index - 1))
        current, run = side, 1
    return patterns


def _near(zones: Sequence[int]) -> list[Pattern]:
    """Return where three of four consecutive points lie in the outer half of one side."""
    patterns: list[Pattern] = []
    for side in (1, -1):
        places = [index for index, zone in enumerate(zones) if zone == side]
        last: Pattern | None = None
        for first, _second, index in zip(places, places[1:], places[2:], strict=False):
            if index - first > 3:  # three of four consecutive points
                continue
            if last is not None and last.through >= first:
                last = patterns[-1] = last._replace(through=index)
            else:
                last = Pattern(SignalKind.NEAR_LIMIT, first, index, side, index)
                patterns.append(last)
    return patterns
