"""Drafting: from a template, by a manager, saved as it is."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from people.models import Employee
from pipcycle.errors import DomainError
from pips.enums import PlanStatus
from pips.inputs import ConcernInput, ExpectationInput, MilestoneInput, SupportInput
from pips.models import Expectation, Plan, PlanTransition
from pips.services.plan import discard_plan, draft_plan, revise_draft, submit_plan
from tests.cast import EmployeeFactory, Person
from tests.pips.conftest import Stage


def test_a_draft_comes_filled_from_its_template(stage: Stage) -> None:
    plan = draft_plan(actor=stage.bob.member, employee=stage.alice.employee, template_key="delivery")

    assert (plan.status, plan.title, plan.length_days, plan.check_in_every_days) == (
        PlanStatus.DRAFT,
        "Reliable delivery of committed work",
        90,
        14,
    )
    assert (plan.manager, plan.created_by) == (stage.bob.employee, stage.bob.member)
    assert plan.job_description == stage.alice.employee.job_description
    assert (plan.template_key, plan.template_version) == ("delivery", 1)
    assert [milestone.day for milestone in plan.milestones.all()] == [30, 60, 90]
    assert plan.expectations.count() == 3
    assert {commitment.owner for commitment in plan.support_commitments.all()} == {stage.bob.employee}
    move = PlanTransition.objects.get(plan=plan)
    assert (move.source, move.target, move.actor) == ("", "draft", stage.bob.member)


def test_title_length_and_start_may_be_given(stage: Stage) -> None:
    plan = draft_plan(
        actor=stage.bob.member,
        employee=stage.alice.employee,
        template_key="attendance",
        title=" On time ",
        length_days=30,
        starts_on=datetime.date(2027, 1, 11),
    )

    assert (plan.title, plan.length_days, plan.starts_on) == ("On time", 30, datetime.date(2027, 1, 11))
    assert [milestone.day for milestone in plan.milestones.all()] == [30]


def test_a_manager_further_up_may_draft_and_leads_the_plan(stage: Stage, carol: Person) -> None:
    plan = draft_plan(actor=carol.member, employee=stage.alice.employee, template_key="quality")

    assert plan.manager == carol.employee


def test_nobody_else_may_draft(stage: Stage, adam: Person, eve: Person) -> None:
    for person in (stage.alice, stage.hana, adam, eve):
        with pytest.raises(PermissionDenied):
            draft_plan(actor=person.member, employee=stage.alice.employee, template_key="quality")


def test_one_open_plan_at_a_time(stage: Stage, carol: Person) -> None:
    first = stage.draft()

    with pytest.raises(DomainError, match=r"^Alice Archer has a plan already\. Finish or discard it first\.$"):
        draft_plan(actor=carol.member, employee=stage.alice.employee, template_key="quality")

    discard_plan(actor=stage.bob.member, plan=first, reason="Begun in error.")
    second = draft_plan(actor=stage.bob.member, employee=stage.alice.employee, template_key="quality")
    assert second.status == PlanStatus.DRAFT


def test_no_plan_for_somebody_who_has_left(stage: Stage) -> None:
    Employee.objects.filter(pk=stage.alice.employee.pk).update(status="left", left_on=datetime.date(2026, 12, 1))
    stage.alice.employee.refresh_from_db()

    with pytest.raises(DomainError, match="has left"):
        draft_plan(actor=stage.bob.member, employee=stage.alice.employee, template_key="quality")


def test_a_draft_is_saved_as_given(stage: Stage) -> None:
    plan = stage.draft()

    assert plan.title == "Reliable delivery"
    assert [concern.description for concern in plan.concerns.all()] == ["The October figures came eight days late."]
    assert [(one.position, one.title) for one in plan.expectations.all()] == [
        (0, "Work is delivered on the agreed day"),
        (1, "Few items at once"),
    ]
    assert [(one.day, one.goal) for one in plan.milestones.all()] == [
        (30, "Every item has a day."),
        (60, "Half of the gap is closed."),
        (90, "The targets are met."),
    ]
    assert [(one.due_day, one.description) for one in plan.support_commitments.all()] == [
        (7, "Weekly half hour"),
        (21, "Two sessions on estimating"),
    ]


def test_saving_again_keeps_the_rows_that_stay(stage: Stage) -> None:
    plan = stage.draft()
    kept = plan.expectations.get(position=0)

    stage.fill(plan, expectations=[ExpectationInput(title="Work is delivered early")], concerns=[], support=[])

    assert list(plan.expectations.values_list("pk", "title")) == [(kept.pk, "Work is delivered early")]
    assert plan.concerns.count() == 0
    assert plan.support_commitments.count() == 0


def test_saving_the_same_again_writes_nothing_new(stage: Stage) -> None:
    plan = stage.draft()
    before = Expectation.pgh_event_model.objects.count()

    stage.fill(plan)

    assert Expectation.pgh_event_model.objects.count() == before


def test_more_rows_than_before_are_added(stage: Stage) -> None:
    plan = stage.draft()
    concerns = [
        ConcernInput(occurred_on=datetime.date(2026, 10, day), description=f"Case {day}", standard="On time")
        for day in (9, 5)
    ]

    stage.fill(plan, concerns=concerns)

    assert [one.description for one in plan.concerns.all()] == ["Case 5", "Case 9"]


def test_the_milestones_follow_the_length(stage: Stage) -> None:
    plan = stage.draft(
        length_days=30, milestones=[MilestoneInput(day=30, goal="All of it."), MilestoneInput(day=60, goal="x")]
    )
    assert [(one.day, one.goal) for one in plan.milestones.all()] == [(30, "All of it.")]

    stage.fill(plan, length_days=60, milestones=[MilestoneInput(day=60, goal="All of it.")])
    assert [(one.day, one.goal) for one in plan.milestones.all()] == [(30, ""), (60, "All of it.")]


def test_a_half_finished_draft_is_welcome_but_not_without_a_title(stage: Stage) -> None:
    plan = stage.draft(concerns=[], expectations=[], milestones=[], support=[], root_cause="", rights="")
    assert plan.root_cause == ""

    with pytest.raises(DomainError, match="Give the plan a title"):
        stage.fill(plan, title="  ")


@pytest.mark.parametrize("columns", [{"length_days": 0}, {"check_in_every_days": 0}])
def test_days_are_at_least_one(stage: Stage, columns: dict[str, int]) -> None:
    plan = stage.draft()

    with pytest.raises(DomainError, match="at least 1"):
        stage.fill(plan, **columns)


def test_support_is_owned_by_somebody_of_the_organization_other_than_the_employee(
    stage: Stage, mallory: Person
) -> None:
    plan = stage.draft()

    for owner_id in (mallory.member.pk * 1000, 0):
        with pytest.raises(DomainError, match="Choose somebody of this organization"):
            stage.fill(plan, support=[SupportInput(description="Training", owner_id=owner_id, due_day=7)])
    with pytest.raises(DomainError, match="Alice Archer cannot own the employer's support"):
        stage.fill(plan, support=[SupportInput(description="Training", owner_id=stage.alice.employee.pk, due_day=7)])


def test_a_submitted_plan_is_not_changed_any_more(stage: Stage) -> None:
    plan = stage.draft()
    stale = Plan.objects.get(pk=plan.pk)
    submit_plan(actor=stage.bob.member, plan=plan)

    with pytest.raises(DomainError, match="Bob Bailey moved this plan to “In review”"):
        stage.fill(stale, title="Another")
    assert Plan.objects.get(pk=plan.pk).title == "Reliable delivery"


def test_only_a_manager_changes_the_draft(stage: Stage) -> None:
    plan = stage.draft()

    for person in (stage.alice, stage.hana):
        with pytest.raises(PermissionDenied):
            revise_draft(actor=person.member, plan=plan, **stage.content())


def test_a_plan_of_a_colleague_in_another_line_is_out_of_reach(stage: Stage) -> None:
    other = EmployeeFactory.create()

    with pytest.raises(PermissionDenied):
        draft_plan(actor=stage.bob.member, employee=other, template_key="quality")
