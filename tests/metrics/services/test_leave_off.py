"""Leave of any kind is never counted as absence, whatever the file says (rule 7)."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine

from metrics.enums import Cadence, LeaveHandling
from metrics.models import Metric, Series, SeriesRollup
from metrics.services.observations import check_observations, correct_observation, take_back_batch
from metrics.services.taking_back import readjust_metric
from people.enums import LeaveKind
from people.models import Employee, Leave, Location, Organization
from people.services.leave import change_leave, record_leave, withdraw_leave
from tests.cast import EmployeeFactory, Person
from tests.metrics.factories import MetricFactory
from tests.metrics.services.observed import counted, left_out, record, record_batch, table


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel("2026-06-30T12:00Z", tick=False):
        yield


@pytest.fixture
def ann(harbor_context: Organization) -> Employee:
    """Somebody."""
    return EmployeeFactory.create(number="A1", hired_on=datetime.date(2026, 1, 5))


def metric(handling: LeaveHandling, cadence: Cadence = Cadence.WEEK) -> Metric:
    """Make the metric "m"."""
    return MetricFactory.create(key="m", leave_handling=handling, cadence=cadence)


def away(employee: Employee, first: str, last: str | None, hana: Person) -> Leave:
    """Record a leave."""
    return record_leave(
        actor=hana.member,
        employee=employee,
        starts_on=datetime.date.fromisoformat(first),
        ends_on=datetime.date.fromisoformat(last) if last else None,
        kind=LeaveKind.MEDICAL,
    )


# The week of Monday, 8 June 2026 has five working days in the United States; 19 June is a holiday.
@pytest.mark.parametrize(
    ("handling", "said", "first", "last", "value"),
    [
        (LeaveHandling.DAYS_ABSENT, 4, "2026-06-08", "2026-06-09", 2.0),
        (LeaveHandling.DAYS_ABSENT, 1, "2026-06-08", "2026-06-09", 0.0),
        (LeaveHandling.DAYS_ABSENT, 3, "2026-06-12", "2026-06-14", 2.0),
        (LeaveHandling.DAYS_ABSENT, 3, "2026-06-13", "2026-06-14", 3.0),
        (LeaveHandling.SHARE_ABSENT, 60, "2026-06-08", "2026-06-09", 33.333333333),
        (LeaveHandling.SHARE_ABSENT, 40, "2026-06-08", "2026-06-09", 0.0),
        (LeaveHandling.SHARE_PRESENT, 60, "2026-06-08", "2026-06-09", 100.0),
        (LeaveHandling.SHARE_PRESENT, 40, "2026-06-08", "2026-06-09", 66.666666667),
        (LeaveHandling.OMITTED, 40, "2026-06-08", "2026-06-11", 40.0),
        (LeaveHandling.NONE, 40, "2026-06-08", "2026-06-14", 40.0),
    ],
)
def test_leave_days_are_taken_off(
    handling: LeaveHandling, said: float, first: str, last: str, value: float, ann: Employee, hana: Person
) -> None:
    metric(handling)
    away(ann, first, last, hana)

    record(("m", "A1", "2026-06-08", str(said)))

    assert counted("m") == {"2026-06-08": (value, float(said) if value != said else None)}


@pytest.mark.parametrize("handling", [handling for handling in LeaveHandling if handling != LeaveHandling.NONE])
@pytest.mark.parametrize("last", ["2026-06-12", "2026-06-14", "2026-06-25", None])
def test_a_period_wholly_on_leave_is_kept_and_not_counted(
    handling: LeaveHandling, last: str | None, ann: Employee, hana: Person
) -> None:
    metric(handling)
    away(ann, "2026-06-08", last, hana)

    report = record(("m", "A1", "2026-06-08", "3"))

    assert (counted("m"), left_out("m")) == ({}, {"2026-06-08": 3.0})
    assert (report.new, report.omitted, report.refused_count) == (1, 1, 0)
    assert [(remark.code, remark.rows) for remark in report.remarks] == [("on_leave", 1)]


def test_public_holidays_are_no_working_days(ann: Employee, hana: Person) -> None:
    metric(LeaveHandling.DAYS_ABSENT)
    away(ann, "2026-06-15", "2026-06-18", hana)

    record(("m", "A1", "2026-06-15", "4"))

    assert left_out("m") == {"2026-06-15": 4.0}


def test_the_place_of_work_tells_the_holidays(ann: Employee, hana: Person) -> None:
    ann.location = Location.objects.create(name="Bremen", country="DE", time_zone="Europe/Berlin")
    ann.save(update_fields=["location"])
    metric(LeaveHandling.DAYS_ABSENT)
    away(ann, "2026-06-15", "2026-06-18", hana)

    record(("m", "A1", "2026-06-15", "5"))

    assert counted("m") == {"2026-06-15": (1.0, 5.0)}


@pytest.mark.parametrize(
    ("cadence", "day", "said", "value"), [(Cadence.MONTH, "2026-06-01", 5, 3.0), (Cadence.DAY, "2026-06-10", 1, 1.0)]
)
def test_days_and_months_know_their_own_length(
    cadence: Cadence, day: str, said: int, value: float, ann: Employee, hana: Person
) -> None:
    metric(LeaveHandling.DAYS_ABSENT, cadence)
    away(ann, "2026-06-08", "2026-06-09", hana)

    record(("m", "A1", day, str(said)))

    assert counted("m") == {day: (value, float(said) if value != said else None)}


def test_a_leave_recorded_later_is_taken_off_and_comes_back_when_withdrawn(ann: Employee, hana: Person) -> None:
    metric(LeaveHandling.DAYS_ABSENT)
    record(("m", "A1", "2026-06-08", "4"), ("m", "A1", "2026-06-15", "3"), ("m", "A1", "2026-06-22", "1"))
    before = table()

    leave = away(ann, "2026-06-11", "2026-06-21", hana)
    assert (counted("m"), left_out("m")) == (
        {"2026-06-08": (2.0, 4.0), "2026-06-22": (1.0, None)}, {"2026-06-15": 3.0},
    )  # fmt: skip
    assert SeriesRollup.objects.filter(grain="week").count() == 2
    assert Series.objects.get().point_count == 2

    change_leave(actor=hana.member, leave=leave, starts_on=leave.starts_on, ends_on=datetime.date(2026, 6, 15))
    assert (counted("m"), left_out("m")) == (
        {"2026-06-08": (2.0, 4.0), "2026-06-15": (2.0, 3.0), "2026-06-22": (1.0, None)}, {},
    )  # fmt: skip

    withdraw_leave(actor=hana.member, leave=leave)
    assert (table(), left_out("m")) == (before, {})
    assert Series.objects.get().point_count == 3


def test_the_same_file_after_a_leave_changes_nothing(ann: Employee, hana: Person) -> None:
    metric(LeaveHandling.DAYS_ABSENT)
    rows = [("m", "A1", "2026-06-08", "4"), ("m", "A1", "2026-06-15", "3")]
    record(*rows)
    away(ann, "2026-06-11", "2026-06-21", hana)
    before = table(), left_out("m")

    report = record(*rows)

    assert (report.new, report.corrected, report.unchanged) == (0, 0, 2)
    assert (table(), left_out("m")) == before


def test_what_is_left_out_can_be_corrected_and_taken_back(ann: Employee, hana: Person) -> None:
    metric(LeaveHandling.DAYS_ABSENT)
    leave = away(ann, "2026-06-08", "2026-06-14", hana)
    record(("m", "A1", "2026-06-08", "4"))
    batch = record_batch(("m", "A1", "2026-06-08", "5"))
    assert (batch.corrected_count, left_out("m")) == (1, {"2026-06-08": 5.0})

    take_back_batch(actor=hana.member, batch=batch, reason="Wrong")
    assert left_out("m") == {"2026-06-08": 4.0}

    withdraw_leave(actor=hana.member, leave=leave)
    assert (counted("m"), left_out("m")) == ({"2026-06-08": (4.0, None)}, {})


def test_what_comes_back_is_counted_by_the_leave_of_today(ann: Employee, hana: Person) -> None:
    metric(LeaveHandling.DAYS_ABSENT)
    record(("m", "A1", "2026-06-08", "4"))
    batch = record_batch(("m", "A1", "2026-06-08", "5"))
    away(ann, "2026-06-08", "2026-06-08", hana)

    take_back_batch(actor=hana.member, batch=batch, reason="Wrong")

    assert counted("m") == {"2026-06-08": (3.0, 4.0)}


def test_a_value_set_by_hand_has_leave_taken_off_too(ann: Employee, hana: Person) -> None:
    metric(LeaveHandling.DAYS_ABSENT)
    record(("m", "A1", "2026-06-08", "4"))
    away(ann, "2026-06-08", "2026-06-08", hana)

    correct_observation(
        actor=hana.member, series=Series.objects.get(), starts_on=datetime.date(2026, 6, 8), value=2, reason="Recount"
    )

    assert counted("m") == {"2026-06-08": (1.0, 2.0)}


def test_the_leave_of_others_changes_nothing(ann: Employee, alice: Person, hana: Person) -> None:
    metric(LeaveHandling.DAYS_ABSENT)
    away(alice.employee, "2026-06-08", "2026-06-14", hana)

    record(("m", "A1", "2026-06-08", "4"))

    assert counted("m") == {"2026-06-08": (4.0, None)}


def test_a_metric_that_comes_to_measure_presence_is_counted_afresh(ann: Employee, hana: Person) -> None:
    made = metric(LeaveHandling.NONE)
    away(ann, "2026-06-08", "2026-06-08", hana)
    record(("m", "A1", "2026-06-08", "4"))
    made.leave_handling = LeaveHandling.DAYS_ABSENT
    made.save(update_fields=["leave_handling"])

    readjust_metric(metric=made)

    assert counted("m") == {"2026-06-08": (3.0, 4.0)}


def test_a_check_tells_what_leave_would_do(ann: Employee, hana: Person) -> None:
    metric(LeaveHandling.DAYS_ABSENT)
    away(ann, "2026-06-08", "2026-06-15", hana)

    report = check_observations(
        actor=None, rows=[(2, "m", "A1", "2026-06-08", "4", ""), (3, "m", "A1", "2026-06-15", "4", "")]
    )

    assert (report.new, report.omitted) == (2, 1)
    assert [remark.code for remark in report.remarks] == ["on_leave", "leave_taken_off"]
