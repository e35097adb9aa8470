"""A plan begun like another one: its structure comes along, the other person's facts do not."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from people.models import Employee
from pips.enums import EmploymentEffect, PlanStatus
from pips.models import Plan
from pips.services.reuse import draft_plan_like
from tests.cast import Person, make_person
from tests.metrics.factories import MetricFactory
from tests.pips.conftest import Stage, columns_of


@pytest.fixture
def dora(stage: Stage, bob: Person) -> Employee:
    """Another one of Bob's team."""
    return make_person(bob.organization, "Dora", "Dell", manager=bob).employee


def test_another_persons_facts_stay_behind(stage: Stage, dora: Employee) -> None:
    given = stage.content()
    goals = [replace(one, goal=f"Alice: {one.goal}") for one in given["milestones"]]
    source = stage.draft(milestones=goals, rights="Alice Archer may answer.")

    plan = draft_plan_like(actor=stage.bob.member, employee=dora, source=source)

    assert plan.concerns.count() == 0
    assert "Estimates are made alone" not in plan.root_cause
    assert [one.baseline for one in plan.expectations.all()] == [None, None]
    assert [one.title for one in plan.expectations.all()] == [one.title for one in source.expectations.all()]
    assert [one.target for one in plan.expectations.all()] == [one.target for one in source.expectations.all()]
    assert next(one.goal for one in plan.milestones.all()) == "Dora: Every item has a day."
    assert plan.rights == "Dora Dell may answer."
    assert [one.description for one in plan.support_commitments.all()] == [
        "Weekly half hour",
        "Two sessions on estimating",
    ]


def test_the_metric_and_what_the_plan_does_to_the_job_come_along(stage: Stage, dora: Employee) -> None:
    metric = MetricFactory.create()
    first, second = stage.content()["expectations"]
    source = stage.draft(
        expectations=[replace(first, metric_id=metric.pk), second], employment_effects=[EmploymentEffect.ADDS_DUTIES]
    )

    plan = draft_plan_like(actor=stage.bob.member, employee=dora, source=source)

    assert [one.metric for one in plan.expectations.all()] == [metric, None]
    assert plan.employment_effects == [EmploymentEffect.ADDS_DUTIES]


def test_a_later_plan_of_the_same_person_keeps_the_name(stage: Stage) -> None:
    source = stage.draft(rights="Alice may answer.")
    Plan.objects.filter(pk=source.pk).update(**{**columns_of(PlanStatus.CLOSED), "outcome": "", "decided_at": None})

    plan = draft_plan_like(actor=stage.bob.member, employee=stage.alice.employee, source=source)

    assert plan.rights == "Alice may answer."
    assert plan.concerns.count() == 0


def test_only_who_leads_both_people_copies(stage: Stage, hana: Person, dora: Employee) -> None:
    source = stage.draft()

    with pytest.raises(PermissionDenied):
        draft_plan_like(actor=hana.member, employee=dora, source=source)
