"""The next date of two people: around leave, weekends and holidays, in the rhythm they have agreed."""

import datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from feedback.next_date import Diary, Hindrance, Obstacle, next_wanted, obstacles_on, propose
from people.working_days import WorkingCalendar

DAYS = st.dates(datetime.date(2024, 1, 1), datetime.date(2030, 12, 31))
US, GERMANY = WorkingCalendar("US"), WorkingCalendar("DE", "BY")
WEDNESDAY = datetime.date(2026, 11, 25)
THANKSGIVING = datetime.date(2026, 11, 26)
FRIDAY = datetime.date(2026, 11, 27)


def diary(name: str = "Alice", *away: tuple[datetime.date, datetime.date | None], country: str = "US") -> Diary:
    """Return the diary of a person."""
    return Diary(name, WorkingCalendar(country), away)


@st.composite
def diaries(draw: st.DrawFn) -> Diary:
    """Return a diary with a few absences that end."""
    first = draw(st.lists(DAYS, max_size=3))
    lengths = draw(st.lists(st.integers(0, 40), min_size=len(first), max_size=len(first)))
    absences = [(day, day + datetime.timedelta(days=length)) for day, length in zip(first, lengths, strict=True)]
    return Diary("Somebody", draw(st.sampled_from([US, GERMANY])), absences)


def test_a_day_that_suits_both_is_kept() -> None:
    proposal = propose(WEDNESDAY, [diary(), diary("Bob")])

    assert (proposal.day, proposal.obstacles) == (WEDNESDAY, ())


def test_a_holiday_of_one_moves_the_day_within_its_week() -> None:
    proposal = propose(THANKSGIVING, [diary(), diary("Bjarne", country="DE")])

    assert proposal.day == FRIDAY
    assert proposal.obstacles == (Obstacle(Hindrance.HOLIDAY, "Alice", "Thanksgiving Day"),)


def test_a_friday_off_moves_the_day_back_rather_than_into_the_next_week() -> None:
    assert propose(FRIDAY, [diary("Bob", (FRIDAY, FRIDAY))]).day == WEDNESDAY


def test_leave_of_either_moves_the_day_behind_it_and_says_no_more_than_away() -> None:
    back = datetime.date(2026, 12, 7)
    away = (datetime.date(2026, 11, 23), back - datetime.timedelta(days=1))

    proposal = propose(WEDNESDAY, [diary(), diary("Bob", away)])

    assert proposal.day == back
    assert proposal.obstacles == (Obstacle(Hindrance.AWAY, "Bob"),)


def test_a_weekend_moves_to_the_nearest_working_day() -> None:
    proposal = propose(datetime.date(2026, 12, 5), [diary()])

    assert proposal.day == datetime.date(2026, 12, 4)
    assert proposal.obstacles[0].kind == Hindrance.WEEKEND


def test_leave_without_an_end_is_not_waited_for_for_ever() -> None:
    open_end = (datetime.date(2026, 11, 2), None)

    assert propose(WEDNESDAY, [diary("Bob", open_end)]).day == WEDNESDAY


@given(wanted=DAYS, one=diaries(), other=diaries())
def test_the_day_suits_both_whoever_is_asked_first(wanted: datetime.date, one: Diary, other: Diary) -> None:
    proposal = propose(wanted, [one, other])

    assert obstacles_on(proposal.day, [one, other]) == ()
    assert propose(wanted, [other, one]).day == proposal.day
    assert (proposal.day == wanted) == (proposal.obstacles == ())


@given(wanted=DAYS, one=diaries(), other=diaries())
def test_a_proposed_day_proposed_again_stays(wanted: datetime.date, one: Diary, other: Diary) -> None:
    day = propose(wanted, [one, other]).day

    assert propose(day, [one, other]).day == day


@given(wanted=DAYS, not_before=DAYS, one=diaries())
def test_the_day_is_never_before_the_first_possible_one(
    wanted: datetime.date, not_before: datetime.date, one: Diary
) -> None:
    assert propose(wanted, [one], not_before=not_before).day >= not_before


@given(wanted=DAYS, one=diaries(), extra=diaries())
def test_no_nearer_day_of_the_week_was_free(wanted: datetime.date, one: Diary, extra: Diary) -> None:
    day = propose(wanted, [one, extra]).day
    monday = wanted - datetime.timedelta(days=wanted.weekday())
    week = [monday + datetime.timedelta(days=count) for count in range(7)]
    free = [other for other in week if not obstacles_on(other, [one, extra])]

    if free:
        assert abs(day - wanted) == min(abs(other - wanted) for other in free)
    else:
        assert day > week[-1]


@given(anchor=DAYS, every_weeks=st.integers(1, 26), gap=st.integers(-200, 400))
def test_the_rhythm_keeps_its_weekday_and_about_its_distance(anchor: datetime.date, every_weeks: int, gap: int) -> None:
    assume(gap >= -every_weeks * 7 // 2)
    after = anchor + datetime.timedelta(days=gap)

    wanted = next_wanted(anchor, every_weeks=every_weeks, after=after)

    days = every_weeks * 7
    assert (wanted - anchor).days % days == 0
    assert wanted > anchor
    assert days / 2 <= (wanted - after).days <= days * 3 / 2


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (datetime.date(2026, 11, 5), datetime.date(2026, 11, 12)),
        (datetime.date(2026, 11, 6), datetime.date(2026, 11, 12)),
        (datetime.date(2026, 11, 11), datetime.date(2026, 11, 19)),
        (datetime.date(2026, 12, 1), datetime.date(2026, 12, 10)),
    ],
)
def test_a_late_check_in_does_not_bring_the_next_one_tomorrow(held: datetime.date, expected: datetime.date) -> None:
    assert next_wanted(datetime.date(2026, 11, 5), every_weeks=1, after=held) == expected
