"""Check-ins held, missed, moved; what is owed for them; around leave; two people at once."""

import datetime
import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django_rls_tenants import tenant_context

from feedback.check_in_enums import CHECK_IN_TRANSITIONS, Attendance, CheckInStatus
from feedback.check_in_obligations import ABOUT_CHECK_IN, DAYS_FOR_ONESELF, Owed
from feedback.models import CheckIn, CheckInSeries
from feedback.services.check_ins import move_check_in, record_check_in, skip_check_in
from people.enums import LeaveKind
from people.models import Employee
from people.services.leave import record_leave, withdraw_leave
from pipcycle.errors import DomainError
from reminders.enums import ObligationStatus
from reminders.models import Obligation
from reminders.selectors import obligations_overdue_below, obligations_owed_by
from tests.cast import Person
from tests.feedback.conftest import NEXT_WEEK, TODAY

At = Callable[[datetime.date], None]
IN_THREE_WEEKS = NEXT_WEEK + datetime.timedelta(weeks=2)
ONE_DAY = datetime.timedelta(days=1)


def owed_for(check_in: CheckIn) -> list[tuple[str, Employee | None, datetime.date, str]]:
    """Return what is or was owed for holding the check-in."""
    found = Obligation.objects.filter(kind=Owed.HOLD, about_type=ABOUT_CHECK_IN, about_id=check_in.pk)
    return [(one.status, one.owner, one.due_on, one.moved_reason) for one in found]


def planned(series: CheckInSeries) -> CheckIn:
    """Return the check-in that is still to be held."""
    return CheckIn.objects.select_related("series").get(series=series, status=CheckInStatus.PLANNED)


def test_the_leader_owes_the_first_check_in(check_in: CheckIn, bob: Person, alice: Person) -> None:
    assert owed_for(check_in) == [(ObligationStatus.OPEN, bob.employee, NEXT_WEEK, "")]
    assert not obligations_owed_by(alice.member).exists()


def test_a_held_check_in_is_fulfilled_and_the_next_one_planned(
    check_in: CheckIn, alice: Person, bob: Person, stage: At
) -> None:
    stage(NEXT_WEEK)

    following = record_check_in(actor=alice.member, check_in=check_in, held_on=NEXT_WEEK)

    check_in.refresh_from_db()
    assert (check_in.status, check_in.held_on, check_in.attendance) == (CheckInStatus.HELD, NEXT_WEEK, Attendance.BOTH)
    assert check_in.closed_by == alice.member
    assert owed_for(check_in)[0][0] == ObligationStatus.FULFILLED
    assert following.planned_on == IN_THREE_WEEKS
    assert owed_for(following) == [(ObligationStatus.OPEN, bob.employee, IN_THREE_WEEKS, "")]


def test_held_late_the_rhythm_goes_on_and_not_the_day_after(check_in: CheckIn, bob: Person, stage: At) -> None:
    late = NEXT_WEEK + datetime.timedelta(days=9)
    stage(late)

    following = record_check_in(actor=bob.member, check_in=check_in, held_on=late)

    assert following.planned_on == IN_THREE_WEEKS + datetime.timedelta(weeks=2)


def test_another_next_date_can_be_agreed_on_and_the_rhythm_stays(check_in: CheckIn, bob: Person, stage: At) -> None:
    stage(NEXT_WEEK)

    following = record_check_in(
        actor=bob.member, check_in=check_in, held_on=NEXT_WEEK, next_on=IN_THREE_WEEKS + ONE_DAY
    )

    assert (following.planned_on, following.wanted_on) == (IN_THREE_WEEKS + ONE_DAY, IN_THREE_WEEKS)


def test_a_check_in_is_not_held_in_the_future(check_in: CheckIn, bob: Person) -> None:
    with pytest.raises(DomainError, match="in the future"):
        record_check_in(actor=bob.member, check_in=check_in, held_on=TODAY + ONE_DAY)


