"""What is owed for goals follows the reporting line."""

import datetime

import pytest
from django.utils import timezone

from goals.enums import GoalStatus
from goals.models import Goal
from goals.obligations import Owed
from goals.presence import first_day_there, working_days_there
from goals.services.handover import follow_the_people
from goals.tasks import follow_reporting_lines
from people.enums import EmployeeStatus, LeaveKind
from people.models import Employee
from people.services.leave import record_leave
from people.services.reporting_lines import rebuild_reporting_lines
from reminders.models import Obligation
from tests.cast import Person, make_person
from tests.goals.conftest import MakeGoal

#: A Monday.
MONDAY = datetime.date(2027, 3, 1)


def owed(goal: Goal) -> list[tuple[str, str]]:
    """Return who owes what about the goal."""
    open_ones = Obligation.objects.filter(about_type="goal", about_id=goal.pk, status="open").order_by("kind")
    return [(str(one.owner), one.kind) for one in open_ones]


def move_to(employee: Employee, manager: Employee) -> None:
    Employee.objects.filter(pk=employee.pk).update(manager=manager)
    rebuild_reporting_lines()


def test_the_new_manager_owes_the_answer_and_the_former_one_nothing(make_goal: MakeGoal, alice: Person) -> None:
    goal = make_goal(GoalStatus.PROPOSED)
    dana = make_person(alice.organization, "Dana", "Dahl")
    move_to(alice.employee, dana.employee)

    assert follow_the_people() == 1

    assert owed(goal) == [("Dana Dahl", Owed.ACCEPT)]
    assert follow_the_people() == 0


def test_the_word_on_a_completed_goal_passes_on_too(make_goal: MakeGoal, alice: Person) -> None:
    goal = make_goal(GoalStatus.COMPLETED)
    dana = make_person(alice.organization, "Dana", "Dahl")
    move_to(alice.employee, dana.employee)

    follow_reporting_lines()

    assert owed(goal) == [("Dana Dahl", Owed.GIVE_FEEDBACK)]


def test_as_long_as_they_stand_above_a_manager_keeps_what_they_owe(
    make_goal: MakeGoal, alice: Person, bob: Person, carol: Person
) -> None:
    goal = make_goal(GoalStatus.PROPOSED)
    between = make_person(alice.organization, "Dana", "Dahl", manager=bob)
    move_to(alice.employee, between.employee)

    assert follow_the_people() == 0
    assert owed(goal) == [("Bob Bailey", Owed.ACCEPT)]


def test_nothing_is_owed_about_somebody_who_has_left(make_goal: MakeGoal, alice: Person) -> None:
    goal = make_goal()
    assert owed(goal) == [("Alice Archer", Owed.UPDATE)]
    Employee.objects.filter(pk=alice.employee.pk).update(
        status=EmployeeStatus.LEFT, left_on=timezone.localdate(), leaving_kind="voluntary"
    )

    assert follow_the_people() == 1
    assert owed(goal) == []


@pytest.mark.parametrize(("days", "expected"), [(1, 2), (4, 5), (5, 8), (6, 9)])
def test_working_days_leave_out_the_weekend(harbor_context: object, alice: Person, days: int, expected: int) -> None:
    assert working_days_there(alice.employee, MONDAY, days) == datetime.date(2027, 3, expected)


def test_days_of_leave_are_not_days_at_work(harbor_context: object, alice: Person, hana: Person) -> None:
    record_leave(
        actor=hana.member,
        employee=alice.employee,
        starts_on=datetime.date(2027, 3, 2),
        ends_on=datetime.date(2027, 3, 10),
        kind=LeaveKind.VACATION,
    )

    assert working_days_there(alice.employee, MONDAY, 2) == datetime.date(2027, 3, 12)
    assert first_day_there(alice.employee, datetime.date(2027, 3, 2)) == datetime.date(2027, 3, 11)
    assert first_day_there(alice.employee, MONDAY) == MONDAY


def test_a_leave_without_an_end_is_not_waited_for_for_ever(harbor_context: object, alice: Person, hana: Person) -> None:
    record_leave(actor=hana.member, employee=alice.employee, starts_on=MONDAY, ends_on=None, kind=LeaveKind.PARENTAL)

    assert first_day_there(alice.employee, MONDAY) >= MONDAY + datetime.timedelta(days=400)
