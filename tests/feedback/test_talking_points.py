"""What there is to talk about: goals that ask for help and open signals, to those who may read them."""

import datetime
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.utils import timezone
from django_rls_tenants import tenant_context

from feedback.registry import TalkingPoint, register_talking_points, talking_points, unregister_talking_points
from feedback.talking_points import goals_off_track, new_signals
from goals.models import Cycle, Goal
from goals.services.goals import accept_goal, draft_goal, propose_goal
from goals.services.updates import record_update
from people.models import Employee, Membership, Organization, Responsibility
from tests.cast import Person
from tests.goals.conftest import facts
from tests.metrics.factories import MetricFactory
from tests.metrics.signal_stage import drop_of

Notes = list[tuple[str, str]]


@pytest.fixture
def inside(harbor: Organization) -> Iterator[Organization]:
    """Harbor's context."""
    with tenant_context(harbor.pk):
        yield harbor


@pytest.fixture
def goal(inside: Organization, alice: Person, bob: Person) -> Goal:
    """A running goal of Alice, on track so far."""
    today = timezone.localdate()
    cycle = Cycle.objects.create(
        name="This quarter",
        starts_on=today - datetime.timedelta(days=14),
        ends_on=today + datetime.timedelta(days=76),
        propose_by=today + datetime.timedelta(days=7),
    )
    job = alice.employee.job_description
    assert job is not None
    anchor = Responsibility.objects.create(job_description=job, title="Keep errors low")
    goal = draft_goal(actor=alice.member, employee=alice.employee, cycle=cycle, facts=facts(anchor))
    propose_goal(actor=alice.member, goal=goal)
    return accept_goal(actor=bob.member, goal=goal)


def noted(points: Iterator[TalkingPoint]) -> Notes:
    """Return title and note of each point."""
    return [(str(point.title), str(point.note)) for point in points]


def test_a_goal_on_track_is_nothing_to_talk_about(goal: Goal, bob: Person, alice: Person) -> None:
    assert noted(goals_off_track(bob.member, alice.employee)) == []


def test_a_goal_at_risk_is_named_to_its_two_sides_and_to_no_colleague(
    goal: Goal, alice: Person, bob: Person, carol: Person, adam: Person, eve: Person
) -> None:
    record_update(actor=alice.member, goal=goal, value=Decimal(5), confidence="at_risk", comment="Hard.")

    found = {
        person.email: noted(goals_off_track(person.member, alice.employee)) for person in (alice, bob, carol, adam, eve)
    }

    point = [("Bring corrections down to 2 %", "Goal, at risk")]
    assert found == {
        alice.email: point, bob.email: point, carol.email: point, adam.email: [], eve.email: [],
    }  # fmt: skip


def test_an_update_nobody_gave_is_named(goal: Goal, alice: Person, bob: Person) -> None:
    Goal.objects.filter(pk=goal.pk).update(next_update_on=timezone.localdate() - datetime.timedelta(days=1))

    assert noted(goals_off_track(bob.member, alice.employee)) == [
        ("Bring corrections down to 2 %", "Goal, no update since it was due")
    ]


def test_an_open_signal_is_named_to_who_follows_the_figures(
    inside: Organization, alice: Person, bob: Person, adam: Person
) -> None:
    metric = MetricFactory.create(key="accuracy", name="Accuracy", unit="%", target=95.0, preset_key="accuracy")
    drop_of(alice.employee, metric)

    found = noted(new_signals(bob.member, alice.employee))

    assert [title for title, _note in found] == ["Accuracy"]
    assert noted(new_signals(adam.member, alice.employee)) == []


def test_providers_are_asked_in_order_and_only_once(inside: Organization, alice: Person, bob: Person) -> None:
    def late(_member: Membership, _employee: Employee) -> list[TalkingPoint]:
        return [TalkingPoint(title="late")]

    def early(_member: Membership, _employee: Employee) -> list[TalkingPoint]:
        return [TalkingPoint(title="early")]

    for provider, order in ((late, 2), (early, 1), (late, 2)):
        register_talking_points(provider, order=order)
    try:
        titles = [point.title for point in talking_points(bob.member, alice.employee)]
    finally:
        unregister_talking_points(late)
        unregister_talking_points(early)

    assert titles == ["early", "late"]
    assert not list(talking_points(bob.member, alice.employee))
