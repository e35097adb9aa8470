"""Rule 14: acknowledging means receipt, not agreement; a refusal is noted and witnessed, and is no misconduct."""

import pytest

from documents.enums import AcknowledgementKind
from documents.models import Acknowledgement
from pipcycle.errors import DomainError
from pips.enums import PlanStatus
from pips.services.plan import acknowledge_plan
from pips.statements import letter_statement_for, statement_for
from tests.cast import Person
from tests.pips.conftest import START, Stage


@pytest.mark.parametrize("kind", [AcknowledgementKind.RECEIVED, AcknowledgementKind.RECEIVED_WITH_COMMENT])
def test_the_words_the_employee_puts_a_name_to_speak_of_receipt_alone(kind: AcknowledgementKind) -> None:
    for statement in (statement_for(kind), statement_for(kind, version=2), letter_statement_for(kind)):
        assert statement.startswith("I have received")
        assert "does not mean that I agree with it" in statement


def test_a_refusal_is_witnessed_changes_nothing_and_is_held_against_nobody(stage: Stage, carol: Person) -> None:
    plan = stage.issued()
    stage.clock.to(START)
    with pytest.raises(DomainError, match="Name a witness") as refused:
        acknowledge_plan(actor=stage.bob.member, plan=plan, kind=AcknowledgementKind.REFUSED)
    assert refused.value.rule == 14

    acknowledge_plan(actor=stage.bob.member, plan=plan, kind=AcknowledgementKind.REFUSED, witness=carol.employee)

    receipt = Acknowledgement.objects.get()
    assert (receipt.kind, receipt.witness, receipt.recorded_by) == ("refused", carol.employee, stage.bob.member)
    assert "which is no misconduct" in receipt.statement
    assert plan.status == PlanStatus.ACTIVE


def test_a_comment_does_not_hold_up_the_plan_and_stays_word_for_word(stage: Stage) -> None:
    plan = stage.issued()
    stage.clock.to(START)

    acknowledge_plan(
        actor=stage.alice.member,
        plan=plan,
        kind=AcknowledgementKind.RECEIVED_WITH_COMMENT,
        comment="October was the audit.",
    )

    assert Acknowledgement.objects.get().comment == "October was the audit."
    assert plan.status == PlanStatus.ACTIVE
