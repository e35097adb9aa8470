"""Promised support that is due is something to talk about, to those who may read the plan."""

import datetime

from feedback.registry import talking_points
from pips.models import SupportCommitment
from pips.talking_points import SOON, support_due
from tests.cast import Person, make_person
from tests.pips.conftest import Stage


def test_support_is_named_before_it_is_due_and_after(stage: Stage, alice: Person, bob: Person) -> None:
    plan = stage.active()
    first = SupportCommitment.objects.filter(plan=plan).earliest("due_on")
    assert first.due_on is not None

    stage.clock.to(first.due_on - SOON)
    soon = [(point.title, point.kind) for point in support_due(bob.member, alice.employee)]
    stage.clock.to(first.due_on + datetime.timedelta(days=1))
    late = [(point.title, point.kind) for point in talking_points(bob.member, alice.employee)]

    assert (first.description, "info") in soon
    assert (first.description, "warning") in late


def test_delivered_support_is_nothing_to_talk_about(stage: Stage, alice: Person, bob: Person) -> None:
    plan = stage.active()
    stage.deliver(plan)
    stage.clock.to(plan.ends_on or datetime.date.max)

    assert list(support_due(bob.member, alice.employee)) == []


def test_whoever_may_not_read_the_plan_hears_nothing(stage: Stage, alice: Person, bob: Person, adam: Person) -> None:
    plan = stage.active()
    dan = make_person(alice.organization, "Dan", "Drew", manager=bob)
    stage.clock.to(plan.ends_on or datetime.date.max)

    assert [list(support_due(person.member, alice.employee)) for person in (dan, adam)] == [[], []]
