"""The sums of scattered leave: which targets they touch, and by how much."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.working_days import WorkingCalendar
from pips.clock import Pause
from pips.proration import (
    LEAST_LEAVES,
    MOST_DAYS,
    Presence,
    changes_something,
    presence_between,
    prorated_rows,
    scattered,
    why_not_prorated,
)

MONDAY = date(2027, 1, 4)
NOWHERE = WorkingCalendar("ZZ")


def on(*offsets: int, days: int = 1) -> tuple[Pause, ...]:
    return tuple(
        Pause(MONDAY + timedelta(days=offset), MONDAY + timedelta(days=offset + days - 1)) for offset in offsets
    )


def row(**columns: Any) -> dict[str, Any]:
    usual = {"id": 1, "title": "Reports", "measure": "", "baseline": "20", "target": "40", "unit": "reports"}
    return {**usual, "direction": "at_least", **columns}


# --- What is scattered -----------------------------------------------------------------------------------------------


def test_a_few_short_leaves_are_no_pattern() -> None:
    assert scattered(on(0, 7)) == ()
    assert scattered(on(0, 7, 14)) == on(0, 7, 14)
    assert LEAST_LEAVES == 3


def test_long_open_and_ramp_up_days_are_not_scattered() -> None:
    long, open_one = on(30, days=MOST_DAYS + 1), (Pause(MONDAY, MONDAY, is_open=True),)
    ramp_up = (Pause(MONDAY, MONDAY, is_ramp_up=True),)

    assert scattered((*long, *open_one, *ramp_up, *on(0, 7))) == ()
    assert scattered((*on(0, 7, 14), *long)) == on(0, 7, 14)


def test_presence_counts_working_days_and_leaves_longer_leave_out_of_both() -> None:
    four_weeks = MONDAY + timedelta(days=27)

    assert presence_between(MONDAY, four_weeks, (), NOWHERE) == Presence(20, 0)
    assert presence_between(MONDAY, four_weeks, on(2, 9, 16), NOWHERE) == Presence(20, 3)
    assert presence_between(MONDAY, four_weeks, on(5, 12, 19), NOWHERE) == Presence(20, 0)
    assert presence_between(MONDAY, four_weeks, (*on(2, 9, 16), *on(21, days=7)), NOWHERE) == Presence(15, 3)


@given(st.lists(st.integers(0, 80), unique=True, max_size=20))
def test_nobody_is_away_on_more_than_the_working_days(offsets: list[int]) -> None:
    presence = presence_between(MONDAY, MONDAY + timedelta(days=89), on(*offsets), NOWHERE)

    assert 0 <= presence.away_days <= presence.working_days
    assert presence.present_days == presence.working_days - presence.away_days


# --- Which targets ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({}, None),
        ({"unit": "tickets", "measure": "Solved in a week"}, None),
        ({"unit": "%"}, "rate"),
        ({"unit": "calls/hour"}, "rate"),
        ({"unit": "calls per day"}, "rate"),
        ({"measure": "Share of items due"}, "rate"),
        ({"measure": "Average of the month"}, "rate"),
        ({"unit": "points"}, "rate"),
        ({"unit": "hours"}, "duration"),
        ({"unit": "days"}, "duration"),
        ({"direction": "at_most", "unit": "errors"}, "limit"),
    ],
    ids=str,
)
def test_only_numbers_to_reach_are_prorated(columns: dict[str, str], why: str | None) -> None:
    assert why_not_prorated(row(**columns)) == why


def test_a_target_is_rounded_in_the_employee_s_favour() -> None:
    fitted = prorated_rows([row(target="41")], Presence(20, 3))[0]

    assert (fitted["full"], fitted["old"], fitted["new"], fitted["why_not"]) == ("41", "41", "34", "")


def test_a_target_that_would_be_no_improvement_stays() -> None:
    fitted = prorated_rows([row(target="22")], Presence(20, 4))[0]

    assert (fitted["new"], fitted["why_not"]) == ("22", "too_low")
    assert not changes_something([fitted])


def test_an_earlier_proration_is_not_prorated_again() -> None:
    fitted = prorated_rows([row(target="34")], Presence(20, 6), {1: "40"})[0]

    assert (fitted["full"], fitted["old"], fitted["new"]) == ("40", "34", "28")


@given(st.integers(21, 500), st.integers(1, 60), st.data())
def test_a_fitted_target_is_never_harder_and_never_below_what_the_days_allow(
    target: int, working: int, data: st.DataObject
) -> None:
    away = data.draw(st.integers(0, working))

    fitted = prorated_rows([row(target=str(target))], Presence(working, away))[0]

    assert int(fitted["new"]) <= target
    if not fitted["why_not"]:
        assert target * (working - away) / working - 1 < int(fitted["new"])
