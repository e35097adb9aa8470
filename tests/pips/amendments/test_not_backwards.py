"""What an amendment does not change backwards: held reviews, delivered support, rows of other plans."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pipcycle.errors import DomainError
from pips.amending import AmendmentInput
from pips.inputs import ConcernInput, SupportInput
from pips.services.amendments import (
    propose_amendment,
)
from pips.services.progress import deliver_support, record_milestone
from tests.pips.amendments.conftest import D, as_input, with_targets
from tests.pips.conftest import START, Stage


def test_the_goal_of_a_review_that_was_held_stays(stage: Stage) -> None:
    plan = stage.running()
    stage.clock.to(D(2027, 2, 4))
    record_milestone(
        actor=stage.bob.member,
        milestone=plan.milestones.get(day=30),
        held_on=D(2027, 2, 4),
        track_status="on_track",
        manager_view="Good.",
        readings={},
    )

    with pytest.raises(DomainError, match="The review of day 30 was held"):
        propose_amendment(
            actor=stage.bob.member, plan=plan, change=AmendmentInput(goals={30: "Something else."}), reason="Why."
        )


def test_delivered_support_and_read_expectations_stay(stage: Stage) -> None:
    plan = stage.running()
    first, second = plan.support_commitments.order_by("due_day")
    deliver_support(actor=stage.bob.member, commitment=first, delivered_on=START, note="Done.")
    rest = [(second.pk, SupportInput(description=second.description, owner_id=second.owner_id, due_day=21))]
    with pytest.raises(DomainError, match="Support that was delivered stays"):
        propose_amendment(actor=stage.bob.member, plan=plan, change=AmendmentInput(support=rest), reason="Why.")

    milestone = plan.milestones.get(day=30)
    milestone.readings.create(expectation=plan.expectations.get(position=1), value=Decimal(5))
    only = AmendmentInput(expectations=[as_input(plan.expectations.get(position=0))])
    with pytest.raises(DomainError, match="“Few items at once” has readings"):
        propose_amendment(actor=stage.bob.member, plan=plan, change=only, reason="Why.")


def test_support_is_promised_for_days_to_come_and_examples_are_of_days_past(stage: Stage) -> None:
    plan = stage.running()
    stage.clock.to(D(2027, 3, 1))
    kept = [
        (one.pk, SupportInput(description=one.description, owner_id=one.owner_id, due_day=one.due_day))
        for one in plan.support_commitments.all()
    ]
    late = AmendmentInput(
        support=[*kept, (None, SupportInput(description="A", owner_id=stage.bob.employee.pk, due_day=10))]
    )
    early = AmendmentInput(
        added_concerns=[ConcernInput(occurred_on=D(2027, 3, 2), description="Late.", standard="The day.")]
    )

    with pytest.raises(DomainError, match="outside the rest of the plan"):
        propose_amendment(actor=stage.bob.member, plan=plan, change=late, reason="Why.")
    with pytest.raises(DomainError, match="lies in the future"):
        propose_amendment(actor=stage.bob.member, plan=plan, change=early, reason="Why.")


def test_a_row_of_another_plan_is_refused(stage: Stage) -> None:
    plan = stage.running()
    rows = with_targets(plan, [85, None]).expectations
    assert rows is not None

    with pytest.raises(DomainError, match="belongs to no part of this plan"):
        propose_amendment(
            actor=stage.bob.member,
            plan=plan,
            change=AmendmentInput(expectations=[(999_999, rows[0][1]), rows[1]]),
            reason="Why.",
        )


def test_an_expectation_stays_complete(stage: Stage) -> None:
    plan = stage.running()
    key, row = as_input(plan.expectations.get(position=0))
    other = as_input(plan.expectations.get(position=1))

    with pytest.raises(DomainError, match="data source"):
        propose_amendment(
            actor=stage.bob.member,
            plan=plan,
            change=AmendmentInput(expectations=[(key, replace(row, data_source="")), other]),
            reason="Why.",
        )
    with pytest.raises(DomainError, match="no better than today"):
        propose_amendment(actor=stage.bob.member, plan=plan, change=with_targets(plan, [50, None]), reason="Why.")
