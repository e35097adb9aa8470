"""The pure schedule: local mornings, working days, absences, outages."""

import datetime
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.working_days import WorkingCalendar
from reminders.schedule import EVENING, MORNING, Absence, Timetable, reached_offsets

ZONES = [
    "America/New_York",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Africa/Casablanca",
    "America/St_Johns",
    "America/Santiago",
    "UTC",
]
COUNTRIES = ["US", "DE", "IN", "AU", "GB", "AE", "IL", "JP"]
LONG_AGO = datetime.datetime(2000, 1, 1, tzinfo=UTC)

days = st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 12, 31))
instants = st.builds(
    lambda day, minutes: datetime.datetime.combine(day, datetime.time(0), tzinfo=UTC) + timedelta(minutes=minutes),
    days,
    st.integers(0, 24 * 60 - 1),
)


@st.composite
def absences(draw: st.DrawFn) -> Absence:
    """Draw an absence of up to six weeks, now and then one without an end."""
    starts_on = draw(days)
    length = draw(st.one_of(st.none(), st.integers(0, 42)))
    return Absence(starts_on, None if length is None else starts_on + timedelta(days=length))


timetables = st.builds(
    Timetable,
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    calendar=st.sampled_from(COUNTRIES).map(WorkingCalendar),
    absences=st.lists(absences(), max_size=3).map(tuple),
)
offset_sets = st.sets(st.integers(-30, 30), min_size=1, max_size=5)


def boston(*away: Absence) -> Timetable:
    return Timetable(ZoneInfo("America/New_York"), WorkingCalendar("US", "MA"), away)


def at(text: str, zone: str = "America/New_York") -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def reached(due_on: date, now: datetime.datetime, timetable: Timetable, **given_: object) -> list[int]:
    settings = {"offsets": (-7, -1, 0, 2), "due_set_at": LONG_AGO, **given_}
    return list(reached_offsets(due_on=due_on, now=now, timetable=timetable, **settings))  # type: ignore[arg-type]  # of the test's own keywords


WEDNESDAY = date(2027, 3, 3)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2027-02-24 07:59", []),
        ("2027-02-24 08:00", [-7]),
        ("2027-03-02 08:00", [-7, -1]),
        ("2027-03-03 08:00", [-7, -1, 0]),
        ("2027-03-05 19:59", [-7, -1, 0, 2]),
        ("2027-03-05 20:00", []),
    ],
)
def test_steps_are_reached_at_the_local_morning(now: str, expected: list[int]) -> None:
    assert reached(WEDNESDAY, at(now), boston()) == expected


def test_steps_already_planned_are_left_out() -> None:
    assert reached(WEDNESDAY, at("2027-03-03 08:00"), boston(), planned=[-7, -1]) == [0]


def test_nobody_is_written_to_on_a_weekend() -> None:
    saturday = date(2027, 3, 6)
    assert reached(saturday, at("2027-03-06 10:00"), boston(), offsets=[0]) == []
    assert reached(saturday, at("2027-03-08 08:00"), boston(), offsets=[0]) == [0]
    assert boston().send_day(saturday) == date(2027, 3, 8)


def test_nobody_is_written_to_on_a_public_holiday() -> None:
    patriots_day = date(2027, 4, 19)
    assert reached(patriots_day, at("2027-04-19 10:00"), boston(), offsets=[0]) == []
    assert boston().send_day(patriots_day) == date(2027, 4, 20)


def test_nobody_is_written_to_on_their_own_leave() -> None:
    away = Absence(date(2027, 3, 1), date(2027, 3, 12))
    assert reached(WEDNESDAY, at("2027-03-04 10:00"), boston(away)) == []
    assert reached(WEDNESDAY, at("2027-03-15 08:00"), boston(away)) == [-7, -1, 0, 2]


def test_leave_without_an_end_has_no_day_to_send_on() -> None:
    assert boston(Absence(date(2027, 3, 1), None)).send_day(WEDNESDAY) is None


def test_a_promise_made_today_is_not_reminded_of_yesterday() -> None:
    made = at("2027-03-02 15:00")
    assert reached(WEDNESDAY, at("2027-03-02 15:05"), boston(), due_set_at=made) == []
    assert reached(WEDNESDAY, at("2027-03-03 08:00"), boston(), due_set_at=made) == [0]


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        (date(2027, 3, 12), "2027-03-12T13:00:00+00:00"),
        (date(2027, 3, 15), "2027-03-15T12:00:00+00:00"),
        (date(2027, 11, 5), "2027-11-05T12:00:00+00:00"),
        (date(2027, 11, 8), "2027-11-08T13:00:00+00:00"),
    ],
)
def test_the_morning_follows_summer_time(day: date, utc: str) -> None:
    assert boston().morning(day).isoformat() == utc


@given(timetable=timetables, due_on=days, offsets=offset_sets, now=instants)
def test_nothing_is_sent_at_night_on_a_day_off_or_before_its_day(
    timetable: Timetable, due_on: date, offsets: set[int], now: datetime.datetime
) -> None:
    found = reached_offsets(due_on=due_on, offsets=offsets, due_set_at=LONG_AGO, now=now, timetable=timetable)
    local = now.astimezone(timetable.zone)
    if found:
        assert timetable.calendar.is_working_day(local.date())
        assert not any(absence.covers(local.date()) for absence in timetable.absences)
        assert MORNING <= local.time() < EVENING
        assert max(found) <= (local.date() - due_on).days


@given(timetable=timetables, due_on=days, offset=st.integers(-30, 30))
def test_every_step_is_reached_in_the_morning_of_its_day_to_send_on(
    timetable: Timetable, due_on: date, offset: int
) -> None:
    send_day = timetable.send_day(due_on + timedelta(days=offset))
    if send_day is None:
        return

    def found(now: datetime.datetime) -> list[int]:
        return list(reached_offsets(due_on=due_on, offsets=[offset], due_set_at=LONG_AGO, now=now, timetable=timetable))

    morning = timetable.morning(send_day)
    assert found(morning) == [offset]
    assert found(morning - timedelta(minutes=1)) == []


@given(timetable=timetables, day=days)
def test_the_morning_is_eight_of_the_clock_on_the_wall(timetable: Timetable, day: date) -> None:
    local = timetable.morning(day).astimezone(timetable.zone)
    assert (local.date(), local.time()) == (day, MORNING)


@given(timetable=timetables, due_on=days, offsets=offset_sets, outage=st.integers(1, 20), data=st.data())
def test_after_an_outage_everything_missed_comes_at_once(
    timetable: Timetable, due_on: date, offsets: set[int], outage: int, data: st.DataObject
) -> None:
    """Running once after the outage reaches exactly what running every morning of it would have."""
    first = due_on + timedelta(days=data.draw(st.integers(-35, 35)))
    mornings = [timetable.morning(first + timedelta(days=number)) for number in range(outage + 1)]

    def found(now: datetime.datetime, planned: set[int]) -> set[int]:
        return set(
            reached_offsets(
                due_on=due_on, offsets=offsets, due_set_at=LONG_AGO, now=now, timetable=timetable, planned=planned
            )
        )

    daily: set[int] = set()
    for morning in mornings:
        daily |= found(morning, daily)
    if timetable.is_awake(mornings[-1]):
        assert found(mornings[-1], set()) == daily
        assert found(mornings[-1], daily) == set()
