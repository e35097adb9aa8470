"""The clock: what it promises for every start, length, leave and calendar."""

import datetime
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.working_days import WorkingCalendar
from pips.clock import (
    Absence,
    ClockInput,
    LeaveShift,
    NonWorkingShift,
    OpenLeave,
    Pause,
    check_in_days,
    merge_absences,
    milestone_days,
    run_clock,
)

START = date(2027, 1, 4)
CALENDARS = [WorkingCalendar("US", "MA"), WorkingCalendar("DE", "BY"), WorkingCalendar("ZZ")]

starts = st.dates(date(2024, 1, 1), date(2032, 12, 31))
lengths = st.integers(1, 180)
calendars = st.sampled_from([None, *CALENDARS])


@st.composite
def absences_near(draw: st.DrawFn, starts_on: date) -> Absence:
    first = starts_on + timedelta(days=draw(st.integers(-60, 260)))
    return Absence(first, first + timedelta(days=draw(st.integers(0, 40))))


@st.composite
def clock_inputs(draw: st.DrawFn) -> ClockInput:
    starts_on = draw(starts)
    return ClockInput(
        starts_on=starts_on,
        length_days=draw(lengths),
        absences=tuple(draw(st.lists(absences_near(starts_on), max_size=6))),
        extension_days=draw(st.sampled_from([0, 0, 15, 30])),
    )


def days_of(absences: tuple[Absence, ...]) -> set[date]:
    return {
        absence.starts_on + timedelta(days=offset)
        for absence in absences
        for offset in range(((absence.ends_on or absence.starts_on) - absence.starts_on).days + 1)
    }


# --- Without leave ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("length", "days"), [(30, (30,)), (60, (30, 60)), (90, (30, 60, 90))])
def test_milestones_of_the_usual_lengths(length: int, days: tuple[int, ...]) -> None:
    assert milestone_days(length) == days


@pytest.mark.parametrize(
    ("length", "days"), [(1, (1,)), (45, (30, 45)), (100, (30, 60, 90, 100)), (120, (30, 60, 90, 120))]
)
def test_milestones_of_other_lengths_are_every_thirtieth_day_and_the_last(length: int, days: tuple[int, ...]) -> None:
    assert milestone_days(length) == days


@given(starts)
def test_without_leave_the_milestones_are_exactly_thirty_sixty_and_ninety_days_after_the_start(starts_on: date) -> None:
    clock = run_clock(ClockInput(starts_on, 90))

    assert [mark.due_on - starts_on for mark in clock.marks] == [timedelta(30), timedelta(60), timedelta(90)]
    assert clock.ends_on == starts_on + timedelta(days=90)
    assert [mark.explanation for mark in clock.marks] == [(), (), ()]
    assert clock.pauses == ()


def test_day_zero_is_the_start_date() -> None:
    assert run_clock(ClockInput(START, 30)).mark(0).due_on == START


# --- Leave -----------------------------------------------------------------------------------------------------------


def test_days_of_leave_do_not_count() -> None:
    clock = run_clock(ClockInput(START, 90, (Absence(date(2027, 2, 10), date(2027, 2, 23)),)))

    assert [mark.due_on for mark in clock.marks] == [date(2027, 2, 3), date(2027, 3, 19), date(2027, 4, 18)]
    assert clock.marks[1].explanation == (
        LeaveShift(
            day=60,
            from_on=date(2027, 3, 5),
            to_on=date(2027, 3, 19),
            leave_days=14,
            pauses=(Pause(date(2027, 2, 10), date(2027, 2, 23)),),
        ),
    )


def test_leave_on_the_day_itself_moves_it() -> None:
    clock = run_clock(ClockInput(START, 30, (Absence(date(2027, 2, 3), date(2027, 2, 3)),)))

    assert clock.ends_on == date(2027, 2, 4)


def test_leave_on_the_start_date_counts_as_leave() -> None:
    clock = run_clock(ClockInput(START, 30, (Absence(START, START + timedelta(days=9)),)))

    assert clock.ends_on == START + timedelta(days=40)


@given(clock_inputs(), calendars)
def test_deadlines_are_monotone_in_the_day(given_input: ClockInput, calendar: WorkingCalendar | None) -> None:
    clock = run_clock(given_input, calendar)
    dates = [clock.mark(day).due_on for day in range(given_input.length_days + given_input.extension_days + 1)]

    assert dates == sorted(dates)
    counted = [clock.mark(day).counted_on for day in range(given_input.length_days + 1)]
    assert len(set(counted)) == len(counted)


