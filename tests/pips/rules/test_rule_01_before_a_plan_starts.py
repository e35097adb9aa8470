"""Rule 1: HR confirms in its own name that the concern is real, guidance was given and the manager is committed."""

import pytest

from pipcycle.errors import DomainError
from pips.enums import ClosingReason, Confirmation, PlanStatus
from pips.models import Plan, PlanNote
from pips.services.discipline.conversion import convert_plan_to_action
from pips.services.plan import approve_plan
from tests.pips.conftest import CONFIRMED, Stage


@pytest.mark.parametrize("unsaid", Confirmation)
def test_a_plan_is_not_approved_while_one_of_the_three_is_unsaid(stage: Stage, unsaid: Confirmation) -> None:
    plan = stage.in_review()

    with pytest.raises(DomainError, match=str(unsaid.label)) as refused:
        approve_plan(actor=stage.hana.member, plan=plan, confirmations=CONFIRMED - {unsaid.value})

    assert refused.value.rule == 1
    assert Plan.objects.get(pk=plan.pk).status == PlanStatus.IN_REVIEW


def test_what_hr_confirmed_stays_on_the_record_under_its_name(stage: Stage) -> None:
    plan = stage.approved()

    note = PlanNote.objects.get(plan=plan, kind="approved")
    assert note.author == stage.hana.member
    assert note.body.splitlines() == [str(confirmation.label) for confirmation in Confirmation]


def test_misconduct_is_a_matter_of_discipline_and_ends_the_plan(stage: Stage) -> None:
    plan = stage.in_review()

    action = convert_plan_to_action(actor=stage.hana.member, plan=plan, reason="Figures were made up.")

    plan.refresh_from_db()
    assert (plan.status, plan.closing_reason, plan.outcome) == (PlanStatus.CLOSED, ClosingReason.CONVERTED, "")
    assert (action.from_plan, action.employee) == (plan, stage.alice.employee)
    assert "The October figures came eight days late." in action.facts
