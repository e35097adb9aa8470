"""The decision in depth: a result for each expectation, what was announced, early success, the letter."""

import io
import re
from decimal import Decimal

import pgtrigger
import pypdf
import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction

from documents.enums import AcknowledgementKind
from documents.models import Document
from pipcycle.errors import DomainError
from pips.enums import Consequence, Outcome, PlanStatus, Verdict
from pips.inputs import ResultInput
from pips.models import ExpectationResult, Plan, PlanDecision
from pips.outcomes import announced_limit
from pips.services.outcome import decide_plan
from pips.services.outcome_letter import acknowledge_outcome
from reminders.models import Obligation
from tests.cast import Person
from tests.pips.conftest import START, Stage


def results(plan: Plan, *verdicts: Verdict) -> dict[int, ResultInput]:
    """Return the verdicts in the order of the expectations."""
    return {
        one.pk: ResultInput(verdict=verdict) for one, verdict in zip(plan.expectations.all(), verdicts, strict=True)
    }


def test_each_expectation_has_its_result_and_its_final_value(stage: Stage) -> None:
    plan = stage.ended()
    first, second = plan.expectations.all()
    given = {
        first.pk: ResultInput(verdict=Verdict.MET, final_value=Decimal(92), note=" Held for a month. "),
        second.pk: ResultInput(verdict=Verdict.PARTLY, final_value=Decimal(4)),
    }

    decide_plan(actor=stage.hana.member, plan=plan, **stage.decision(plan, results=given))

    assert list(ExpectationResult.objects.order_by("expectation").values_list("verdict", "final_value", "note")) == [
        ("met", Decimal(92), "Held for a month."),
        ("partly", Decimal(4), ""),
    ]
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        ExpectationResult.objects.update(verdict="met")


@pytest.mark.parametrize("outcome", [Outcome.SUCCESSFUL, Outcome.UNSUCCESSFUL])
def test_nothing_is_decided_without_a_result_for_each(stage: Stage, outcome: Outcome) -> None:
    plan = stage.ended()
    first, _second = plan.expectations.all()
    given = {first.pk: ResultInput(verdict=Verdict.NOT_MET)}

    with pytest.raises(DomainError, match="Not said: “Few items at once”"):
        decide_plan(actor=stage.hana.member, plan=plan, **stage.decision(plan, outcome, results=given))
    assert not ExpectationResult.objects.exists()


def test_a_withdrawn_plan_needs_no_results(stage: Stage) -> None:
    plan = stage.issued()

    decide_plan(actor=stage.hana.member, plan=plan, outcome=Outcome.WITHDRAWN, reason="Unfounded.")

    assert (plan.status, plan.decision.step) == (PlanStatus.DECIDED, Consequence.NOTHING)


@pytest.mark.parametrize(
    ("outcome", "verdicts", "message"),
    [
        (Outcome.SUCCESSFUL, (Verdict.MET, Verdict.NOT_MET), "decide another outcome than success"),
        (Outcome.UNSUCCESSFUL, (Verdict.MET, Verdict.MET), "decide another outcome than failure"),
    ],
)
def test_an_outcome_does_not_contradict_its_results(
    stage: Stage, outcome: Outcome, verdicts: tuple[Verdict, Verdict], message: str
) -> None:
    plan = stage.ended()

    with pytest.raises(DomainError, match=message):
        decide_plan(
            actor=stage.hana.member, plan=plan, **stage.decision(plan, outcome, results=results(plan, *verdicts))
        )


# --- What follows ----------------------------------------------------------------------------------------------------


def test_a_failure_says_what_is_done(stage: Stage) -> None:
    plan = stage.ended()

    with pytest.raises(DomainError, match="Say what is done now"):
        decide_plan(actor=stage.hana.member, plan=plan, **stage.decision(plan, Outcome.UNSUCCESSFUL, step=""))


def test_the_announced_words_are_quoted_for_good(stage: Stage) -> None:
    plan = stage.decided(Outcome.UNSUCCESSFUL)

    assert plan.decision.announced == "HR decides what follows."
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        PlanDecision.objects.update(announced="Something else.")


@pytest.mark.parametrize(
    ("harshest", "step", "needs_reason"),
    [
        ("", Consequence.OTHER_DUTIES, False),
        ("", Consequence.WARNING, True),
        (Consequence.WARNING, Consequence.WARNING, False),
        (Consequence.WARNING, Consequence.TERMINATION, True),
        (Consequence.NOTHING, Consequence.SUPPORT, True),
        (Consequence.TERMINATION, Consequence.TERMINATION, False),
    ],
)
def test_nothing_harsher_than_announced_without_hrs_reason(
    stage: Stage, harshest: str, step: Consequence, needs_reason: bool
) -> None:
    plan = stage.ended()
    with pgtrigger.ignore("pips.Plan:plan_is_amended_by_versions"):
        Plan.objects.filter(pk=plan.pk).update(harshest_step=harshest)
    decision = stage.decision(plan, Outcome.UNSUCCESSFUL, step=step)

    if needs_reason:
        with pytest.raises(DomainError, match="is harsher than the plan announced"):
            decide_plan(actor=stage.hana.member, plan=plan, **decision)
    decide_plan(actor=stage.hana.member, plan=plan, **decision, harsher_reason="The contract ends anyway.")

    assert plan.decision.harsher_reason == ("The contract ends anyway." if needs_reason else "")


