"""Every shift of a date has a sentence that can be checked with a calendar."""

from datetime import date

import pytest

from people.working_days import WorkingCalendar
from pips.clock import Absence, ClockInput, run_clock
from pips.explanations import date_range, explain, explain_all


def sentences(
    starts_on: date, *absences: Absence, extension_days: int = 0, today: date | None = None, country: str = ""
) -> list[str]:
    given = ClockInput(starts_on, 60, absences, extension_days, today)
    calendar = WorkingCalendar(country) if country else None
    return explain(run_clock(given, calendar).marks[-1])


def test_nothing_moved_needs_no_sentence() -> None:
    assert sentences(date(2027, 1, 2)) == []


def test_leave_is_explained_with_its_dates_and_days() -> None:
    assert sentences(date(2027, 1, 2), Absence(date(2027, 2, 10), date(2027, 2, 23))) == [
        "Day 60 moves from 3 March to 17 March 2027: 14 days of leave (10–23 February 2027) do not count."
    ]


def test_a_single_day_of_leave_is_explained_in_the_singular() -> None:
    assert sentences(date(2027, 1, 2), Absence(date(2027, 2, 10), date(2027, 2, 10))) == [
        "Day 60 moves from 3 March to 4 March 2027: 1 day of leave (10 February 2027) does not count."
    ]


def test_several_leaves_are_all_named() -> None:
    assert sentences(
        date(2027, 1, 2),
        Absence(date(2027, 2, 27), date(2027, 3, 1)),
        Absence(date(2027, 1, 10), date(2027, 1, 10)),
    ) == [
        (
            "Day 60 moves from 3 March to 7 March 2027: 4 days of leave "
            "(10 January 2027; 27 February – 1 March 2027) do not count."
        )
    ]


def test_a_move_over_the_new_year_names_both_years() -> None:
    assert sentences(date(2026, 11, 1), Absence(date(2026, 12, 20), date(2027, 1, 3))) == [
        (
            "Day 60 moves from 31 December 2026 to 15 January 2027: "
            "15 days of leave (20 December 2026 – 3 January 2027) do not count."
        )
    ]


def test_a_weekend_has_its_own_sentence() -> None:
    assert sentences(date(2027, 1, 5), country="US") == [
        "Day 60 falls on Saturday 6 March, when nobody works: the next working day is Monday 8 March 2027."
    ]


def test_a_holiday_is_named() -> None:
    assert sentences(date(2026, 12, 17), country="US") == [
        (
            "Day 60 falls on Monday 15 February, a public holiday (Washington's Birthday): "
            "the next working day is Tuesday 16 February 2027."
        )
    ]


def test_leave_behind_a_weekend_is_named() -> None:
    assert sentences(date(2027, 1, 5), Absence(date(2027, 3, 8), date(2027, 3, 9)), country="US") == [
        (
            "Day 60 falls on Saturday 6 March, when nobody works: "
            "the next working day after leave is Wednesday 10 March 2027."
        )
    ]


def test_leave_without_an_end_says_what_will_happen() -> None:
    assert sentences(date(2027, 1, 2), Absence(date(2027, 2, 10)), today=date(2027, 2, 12)) == [
        "Day 60 moves from 3 March to 6 March 2027: 3 days of leave (since 10 February 2027) do not count.",
        (
            "The leave that began on 10 February 2027 has no end yet: "
            "day 60 moves on by one day with each further day of leave."
        ),
    ]


def test_an_extension_is_explained_before_the_leave() -> None:
    assert sentences(date(2027, 1, 2), Absence(date(2027, 2, 10), date(2027, 2, 10)), extension_days=30) == [
        "The plan of 60 days was extended by 30 days: day 90 is its end.",
        "Day 90 moves from 2 April to 3 April 2027: 1 day of leave (10 February 2027) does not count.",
    ]


def test_all_marks_are_explained_in_order() -> None:
    clock = run_clock(ClockInput(date(2027, 1, 2), 60, (Absence(date(2027, 1, 10), date(2027, 1, 11)),)))

    assert explain_all(clock.marks) == [
        "Day 30 moves from 1 February to 3 February 2027: 2 days of leave (10–11 January 2027) do not count.",
        "Day 60 moves from 3 March to 5 March 2027: 2 days of leave (10–11 January 2027) do not count.",
    ]


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2027, 3, 1), date(2027, 3, 1), "1 March 2027"),
        (date(2027, 3, 1), date(2027, 3, 9), "1–9 March 2027"),
        (date(2027, 3, 30), date(2027, 4, 2), "30 March – 2 April 2027"),
        (date(2026, 12, 30), date(2027, 1, 2), "30 December 2026 – 2 January 2027"),
    ],
)
def test_ranges_say_nothing_twice(first: date, last: date, text: str) -> None:
    assert date_range(first, last) == text