def test_a_closed_check_in_says_who_closed_it(check_in: CheckIn, alice: Person, bob: Person, stage: At) -> None:
    stage(NEXT_WEEK)
    record_check_in(actor=bob.member, check_in=check_in, held_on=NEXT_WEEK)

    with pytest.raises(DomainError, match="Bob Bailey has recorded this check-in already: held"):
        record_check_in(actor=alice.member, check_in=check_in, held_on=NEXT_WEEK)


def test_what_did_not_take_place_needs_a_reason_and_is_missed(check_in: CheckIn, bob: Person, stage: At) -> None:
    stage(NEXT_WEEK)
    with pytest.raises(DomainError, match="why"):
        skip_check_in(actor=bob.member, check_in=check_in, reason=" ")

    following = skip_check_in(actor=bob.member, check_in=check_in, reason="The audit ran late.")

    check_in.refresh_from_db()
    assert (check_in.status, check_in.held_on) == (CheckInStatus.SKIPPED, None)
    assert owed_for(check_in)[0][0] == ObligationStatus.WITHDRAWN
    assert following.planned_on == IN_THREE_WEEKS


def test_one_who_waited_alone_is_on_the_record(check_in: CheckIn, alice: Person, stage: At) -> None:
    stage(NEXT_WEEK)

    skip_check_in(actor=alice.member, check_in=check_in, attendance=Attendance.EMPLOYEE)

    check_in.refresh_from_db()
    assert (check_in.status, check_in.attendance) == (CheckInStatus.SKIPPED, Attendance.EMPLOYEE)


def test_a_check_in_moves_to_a_day_that_suits_both(check_in: CheckIn, alice: Person, bob: Person) -> None:
    day = NEXT_WEEK + ONE_DAY

    move_check_in(actor=alice.member, check_in=check_in, day=day)

    assert owed_for(check_in) == [(ObligationStatus.OPEN, bob.employee, day, "Moved from Wed 6 May by Alice Archer.")]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (TODAY - ONE_DAY, "has passed"),
        (datetime.date(2026, 5, 9), "Sat 9 May is not a working day for Alice Archer.*Fri 8 May suits"),
        (datetime.date(2026, 5, 25), "Mon 25 May is a holiday for Alice Archer: Memorial Day.*Tue 26 May suits"),
    ],
)
def test_a_day_that_does_not_suit_is_refused_with_one_that_does(
    day: datetime.date, words: str, check_in: CheckIn, bob: Person
) -> None:
    with pytest.raises(DomainError, match=words):
        move_check_in(actor=bob.member, check_in=check_in, day=day)


@pytest.mark.parametrize("who", ["carol", "hana", "adam", "eve", "ines"])
def test_nobody_but_the_two_touches_it(who: str, check_in: CheckIn, request: pytest.FixtureRequest) -> None:
    actor = request.getfixturevalue(who).member

    for step in (
        lambda: record_check_in(actor=actor, check_in=check_in, held_on=TODAY),
        lambda: skip_check_in(actor=actor, check_in=check_in, reason="x"),
        lambda: move_check_in(actor=actor, check_in=check_in, day=NEXT_WEEK + ONE_DAY),
    ):
        with pytest.raises(PermissionDenied):
            step()


