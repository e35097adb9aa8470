"""Where the rooms below meet development: a goal asks for learning, a goal was met, a signal comes up."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from development.models import DevelopmentAction, DevelopmentPlan
from development.selectors.milestones import milestones_of
from development.services.plans import agree_on, draft_plan, submit_plan
from goals.enums import GoalStatus
from metrics.enums import SignalStatus
from people.models import Organization
from tests.cast import Person
from tests.development.conftest import action_facts, plan_facts
from tests.goals.conftest import MakeGoal, anchor, cycle, make_goal
from tests.metrics.factories import MetricFactory
from tests.metrics.signal_stage import drop_of

__all__ = ["anchor", "cycle", "make_goal"]  # fixtures of the goals' tests
ROOT = "/o/harbor/development/"
ClientOf = Callable[[Person], Client]


@pytest.fixture
def running(harbor_context: Organization, alice: Person, bob: Person) -> DevelopmentPlan:
    """A plan of Alice that runs today."""
    today = timezone.localdate()
    later = today + datetime.timedelta(days=90)
    action = action_facts(alice.employee, starts_on=today, due_on=later)
    facts = plan_facts(alice.employee, starts_on=today, ends_on=later, actions=[action])
    plan = draft_plan(actor=alice.member, employee=alice.employee, facts=facts)
    submit_plan(actor=alice.member, plan=plan)
    agree_on(plan, bob.member)
    return plan


def typed(person: Person, **changes: str) -> dict[str, Any]:
    """Return an action as a browser sends it."""
    today = timezone.localdate()
    return {
        "title": "Sit in with dispatch", "kind": "mentor", "competency": "", "owner": str(person.employee.pk),
        "starts_on": today.isoformat(), "due_on": (today + datetime.timedelta(days=20)).isoformat(), "measure": "",
        "resources": "", **changes,
    }  # fmt: skip


def test_an_agreed_goal_leads_to_what_has_to_be_learned_for_it(
    make_goal: MakeGoal, alice: Person, hana: Person, client_of: ClientOf
) -> None:
    goal = make_goal()
    link, client = f"{ROOT}start/goal/{goal.pk}/", client_of(alice)

    assert f'href="{link}"' in client.get(goal.get_absolute_url()).text
    assert f'href="{link}"' not in client_of(hana).get(goal.get_absolute_url()).text
    form = client.get(link, follow=True)

    assert "Learn what the goal “Bring corrections down to 2 %” needs" in form.text


@pytest.mark.parametrize("status", [GoalStatus.DRAFT, GoalStatus.COMPLETED])
def test_a_goal_that_does_not_run_leads_nowhere(
    status: GoalStatus, make_goal: MakeGoal, alice: Person, client_of: ClientOf
) -> None:
    assert "development/start" not in client_of(alice).get(make_goal(status).get_absolute_url()).text


def test_a_goal_that_was_met_is_a_milestone_for_those_who_may_read_it(
    make_goal: MakeGoal, alice: Person, bob: Person, adam: Person
) -> None:
    goal = make_goal(GoalStatus.COMPLETED)

    def met(reader: Person) -> list[str]:
        return [one.title for one in milestones_of(reader.member, alice.employee) if one.kind == "goal"]

    assert [met(who) for who in (alice, bob, adam)] == [[goal.title], [goal.title], []]


def test_a_signal_becomes_an_action_of_the_plan_that_runs(
    running: DevelopmentPlan, alice: Person, bob: Person, client_of: ClientOf
) -> None:
    signal = drop_of(alice.employee, MetricFactory.create(key="items", name="Items done", unit="items"))
    client = client_of(bob)

    form = client.get(f"{ROOT}start/?signal={signal.pk}", follow=True)
    client.post(f"{ROOT}plans/{running.pk}/actions/new/?signal={signal.pk}", typed(alice))

    signal.refresh_from_db()
    action = DevelopmentAction.objects.get(title="Sit in with dispatch")
    assert "Find out what would help with “Items done”, and try it" in form.text
    assert (action.signal, action.proposed_side, action.status) == (signal, "manager", "proposed")
    assert (signal.status, signal.support_about_id) == (SignalStatus.SUPPORTED, running.pk)


def test_a_signal_somebody_else_answered_starts_no_action(
    running: DevelopmentPlan, alice: Person, client_of: ClientOf
) -> None:
    signal = drop_of(alice.employee, MetricFactory.create(key="items", name="Items done", unit="items"))

    answer = client_of(alice).post(f"{ROOT}plans/{running.pk}/actions/new/?signal={signal.pk}", typed(alice))

    assert answer.status_code == 404
    assert DevelopmentAction.objects.count() == 1
