"""Somebody leaves mid-plan: the plan closes as such and nothing is owed; a manager who leaves is followed."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from people.enums import LeavingKind
from people.models import Employee
from people.services.employees import change_manager, end_employment
from pipcycle.errors import DomainError
from pips.enums import ClosingReason, NoteKind, Outcome, PlanStatus
from pips.models import Plan, PlanNote
from pips.services.closing import close_for_leaver, record_departure
from pips.tasks import refresh_organization
from reminders.models import Obligation
from tests.cast import Person
from tests.pips.conftest import Stage

D = datetime.date


def leave(stage: Stage, adam: Person, person: Person | None = None) -> None:
    end_employment(
        actor=adam.member,
        employee=(person or stage.alice).employee,
        left_on=D(2027, 1, 5),
        kind=LeavingKind.VOLUNTARY,
    )


def open_about_plans() -> QuerySet[Obligation]:
    """Return what is open, without the talk HR owes everybody who leaves."""
    return Obligation.objects.filter(status="open").exclude(kind="hold_exit_interview")


def owed() -> list[str]:
    return sorted(open_about_plans().values_list("kind", flat=True))


@pytest.mark.parametrize("state", ["draft", "in_review", "changes_requested", "approved", "issued", "running"])
def test_a_plan_closes_when_its_employee_leaves(stage: Stage, adam: Person, state: str) -> None:
    plan = getattr(stage, state)()

    leave(stage, adam)

    plan.refresh_from_db()
    assert (plan.status, plan.closing_reason, plan.outcome) == (PlanStatus.CLOSED, ClosingReason.LEFT, "")
    assert owed() == []
    note = PlanNote.objects.filter(plan=plan, kind=NoteKind.CLOSED).get()
    assert note.body == "The employee has left\nThe employee has left. The record is kept."
    assert plan.concerns.count() == 1


def test_a_decided_plan_keeps_its_outcome_and_lets_the_follow_ups_go(stage: Stage, adam: Person) -> None:
    plan = stage.decided()

    leave(stage, adam)

    plan.refresh_from_db()
    assert (plan.status, plan.outcome, plan.closing_reason) == (
        PlanStatus.CLOSED,
        Outcome.SUCCESSFUL,
        ClosingReason.LEFT,
    )
    assert (owed(), plan.follow_ups.count()) == ([], 3)


def test_an_import_that_ends_many_is_noticed_by_the_schedule(stage: Stage) -> None:
    plan = stage.running()
    Employee.objects.filter(pk=stage.alice.employee.pk).update(status="left", left_on=D(2027, 1, 5))

    assert [refresh_organization(plan.organization_id), refresh_organization(plan.organization_id)] == [1, 0]
    plan.refresh_from_db()
    assert (plan.status, owed()) == (PlanStatus.CLOSED, [])


def test_it_is_closed_by_hand_too_but_not_before_they_have_left(stage: Stage, carol: Person, adam: Person) -> None:
    plan = stage.running()
    with pytest.raises(DomainError, match="still employed"):
        record_departure(actor=stage.hana.member, plan=plan)

    Employee.objects.filter(pk=stage.alice.employee.pk).update(status="left", left_on=D(2027, 1, 5))
    plan = Plan.objects.get(pk=plan.pk)
    for person in (stage.alice, adam):
        with pytest.raises(PermissionDenied):
            record_departure(actor=person.member, plan=plan)
    record_departure(actor=carol.member, plan=plan)

    assert (plan.status, plan.closing_reason) == (PlanStatus.CLOSED, ClosingReason.LEFT)
    assert close_for_leaver(plan=plan) is False


def test_a_plan_of_somebody_who_stays_is_left_alone(stage: Stage) -> None:
    plan = stage.running()

    assert close_for_leaver(plan=plan) is False
    assert plan.status == PlanStatus.ACTIVE


def test_a_manager_who_leaves_passes_everything_to_the_one_who_follows(
    stage: Stage, carol: Person, adam: Person
) -> None:
    plan = stage.running()
    before = owed()
    leave(stage, adam, stage.bob)
    change_manager(actor=adam.member, employee=stage.alice.employee, manager=carol.employee)

    refresh_organization(plan.organization_id)

    plan.refresh_from_db()
    assert (plan.status, plan.manager, owed()) == (PlanStatus.ACTIVE, carol.employee, before)
    owners = set(open_about_plans().values_list("owner", flat=True))
    assert owners == {carol.employee.pk}
    assert set(plan.support_commitments.values_list("owner", flat=True)) == {carol.employee.pk}


def test_support_of_a_manager_who_is_only_elsewhere_stays_theirs(stage: Stage, carol: Person, adam: Person) -> None:
    plan = stage.running()
    change_manager(actor=adam.member, employee=stage.alice.employee, manager=carol.employee)

    refresh_organization(plan.organization_id)

    assert set(plan.support_commitments.values_list("owner", flat=True)) == {stage.bob.employee.pk}


def test_support_of_a_helper_who_leaves_passes_to_the_manager(stage: Stage, carol: Person, adam: Person) -> None:
    plan = stage.running()
    plan.support_commitments.update(owner=carol.employee)
    Obligation.objects.filter(kind="deliver_support").update(owner=carol.employee)
    leave(stage, adam, carol)

    assert [refresh_organization(plan.organization_id) for _time in range(2)] == [0, 0]

    assert set(plan.support_commitments.values_list("owner", flat=True)) == {stage.bob.employee.pk}
    assert {one.owner for one in Obligation.objects.filter(kind="deliver_support", status="open")} == {
        stage.bob.employee
    }
