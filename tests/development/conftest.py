"""Development plans of Alice in Harbor, brought to a state through the services, on a Wednesday in spring."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from django_rls_tenants import tenant_context

from development.enums import ActionKind, DevelopmentStatus
from development.inputs import ActionInput, GapInput, PlanInput
from development.models import DevelopmentAction, DevelopmentPlan
from development.services.plans import agree_on, close_plan, draft_plan, submit_plan, withdraw_plan
from goals.services.evidence import EvidenceFile
from people.enums import CompetencyLevel
from people.models import Competency, Employee, JobCompetency, Organization
from tests.cast import Person

#: A Wednesday; no public holiday of Massachusetts lies in the two weeks after it.
TODAY = datetime.date(2026, 4, 29)
PDF = EvidenceFile("C:\\papers\\proof.pdf", b"%PDF-1.7 done")
At = Callable[[datetime.date], None]
MakePlan = Callable[..., DevelopmentPlan]


def noon(day: datetime.date) -> datetime.datetime:
    """Return noon of the day in Boston."""
    return datetime.datetime.combine(day, datetime.time(16, 0, tzinfo=datetime.UTC))


def days(count: int) -> datetime.date:
    """Return the day so many days from today."""
    return TODAY + datetime.timedelta(days=count)


@pytest.fixture
def stage(harbor: Organization) -> Iterator[At]:
    """Harbor's context and a clock that stands still; call it with a day to move on."""
    with (
        time_machine.travel(noon(TODAY), tick=False) as traveller,
        timezone.override("America/New_York"),
        tenant_context(harbor.pk),
    ):
        yield lambda day: traveller.move_to(noon(day))


@pytest.fixture
def writing(stage: At, alice: Person) -> Competency:
    """A competency Alice's job asks for at level 4."""
    job = alice.employee.job_description
    assert job is not None
    competency = Competency.objects.create(name="Writing", description="Others know what to do next.")
    JobCompetency.objects.create(job_description=job, competency=competency, expected_level=CompetencyLevel.ADVANCED)
    return competency


def action_facts(owner: Employee, **changes: Any) -> ActionInput:
    """Return an action that is due in a month."""
    whole: dict[str, Any] = {
        "kind": ActionKind.EXPERIENCE,
        "title": "Write the weekly report",
        "owner": owner,
        "starts_on": TODAY,
        "due_on": days(30),
        "measure": "Nobody asks back.",
        "resources": "Two hours a week.",
    }
    return ActionInput(**{**whole, **changes})


def plan_facts(owner: Employee, *gaps: GapInput, **changes: Any) -> PlanInput:
    """Return a whole plan with one action."""
    whole: dict[str, Any] = {
        "starts_on": TODAY,
        "ends_on": days(180),
        "aspiration": "I want to lead the reports.",
        "strengths": "Accuracy",
        "gaps": gaps,
        "actions": [action_facts(owner)],
    }
    return PlanInput(**{**whole, **changes})


@pytest.fixture
def make_plan(stage: At, writing: Competency, alice: Person, bob: Person) -> MakePlan:
    """Return a function that brings a plan of Alice, begun by herself, to a state."""

    def make(status: DevelopmentStatus = DevelopmentStatus.RUNNING, **changes: Any) -> DevelopmentPlan:
        if status == DevelopmentStatus.APPROVED:
            changes.setdefault("starts_on", days(7))
        gap = GapInput(competency=writing, current_level=2, target_level=4)
        plan = draft_plan(actor=alice.member, employee=alice.employee, facts=plan_facts(alice.employee, gap, **changes))
        if status == DevelopmentStatus.DRAFTED:
            return plan
        if status == DevelopmentStatus.WITHDRAWN:
            return withdraw_plan(actor=alice.member, plan=plan, reason="Not now.")
        submit_plan(actor=alice.member, plan=plan)
        if status == DevelopmentStatus.SUBMITTED:
            return plan
        agree_on(plan, bob.member)  # what approving does but for the document, which takes the longest to make
        if status == DevelopmentStatus.CLOSED:
            close_plan(actor=alice.member, plan=plan, reflection="I write faster now.")
        return plan

    return make


def only_action(plan: DevelopmentPlan) -> DevelopmentAction:
    """Return the first action of the plan."""
    action: DevelopmentAction = plan.actions.select_related("owner").order_by("pk")[0]
    action.plan = plan
    return action
