"""The years with an organization that are worth a word; pure."""

import datetime
from collections.abc import Iterator

#: The first years, then every fifth.
FIRST_YEARS = (1, 3)
EVERY = 5
LONGEST = 70


def anniversaries(hired_on: datetime.date, until: datetime.date) -> list[tuple[int, datetime.date]]:
    """Return the years and the days of those up to and including ``until``, oldest first."""
    found = ((years, anniversary(hired_on, years)) for years in years_marked())
    return [(years, day) for years, day in found if day <= until]


def anniversary(hired_on: datetime.date, years: int) -> datetime.date:
    """Return the same day so many years later; 29 February becomes the 28th where there is none."""
    try:
        return hired_on.replace(year=hired_on.year + years)
    except ValueError:
        return hired_on.replace(year=hired_on.year + years, day=28)


def years_marked() -> Iterator[int]:
    """Yield the numbers of years that are marked."""
    yield from FIRST_YEARS
    yield from range(EVERY, LONGEST + 1, EVERY)