@given(clock_inputs(), calendars, st.data())
def test_leave_never_shortens(given_input: ClockInput, calendar: WorkingCalendar | None, data: st.DataObject) -> None:
    more = data.draw(absences_near(given_input.starts_on))
    before = run_clock(given_input, calendar)
    after = run_clock(
        ClockInput(
            given_input.starts_on,
            given_input.length_days,
            (*given_input.absences, more),
            given_input.extension_days,
        ),
        calendar,
    )

    assert all(new.due_on >= old.due_on for old, new in zip(before.marks, after.marks, strict=True))
    assert after.ends_on >= before.ends_on


@given(clock_inputs(), calendars)
def test_dates_only_ever_move_later(given_input: ClockInput, calendar: WorkingCalendar | None) -> None:
    for mark in run_clock(given_input, calendar).marks:
        assert mark.planned_on == given_input.starts_on + timedelta(days=mark.day)
        assert mark.planned_on <= mark.counted_on <= mark.due_on


@given(clock_inputs(), st.randoms())
def test_the_order_of_leaves_does_not_matter(given_input: ClockInput, random: Random) -> None:
    shuffled = list(given_input.absences)
    random.shuffle(shuffled)
    other = ClockInput(given_input.starts_on, given_input.length_days, tuple(shuffled), given_input.extension_days)

    assert run_clock(other) == run_clock(given_input)


@given(clock_inputs())
def test_a_day_has_exactly_its_number_of_days_without_leave_before_it(given_input: ClockInput) -> None:
    away = days_of(given_input.absences)
    for mark in run_clock(given_input).marks:
        span = [
            given_input.starts_on + timedelta(days=day) for day in range((mark.due_on - given_input.starts_on).days)
        ]
        assert len([day for day in span if day not in away]) == mark.day
        assert mark.due_on not in away


@given(clock_inputs())
def test_overlapping_leaves_count_once(given_input: ClockInput) -> None:
    doubled = ClockInput(
        given_input.starts_on,
        given_input.length_days,
        given_input.absences * 2,
        given_input.extension_days,
    )

    assert run_clock(doubled) == run_clock(given_input)


def test_leaves_that_touch_become_one_pause() -> None:
    touching = [Absence(date(2027, 2, 10), date(2027, 2, 12)), Absence(date(2027, 2, 13), date(2027, 2, 14))]

    assert merge_absences(touching, starts_on=START) == (Pause(date(2027, 2, 10), date(2027, 2, 14)),)


@given(starts, lengths, st.integers(1, 400), st.integers(0, 40))
def test_leave_before_the_start_or_after_the_end_changes_nothing(
    starts_on: date, length: int, gap: int, lasting: int
) -> None:
    ended_before = Absence(starts_on - timedelta(days=gap + lasting), starts_on - timedelta(days=gap))
    after_end = starts_on + timedelta(days=length + gap)
    begins_after = Absence(after_end, after_end + timedelta(days=lasting))
    clock = run_clock(ClockInput(starts_on, length, (ended_before, begins_after)))

    assert clock.marks == run_clock(ClockInput(starts_on, length)).marks
    assert clock.pauses == ()


# --- Leave without an end --------------------------------------------------------------------------------------------


def test_leave_without_an_end_lasts_until_today() -> None:
    clock = run_clock(ClockInput(START, 30, (Absence(date(2027, 1, 11)),), today=date(2027, 1, 20)))

    assert clock.ends_on == date(2027, 2, 13)
    assert clock.is_provisional
    assert clock.marks[0].explanation[-1] == OpenLeave(day=30, since=date(2027, 1, 11))


@given(clock_inputs(), st.integers(0, 120), st.integers(0, 30))
def test_each_further_day_of_leave_moves_the_end_by_one_day(given_input: ClockInput, first: int, passed: int) -> None:
    since = given_input.starts_on + timedelta(days=first)
    today = since + timedelta(days=passed)
    closed = (*given_input.absences, Absence(since, today))
    opened = (*given_input.absences, Absence(since))

    def end(absences: tuple[Absence, ...]) -> date:
        return run_clock(ClockInput(given_input.starts_on, given_input.length_days, absences, today=today)).ends_on

    assert end(opened) == end(closed)


def test_leave_without_an_end_that_has_not_begun_takes_its_first_day() -> None:
    clock = run_clock(ClockInput(START, 30, (Absence(date(2027, 2, 1)),), today=START))

    assert clock.ends_on == date(2027, 2, 4)


# --- Extension -------------------------------------------------------------------------------------------------------


@given(clock_inputs())
def test_an_extension_adds_its_days_to_the_end_and_leaves_the_milestones(given_input: ClockInput) -> None:
    plain = run_clock(ClockInput(given_input.starts_on, given_input.length_days, given_input.absences))
    extended = run_clock(
        ClockInput(given_input.starts_on, given_input.length_days, given_input.absences, extension_days=14)
    )

    assert extended.marks[:-1] == plain.marks
    assert extended.marks[-1].planned_on == plain.marks[-1].planned_on + timedelta(days=14)
    assert extended.ends_on >= plain.ends_on + timedelta(days=14)


