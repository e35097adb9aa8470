"""Issue and receipt: a sealed version, a clock that starts after delivery, receipt that is not agreement."""

import datetime
import hashlib

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.utils import timezone

from documents.enums import AcknowledgementKind
from documents.models import Acknowledgement, Document
from people.enums import LeaveKind
from people.services.leave import record_leave
from pipcycle.errors import DomainError
from pips.enums import NoteKind, PlanStatus
from pips.models import Plan, PlanNote
from pips.services.plan import acknowledge_plan, issue_plan
from pips.statements import statement_for
from reminders.models import Obligation
from tests.cast import Person
from tests.pips.conftest import START, Stage

D = datetime.date


def test_issue_seals_version_one_with_its_hash(stage: Stage) -> None:
    plan = stage.approved()

    document = issue_plan(actor=stage.bob.member, plan=plan)

    sealed = Document.objects.get(pk=document.pk)
    content = bytes(sealed.content)
    assert content.startswith(b"%PDF")
    assert sealed.sha256 == hashlib.sha256(content).hexdigest()
    assert (sealed.kind, sealed.about_type, sealed.about_id, sealed.version) == ("plan", "plan", plan.pk, 1)
    assert (sealed.employee, sealed.sealed_by) == (stage.alice.employee, stage.bob.member)
    assert (plan.status, plan.version, plan.starts_on, plan.ends_on) == (
        PlanStatus.ISSUED,
        1,
        START,
        D(2027, 4, 5),
    )


def test_issue_lays_out_milestones_check_ins_and_support(stage: Stage) -> None:
    plan = stage.issued()

    assert list(plan.milestones.values_list("day", "planned_on", "due_on", "clock_explanation")) == [
        (30, D(2027, 2, 4), D(2027, 2, 4), ""),
        (
            60,
            D(2027, 3, 6),
            D(2027, 3, 8),
            "Day 60 falls on Saturday 6 March, when nobody works: the next working day is Monday 8 March 2027.",
        ),
        (90, D(2027, 4, 5), D(2027, 4, 5), ""),
    ]
    assert list(plan.check_ins.values_list("day", "due_on")) == [
        (14, D(2027, 1, 19)),
        (44, D(2027, 2, 18)),
        (74, D(2027, 3, 22)),
    ]
    assert list(plan.support_commitments.values_list("due_day", "due_on")) == [
        (7, D(2027, 1, 12)),
        (21, D(2027, 1, 26)),
    ]
    assert PlanNote.objects.get(plan=plan, kind=NoteKind.ISSUED).body == (
        "Version 1 was issued. Day 0 is 5 January 2027, the last day is 5 April 2027."
    )


def test_a_plan_never_starts_before_it_is_issued(stage: Stage) -> None:
    plan = stage.approved()

    with pytest.raises(DomainError, match="cannot start before it is issued"):
        issue_plan(actor=stage.bob.member, plan=plan, starts_on=D(2027, 1, 3))
    assert Plan.objects.get(pk=plan.pk).status == PlanStatus.APPROVED


def test_a_start_that_passed_in_review_becomes_the_next_working_day(stage: Stage) -> None:
    plan = stage.approved()
    stage.clock.to(D(2027, 1, 15))

    issue_plan(actor=stage.bob.member, plan=plan)

    assert plan.starts_on == D(2027, 1, 19)  # after the weekend and Martin Luther King Jr. Day


def test_leave_known_at_issue_is_in_the_dates_from_the_first(stage: Stage) -> None:
    plan = stage.approved()
    record_leave(
        actor=stage.hana.member,
        employee=stage.alice.employee,
        starts_on=D(2027, 1, 11),
        ends_on=D(2027, 1, 15),
        kind=LeaveKind.VACATION,
    )

    issue_plan(actor=stage.bob.member, plan=plan)

    assert plan.ends_on == D(2027, 4, 12)
    assert Obligation.objects.get(kind="acknowledge_plan").due_on == D(2027, 1, 19)


def test_a_gate_stops_the_issue(stage: Stage) -> None:
    plan = stage.approved()
    record_leave(actor=stage.hana.member, employee=stage.alice.employee, starts_on=D(2027, 1, 4), kind=LeaveKind.OTHER)

    with pytest.raises(DomainError, match="on leave today") as refused:
        issue_plan(actor=stage.bob.member, plan=plan)
    assert refused.value.rule == 8


def test_only_a_manager_issues(stage: Stage, adam: Person) -> None:
    plan = stage.approved()

    for person in (stage.alice, stage.hana, adam):
        with pytest.raises(PermissionDenied):
            issue_plan(actor=person.member, plan=plan)


def test_nothing_is_issued_without_approval(stage: Stage) -> None:
    with pytest.raises(DomainError, match="In review"):
        issue_plan(actor=stage.bob.member, plan=stage.in_review())


# --- Rule 3: locked at issue -----------------------------------------------------------------------------------------


