"""Ramp-ups in the clock: for every start, length, leave and calendar they only ever give time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.working_days import WorkingCalendar
from pips.clock import (
    Absence,
    ClockInput,
    LeaveShift,
    Pause,
    RampUp,
    RampUpShift,
    check_in_days_between,
    merge_absences,
    run_clock,
    with_ramp_ups,
)
from tests.pips.test_clock import absences_near, calendars, clock_inputs

START = date(2027, 1, 4)
LEAVE = Absence(date(2027, 2, 10), date(2027, 2, 23))


@st.composite
def ramp_ups_for(draw: st.DrawFn, given_input: ClockInput) -> tuple[RampUp, ...]:
    days = st.integers(1, 20)
    return tuple(RampUp(absence.starts_on, draw(days)) for absence in given_input.absences if draw(st.booleans()))


def with_ramps(given_input: ClockInput, ramp_ups: tuple[RampUp, ...]) -> ClockInput:
    return ClockInput(
        given_input.starts_on,
        given_input.length_days,
        given_input.absences,
        given_input.extension_days,
        given_input.today,
        ramp_ups,
    )


def test_the_days_after_the_leave_do_not_count_and_say_so() -> None:
    clock = run_clock(ClockInput(START, 60, (LEAVE,), ramp_ups=(RampUp(LEAVE.starts_on, 7),)))

    assert clock.ends_on == date(2027, 3, 26)
    assert clock.marks[1].explanation == (
        LeaveShift(60, date(2027, 3, 5), date(2027, 3, 19), 14, (Pause(LEAVE.starts_on, date(2027, 2, 23)),)),
        RampUpShift(
            60,
            date(2027, 3, 19),
            date(2027, 3, 26),
            7,
            (Pause(date(2027, 2, 24), date(2027, 3, 2), is_ramp_up=True),),
        ),
    )


def test_the_plan_is_paused_on_leave_and_not_in_the_ramp_up() -> None:
    clock = run_clock(ClockInput(START, 60, (LEAVE,), ramp_ups=(RampUp(LEAVE.starts_on, 7),)))

    assert clock.is_paused_on(date(2027, 2, 23))
    assert not clock.is_paused_on(date(2027, 2, 24))


def test_a_ramp_up_without_its_leave_is_nothing() -> None:
    ramp_up = RampUp(date(2027, 2, 10), 7)

    assert run_clock(ClockInput(START, 60, ramp_ups=(ramp_up,))) == run_clock(ClockInput(START, 60))


def test_days_of_ramp_up_that_are_leave_count_once() -> None:
    again = Absence(date(2027, 2, 26), date(2027, 2, 27))
    pauses = merge_absences((LEAVE, again), starts_on=START)

    assert with_ramp_ups(pauses, [RampUp(LEAVE.starts_on, 4)]) == (
        Pause(date(2027, 2, 10), date(2027, 2, 23)),
        Pause(date(2027, 2, 24), date(2027, 2, 25), is_ramp_up=True),
        Pause(date(2027, 2, 26), date(2027, 2, 27)),
    )


@pytest.mark.parametrize("days", [0, -1])
def test_a_ramp_up_has_days(days: int) -> None:
    with pytest.raises(ValueError, match="at least one day"):
        RampUp(START, days)


@given(clock_inputs(), calendars, st.data())
def test_a_ramp_up_never_brings_a_date_forward_and_dates_stay_in_order(
    given_input: ClockInput, calendar: WorkingCalendar | None, data: st.DataObject
) -> None:
    ramp_ups = data.draw(ramp_ups_for(given_input))
    before, after = run_clock(given_input, calendar), run_clock(with_ramps(given_input, ramp_ups), calendar)

    days = range(given_input.length_days + given_input.extension_days + 1)
    dates = [after.mark(day).due_on for day in days]
    assert dates == sorted(dates)
    assert all(before.mark(day).due_on <= date for day, date in zip(days, dates, strict=True))


@given(clock_inputs(), st.data())
def test_more_leave_never_shortens_under_a_ramp_up_either(given_input: ClockInput, data: st.DataObject) -> None:
    ramped = with_ramps(given_input, data.draw(ramp_ups_for(given_input)))
    more = data.draw(absences_near(given_input.starts_on))
    longer = ClockInput(
        ramped.starts_on,
        ramped.length_days,
        (*ramped.absences, more),
        ramped.extension_days,
        ramped.today,
        ramped.ramp_ups,
    )

    pairs = zip(run_clock(ramped).marks, run_clock(longer).marks, strict=True)
    assert all(before.due_on <= after.due_on for before, after in pairs)


@given(clock_inputs(), st.data())
def test_the_shift_of_a_mark_is_its_days_of_leave_and_of_ramp_up(given_input: ClockInput, data: st.DataObject) -> None:
    clock = run_clock(with_ramps(given_input, data.draw(ramp_ups_for(given_input))))

    for mark in clock.marks:
        told = sum(
            piece.leave_days if isinstance(piece, LeaveShift) else piece.ramp_up_days
            for piece in mark.explanation
            if isinstance(piece, LeaveShift | RampUpShift)
        )
        assert mark.planned_on + timedelta(days=told) == mark.counted_on


# --- Clock changes and year ends -------------------------------------------------------------------------------------


@pytest.mark.parametrize("starts_on", [date(2026, 10, 20), date(2027, 3, 1), date(2026, 12, 15), date(2028, 2, 10)])
def test_clock_changes_year_ends_and_leap_days_are_days_like_others(starts_on: date) -> None:
    leave = Absence(starts_on + timedelta(days=10), starts_on + timedelta(days=23))

    clock = run_clock(ClockInput(starts_on, 90, (leave,), ramp_ups=(RampUp(leave.starts_on, 7),)))

    assert [(mark.due_on - starts_on).days for mark in clock.marks] == [30 + 21, 60 + 21, 90 + 21]


@pytest.mark.parametrize(
    ("previous", "last", "every", "days"),
    [
        (90, 120, 14, (104,)),
        (90, 104, 14, ()),
        (90, 100, 14, ()),
        (104, 164, 14, (118, 132, 146)),
        (0, 5, 1, (1, 2, 3, 4)),
    ],
)
def test_days_added_get_check_ins_of_their_own(previous: int, last: int, every: int, days: tuple[int, ...]) -> None:
    assert check_in_days_between(previous, last, every) == days
