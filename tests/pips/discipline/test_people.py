"""When people change: an action follows the reporting line, and ends or rests when its employee leaves."""

import datetime

import pytest

from people.enums import LeavingKind
from people.models import Employee
from people.services.employees import change_manager, end_employment
from pips.discipline_enums import ActionStatus
from pips.services.discipline.people import follow_people
from pips.tasks import refresh_actions_of
from tests.cast import Person
from tests.pips.discipline.conftest import D, DisciplineStage
from tests.pips.discipline.test_writing import owed, told


def leave(discipline: DisciplineStage, adam: Person) -> None:
    end_employment(
        actor=adam.member,
        employee=discipline.alice.employee,
        left_on=datetime.date(2027, 1, 4),
        kind=LeavingKind.VOLUNTARY,
    )


def test_it_passes_to_the_new_manager_with_all_owed(discipline: DisciplineStage, nora: Person, adam: Person) -> None:
    action = discipline.approved()
    told()
    change_manager(actor=adam.member, employee=discipline.alice.employee, manager=nora.employee)

    assert [refresh_actions_of(action.organization_id), refresh_actions_of(action.organization_id)] == [1, 0]

    action.refresh_from_db()
    assert action.manager == nora.employee
    assert owed() == [("issue_action", "Nora", D(2027, 1, 7)), ("tell_of_action", "Nora", D(2027, 1, 14))]
    assert told() == [("nora", "A document has passed to you")]


@pytest.mark.parametrize("state", ["draft", "in_review", "approved"])
def test_what_was_never_handed_over_is_withdrawn_when_the_employee_leaves(
    discipline: DisciplineStage, adam: Person, state: str
) -> None:
    action = getattr(discipline, state)()
    told()

    leave(discipline, adam)

    action.refresh_from_db()
    assert (action.status, owed(), told()) == (ActionStatus.WITHDRAWN, [], [])
    assert action.moves.last().reason == "The employee has left."


def test_what_was_handed_over_stays_and_nothing_is_owed(discipline: DisciplineStage, adam: Person) -> None:
    action = discipline.appealed()

    leave(discipline, adam)

    action.refresh_from_db()
    assert (action.status, owed()) == (ActionStatus.APPEALED, [])


def test_an_import_that_ends_many_is_noticed_by_the_schedule(discipline: DisciplineStage) -> None:
    action = discipline.in_review()
    Employee.objects.filter(pk=discipline.alice.employee.pk).update(status="left", left_on=D(2027, 1, 4))

    assert [refresh_actions_of(action.organization_id), refresh_actions_of(action.organization_id)] == [1, 0]
    action.refresh_from_db()
    assert action.status == ActionStatus.WITHDRAWN


def test_an_action_led_from_further_up_stays_there(discipline: DisciplineStage, carol: Person) -> None:
    action = discipline.draft()
    action.manager = carol.employee
    action.save(update_fields=["manager"])

    assert follow_people(action=action) is False
