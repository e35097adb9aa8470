"""A signal answered with a goal: what the form starts with, and that both are written or neither."""

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from goals.enums import Measure, Purpose
from goals.models import Cycle, Goal
from goals.starters import facts_of_signal
from metrics.enums import SignalKind, SignalStatus
from metrics.models import Metric, MetricTarget, Signal
from metrics.registry import support_starter, support_starters
from metrics.services.signals import dismiss_signal, start_support
from people.models import Responsibility
from tests.cast import Person
from tests.goals.conftest import MakeGoal
from tests.metrics.factories import MetricFactory
from tests.metrics.signal_stage import QUIET, computed, drop_of

ClientOf = Callable[[Person], Client]
NEW = "/o/harbor/goals/new/"


@pytest.fixture
def items(harbor_context: object) -> Metric:
    return MetricFactory.create(key="items", name="Items done", unit="items", target=12.0)


@pytest.fixture
def signal(items: Metric, alice: Person) -> Signal:
    return drop_of(alice.employee, items)


def typed(cycle: Cycle, anchor: Responsibility, metric: Metric, **changes: str) -> dict[str, str]:
    """Return the prefilled form as a browser sends it."""
    today = timezone.localdate()
    return {
        "title": "Bring items done to 12", "why": "It fell.", "measure": "number", "baseline": "10", "target": "12",
        "unit": "items", "direction": "higher", "metric": str(metric.pk), "responsibility": str(anchor.pk),
        "cycle": str(cycle.pk), "purpose": "performance", "weight": "1", "visibility": "private",
        "starts_on": today.isoformat(), "due_on": (today + datetime.timedelta(days=60)).isoformat(),
        "steps-TOTAL_FORMS": "0", "steps-INITIAL_FORMS": "0", **changes,
    }  # fmt: skip


def test_only_the_managers_above_answer_a_signal_with_a_goal(
    signal: Signal, alice: Person, bob: Person, carol: Person, hana: Person
) -> None:
    def offers(person: Person) -> bool:
        return "goal" in {starter.key for starter in support_starters(person.member, signal)}

    assert [offers(one) for one in (bob, carol, alice, hana)] == [True, True, False, False]


def test_a_signal_once_answered_with_a_development_goal_still_leads_to_it(
    signal: Signal, make_goal: MakeGoal, bob: Person
) -> None:
    goal = make_goal()
    start_support(actor=bob.member, signal=signal, kind="development", about_id=goal.pk)

    starter = support_starter("development")

    assert starter is not None
    assert starter.address(signal) == goal.get_absolute_url()
    assert "development" not in {one.key for one in support_starters(bob.member, signal)}


def test_the_goal_starts_from_the_mean_and_not_from_the_point_that_stood_out(signal: Signal) -> None:
    facts = facts_of_signal(signal)

    assert (facts["baseline"], facts["target"]) == (Decimal(str(round(signal.centre, 3))), Decimal(12))
    assert (facts["title"], facts["measure"]) == ("Bring Items done to 12\N{NO-BREAK SPACE}items", Measure.NUMBER)
    assert facts["why"].startswith("Items done: ")
    assert (facts["due_on"] - facts["starts_on"]).days == 90


def test_the_target_of_the_job_goes_before_that_of_the_metric(signal: Signal, items: Metric, alice: Person) -> None:
    job = alice.employee.job_description
    assert job is not None
    MetricTarget.objects.create(metric=items, job_description=job, target=15)

    assert facts_of_signal(signal)["target"] == Decimal(15)


def test_without_a_target_the_manager_says_one(signal: Signal, items: Metric) -> None:
    Metric.objects.filter(pk=items.pk).update(target=None)
    signal.refresh_from_db()

    assert facts_of_signal(signal)["target"] is None


def test_after_a_shift_the_figure_stands_where_it_shifted_to(items: Metric, alice: Person) -> None:
    Metric.objects.filter(pk=items.pk).update(target=None)
    computed(alice.employee, items, [*QUIET, *[7.0] * 8])
    shift = Signal.objects.get(series__employee=alice.employee, kind=SignalKind.SHIFT)

    facts = facts_of_signal(shift)

    assert facts["baseline"] == Decimal(7)
    assert facts["target"] == Decimal(str(round(shift.centre, 3)))


def test_the_page_is_filled_and_saving_says_what_was_started(
    signal: Signal, items: Metric, cycle: Cycle, anchor: Responsibility, bob: Person, client_of: ClientOf
) -> None:
    client, address = client_of(bob), f"{NEW}?signal={signal.pk}&purpose=development"

    page = client.get(address).content.decode()
    client.post(address, typed(cycle, anchor, items, purpose="development"))

    goal = Goal.objects.get()
    signal.refresh_from_db()
    assert 'value="Bring Items done to 12\N{NO-BREAK SPACE}items"' in page
    assert (goal.signal, goal.purpose) == (signal, Purpose.DEVELOPMENT)
    assert (signal.status, signal.support_kind, signal.support_about_id) == (
        SignalStatus.SUPPORTED,
        "goal",
        goal.pk,
    )


def test_a_signal_answered_meanwhile_leaves_no_half_a_goal(
    signal: Signal, items: Metric, cycle: Cycle, anchor: Responsibility, bob: Person, client_of: ClientOf
) -> None:
    dismiss_signal(actor=bob.member, signal=signal, reason="Stocktaking.")

    answer = client_of(bob).post(f"{NEW}?signal={signal.pk}", typed(cycle, anchor, items, why="My own words."))

    assert answer.status_code == 422
    assert "My own words." in answer.content.decode()
    assert not Goal.objects.exists()


@pytest.mark.parametrize("who", ["alice", "hana", "adam", "eve", "mallory"])
@pytest.mark.parametrize("wanted", ["", "x", "9" * 30])
def test_a_signal_that_is_not_theirs_to_answer_is_not_found(
    signal: Signal, cycle: Cycle, client_of: ClientOf, request: pytest.FixtureRequest, who: str, wanted: str
) -> None:
    person = request.getfixturevalue(who)

    assert client_of(person).get(f"{NEW}?signal={wanted or signal.pk}").status_code == 404