def test_what_was_issued_is_locked_in_the_database(stage: Stage) -> None:
    plan = stage.running()
    attempts = [
        lambda: plan.expectations.update(data_source="Another report"),
        lambda: plan.expectations.update(target=95),
        lambda: plan.expectations.all().delete(),
        lambda: plan.expectations.create(title="One more"),
        lambda: plan.concerns.update(description="Worse."),
        lambda: plan.concerns.all().delete(),
        lambda: plan.milestones.update(goal="More."),
        lambda: plan.support_commitments.update(description="Less."),
    ]

    for attempt in attempts:
        with pytest.raises(ProgrammingError, match="only an amendment changes it"), transaction.atomic():
            attempt()


def test_a_draft_is_not_locked(stage: Stage) -> None:
    plan = stage.draft()

    assert plan.expectations.update(data_source="Another report") == 2
    assert plan.concerns.all().delete()[0] == 1


# --- Receipt (rules 14, 15) ------------------------------------------------------------------------------------------


def test_receipt_before_the_start_waits_for_it(stage: Stage) -> None:
    plan = stage.issued()

    acknowledge_plan(actor=stage.alice.member, plan=plan, kind=AcknowledgementKind.RECEIVED)

    assert plan.status == PlanStatus.ISSUED
    assert plan.acknowledged_at is not None


def test_receipt_on_the_day_of_the_start_makes_the_plan_active(stage: Stage) -> None:
    plan = stage.active()

    acknowledgement = Acknowledgement.objects.select_related("document").get()
    assert plan.status == PlanStatus.ACTIVE
    assert acknowledgement.statement == (
        "I have received this plan. This confirms receipt and does not mean that I agree with it."
    )
    assert acknowledgement.sha256 == acknowledgement.document.sha256
    assert acknowledgement.recorded_by == stage.alice.member


def test_receipt_on_a_day_of_leave_pauses_at_once(stage: Stage) -> None:
    plan = stage.issued()
    stage.clock.to(D(2027, 1, 7))
    record_leave(
        actor=stage.hana.member, employee=stage.alice.employee, starts_on=D(2027, 1, 7), kind=LeaveKind.MEDICAL
    )

    acknowledge_plan(actor=stage.alice.member, plan=plan, kind=AcknowledgementKind.RECEIVED)

    assert plan.status == PlanStatus.PAUSED


def test_a_comment_stays_with_the_plan(stage: Stage) -> None:
    plan = stage.issued()

    with pytest.raises(DomainError, match="Write your comment"):
        acknowledge_plan(actor=stage.alice.member, plan=plan, kind="received_with_comment", comment=" ")
    acknowledge_plan(
        actor=stage.alice.member, plan=plan, kind="received_with_comment", comment="October was the audit."
    )

    assert Acknowledgement.objects.get().comment == "October was the audit."
    assert PlanNote.objects.get(plan=plan, kind=NoteKind.ACKNOWLEDGED).body == (
        "Received, with a comment\nOctober was the audit."
    )


def test_a_refusal_is_recorded_by_the_manager_before_a_witness_and_the_plan_runs(stage: Stage, carol: Person) -> None:
    plan = stage.issued()
    stage.clock.to(START)

    acknowledge_plan(actor=stage.bob.member, plan=plan, kind=AcknowledgementKind.REFUSED, witness=carol.employee)

    acknowledgement = Acknowledgement.objects.get()
    assert (acknowledgement.kind, acknowledgement.witness) == (AcknowledgementKind.REFUSED, carol.employee)
    assert "which is no misconduct" in acknowledgement.statement
    assert plan.status == PlanStatus.ACTIVE
    assert not Obligation.objects.filter(kind="acknowledge_plan", status="open").exists()


def test_a_refusal_needs_a_witness_who_is_neither_employee_nor_recorder(stage: Stage) -> None:
    plan = stage.issued()

    for witness in (None, stage.alice.employee, stage.bob.employee):
        with pytest.raises(DomainError, match="Name a witness") as refused:
            acknowledge_plan(actor=stage.bob.member, plan=plan, kind=AcknowledgementKind.REFUSED, witness=witness)
        assert refused.value.rule == 14
    assert Plan.objects.get(pk=plan.pk).acknowledged_at is None


def test_nobody_acknowledges_or_refuses_for_another(stage: Stage, adam: Person, carol: Person) -> None:
    plan = stage.issued()

    for person in (stage.bob, stage.hana, adam):
        with pytest.raises(PermissionDenied):
            acknowledge_plan(actor=person.member, plan=plan, kind=AcknowledgementKind.RECEIVED)
    for person in (stage.alice, adam):
        with pytest.raises(PermissionDenied):
            acknowledge_plan(actor=person.member, plan=plan, kind=AcknowledgementKind.REFUSED, witness=carol.employee)


def test_receipt_is_recorded_once(stage: Stage) -> None:
    plan = stage.issued()
    acknowledge_plan(actor=stage.alice.member, plan=plan, kind=AcknowledgementKind.RECEIVED)

    with pytest.raises(DomainError, match="recorded already"):
        acknowledge_plan(actor=stage.alice.member, plan=plan, kind=AcknowledgementKind.RECEIVED)
    assert plan.acknowledged_at is not None
    assert plan.acknowledged_at <= timezone.now()


def test_every_kind_of_receipt_has_its_statement() -> None:
    statements = [statement_for(kind) for kind in AcknowledgementKind]

    assert len(set(statements)) == len(AcknowledgementKind)
    assert all("receipt" in statement for statement in statements)
