"""Review: HR reads before anybody else does, and whoever wrote it does not approve it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, ProgrammingError, transaction

from pipcycle.errors import DomainError
from pips.enums import Confirmation, NoteKind, PlanStatus
from pips.gates.catalogue import findings
from pips.models import GateAnswer, Plan, PlanNote
from pips.services.plan import (
    approve_plan,
    discard_plan,
    request_changes,
    submit_plan,
    take_back_to_draft,
)
from reminders.models import Obligation
from tests.cast import Person
from tests.pips.conftest import CONFIRMED, Stage


def owed_kinds() -> list[str]:
    return sorted(Obligation.objects.filter(status="open").values_list("kind", flat=True))


def test_a_gate_blocks_the_submission_with_its_rule_and_remedy(stage: Stage) -> None:
    plan = stage.draft(support=[])

    with pytest.raises(DomainError) as refused:
        submit_plan(actor=stage.bob.member, plan=plan)

    assert refused.value.rule == 2
    assert str(refused.value) == (
        "The plan promises no support. Add what the employer will do, who does it and by which day."
    )
    assert Plan.objects.get(pk=plan.pk).status == PlanStatus.DRAFT
    assert owed_kinds() == []


def test_a_warning_is_answered_by_a_written_reason_that_stays(stage: Stage) -> None:
    plan = stage.draft(job_description=None)

    with pytest.raises(DomainError, match="not anchored to a job description"):
        submit_plan(actor=stage.bob.member, plan=plan, note="A note is no answer.")
    submit_plan(
        actor=stage.bob.member, plan=plan, reasons={"job_description": " The job is new; HR writes the description. "}
    )

    assert plan.status == PlanStatus.IN_REVIEW
    answer = GateAnswer.objects.get(plan=plan)
    assert (answer.step, answer.rule, answer.reason, answer.author) == (
        "submit",
        2,
        "The job is new; HR writes the description.",
        stage.bob.member,
    )
    [finding] = findings(plan, "approve")
    assert (finding.code, finding.answer, finding.asks_for_reason) == ("job_description", answer.reason, False)


def test_a_refused_submission_keeps_no_answer(stage: Stage) -> None:
    plan = stage.draft(job_description=None, support=[])

    with pytest.raises(DomainError, match="promises no support"):
        submit_plan(actor=stage.bob.member, plan=plan, reasons={"job_description": "New."})

    assert not GateAnswer.objects.exists()


def test_an_answer_to_a_gate_never_changes(stage: Stage) -> None:
    plan = stage.draft(job_description=None)
    submit_plan(actor=stage.bob.member, plan=plan, reasons={"job_description": "New."})

    with pytest.raises(DatabaseError, match="gate_answer_is_final"), transaction.atomic():
        GateAnswer.objects.update(reason="Old.")


def test_a_note_to_hr_is_on_the_record(stage: Stage) -> None:
    plan = stage.draft()

    submit_plan(actor=stage.bob.member, plan=plan, note=" Bob reads it each Friday. ")

    note = PlanNote.objects.get(plan=plan)
    assert (note.kind, note.body, note.author) == (
        NoteKind.SUBMITTED,
        "Bob reads it each Friday.",
        stage.bob.member,
    )


def test_only_a_manager_submits(stage: Stage) -> None:
    plan = stage.draft()

    for person in (stage.alice, stage.hana):
        with pytest.raises(PermissionDenied):
            submit_plan(actor=person.member, plan=plan)


def test_submitting_twice_says_who_was_first(stage: Stage, carol: Person) -> None:
    plan = stage.in_review()

    with pytest.raises(DomainError, match="Bob Bailey moved this plan"):
        submit_plan(actor=carol.member, plan=plan)


def test_approval_keeps_what_hr_confirmed(stage: Stage) -> None:
    plan = stage.in_review()

    approve_plan(actor=stage.hana.member, plan=plan, confirmations=CONFIRMED, note="I read the tracker myself.")

    assert (plan.status, plan.approved_by) == (PlanStatus.APPROVED, stage.hana.member)
    assert plan.approved_at is not None
    assert PlanNote.objects.get(plan=plan).body.splitlines() == [
        "The concern is substantiated, and it is about performance, not misconduct.",
        "The employee was given guidance and time to improve before this plan.",
        "The manager is committed to the support and the meetings in this plan.",
        "I read the tracker myself.",
    ]


@pytest.mark.parametrize("left_out", Confirmation)
def test_each_confirmation_is_needed(stage: Stage, left_out: Confirmation) -> None:
    plan = stage.in_review()

    with pytest.raises(DomainError, match=str(left_out.label)) as refused:
        approve_plan(actor=stage.hana.member, plan=plan, confirmations=CONFIRMED - {left_out.value})

    assert refused.value.rule == 1
    assert Plan.objects.get(pk=plan.pk).status == PlanStatus.IN_REVIEW


def test_managers_employee_and_admin_do_not_review(stage: Stage, carol: Person, adam: Person, eve: Person) -> None:
    plan = stage.in_review()

    for person in (stage.alice, stage.bob, carol, adam, eve):
        with pytest.raises(PermissionDenied):
            approve_plan(actor=person.member, plan=plan, confirmations=CONFIRMED)
        with pytest.raises(PermissionDenied):
            request_changes(actor=person.member, plan=plan, reason="No.")


def test_a_manager_with_the_hr_role_does_not_approve_the_plan_of_their_own_people(stage: Stage) -> None:
    plan = stage.in_review()
    stage.bob.member.roles = ["hr_partner"]
    stage.bob.member.save(update_fields=["roles"])

    with pytest.raises(PermissionDenied):
        approve_plan(actor=stage.bob.member, plan=plan, confirmations=CONFIRMED)


def test_asking_for_changes_needs_words(stage: Stage) -> None:
    plan = stage.in_review()

    with pytest.raises(DomainError, match="Write what should be changed"):
        request_changes(actor=stage.hana.member, plan=plan, reason=" ")


def test_an_approval_can_be_thought_over_until_the_plan_is_issued(stage: Stage) -> None:
    plan = stage.approved()

    request_changes(actor=stage.hana.member, plan=plan, reason="A complaint came in.")

    assert (plan.status, plan.approved_at, plan.approved_by) == (PlanStatus.CHANGES_REQUESTED, None, None)
    assert owed_kinds() == ["revise_plan"]


def test_the_manager_takes_the_plan_back_to_answer(stage: Stage) -> None:
    plan = stage.changes_requested()

    with pytest.raises(PermissionDenied):
        take_back_to_draft(actor=stage.hana.member, plan=plan)
    take_back_to_draft(actor=stage.bob.member, plan=plan)

    assert plan.status == PlanStatus.DRAFT


@pytest.mark.parametrize("state", ["draft", "changes_requested", "approved"])
def test_a_plan_is_discarded_before_it_is_issued(stage: Stage, state: str) -> None:
    plan = getattr(stage, state)()

    with pytest.raises(DomainError, match="Write why"):
        discard_plan(actor=stage.bob.member, plan=plan, reason="")
    discard_plan(actor=stage.bob.member, plan=plan, reason="Settled in a talk.")

    assert (plan.status, plan.outcome) == (PlanStatus.CLOSED, "")
    assert owed_kinds() == []
    assert PlanNote.objects.filter(plan=plan, kind=NoteKind.DISCARDED).get().body == "Settled in a talk."


def test_a_plan_in_review_is_not_discarded_behind_the_reviewer(stage: Stage) -> None:
    with pytest.raises(DomainError, match="In review"):
        discard_plan(actor=stage.bob.member, plan=stage.in_review(), reason="Settled.")


def test_the_employee_cannot_discard_their_own_plan(stage: Stage) -> None:
    with pytest.raises(PermissionDenied):
        discard_plan(actor=stage.alice.member, plan=stage.draft(), reason="No.")


def test_notes_on_the_record_cannot_be_rewritten(stage: Stage) -> None:
    stage.changes_requested()

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        PlanNote.objects.update(body="Nothing.")
