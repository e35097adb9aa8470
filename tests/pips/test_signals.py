"""A plan that is started from a signal."""

from decimal import Decimal

import pytest
from django.test import Client

from metrics.enums import SignalStatus
from metrics.models import Metric, Signal
from metrics.registry import support_starters
from people.models import Organization
from pips.models import Plan
from pips.services.plan import draft_plan
from reminders.models import Obligation
from tests.cast import Person
from tests.metrics.factories import MetricFactory
from tests.metrics.signal_stage import drop_of, this_monday
from tests.pips.views.conftest import ClientOf


@pytest.fixture
def metric(harbor_context: Organization) -> Metric:
    return MetricFactory.create(
        key="accuracy", name="Accuracy", unit="%", target=95.0, preset_key="accuracy", description="Right first time."
    )


@pytest.fixture
def signal(metric: Metric, alice: Person) -> Signal:
    return drop_of(alice.employee, metric)


def keys_for(person: Person, signal: Signal) -> list[str]:
    return [starter.key for starter in support_starters(person.member, signal) if starter.key == "plan"]


def started_from(client: Client, signal: Signal) -> Plan:
    address = f"/o/harbor/plans/new/?employee={signal.series.employee_id}&signal={signal.pk}"
    answer = client.post(address, {"employee": signal.series.employee_id, "template": "quality", "length_days": 60})
    assert answer.status_code == 302
    return Plan.objects.get()


def test_managers_above_may_start_a_plan_and_nobody_else(
    signal: Signal, alice: Person, bob: Person, carol: Person, hana: Person
) -> None:
    offered = [keys_for(person, signal) for person in (bob, carol, hana, alice)]

    assert offered == [["plan"], ["plan"], [], []]


def test_an_improvement_or_an_open_plan_leaves_nothing_to_start(signal: Signal, bob: Person) -> None:
    signal.is_improvement = True
    assert keys_for(bob, signal) == []

    signal.is_improvement = False
    draft_plan(actor=bob.member, employee=signal.series.employee, template_key="quality")
    assert keys_for(bob, signal) == []


def test_the_page_suggests_the_template_of_the_metric_and_says_what_was_seen(
    client_of: ClientOf, signal: Signal, bob: Person
) -> None:
    body = client_of(bob).get(f"/o/harbor/plans/new/?signal={signal.pk}").content.decode()

    assert 'value="quality" checked' in body
    assert "1.0%, below the lower limit of 4.7%." in body


def test_the_draft_begins_with_the_figures_of_the_signal(client_of: ClientOf, signal: Signal, bob: Person) -> None:
    plan = started_from(client_of(bob), signal)

    first = plan.expectations.order_by("position")[0]
    assert (first.title, first.data_source, first.unit, first.direction) == ("Accuracy", "Accuracy", "%", "at_least")
    assert (first.baseline, first.target) == (Decimal("10.00"), Decimal("95.00"))
    [concern] = plan.concerns.all()
    assert concern.occurred_on == this_monday()
    assert concern.description.endswith("below the lower limit of 4.7%. The mean before was 10.0%.")


def test_the_signal_knows_the_plan_and_nothing_more_is_owed(client_of: ClientOf, signal: Signal, bob: Person) -> None:
    plan = started_from(client_of(bob), signal)

    signal.refresh_from_db()
    assert (signal.status, signal.support_kind, signal.support_about_id) == (SignalStatus.SUPPORTED, "plan", plan.pk)
    assert Obligation.objects.get(kind="review_signal").status == "fulfilled"


def test_a_signal_decided_meanwhile_leaves_no_plan(client_of: ClientOf, signal: Signal, bob: Person) -> None:
    Signal.objects.filter(pk=signal.pk).update(
        status=SignalStatus.DISMISSED, note="No.", decided_at=signal.opened_at, decided_by=bob.member
    )
    address = f"/o/harbor/plans/new/?signal={signal.pk}"
    words = {"employee": signal.series.employee_id, "template": "quality", "length_days": 60}

    answer = client_of(bob).post(address, words)

    assert (answer.status_code, Plan.objects.count()) == (409, 0)


def test_a_signal_nobody_knows_is_not_found(client_of: ClientOf, signal: Signal, bob: Person) -> None:
    assert client_of(bob).get("/o/harbor/plans/new/?signal=999999").status_code == 404
