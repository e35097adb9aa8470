"""Working days by country and region."""

import datetime

import pytest
from django_rls_tenants import tenant_context
from hypothesis import given
from hypothesis import strategies as st

from people.working_days import WorkingCalendar, calendar_for
from tests.cast import Person

BOSTON = WorkingCalendar("US", "MA")
DAYS = st.dates(min_value=datetime.date(2020, 1, 1), max_value=datetime.date(2035, 12, 31))
CALENDARS = st.sampled_from([BOSTON, WorkingCalendar("DE", "BY"), WorkingCalendar("AE"), WorkingCalendar("ZZ")])


@pytest.mark.parametrize(
    ("calendar", "day", "is_worked"),
    [
        (BOSTON, "2026-06-01", True),
        (BOSTON, "2026-06-06", False),
        (BOSTON, "2026-04-20", False),
        (WorkingCalendar("US"), "2026-04-20", True),
        (WorkingCalendar("us", "ma"), "2026-04-20", False),
        (WorkingCalendar("US", "no such state"), "2026-12-25", False),
        (WorkingCalendar("DE", "BY"), "2026-01-06", False),
        (WorkingCalendar("ZZ"), "2026-12-25", True),
        (WorkingCalendar("ZZ"), "2026-12-26", False),
    ],
)
def test_weekends_and_holidays_of_the_region_are_not_worked(
    calendar: WorkingCalendar, day: str, is_worked: bool
) -> None:
    assert calendar.is_working_day(datetime.date.fromisoformat(day)) == is_worked


def test_a_holiday_has_a_name() -> None:
    assert BOSTON.holiday_name(datetime.date(2026, 4, 20)) == "Patriots' Day"
    assert BOSTON.holiday_name(datetime.date(2026, 4, 21)) == ""


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2026-06-05", 1, "2026-06-08"),
        ("2026-06-06", 0, "2026-06-08"),
        ("2026-06-05", 0, "2026-06-05"),
        ("2026-12-24", 1, "2026-12-28"),
        ("2026-06-01", 5, "2026-06-08"),
    ],
)
def test_working_days_are_counted_after_the_day(day: str, count: int, expected: str) -> None:
    counted = BOSTON.add_working_days(datetime.date.fromisoformat(day), count)

    assert counted == datetime.date.fromisoformat(expected)


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        BOSTON.add_working_days(datetime.date(2026, 6, 1), -1)


@given(calendar=CALENDARS, day=DAYS, first=st.integers(0, 20), second=st.integers(1, 20))
def test_counting_in_two_goes_is_counting_in_one(
    calendar: WorkingCalendar, day: datetime.date, first: int, second: int
) -> None:
    start = calendar.next_working_day(day)
    halfway = calendar.add_working_days(start, first)

    assert calendar.add_working_days(halfway, second) == calendar.add_working_days(start, first + second)
    assert calendar.is_working_day(halfway)


@given(calendar=CALENDARS, day=DAYS)
def test_the_next_working_day_is_the_first_that_is_worked(calendar: WorkingCalendar, day: datetime.date) -> None:
    found = calendar.next_working_day(day)
    skipped = [day + datetime.timedelta(days=offset) for offset in range((found - day).days)]

    assert calendar.is_working_day(found)
    assert [passed for passed in skipped if calendar.is_working_day(passed)] == []


def test_the_calendar_is_that_of_the_place_of_work(alice: Person) -> None:
    with tenant_context(alice.organization.pk):
        assert calendar_for(alice.employee) == BOSTON
        alice.employee.location = None
        assert calendar_for(alice.employee) == WorkingCalendar("US")
