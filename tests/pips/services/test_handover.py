"""When the employee's manager changes, the plan and what is owed in it pass to the new one."""

from people.services.employees import change_manager
from pips.enums import NoteKind, PlanStatus
from pips.models import Plan, PlanNote
from pips.rules import is_manager_in
from pips.services.handover import follow_reporting_line
from pips.tasks import refresh_organization
from reminders.models import Obligation, OutboxMessage
from tests.cast import Person, make_person
from tests.pips.conftest import START, Stage


def test_the_plan_passes_to_the_new_manager_with_everything_owed(stage: Stage, carol: Person, adam: Person) -> None:
    plan = stage.running()
    nora = make_person(carol.organization, "Nora", "North", manager=carol)
    before = list(Obligation.objects.filter(status="open").order_by("due_on").values_list("kind", "due_on"))
    change_manager(actor=adam.member, employee=stage.alice.employee, manager=nora.employee)

    refresh_organization(plan.organization_id)

    plan.refresh_from_db()
    assert plan.manager == nora.employee
    after = Obligation.objects.filter(status="open").order_by("due_on")
    assert list(after.values_list("kind", "due_on")) == before
    owners = {one.kind: one.owner for one in after.select_related("owner")}
    assert owners == {
        "hold_check_in": nora.employee,
        "record_milestone": nora.employee,
        "deliver_support": stage.bob.employee,
    }
    assert PlanNote.objects.get(kind=NoteKind.COMMENT).body == (
        "The plan passed from Bob Bailey to Nora North with the reporting line."
    )
    assert [message.recipient for message in OutboxMessage.objects.all()] == ["nora@harbor.example"]
    assert (is_manager_in(nora.member, plan), is_manager_in(stage.bob.member, plan)) == (True, False)


def test_passing_it_on_twice_changes_nothing(stage: Stage, carol: Person, adam: Person) -> None:
    plan = stage.running()
    change_manager(actor=adam.member, employee=stage.alice.employee, manager=carol.employee)

    assert [follow_reporting_line(plan=plan), follow_reporting_line(plan=plan)] == [True, False]


def test_a_plan_led_from_further_up_stays_there(stage: Stage, carol: Person) -> None:
    plan = stage.draft()
    Plan.objects.filter(pk=plan.pk).update(manager=carol.employee)

    assert follow_reporting_line(plan=plan) is False
    assert plan.manager == carol.employee


def test_a_manager_who_goes_without_a_successor_keeps_the_plan(stage: Stage, adam: Person) -> None:
    plan = stage.draft()
    change_manager(actor=adam.member, employee=stage.alice.employee, manager=None)

    assert follow_reporting_line(plan=plan) is False


def test_a_plan_in_review_passes_too_and_a_closed_one_does_not(stage: Stage, carol: Person, adam: Person) -> None:
    plan = stage.changes_requested()
    change_manager(actor=adam.member, employee=stage.alice.employee, manager=carol.employee)
    refresh_organization(plan.organization_id)
    assert Obligation.objects.get(status="open").owner == carol.employee

    Plan.objects.filter(pk=plan.pk).update(status=PlanStatus.CLOSED, closed_at=plan.submitted_at)
    change_manager(actor=adam.member, employee=stage.alice.employee, manager=stage.bob.employee)
    refresh_organization(plan.organization_id)
    assert Plan.objects.get(pk=plan.pk).manager == carol.employee
    assert plan.starts_on == START