def test_after_a_success_more_support_is_the_most(stage: Stage) -> None:
    plan = stage.ended()

    assert announced_limit(plan, Outcome.SUCCESSFUL) == Consequence.SUPPORT
    with pytest.raises(DomainError, match="is harsher"):
        decide_plan(actor=stage.hana.member, plan=plan, **stage.decision(plan, step=Consequence.WARNING))


# --- Early success ---------------------------------------------------------------------------------------------------


def halfway(stage: Stage) -> Plan:
    """Return a running plan whose first two milestones are recorded, on the day of the second."""
    plan = stage.ended()
    last = plan.milestones.get(day=90)
    type(last).objects.filter(pk=last.pk).update(
        manager_recorded_at=None, held_on=None, track_status="", manager_recorded_by=None
    )
    second = plan.milestones.get(day=60)
    assert second.due_on is not None
    stage.clock.to(second.due_on)
    return Plan.objects.get(pk=plan.pk)


def test_a_plan_succeeds_early_when_everything_is_met_and_says_why(stage: Stage) -> None:
    plan = halfway(stage)

    with pytest.raises(DomainError, match="Write why the plan succeeds before its last day"):
        decide_plan(actor=stage.hana.member, plan=plan, **stage.decision(plan))
    decide_plan(
        actor=stage.hana.member, plan=plan, **stage.decision(plan), early_reason="Both targets held for a month."
    )

    assert (plan.outcome, plan.decision.early_reason) == (Outcome.SUCCESSFUL, "Both targets held for a month.")
    assert plan.follow_ups.count() == 3


def test_partly_is_not_enough_before_the_last_day(stage: Stage) -> None:
    plan = halfway(stage)
    given = results(plan, Verdict.MET, Verdict.PARTLY)

    with pytest.raises(DomainError, match="only when every expectation is met"):
        decide_plan(actor=stage.hana.member, plan=plan, **stage.decision(plan, results=given), early_reason="Nearly.")


def test_a_milestone_that_was_due_is_recorded_first(stage: Stage) -> None:
    plan = halfway(stage)
    assert plan.ends_on is not None
    second = plan.milestones.get(day=60)
    type(second).objects.filter(pk=second.pk).update(
        manager_recorded_at=None, held_on=None, track_status="", manager_recorded_by=None
    )

    with pytest.raises(DomainError, match="The review of day 60 is not recorded"):
        decide_plan(actor=stage.hana.member, plan=plan, **stage.decision(plan), early_reason="All met.")


def test_a_success_on_the_last_day_is_not_early(stage: Stage) -> None:
    plan = stage.ended()

    decide_plan(actor=stage.hana.member, plan=plan, **stage.decision(plan), early_reason="Not needed.")

    assert plan.decision.early_reason == ""


# --- The letter ------------------------------------------------------------------------------------------------------


def letter_of(plan: Plan) -> Document:
    return Document.objects.get(about_type="plan_outcome", about_id=plan.pk)


def test_the_letter_tells_the_outcome_its_reasons_and_what_follows(stage: Stage) -> None:
    plan = stage.decided()

    letter = letter_of(plan)
    text = re.sub(
        r"\s+", " ", " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(letter.content)).pages)
    )
    assert (letter.kind, letter.employee, letter.version) == ("outcome_letter", stage.alice.employee, 1)
    for words in ("Successful.", "The targets are met.", "Back to normal reviews.", "More support", "2 October 2027"):
        assert words in text


def test_receipt_of_the_letter_is_owed_and_recorded_once(stage: Stage, carol: Person) -> None:
    plan = stage.decided()
    assert Obligation.objects.get(kind="acknowledge_outcome").owner == stage.alice.employee

    with pytest.raises(PermissionDenied):
        acknowledge_outcome(actor=stage.hana.member, plan=plan, kind=AcknowledgementKind.RECEIVED)
    acknowledge_outcome(
        actor=stage.alice.member, plan=plan, kind=AcknowledgementKind.RECEIVED_WITH_COMMENT, comment="Thank you, Bob."
    )

    assert letter_of(plan).acknowledgement.comment == "Thank you, Bob."
    assert Obligation.objects.get(kind="acknowledge_outcome").status == "fulfilled"
    with pytest.raises(DomainError, match="recorded already"):
        acknowledge_outcome(actor=stage.bob.member, plan=plan, kind=AcknowledgementKind.REFUSED, witness=carol.employee)


def test_a_refusal_of_the_letter_is_witnessed(stage: Stage, carol: Person) -> None:
    plan = stage.decided(Outcome.UNSUCCESSFUL)

    with pytest.raises(DomainError, match="Name a witness"):
        acknowledge_outcome(actor=stage.bob.member, plan=plan, kind=AcknowledgementKind.REFUSED)
    acknowledge_outcome(actor=stage.bob.member, plan=plan, kind=AcknowledgementKind.REFUSED, witness=carol.employee)

    assert letter_of(plan).acknowledgement.witness == carol.employee


def test_before_the_decision_there_is_no_letter(stage: Stage) -> None:
    plan = stage.running()

    with pytest.raises(DomainError, match=r"Reload the page to see it\.$"):
        acknowledge_outcome(actor=stage.alice.member, plan=plan, kind=AcknowledgementKind.RECEIVED)
    assert plan.starts_on == START