def test_an_extension_without_leave_adds_exactly_its_days() -> None:
    assert run_clock(ClockInput(START, 90, extension_days=30)).ends_on == START + timedelta(days=120)


# --- Working days ----------------------------------------------------------------------------------------------------


@given(clock_inputs(), st.sampled_from(CALENDARS))
def test_with_a_calendar_every_due_date_is_a_working_day_outside_leave(
    given_input: ClockInput, calendar: WorkingCalendar
) -> None:
    away = days_of(given_input.absences)
    for mark in run_clock(given_input, calendar).marks:
        assert calendar.is_working_day(mark.due_on)
        assert mark.due_on not in away


def test_a_day_on_a_weekend_is_due_on_monday() -> None:
    mark = run_clock(ClockInput(date(2027, 1, 1), 30), WorkingCalendar("US")).marks[0]

    assert (mark.planned_on, mark.due_on) == (date(2027, 1, 31), date(2027, 2, 1))
    assert mark.explanation == (
        NonWorkingShift(30, date(2027, 1, 31), date(2027, 2, 1), holiday="", skips_leave=False),
    )


def test_a_day_on_a_holiday_names_the_holiday() -> None:
    mark = run_clock(ClockInput(date(2027, 1, 16), 30), WorkingCalendar("US")).marks[0]

    assert mark.explanation == (
        NonWorkingShift(30, date(2027, 2, 15), date(2027, 2, 16), holiday="Washington's Birthday", skips_leave=False),
    )


def test_the_next_working_day_is_looked_for_behind_leave() -> None:
    leave = Absence(date(2027, 2, 1), date(2027, 2, 4))
    mark = run_clock(ClockInput(date(2027, 1, 1), 30, (leave,)), WorkingCalendar("US")).marks[0]

    assert mark.due_on == date(2027, 2, 5)
    assert mark.explanation == (NonWorkingShift(30, date(2027, 1, 31), date(2027, 2, 5), holiday="", skips_leave=True),)


# --- Explanations hold -----------------------------------------------------------------------------------------------


@given(clock_inputs(), calendars)
def test_every_shift_is_explained_and_nothing_else_is(
    given_input: ClockInput, calendar: WorkingCalendar | None
) -> None:
    for mark in run_clock(given_input, calendar).marks:
        moved = timedelta(0)
        for piece in mark.explanation:
            if isinstance(piece, LeaveShift):
                assert piece.to_on - piece.from_on == timedelta(days=piece.leave_days)
            if isinstance(piece, LeaveShift | NonWorkingShift):
                moved += piece.to_on - piece.from_on
        assert mark.due_on - mark.planned_on == moved


@given(clock_inputs())
def test_the_pauses_are_the_days_of_leave_before_the_end(given_input: ClockInput) -> None:
    clock = run_clock(given_input)
    total = given_input.length_days + given_input.extension_days

    assert sum(pause.days for pause in clock.pauses) == (clock.ends_on - given_input.starts_on).days - total


@given(clock_inputs(), st.integers(0, 200))
def test_the_clock_is_paused_on_days_of_leave_only(given_input: ClockInput, offset: int) -> None:
    day = given_input.starts_on + timedelta(days=offset)

    assert run_clock(given_input).is_paused_on(day) == (day in days_of(given_input.absences))


# --- Check-ins -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("length", "every", "days"),
    [
        (90, 14, (14, 44, 74)),
        (30, 7, (7, 14, 21)),
        (60, 7, (7, 14, 21, 37, 44, 51)),
        (30, 30, ()),
        (60, 20, (20, 50)),
    ],
)
def test_check_ins_fall_between_the_milestones(length: int, every: int, days: tuple[int, ...]) -> None:
    assert check_in_days(length, every) == days


@given(lengths, st.integers(1, 90))
def test_check_ins_never_fall_on_a_milestone_and_are_in_order(length: int, every: int) -> None:
    days = check_in_days(length, every)

    assert list(days) == sorted(set(days))
    assert not set(days) & set(milestone_days(length))
    assert all(0 < day < length for day in days)


# --- Wrong input -----------------------------------------------------------------------------------------------------


def test_an_absence_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="An absence cannot end before it starts"):
        Absence(START, START - datetime.timedelta(days=1))


@pytest.mark.parametrize(("length", "extension"), [(0, 0), (30, -1)])
def test_a_plan_needs_a_length_and_an_extension_that_lengthens(length: int, extension: int) -> None:
    with pytest.raises(ValueError, match="plan"):
        ClockInput(START, length, extension_days=extension)


def test_check_ins_need_an_interval() -> None:
    with pytest.raises(ValueError, match="at least one day apart"):
        check_in_days(90, 0)
