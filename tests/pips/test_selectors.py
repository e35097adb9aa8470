"""Which plans a member sees, and at what cost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404
from django_rls_tenants import tenant_context

from people.enums import Role
from people.models import AccessRecord, Employee, PartnerScope
from pips.enums import PlanStatus
from pips.models import Plan, SupportCommitment
from pips.rules import Standing, standing_of
from pips.selectors.plans import (
    employees_without_open_plan,
    plan_for,
    plan_of_part,
    plans_about,
    plans_visible_to,
    running_plans_visible_to,
    support_commitment_for,
)
from tests.cast import DepartmentFactory, EmployeeFactory, Person, make_person
from tests.pips.conftest import Stage, columns_of

Assert = Callable[[int], Any]


def seen(person: Person) -> list[str]:
    return [plan.status for plan in plans_visible_to(person.member).order_by("pk")]


def test_managers_and_hr_see_a_draft_and_nobody_else_does(
    plan_in: Callable[[PlanStatus], Plan],
    alice: Person,
    bob: Person,
    carol: Person,
    hana: Person,
    adam: Person,
    eve: Person,
    ines: Person,
) -> None:
    plan_in(PlanStatus.DRAFT)

    assert [len(seen(person)) for person in (bob, carol, hana)] == [1, 1, 1]
    assert [len(seen(person)) for person in (alice, adam, eve, ines)] == [0, 0, 0, 0]


@pytest.mark.parametrize("status", PlanStatus)
def test_the_employee_sees_the_plan_once_it_is_issued(
    plan_in: Callable[[PlanStatus], Plan], alice: Person, status: PlanStatus
) -> None:
    plan = plan_in(status)

    assert plans_visible_to(alice.member).exists() == (plan.issued_at is not None)


def test_another_tenant_sees_nothing(plan_in: Callable[[PlanStatus], Plan], mallory: Person) -> None:
    plan = plan_in(PlanStatus.ACTIVE)

    with tenant_context(mallory.organization.pk):
        assert list(plans_visible_to(mallory.member)) == []
        with pytest.raises(Http404):
            plan_for(mallory.member, plan.pk)


def test_an_hr_partner_sees_the_departments_they_serve(
    plan_in: Callable[[PlanStatus], Plan], alice: Person, hana: Person
) -> None:
    plan_in(PlanStatus.ACTIVE)
    PartnerScope.objects.create(membership=hana.member, department=DepartmentFactory.create(name="Finance"))
    assert seen(hana) == []

    assert alice.employee.department is not None
    PartnerScope.objects.create(membership=hana.member, department=alice.employee.department)
    assert seen(hana) == ["active"]


def test_an_hr_partner_does_not_see_their_own_plan_before_it_is_issued(
    harbor_context: object, bob: Person, clock: object
) -> None:
    partner = make_person(bob.organization, "Hugo", "Hart", roles=(Role.HR_PARTNER,), manager=bob)
    plan = Plan.objects.create(
        employee=partner.employee, manager=bob.employee, template_key="quality", title="His", status=PlanStatus.DRAFT
    )
    assert seen(partner) == []
    with pytest.raises(Http404):
        plan_for(partner.member, plan.pk)

    plan.delete()
    Plan.objects.create(
        employee=partner.employee,
        manager=bob.employee,
        template_key="quality",
        title="His",
        **columns_of(PlanStatus.ISSUED),
    )
    assert seen(partner) == ["issued"]


def test_a_member_who_was_stood_down_sees_nothing(plan_in: Callable[[PlanStatus], Plan], hana: Person) -> None:
    plan_in(PlanStatus.ACTIVE)
    hana.member.is_active = False

    assert seen(hana) == []


def test_the_list_costs_the_same_at_one_and_at_three_plans(
    plan_in: Callable[[PlanStatus], Plan], hana: Person, bob: Person, django_assert_num_queries: Assert
) -> None:
    plan_in(PlanStatus.ACTIVE)

    def read() -> list[str]:
        return [
            f"{plan.employee} {plan.employee.department} {plan.manager} {plan.organization}"
            for plan in plans_visible_to(hana.member)
        ]

    with django_assert_num_queries(1):
        assert len(read()) == 1
    for _number in range(2):
        Plan.objects.create(
            employee=EmployeeFactory.create(), manager=bob.employee, template_key="quality", title="Another"
        )
    with django_assert_num_queries(1):
        assert len(read()) == 3


# --- One plan --------------------------------------------------------------------------------------------------------


def read_whole(plan: Plan) -> list[str]:
    """Touch everything the page of a plan shows."""
    people = [plan.employee, plan.manager, plan.job_description, plan.created_by, plan.approved_by, plan.decided_by]
    return [
        *map(str, people),
        str(plan.employee.location),
        str(plan.employee.organization),
        *(concern.description for concern in plan.concerns.all()),
        *(f"{reading.expectation} {reading.value}" for one in plan.milestones.all() for reading in one.readings.all()),
        *(str(milestone.manager_recorded_by) for milestone in plan.milestones.all()),
        *(str(expectation) for expectation in plan.expectations.all()),
        *(str(check_in.manager_recorded_by_id) for check_in in plan.check_ins.all()),
        *(str(commitment.owner) for commitment in plan.support_commitments.all()),
        *(str(follow_up) for follow_up in plan.follow_ups.all()),
        *(str(note.author) for note in plan.notes.all()),
        *(str(move.actor) for move in plan.transitions.all()),
    ]


def test_a_plan_comes_whole_in_a_fixed_number_of_queries(stage: Stage, django_assert_num_queries: Assert) -> None:
    young = stage.running()
    with django_assert_num_queries(16):
        read_whole(plan_for(stage.bob.member, young.pk))
    Plan.objects.filter(pk=young.pk).update(
        status=PlanStatus.DECIDED, decided_at=young.acknowledged_at, outcome="withdrawn"
    )

    old = stage.decided()

    with django_assert_num_queries(16):
        read_whole(plan_for(stage.bob.member, old.pk))


def test_reading_a_plan_is_on_the_audit_trail(stage: Stage) -> None:
    plan = stage.draft()

    plan_for(stage.hana.member, plan.pk)

    record = AccessRecord.objects.get()
    assert (record.member, record.about_type, record.about_id, record.action) == (
        stage.hana.member,
        "plan",
        str(plan.pk),
        "read",
    )


def test_a_plan_out_of_sight_is_not_found_and_leaves_no_record(stage: Stage, adam: Person) -> None:
    plan = stage.draft()

    for person in (stage.alice, adam):
        with pytest.raises(Http404):
            plan_for(person.member, plan.pk)
    with pytest.raises(Http404):
        plan_for(stage.bob.member, plan.pk + 1)
    assert AccessRecord.objects.count() == 0


def test_the_readers_standing_comes_with_the_plan(stage: Stage, django_assert_num_queries: Assert) -> None:
    plan = plan_for(stage.bob.member, stage.draft().pk)

    with django_assert_num_queries(0):
        assert standing_of(stage.bob.member, plan) == {Standing.MANAGER}


# --- Support, parts, people ------------------------------------------------------------------------------------------


def test_whoever_promised_support_sees_that_promise_once_the_plan_is_issued(
    plan_in: Callable[[PlanStatus], Plan], bob: Person, hana: Person, adam: Person
) -> None:
    trainer = make_person(bob.organization, "Tess", "Trainer")
    plan = plan_in(PlanStatus.ACTIVE)
    commitment = plan.support_commitments.create(description="Training", owner=trainer.employee, due_day=7)

    for person in (trainer, bob, hana):
        assert support_commitment_for(person.member, commitment.pk) == commitment
    with pytest.raises(Http404):
        support_commitment_for(adam.member, commitment.pk)
    with pytest.raises(Http404):
        support_commitment_for(trainer.member, commitment.pk + 1)


def test_a_promise_in_a_draft_is_not_shown_to_its_owner_yet(plan_in: Callable[[PlanStatus], Plan], bob: Person) -> None:
    trainer = make_person(bob.organization, "Tess", "Trainer")
    commitment = SupportCommitment.objects.create(
        plan=plan_in(PlanStatus.DRAFT), description="Training", owner=trainer.employee, due_day=7
    )

    with pytest.raises(Http404):
        support_commitment_for(trainer.member, commitment.pk)


def test_the_plan_of_a_part_is_found_by_what_it_is(stage: Stage) -> None:
    plan = stage.running()
    parts = [
        ("milestone", plan.milestones.first()),
        ("check_in", plan.check_ins.first()),
        ("support_commitment", plan.support_commitments.first()),
    ]

    for about_type, part in parts:
        assert part is not None
        assert plan_of_part(about_type, part.pk) == plan.pk
    assert plan_of_part("follow_up", 1) is None
    assert plan_of_part("employee", stage.alice.employee.pk) is None


def test_people_without_an_open_plan_are_those_below_who_are_employed(
    stage: Stage, carol: Person, adam: Person
) -> None:
    gone = EmployeeFactory.create(manager=stage.bob.employee)
    Employee.objects.filter(pk=gone.pk).update(status="left", left_on="2026-12-01")
    assert list(employees_without_open_plan(stage.bob.member)) == [stage.alice.employee]
    assert list(employees_without_open_plan(carol.member)) == [stage.alice.employee, stage.bob.employee]
    for person in (stage.alice, stage.hana, adam):
        assert list(employees_without_open_plan(person.member)) == []

    stage.draft()

    assert list(employees_without_open_plan(stage.bob.member)) == []
    assert list(employees_without_open_plan(carol.member)) == [stage.bob.employee]


def test_plans_of_one_person_newest_first_for_those_who_may_read_them(
    plan_in: Callable[[PlanStatus], Plan], alice: Person, bob: Person, adam: Person
) -> None:
    old, new = plan_in(PlanStatus.CLOSED), plan_in(PlanStatus.DRAFT)

    assert list(plans_about(bob.member, alice.employee)) == [new, old]
    assert list(plans_about(alice.member, alice.employee)) == [old]
    assert list(plans_about(adam.member, alice.employee)) == []


def test_running_plans_are_those_of_others_that_have_not_ended(
    plan_in: Callable[[PlanStatus], Plan], alice: Person, bob: Person, hana: Person
) -> None:
    plan_in(PlanStatus.CLOSED)
    active = plan_in(PlanStatus.ACTIVE)

    assert list(running_plans_visible_to(bob.member)) == [active]
    assert list(running_plans_visible_to(hana.member)) == [active]
    assert list(running_plans_visible_to(alice.member)) == []