@pytest.mark.parametrize("side", ["alice", "bob"])
def test_leave_of_either_moves_it_and_says_away_and_no_more(
    side: str, check_in: CheckIn, bob: Person, adam: Person, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(side)
    leave = record_leave(
        actor=adam.member,
        employee=person.employee,
        kind=LeaveKind.MEDICAL,
        starts_on=NEXT_WEEK - 2 * ONE_DAY,
        ends_on=NEXT_WEEK + 2 * ONE_DAY,
    )

    check_in.refresh_from_db()
    monday = datetime.date(2026, 5, 11)
    reason = f"{person.employee.full_name} is away on Wed 6 May."
    assert (check_in.planned_on, check_in.date_reason) == (monday, reason)
    assert owed_for(check_in) == [(ObligationStatus.OPEN, bob.employee, monday, reason)]

    withdraw_leave(actor=adam.member, leave=leave)

    check_in.refresh_from_db()
    assert (check_in.planned_on, check_in.date_reason) == (NEXT_WEEK, "")


def test_leave_recorded_late_excuses_what_looked_missed(
    check_in: CheckIn, alice: Person, adam: Person, stage: At
) -> None:
    stage(NEXT_WEEK + ONE_DAY)

    record_leave(
        actor=adam.member, employee=alice.employee, kind=LeaveKind.MEDICAL, starts_on=NEXT_WEEK, ends_on=NEXT_WEEK
    )

    check_in.refresh_from_db()
    assert check_in.planned_on == NEXT_WEEK + ONE_DAY


def test_leave_elsewhere_leaves_a_missed_one_missed(check_in: CheckIn, alice: Person, adam: Person, stage: At) -> None:
    stage(NEXT_WEEK + 2 * ONE_DAY)

    record_leave(
        actor=adam.member, employee=alice.employee, kind=LeaveKind.MEDICAL,
        starts_on=NEXT_WEEK + ONE_DAY, ends_on=NEXT_WEEK + ONE_DAY,
    )  # fmt: skip

    check_in.refresh_from_db()
    assert check_in.planned_on == NEXT_WEEK


@pytest.mark.parametrize(("days", "seen"), [(1, 0), (DAYS_FOR_ONESELF, 0), (DAYS_FOR_ONESELF + 1, 1)])
def test_a_missed_one_is_the_leader_s_own_business_for_a_week(
    days: int, seen: int, check_in: CheckIn, bob: Person, carol: Person, stage: At
) -> None:
    stage(NEXT_WEEK + days * ONE_DAY)

    assert obligations_owed_by(bob.member).count() == 1
    assert obligations_overdue_below(carol.member).count() == seen


@pytest.mark.parametrize("source", CheckInStatus)
@pytest.mark.parametrize("target", CheckInStatus)
def test_the_database_knows_the_moves(source: CheckInStatus, target: CheckInStatus, check_in: CheckIn) -> None:
    def facts(status: CheckInStatus) -> dict[str, object]:
        closed = None if status == CheckInStatus.PLANNED else "2026-05-06T16:00:00Z"
        is_held = status == CheckInStatus.HELD
        return {
            "status": status, "closed_at": closed, "held_on": NEXT_WEEK if is_held else None,
            "attendance": Attendance.BOTH if is_held else "",
        }  # fmt: skip

    rows = CheckIn.objects.filter(pk=check_in.pk)
    if source != CheckInStatus.PLANNED:
        rows.update(**facts(source))
    allowed = target in CHECK_IN_TRANSITIONS[source] or source == target
    if allowed:
        assert rows.update(**facts(target)) == 1
    else:
        with pytest.raises(Exception, match=r"(?i)transition"):
            rows.update(**facts(target))


@pytest.mark.django_db(transaction=True)
def test_two_who_record_at_once_leave_one_record_and_one_next(
    check_in: CheckIn, alice: Person, bob: Person, stage: At
) -> None:
    stage(NEXT_WEEK)
    refusals: list[str] = []
    ready = threading.Barrier(2)

    def record(person: Person) -> None:
        with tenant_context(person.organization.pk):
            mine = CheckIn.objects.select_related("series__employee", "series__leader").get(pk=check_in.pk)
            ready.wait()
            try:
                record_check_in(actor=person.member, check_in=mine, held_on=NEXT_WEEK)
            except DomainError as refusal:
                refusals.append(str(refusal))
        connection.close()

    threads = [threading.Thread(target=record, args=[person]) for person in (alice, bob)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refusals) == 1
    assert "has recorded this check-in already" in refusals[0]
    statuses = list(CheckIn.objects.order_by("pk").values_list("status", flat=True))
    assert statuses == [CheckInStatus.HELD, CheckInStatus.PLANNED]
