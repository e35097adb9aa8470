"""Changing an issued plan: proposed with a reason, settled once by HR, in force as the next version (rule 11)."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from documents.selectors import documents_about
from metrics.models import Metric
from pipcycle.errors import DomainError
from pips.amending import AmendmentInput
from pips.enums import PlanStatus
from pips.inputs import ConcernInput, SupportInput
from pips.models import DateShift, Plan
from pips.services.amendments import (
    approve_amendment,
    propose_amendment,
    withdraw_amendment,
)
from pips.snapshots import differences
from reminders.models import OutboxMessage
from tests.cast import Person
from tests.metrics.factories import MetricFactory
from tests.pips.amendments.conftest import Changes, D, as_input, fresh, owed, with_targets
from tests.pips.conftest import START, Stage

# --- Proposing -------------------------------------------------------------------------------------------------------


def test_a_proposal_changes_nothing_and_is_owed_a_review(stage: Stage, changes: Changes) -> None:
    plan = stage.running()

    amendment = changes.lower(plan)

    assert (amendment.status, amendment.base_version, amendment.version) == ("proposed", 1, 2)
    assert fresh(plan).version == 1
    assert plan.expectations.get(position=0).target == Decimal(90)
    assert owed("review_amendment") == [("hr_partner", D(2027, 1, 8))]
    assert [message.recipient for message in OutboxMessage.objects.all()] == ["hana@harbor.example"]


@pytest.mark.parametrize("who", ["alice", "adam", "eve"])
def test_who_neither_manages_nor_serves_the_employee_proposes_nothing(
    stage: Stage, who: str, request: pytest.FixtureRequest
) -> None:
    plan = stage.running()
    person: Person = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        propose_amendment(actor=person.member, plan=plan, change=with_targets(plan, [85, None]), reason="Why.")


def test_a_proposal_needs_a_reason_and_a_difference(stage: Stage) -> None:
    plan = stage.running()

    with pytest.raises(DomainError, match="Write why"):
        propose_amendment(actor=stage.bob.member, plan=plan, change=with_targets(plan, [85, None]), reason=" ")
    with pytest.raises(DomainError, match="Nothing would change"):
        propose_amendment(actor=stage.bob.member, plan=plan, change=with_targets(plan, [90, 3]), reason="Why.")


def test_one_change_waits_at_a_time(stage: Stage, changes: Changes) -> None:
    plan = stage.running()
    changes.lower(plan)

    with pytest.raises(DomainError, match="awaits HR already"):
        changes.lower(plan)


def test_hr_alone_cannot_propose_what_nobody_else_could_approve(stage: Stage) -> None:
    plan = stage.running()

    with pytest.raises(DomainError, match="Nobody else can review"):
        propose_amendment(actor=stage.hana.member, plan=plan, change=with_targets(plan, [85, None]), reason="Why.")


@pytest.mark.parametrize("state", ["draft", "approved", "decided"])
def test_a_plan_that_does_not_run_is_not_amended(stage: Stage, state: str) -> None:
    plan: Plan = getattr(stage, state)()

    with pytest.raises(DomainError, match="this plan"):
        propose_amendment(actor=stage.bob.member, plan=plan, change=with_targets(plan, [85, None]), reason="Why.")


def test_after_its_last_day_a_plan_is_decided_not_amended(stage: Stage, changes: Changes) -> None:
    plan = stage.running()
    assert plan.ends_on is not None
    stage.clock.to(plan.ends_on)
    amendment = changes.lower(plan)
    stage.clock.to(plan.ends_on + datetime.timedelta(days=1))

    with pytest.raises(DomainError, match="The plan ended on 5 April 2027"):
        approve_amendment(actor=stage.hana.member, amendment=amendment)
    withdraw_amendment(actor=stage.bob.member, amendment=amendment)
    with pytest.raises(DomainError, match="The plan ended on 5 April 2027"):
        changes.lower(plan)


# --- More time where a standard rises --------------------------------------------------------------------------------


def test_a_harder_target_needs_more_time_and_the_refusal_offers_the_date(stage: Stage) -> None:
    plan = stage.running()

    with pytest.raises(DomainError) as refused:
        propose_amendment(actor=stage.bob.member, plan=plan, change=with_targets(plan, [95, None]), reason="Why.")

    assert refused.value.rule == 11
    assert str(refused.value) == (
        "The change asks for more than before: the target of “Work is delivered on the agreed day” is harder. Then the "
        "plan needs at least 14 days more: its end moves from 5 April 2027 to 20 April 2027. Set “Days more” to 14, or "
        "leave the standard as it is."
    )


def test_with_more_time_a_harder_target_is_proposed(stage: Stage) -> None:
    plan = stage.running()

    amendment = propose_amendment(
        actor=stage.bob.member,
        plan=plan,
        change=with_targets(plan, [95, None], more_days=14, last_goal="95 % is held."),
        reason="The team agreed on 95 %.",
    )

    assert amendment.proposal["extension_days"] == 14
    assert amendment.proposal["milestones"][-1]["day"] == 104


# --- In force --------------------------------------------------------------------------------------------------------


def test_an_approved_change_is_the_next_version_with_its_content_before_and_after(
    stage: Stage, changes: Changes
) -> None:
    plan = stage.active()

    amendment = changes.lowered(plan)

    plan = fresh(plan)
    assert (plan.version, plan.receipt_owed_for, plan.status) == (2, 2, PlanStatus.ACTIVE)
    assert plan.expectations.get(position=0).target == Decimal(85)
    assert amendment.before["expectations"][0]["target"] == "90"
    assert amendment.after is not None
    assert (amendment.after["expectations"][0]["target"], amendment.after["version"]) == ("85", 2)
    assert [document.version for document in documents_about("plan", plan.pk)] == [2, 1]
    assert owed("acknowledge_plan") == [("Alice Archer", D(2027, 1, 12))]
    assert owed("review_amendment") == []


def test_both_are_told_that_there_is_a_new_version_and_not_what_it_says(stage: Stage, changes: Changes) -> None:
    plan = stage.running()
    OutboxMessage.objects.all().delete()

    changes.lowered(plan)

    told = {message.recipient: message for message in OutboxMessage.objects.exclude(recipient="hana@harbor.example")}
    assert {address: message.subject for address, message in told.items()} == {
        "alice@harbor.example": "A new version of a document awaits your acknowledgement",
        "bob@harbor.example": "A change of a plan is in force",
    }
    assert not any("85" in message.text_body or "customers" in message.text_body for message in told.values())


def test_days_added_get_a_last_review_check_ins_and_a_moved_end(stage: Stage) -> None:
    plan = stage.running()
    amendment = propose_amendment(
        actor=stage.bob.member,
        plan=plan,
        change=with_targets(plan, [95, None], more_days=30, last_goal="95 % is held."),
        reason="Agreed.",
    )

    approve_amendment(actor=stage.hana.member, amendment=amendment)

    plan = fresh(plan)
    last = plan.milestones.get(day=120)
    assert (plan.extension_days, plan.ends_on, last.due_on, last.goal) == (
        30,
        D(2027, 5, 5),
        D(2027, 5, 5),
        "95 % is held.",
    )
    assert [check_in.day for check_in in plan.check_ins.filter(day__gt=90)] == [104]
    assert ("Bob Bailey", D(2027, 5, 5)) in owed("record_milestone")
    end = DateShift.objects.get(plan=plan)
    assert (end.about_type, end.old_on, end.new_on, end.recorded_by) == (
        "plan",
        D(2027, 4, 5),
        D(2027, 5, 5),
        stage.hana.member,
    )
    assert end.reason == "The plan of 90 days was extended by 30 days: day 120 is its end."


def test_concerns_support_and_consequences_change_with_it(stage: Stage) -> None:
    plan = stage.running()
    first, second = plan.support_commitments.order_by("due_day")
    change = AmendmentInput(
        added_concerns=[ConcernInput(occurred_on=START, description="Late again.", standard="The agreed day.")],
        support=[
            (first.pk, SupportInput(description=first.description, owner_id=first.owner_id, due_day=7)),
            (second.pk, SupportInput(description="Three sessions", owner_id=second.owner_id, due_day=30)),
            (None, SupportInput(description="A second screen", owner_id=stage.bob.employee.pk, due_day=14)),
        ],
        goals={30: "Every item has a day and an owner."},
        failure_consequence="HR looks for another role first.",
    )

    approve_amendment(
        actor=stage.hana.member,
        amendment=propose_amendment(actor=stage.bob.member, plan=plan, change=change, reason="As talked over."),
    )

    plan = fresh(plan)
    assert [concern.description for concern in plan.concerns.all()] == [
        "The October figures came eight days late.",
        "Late again.",
    ]
    assert list(plan.support_commitments.order_by("due_day").values_list("description", "due_on")) == [
        ("Weekly half hour", D(2027, 1, 12)),
        ("A second screen", D(2027, 1, 19)),
        ("Three sessions", D(2027, 2, 4)),
    ]
    assert plan.milestones.get(day=30).goal == "Every item has a day and an owner."
    assert plan.failure_consequence == "HR looks for another role first."
    assert [due for _owner, due in owed("deliver_support")] == [D(2027, 1, 12), D(2027, 1, 19), D(2027, 2, 4)]


def test_a_metric_is_proposed_compared_and_in_force(stage: Stage) -> None:
    plan = stage.running()
    metric = MetricFactory.create(name="Delivered on time")
    first, second = plan.expectations.all()
    change = AmendmentInput(expectations=[as_input(first, metric_id=metric.pk), as_input(second)])

    amendment = propose_amendment(actor=stage.bob.member, plan=plan, change=change, reason="Now it is measured.")
    Metric.objects.filter(pk=metric.pk).update(name="On the agreed day")
    approve_amendment(actor=stage.hana.member, amendment=amendment)

    assert [(found.old, found.new) for found in differences(amendment.before, amendment.proposal)] == [
        ("", "Delivered on time")
    ]
    assert [one.metric for one in plan.expectations.all()] == [metric, None]


def test_another_change_leaves_the_metric_where_it_is(stage: Stage, changes: Changes) -> None:
    metric = MetricFactory.create()
    first, second = stage.content()["expectations"]
    plan = stage.running_from(stage.draft(expectations=[replace(first, metric_id=metric.pk), second]))

    changes.lowered(plan)

    assert [one.metric for one in plan.expectations.all()] == [metric, None]


def test_a_metric_of_nowhere_is_refused(stage: Stage) -> None:
    plan = stage.running()
    first, second = plan.expectations.all()
    change = AmendmentInput(expectations=[as_input(first, metric_id=999_999), as_input(second)])

    with pytest.raises(DomainError, match="Choose a metric of this organization"):
        propose_amendment(actor=stage.bob.member, plan=plan, change=change, reason="Now it is measured.")


def test_a_promise_taken_out_is_owed_no_longer_and_counts_as_a_higher_standard(stage: Stage) -> None:
    plan = stage.running()
    first, _second = plan.support_commitments.order_by("due_day")
    kept = [(first.pk, SupportInput(description=first.description, owner_id=first.owner_id, due_day=7))]
    with pytest.raises(DomainError, match="“Two sessions on estimating” is promised no longer"):
        propose_amendment(
            actor=stage.bob.member, plan=plan, change=AmendmentInput(support=kept), reason="The trainer left."
        )

    change = AmendmentInput(support=kept, more_days=14, last_goal="As before.")
    approve_amendment(
        actor=stage.hana.member,
        amendment=propose_amendment(actor=stage.bob.member, plan=plan, change=change, reason="The trainer left."),
    )

    assert [due for _owner, due in owed("deliver_support")] == [D(2027, 1, 12)]
