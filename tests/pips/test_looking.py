"""What several gates ask for is worked out once a look, and afresh the next time."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metrics.models import Metric
from people.models import EmployeeDemographics, Membership
from pips.enums import Step
from pips.gates.catalogue import findings
from pips.looking import once_a_look, one_look
from pips.models import Plan
from pips.selectors.rail import to_read
from pips.services.plan import approve_plan
from tests.cast import Person
from tests.metrics.factories import MetricFactory
from tests.pips.conftest import CONFIRMED, Stage
from tests.pips.rules.test_rule_23_peers import rate
from tests.pips.views.conftest import ClientOf, path_of


@pytest.fixture
def asked() -> list[Plan]:
    """Each time the fact was worked out."""
    return []


@pytest.fixture
def fact(asked: list[Plan]) -> Callable[[Plan], int]:
    """A fact that counts how often it was worked out."""

    @once_a_look
    def count(plan: Plan) -> int:
        asked.append(plan)
        return len(asked)

    return count


def statements(found: CaptureQueriesContext, words: str) -> int:
    return sum(words in query["sql"].casefold() for query in found.captured_queries)


def test_in_a_look_a_fact_is_worked_out_once(fact: Callable[[Plan], int]) -> None:
    plan = Plan()

    with one_look(plan):
        first = fact(plan)
        with one_look(plan):
            second = fact(plan)
        assert (first, second, fact(plan)) == (1, 1, 1)


def test_each_look_and_each_plan_is_looked_at_for_itself(fact: Callable[[Plan], int], asked: list[Plan]) -> None:
    plan, other = Plan(), Plan()

    with one_look(plan):
        fact(plan)
        fact(other)
        fact(other)
    with one_look(plan):
        fact(plan)
    fact(plan)

    assert [one is plan for one in asked] == [True, False, False, True, True]


def test_a_look_ends_when_something_goes_wrong(fact: Callable[[Plan], int]) -> None:
    plan = Plan()

    def look() -> None:
        with one_look(plan):
            raise ZeroDivisionError(fact(plan))

    with pytest.raises(ZeroDivisionError):
        look()
    assert fact(plan) == 2


def linked(stage: Stage) -> Plan:
    """Return a draft one of whose targets is held against what the job has shown: one statement for each reading."""
    metric: Metric = MetricFactory.create()
    plan = stage.draft()
    plan.expectations.filter(position=0).update(metric=metric)
    return plan


def test_the_gates_read_the_words_once(stage: Stage) -> None:
    plan = linked(stage)

    with CaptureQueriesContext(connection) as found:
        findings(plan, Step.SUBMIT)

    assert statements(found, "percentile_cont") == 1


@pytest.mark.parametrize("step", ["expectations", "check"])
def test_the_draft_page_reads_the_words_once(stage: Stage, bob: Person, client_of: ClientOf, step: str) -> None:
    plan = linked(stage)
    client = client_of(bob)

    with CaptureQueriesContext(connection) as found:
        assert client.get(path_of(plan, f"draft/{step}/")).status_code == 200

    assert statements(found, "percentile_cont") == 1


def test_the_peers_are_compared_once_for_an_approval(stage: Stage, client_of: ClientOf, hana: Person) -> None:
    plan = stage.in_review()
    rate(stage.alice.employee)
    EmployeeDemographics.objects.create(employee=stage.alice.employee, gender="F")
    client = client_of(hana)

    with CaptureQueriesContext(connection) as page:
        assert client.get(path_of(plan, "review/")).status_code == 200
    plan = Plan.objects.get(pk=plan.pk)
    with CaptureQueriesContext(connection) as step:
        approve_plan(actor=hana.member, plan=plan, confirmations=CONFIRMED)

    assert statements(page, "people_employeedemographics") == 1
    assert statements(step, "people_employeedemographics") == 1


def test_what_there_is_to_read_takes_one_statement_a_request(stage: Stage, django_assert_num_queries: Any) -> None:
    stage.running()
    alice = Membership.objects.select_related("employee", "organization").get(pk=stage.alice.member.pk)

    with django_assert_num_queries(1):
        assert (to_read(alice).plan, to_read(alice).action) == (True, False)
