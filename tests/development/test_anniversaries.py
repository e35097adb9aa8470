"""Years with an organization: which are marked, and on which day."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from development.anniversaries import anniversaries, anniversary

DAYS = st.dates(min_value=datetime.date(1960, 1, 1), max_value=datetime.date(2060, 12, 31))


@given(DAYS, DAYS)
def test_only_what_has_been_is_marked_oldest_first(hired_on: datetime.date, until: datetime.date) -> None:
    found = anniversaries(hired_on, until)

    assert found == sorted(found)
    assert all(hired_on < day <= until for _years, day in found)


@given(DAYS, st.integers(min_value=1, max_value=70))
def test_an_anniversary_is_in_the_same_month_of_its_year(hired_on: datetime.date, years: int) -> None:
    day = anniversary(hired_on, years)

    assert (day.year, day.month) == (hired_on.year + years, hired_on.month)
    assert abs(day.day - hired_on.day) <= 1


def test_a_leap_day_is_marked_on_the_last_of_february() -> None:
    hired_on = datetime.date(2020, 2, 29)

    assert anniversaries(hired_on, datetime.date(2030, 12, 31)) == [
        (1, datetime.date(2021, 2, 28)),
        (3, datetime.date(2023, 2, 28)),
        (5, datetime.date(2025, 2, 28)),
        (10, datetime.date(2030, 2, 28)),
    ]


def test_the_day_itself_counts() -> None:
    assert anniversaries(datetime.date(2025, 4, 29), datetime.date(2026, 4, 29)) == [(1, datetime.date(2026, 4, 29))]
