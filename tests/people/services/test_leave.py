"""Leave: dates, reasons apart, who is told."""

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from people import registry
from people.enums import EmployeeStatus, LeaveKind
from people.models import Employee, Leave, LeaveReason, Membership, Organization
from people.services.leave import change_leave, record_leave, withdraw_leave
from people.services.leave_status import refresh_leave_statuses
from pipcycle.errors import DomainError
from tests.cast import Person

MONDAY = datetime.date(2026, 6, 1)
FRIDAY = datetime.date(2026, 6, 5)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Employee, Membership | None]]:
    """What the observers of leave are told."""
    calls: list[tuple[Employee, Membership | None]] = []
    monkeypatch.setattr(registry, "_leave_observers", [])
    registry.register_leave_observer(lambda employee, actor: calls.append((employee, actor)))
    return calls


def test_recording_keeps_dates_and_reason_apart(harbor_context: Organization, alice: Person, hana: Person) -> None:
    leave = record_leave(
        actor=hana.member,
        employee=alice.employee,
        starts_on=MONDAY,
        ends_on=FRIDAY,
        kind=LeaveKind.MEDICAL,
        is_protected=True,
        note="Surgery",
    )

    assert (leave.starts_on, leave.ends_on, leave.recorded_by) == (MONDAY, FRIDAY, hana.member)
    reason = LeaveReason.objects.get(leave=leave)
    assert (reason.kind, reason.is_protected, reason.note) == (LeaveKind.MEDICAL, True, "Surgery")
    assert {field.name for field in Leave._meta.concrete_fields}.isdisjoint({"kind", "note", "is_protected"})


def test_observers_are_told_of_every_change(
    harbor_context: Organization, alice: Person, hana: Person, told: list[tuple[Employee, Membership | None]]
) -> None:
    leave = record_leave(actor=hana.member, employee=alice.employee, starts_on=MONDAY, kind=LeaveKind.FAMILY)
    change_leave(actor=hana.member, leave=leave, starts_on=MONDAY, ends_on=FRIDAY)
    withdraw_leave(actor=hana.member, leave=leave)

    assert told == [(alice.employee, hana.member)] * 3


def test_an_observer_that_fails_undoes_the_leave(
    harbor_context: Organization, alice: Person, hana: Person, told: list[tuple[Employee, Membership | None]]
) -> None:
    def refuse(employee: Employee, actor: Membership | None) -> None:
        message = "the clock cannot run"
        raise DomainError(message)

    registry.register_leave_observer(refuse)

    with pytest.raises(DomainError):
        record_leave(actor=hana.member, employee=alice.employee, starts_on=MONDAY, kind=LeaveKind.OTHER)

    assert Leave.objects.count() == 0


@pytest.mark.parametrize("who", ["alice", "bob", "carol", "eve"])
def test_only_hr_records_leave(
    who: str, harbor_context: Organization, alice: Person, request: pytest.FixtureRequest
) -> None:
    person: Person = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        record_leave(actor=person.member, employee=alice.employee, starts_on=MONDAY, kind=LeaveKind.OTHER)


def test_hr_does_not_record_their_own_leave(harbor_context: Organization, hana: Person) -> None:
    with pytest.raises(PermissionDenied):
        record_leave(actor=hana.member, employee=hana.employee, starts_on=MONDAY, kind=LeaveKind.OTHER)


def test_the_last_day_is_not_before_the_first(harbor_context: Organization, alice: Person, hana: Person) -> None:
    with pytest.raises(DomainError, match="The last day away is before the first"):
        record_leave(actor=hana.member, employee=alice.employee, starts_on=FRIDAY, ends_on=MONDAY, kind=LeaveKind.OTHER)


@pytest.mark.parametrize(
    ("now", "status"),
    [
        ("2026-06-01T03:59Z", EmployeeStatus.ACTIVE),
        ("2026-06-01T04:01Z", EmployeeStatus.ON_LEAVE),
        ("2026-06-06T03:59Z", EmployeeStatus.ON_LEAVE),
        ("2026-06-06T04:01Z", EmployeeStatus.ACTIVE),
    ],
    ids=["eve of the first day", "first day", "last day", "day after"],
)
def test_the_status_follows_the_local_date(
    now: str, status: EmployeeStatus, harbor_context: Organization, alice: Person, hana: Person
) -> None:
    with time_machine.travel("2026-05-01T12:00Z", tick=False):
        record_leave(actor=hana.member, employee=alice.employee, starts_on=MONDAY, ends_on=FRIDAY, kind=LeaveKind.OTHER)
    before = Employee.objects.filter(pk=alice.employee.pk)
    before.update(status=EmployeeStatus.ON_LEAVE if now > "2026-06-02" else EmployeeStatus.ACTIVE)

    with time_machine.travel(now, tick=False):
        refresh_leave_statuses(organization=harbor_context)

    assert Employee.objects.get(pk=alice.employee.pk).status == status


def test_refreshing_twice_changes_nothing_more(harbor_context: Organization, alice: Person, hana: Person) -> None:
    with time_machine.travel("2026-05-01T12:00Z", tick=False):
        record_leave(actor=hana.member, employee=alice.employee, starts_on=MONDAY, kind=LeaveKind.OTHER)

    with time_machine.travel("2026-06-03T12:00Z", tick=False):
        assert refresh_leave_statuses(organization=harbor_context) == 1
        assert refresh_leave_statuses(organization=harbor_context) == 0


def test_withdrawing_today_s_leave_ends_the_status(harbor_context: Organization, alice: Person, hana: Person) -> None:
    with time_machine.travel("2026-06-03T12:00Z", tick=False):
        leave = record_leave(actor=hana.member, employee=alice.employee, starts_on=MONDAY, kind=LeaveKind.OTHER)
        away = alice.employee.status
        withdraw_leave(actor=hana.member, leave=leave)

    alice.employee.refresh_from_db()
    assert (away, alice.employee.status) == (EmployeeStatus.ON_LEAVE, EmployeeStatus.ACTIVE)


def test_a_status_of_the_source_without_dates_stays(harbor_context: Organization, alice: Person) -> None:
    Employee.objects.filter(pk=alice.employee.pk).update(status=EmployeeStatus.ON_LEAVE)

    assert refresh_leave_statuses(organization=harbor_context) == 0
    assert Employee.objects.get(pk=alice.employee.pk).status == EmployeeStatus.ON_LEAVE
