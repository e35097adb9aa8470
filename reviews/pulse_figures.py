"""The figures of a pulse: pure functions, answers in, figures out."""

from collections.abc import Collection
from decimal import ROUND_HALF_UP, Decimal

_PROMOTER = 9
_DETRACTOR = 6
_TENTH = Decimal("0.1")


def enps_of(scores: Collection[int]) -> int | None:
    """Return the employee net promoter score: per cent of 9 and 10 less per cent of 0 to 6, None without answers."""
    if not scores:
        return None
    promoters = sum(score >= _PROMOTER for score in scores)
    detractors = sum(score <= _DETRACTOR for score in scores)
    return round(100 * (promoters - detractors) / len(scores))


def mean_of(scores: Collection[int]) -> Decimal | None:
    """Return the mean to one decimal, None without answers."""
    if not scores:
        return None
    return (Decimal(sum(scores)) / len(scores)).quantize(_TENTH, rounding=ROUND_HALF_UP)
