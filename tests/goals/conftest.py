"""An open cycle of Harbor, and goals of Alice in every state."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from goals.enums import GoalStatus, Measure, Result
from goals.inputs import GoalInput
from goals.models import Cycle, Goal
from goals.services.goals import accept_goal, cancel_goal, complete_goal, draft_goal, propose_goal
from people.models import Organization, Responsibility
from tests.cast import Person

MakeGoal = Callable[..., Goal]


@pytest.fixture
def cycle(harbor_context: Organization) -> Cycle:
    """A quarter that has begun two weeks ago."""
    today = timezone.localdate()
    return Cycle.objects.create(
        name="This quarter",
        starts_on=today - datetime.timedelta(days=14),
        ends_on=today + datetime.timedelta(days=76),
        propose_by=today + datetime.timedelta(days=7),
    )


@pytest.fixture
def anchor(alice: Person) -> Responsibility:
    """A responsibility of Alice's job."""
    job = alice.employee.job_description
    assert job is not None
    return Responsibility.objects.create(job_description=job, title="Keep errors low")


def facts(anchor: Responsibility, **changes: Any) -> GoalInput:
    """Return a whole goal."""
    today = timezone.localdate()
    whole: dict[str, Any] = {
        "title": "Bring corrections down to 2 %",
        "why": "They come back to the whole team.",
        "measure": Measure.PERCENT,
        "baseline": Decimal(6),
        "target": Decimal(2),
        "unit": "%",
        "direction": "lower",
        "responsibility": anchor,
        "starts_on": today,
        "due_on": today + datetime.timedelta(days=60),
    }
    return GoalInput(**{**whole, **changes})


@pytest.fixture
def make_goal(cycle: Cycle, anchor: Responsibility, alice: Person, bob: Person) -> MakeGoal:
    """Return a function that brings a goal of Alice, written by herself, to a state through the services."""

    def make(status: GoalStatus = GoalStatus.ACTIVE, **changes: Any) -> Goal:
        goal = draft_goal(actor=alice.member, employee=alice.employee, cycle=cycle, facts=facts(anchor, **changes))
        if status == GoalStatus.DRAFT:
            return goal
        if status == GoalStatus.CANCELLED:
            return cancel_goal(actor=alice.member, goal=goal, reason="No longer needed.")
        propose_goal(actor=alice.member, goal=goal)
        if status == GoalStatus.PROPOSED:
            return goal
        accept_goal(actor=bob.member, goal=goal)
        if status == GoalStatus.COMPLETED:
            complete_goal(actor=bob.member, goal=goal, result=Result.REACHED, reason="Held for four weeks.")
        return goal

    return make
