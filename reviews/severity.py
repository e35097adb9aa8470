"""Whether somebody rates others higher or lower than everybody else does: a hint with its doubt. Knows no database.

The mean of one rater's ratings is set against the mean of all the others, with an interval wide enough that among all
raters compared, chance alone points at any of them one time in twenty. Teams differ, so a hint is a question, never a
correction; under five ratings on either side nothing is said.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean

FEWEST_RATINGS = 5
_DOUBT = 0.05


@dataclass(frozen=True, kw_only=True)
class Severity[Key: Hashable]:
    """One rater: how many ratings, their mean, and how far from all others, between ``low`` and ``high``."""

    rater: Key
    number: int
    mean: float
    difference: float
    low: float
    high: float

    @property
    def is_stricter(self) -> bool:
        """Whether the whole interval lies below what others give."""
        return self.high < 0

    @property
    def is_milder(self) -> bool:
        """Whether the whole interval lies above what others give."""
        return self.low > 0


def severities_of[Key: Hashable](
    ratings: Mapping[Key, Sequence[int]], *, fewest: int = FEWEST_RATINGS
) -> list[Severity[Key]]:
    """Return each rater with enough ratings, the strictest first; none where there are too few to compare with."""
    everything = [level for given in ratings.values() for level in given]
    compared = [key for key, given in ratings.items() if fewest <= len(given) <= len(everything) - fewest]
    if not compared:
        return []
    spread, total = _spread(everything), sum(everything)
    width = NormalDist().inv_cdf(1 - _DOUBT / (2 * len(compared)))
    found = []
    for key in compared:
        given = ratings[key]
        number, others = len(given), len(everything) - len(given)
        mean = fmean(given)
        difference = mean - (total - sum(given)) / others
        half = width * spread * sqrt(1 / number + 1 / others)
        found.append(
            Severity(
                rater=key,
                number=number,
                mean=mean,
                difference=difference,
                low=difference - half,
                high=difference + half,
            )
        )
    return sorted(found, key=lambda one: (one.difference, str(one.rater)))


def _spread(levels: Sequence[int]) -> float:
    """Return the standard deviation of all ratings; a shared one, so that five equal ratings are no certainty."""
    middle = fmean(levels)
    return sqrt(sum((level - middle) ** 2 for level in levels) / (len(levels) - 1))
