"""An amendment is approved, declined or taken back; each version is received for itself."""

import pytest
from django.core.exceptions import PermissionDenied

from documents.enums import AcknowledgementKind
from documents.selectors import documents_about
from pipcycle.errors import DomainError
from pips.amendment_enums import AmendmentStatus
from pips.enums import Outcome, PlanStatus
from pips.services.amendments import (
    approve_amendment,
    decline_amendment,
    withdraw_amendment,
)
from pips.services.outcome import decide_plan
from pips.services.plan import acknowledge_plan
from reminders.models import OutboxMessage
from tests.pips.amendments.conftest import Changes, fresh, owed
from tests.pips.conftest import START, Stage


def test_the_manager_does_not_approve_nor_the_proposer(stage: Stage, changes: Changes) -> None:
    amendment = changes.lower(stage.running())

    for person in (stage.bob, stage.alice):
        with pytest.raises(PermissionDenied):
            approve_amendment(actor=person.member, amendment=amendment)
        with pytest.raises(PermissionDenied):
            decline_amendment(actor=person.member, amendment=amendment, reason="No.")


def test_declining_needs_a_reason_and_leaves_the_plan(stage: Stage, changes: Changes) -> None:
    plan = stage.running()
    amendment = changes.lower(plan)
    with pytest.raises(DomainError, match="Write why not"):
        decline_amendment(actor=stage.hana.member, amendment=amendment, reason="")

    decline_amendment(actor=stage.hana.member, amendment=amendment, reason="The other customers remain.")

    assert (amendment.status, amendment.decided_by) == (AmendmentStatus.DECLINED, stage.hana.member)
    assert fresh(plan).version == 1
    assert owed("review_amendment") == []
    assert OutboxMessage.objects.filter(recipient="bob@harbor.example").count() == 1
    assert changes.lower(plan).version == 2


def test_a_settled_proposal_is_not_settled_again(stage: Stage, changes: Changes) -> None:
    amendment = changes.lower(stage.running())
    withdraw_amendment(actor=stage.bob.member, amendment=amendment)

    with pytest.raises(DomainError, match="Bob Bailey has settled this proposal"):
        approve_amendment(actor=stage.hana.member, amendment=amendment)


def test_nothing_is_put_in_force_while_the_employee_is_on_leave(stage: Stage, changes: Changes) -> None:
    plan = stage.running()
    amendment = changes.lower(plan)
    stage.alice.employee.leaves.create(starts_on=START, ends_on=START)

    with pytest.raises(DomainError, match="on leave today"):
        approve_amendment(actor=stage.hana.member, amendment=amendment)


def test_a_decision_takes_an_open_proposal_back(stage: Stage, changes: Changes) -> None:
    plan = stage.running()
    amendment = changes.lower(plan)

    decide_plan(actor=stage.hana.member, plan=plan, outcome=Outcome.WITHDRAWN, reason="Unfounded.")

    amendment.refresh_from_db()
    assert (amendment.status, amendment.decision_reason) == ("withdrawn", "The outcome was decided.")
    assert owed("review_amendment") == []


def test_each_version_is_received_for_itself_and_the_first_receipt_stays_the_first(
    stage: Stage, changes: Changes
) -> None:
    plan = stage.active()
    first = fresh(plan).acknowledged_at
    changes.lowered(plan)

    acknowledge_plan(
        actor=stage.alice.member,
        plan=plan,
        kind=AcknowledgementKind.RECEIVED_WITH_COMMENT,
        comment="I ask for the reason in writing.",
        version=2,
    )

    plan = fresh(plan)
    assert (plan.acknowledged_at, plan.receipt_owed_for, plan.status) == (first, None, PlanStatus.ACTIVE)
    receipts = [document.acknowledgement for document in documents_about("plan", plan.pk)]
    assert [receipt.statement.partition(".")[0] for receipt in receipts] == [
        "I have received version 2 of this plan",
        "I have received this plan",
    ]
    assert owed("acknowledge_plan") == []


def test_an_outdated_version_is_not_acknowledged(stage: Stage, changes: Changes) -> None:
    plan = stage.issued()
    changes.lowered(plan)

    with pytest.raises(DomainError, match=r"You have read version 1. Version 2 is in force since 4 January 2027"):
        acknowledge_plan(actor=stage.alice.member, plan=plan, kind=AcknowledgementKind.RECEIVED, version=1)

    acknowledge_plan(actor=stage.alice.member, plan=plan, kind=AcknowledgementKind.RECEIVED, version=2)
    assert fresh(plan).acknowledged_at is not None


def test_the_next_change_waits_for_the_receipt_of_the_last(stage: Stage, changes: Changes) -> None:
    plan = stage.active()
    changes.lowered(plan)

    with pytest.raises(DomainError, match="Receipt of version 2 is not recorded yet"):
        changes.extend(plan)
