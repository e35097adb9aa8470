"""The relapse window: agreed in the draft, dated by the success, cited by a later plan, closed for good afterwards."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from hypothesis import given
from hypothesis import strategies as st

from people.models import Employee, Organization
from pipcycle.errors import DomainError
from pips.enums import Outcome, Step
from pips.models import Plan, PlanPolicy
from pips.relapse import is_window_open, plan_to_cite_in, relapse_until
from pips.rules import findings
from pips.services.plan import draft_plan, submit_plan
from pips.services.relapse import cite_previous_plan
from tests.pips.conftest import Stage

D = datetime.date
WINDOW = "The relapse window of “Reliable delivery” is open; this plan does not cite it."


def messages(plan: Plan) -> list[str]:
    return [str(finding.message) for finding in findings(plan, Step.SUBMIT)]


def test_the_window_comes_from_the_policy_and_may_be_changed_in_the_draft(stage: Stage) -> None:
    PlanPolicy.objects.create(relapse_window_days=120)

    plan = draft_plan(actor=stage.bob.member, employee=stage.alice.employee, template_key="delivery")
    assert (plan.relapse_window_days, "slipped back behind its target" in plan.relapse_terms) == (120, True)

    stage.fill(plan, relapse_window_days=90, relapse_terms="Below 80% twice.")
    stage.fill(plan)
    assert (plan.relapse_window_days, plan.relapse_terms) == (90, "Below 80% twice.")


def test_a_success_opens_the_window_and_its_last_day_counts(stage: Stage) -> None:
    plan = stage.decided()

    assert relapse_until(plan) == D(2027, 10, 2)
    stage.clock.to(D(2027, 10, 2))
    assert is_window_open(plan) is True
    stage.clock.to(D(2027, 10, 3))
    assert is_window_open(plan) is False


@pytest.mark.parametrize("outcome", [Outcome.UNSUCCESSFUL, Outcome.WITHDRAWN])
def test_no_other_outcome_opens_one(stage: Stage, outcome: Outcome) -> None:
    assert relapse_until(stage.decided(outcome)) is None


@given(days=st.integers(min_value=1, max_value=730), decided=st.datetimes(timezones=st.just(datetime.UTC)))
def test_the_window_is_as_long_as_agreed(days: int, decided: datetime.datetime) -> None:
    decided = decided.replace(year=2000 + decided.year % 50, day=min(decided.day, 28))
    employee = Employee(organization=Organization(time_zone="UTC"))
    plan = Plan(employee=employee, outcome=Outcome.SUCCESSFUL, decided_at=decided, relapse_window_days=days)

    assert relapse_until(plan) == decided.date() + datetime.timedelta(days=days)


def test_a_plan_begun_in_the_window_is_not_submitted_before_it_cites(stage: Stage) -> None:
    earlier = stage.decided()
    stage.clock.to(D(2027, 9, 1))
    plan = stage.draft()
    assert messages(plan) == [WINDOW]
    with pytest.raises(DomainError, match="does not cite it"):
        submit_plan(actor=stage.bob.member, plan=plan)

    slipped = earlier.expectations.all()[0]
    cite_previous_plan(actor=stage.bob.member, plan=plan, slipped={slipped.pk: " Back to 60% in two reports. "})

    assert (plan.previous_plan, messages(plan)) == (earlier, [])
    slip = plan.slipped_expectations.get()
    assert (slip.expectation, slip.note) == (slipped, "Back to 60% in two reports.")
    submit_plan(actor=stage.bob.member, plan=plan)


def test_the_day_it_was_begun_decides_not_the_day_it_is_submitted(stage: Stage) -> None:
    stage.decided()
    stage.clock.to(D(2027, 10, 2))
    plan = stage.draft()
    stage.clock.to(D(2027, 10, 20))

    assert plan_to_cite_in(plan) is not None
    assert messages(plan) == [WINDOW]


def test_after_the_window_every_plan_starts_afresh(stage: Stage) -> None:
    earlier = stage.decided()
    stage.clock.to(D(2027, 10, 3))
    plan = stage.draft()

    assert messages(plan) == []
    with pytest.raises(DomainError, match="it starts afresh"):
        cite_previous_plan(
            actor=stage.bob.member, plan=plan, slipped={earlier.expectations.all()[0].pk: "Back to 60%."}
        )


def test_a_citation_names_an_expectation_of_that_plan_and_says_what_was_seen(stage: Stage) -> None:
    earlier = stage.decided()
    plan = stage.draft()
    first = earlier.expectations.all()[0].pk

    for slipped, message in (
        ({}, "Name at least one"),
        ({first: " "}, "say what was seen"),
        ({plan.expectations.all()[0].pk: "Worse."}, "expectations of the earlier plan"),
    ):
        with pytest.raises(DomainError, match=message):
            cite_previous_plan(actor=stage.bob.member, plan=plan, slipped=slipped)
    with pytest.raises(PermissionDenied):
        cite_previous_plan(actor=stage.hana.member, plan=plan, slipped={first: "Worse."})


def test_citing_again_replaces_and_the_issue_locks_it(stage: Stage) -> None:
    earlier = stage.decided()
    plan = stage.draft()
    first, second = earlier.expectations.all()
    cite_previous_plan(actor=stage.bob.member, plan=plan, slipped={first.pk: "Back to 60%.", second.pk: "Six items."})
    cite_previous_plan(actor=stage.bob.member, plan=plan, slipped={second.pk: "Seven items."})
    assert [slip.note for slip in plan.slipped_expectations.all()] == ["Seven items."]

    stage.running_from(plan)
    with pytest.raises(ProgrammingError, match="part of an issued plan"), transaction.atomic():
        plan.slipped_expectations.update(note="Worse.")
