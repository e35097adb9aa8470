"""How well a mentor fits: a score anybody can add up, with its reasons. Pure; it is given nothing the law protects."""

from collections.abc import Iterable
from dataclasses import dataclass

#: Points: for each competency that is wanted and offered, for a working day in common, for another department.
SHARED, SAME_DAY, NEAR_DAY, ELSEWHERE, FREE = 10, 3, 1, 2, 1
SAME_DAY_HOURS, NEAR_DAY_HOURS = 2, 5


@dataclass(frozen=True, kw_only=True)
class MentorFacts:
    """All that counts of somebody who is open to be a mentor, seen from the one who looks for one.

    ``competencies`` are the keys offered; ``hours_apart`` lies between their clocks; ``is_above`` is true of the
    managers above the one who looks.
    """

    key: int
    competencies: frozenset[int]
    hours_apart: float
    is_elsewhere: bool
    free_places: int
    is_above: bool = False


@dataclass(frozen=True, kw_only=True)
class Points:
    """One reason and what it counts; ``shared`` is how many competencies are behind it."""

    reason: str
    points: int


@dataclass(frozen=True, kw_only=True)
class Fit:
    """How well one mentor fits: the sum of the points, and what of the wanted they offer."""

    key: int
    shared: frozenset[int]
    points: tuple[Points, ...]

    @property
    def score(self) -> int:
        """Return the sum."""
        return sum(one.points for one in self.points)


def fit_of(wanted: frozenset[int], facts: MentorFacts) -> Fit:
    """Return the points of one mentor."""
    shared = wanted & facts.competencies
    found = [Points(reason="shared", points=SHARED * len(shared))] if shared else []
    if facts.hours_apart <= SAME_DAY_HOURS:
        found.append(Points(reason="same_day", points=SAME_DAY))
    elif facts.hours_apart <= NEAR_DAY_HOURS:
        found.append(Points(reason="near_day", points=NEAR_DAY))
    if facts.is_elsewhere:
        found.append(Points(reason="elsewhere", points=ELSEWHERE))
    if facts.free_places > 1:
        found.append(Points(reason="free", points=FREE))
    return Fit(key=facts.key, shared=shared, points=tuple(found))


def ranked(wanted: frozenset[int], mentors: Iterable[MentorFacts]) -> list[Fit]:
    """Return who fits, the best first; equal scores by key, so that the order never depends on who is asked first.

    Left out: managers above, whoever has no place left, and whoever offers nothing that is wanted.
    """
    fits = [fit_of(wanted, facts) for facts in mentors if facts.free_places > 0 and not facts.is_above]
    return sorted((fit for fit in fits if fit.shared), key=lambda fit: (-fit.score, fit.key))
