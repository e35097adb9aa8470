"""The life of a plan from draft to closed: at each step, what is owed, by whom and by when."""

import datetime
from decimal import Decimal
from typing import Any

from documents.enums import AcknowledgementKind
from documents.models import Document
from pips.enums import NoteKind, Outcome, PlanStatus, TrackStatus, Verdict
from pips.inputs import ResultInput
from pips.models import Plan, PlanNote, PlanTransition
from pips.services.outcome import close_plan, decide_plan, record_follow_up
from pips.services.outcome_letter import acknowledge_outcome
from pips.services.plan import (
    acknowledge_plan,
    approve_plan,
    draft_plan,
    issue_plan,
    request_changes,
    revise_draft,
    submit_plan,
    take_back_to_draft,
)
from pips.services.progress import (
    answer_check_in,
    answer_milestone,
    deliver_support,
    record_check_in,
    record_milestone,
)
from pips.services.support import answer_support
from pips.tasks import refresh_organization
from reminders.models import Obligation, OutboxMessage
from tests.pips.conftest import CONFIRMED, Stage


def owed() -> list[tuple[str, str, str]]:
    """Return what is open: kind, owner, due date."""
    return [
        (one.kind, one.owner.given_name if one.owner else one.owner_role, one.due_on.isoformat())
        for one in Obligation.objects.select_related("owner").filter(status="open").order_by("due_on", "kind", "pk")
    ]


def closed(status: str) -> set[str]:
    return set(Obligation.objects.filter(status=status).values_list("kind", flat=True))


def told() -> list[str]:
    """Return to whom notices went since the last look, and forget them."""
    messages = list(OutboxMessage.objects.order_by("pk"))
    lines = [f"{message.recipient.split('@')[0]}: {message.subject}" for message in messages]
    OutboxMessage.objects.all().delete()
    return lines


PLAN_AHEAD = [
    ("deliver_support", "Bob", "2027-01-12"),
    ("hold_check_in", "Bob", "2027-01-19"),
    ("deliver_support", "Bob", "2027-01-26"),
    ("record_milestone", "Bob", "2027-02-04"),
    ("hold_check_in", "Bob", "2027-02-18"),
    ("record_milestone", "Bob", "2027-03-08"),
    ("hold_check_in", "Bob", "2027-03-22"),
    ("record_milestone", "Bob", "2027-04-05"),
]


def test_a_plan_lives_from_draft_to_closed(stage: Stage) -> None:
    alice, bob, hana = stage.alice, stage.bob, stage.hana

    # Bob drafts; nothing is owed until he asks for something.
    plan = draft_plan(actor=bob.member, employee=alice.employee, template_key="delivery")
    revise_draft(actor=bob.member, plan=plan, **stage.content())
    assert (plan.status, owed(), told()) == (PlanStatus.DRAFT, [], [])

    # He submits: HR owes a review within three working days.
    submit_plan(actor=bob.member, plan=plan)
    assert (plan.status, owed()) == (PlanStatus.IN_REVIEW, [("review_plan", "hr_partner", "2027-01-07")])
    assert told() == ["hana: A plan awaits your review"]

    # Hana asks for changes: Bob owes the revision.
    request_changes(actor=hana.member, plan=plan, reason="Say who reads the tracker.")
    assert (plan.status, owed()) == (PlanStatus.CHANGES_REQUESTED, [("revise_plan", "Bob", "2027-01-11")])
    assert told() == ["bob: HR asks for changes to a plan"]

    take_back_to_draft(actor=bob.member, plan=plan)
    assert (plan.status, owed()) == (PlanStatus.DRAFT, [("revise_plan", "Bob", "2027-01-11")])

    submit_plan(actor=bob.member, plan=plan, note="Bob reads it each Friday.")
    assert owed() == [("review_plan", "hr_partner", "2027-01-07")]
    assert told() == ["hana: A plan awaits your review"]

    # She approves: Bob owes the hand-over.
    approve_plan(actor=hana.member, plan=plan, confirmations=CONFIRMED, note="Sound.")
    assert (plan.status, owed()) == (PlanStatus.APPROVED, [("issue_plan", "Bob", "2027-01-07")])
    assert told() == ["bob: A plan is approved"]
    assert Document.objects.count() == 0

    # He issues: everything of the plan is owed at once, and version 1 is sealed.
    document = issue_plan(actor=bob.member, plan=plan)
    assert (plan.status, plan.starts_on, plan.ends_on) == (
        PlanStatus.ISSUED,
        datetime.date(2027, 1, 5),
        datetime.date(2027, 4, 5),
    )
    assert owed() == [("acknowledge_plan", "Alice", "2027-01-11"), *PLAN_AHEAD]
    assert (document.version, document.about_id, document.employee) == (1, plan.pk, alice.employee)
    assert told() == ["alice: A document awaits your acknowledgement"]

    # Alice acknowledges receipt; the plan starts tomorrow, so it is not active yet.
    acknowledge_plan(
        actor=alice.member,
        plan=plan,
        kind=AcknowledgementKind.RECEIVED_WITH_COMMENT,
        comment="October was the audit.",
    )
    assert (plan.status, owed()) == (PlanStatus.ISSUED, PLAN_AHEAD)
    assert told() == ["bob: Receipt of a plan is acknowledged"]

    run_to_the_end(stage, plan)

    # Hana decides: three follow-ups are owed and the receipt of the letter, nothing else.
    results = {one.pk: ResultInput(verdict=Verdict.MET) for one in plan.expectations.all()}
    decide_plan(
        actor=hana.member, plan=plan, outcome=Outcome.SUCCESSFUL, reason="Both targets are met.", results=results
    )
    assert (plan.status, plan.outcome) == (PlanStatus.DECIDED, Outcome.SUCCESSFUL)
    assert owed()[0] == ("acknowledge_outcome", "Alice", "2027-04-12")
    acknowledge_outcome(actor=alice.member, plan=plan, kind=AcknowledgementKind.RECEIVED)
    assert owed() == [
        ("follow_up", "Bob", "2027-05-05"),
        ("follow_up", "Bob", "2027-07-06"),
        ("follow_up", "Bob", "2027-10-04"),
    ]
    assert told() == ["alice: A decision is on record in PIPCycle", "bob: A decision is on record in PIPCycle"]

    # Bob looks back three times; then HR closes.
    for follow_up in plan.follow_ups.all():
        stage.clock.to(follow_up.due_on)
        record_follow_up(
            actor=bob.member, follow_up=follow_up, held_on=follow_up.due_on, is_sustained=True, note="It lasts."
        )
    plan.refresh_from_db()
    assert (plan.status, owed()) == (PlanStatus.FOLLOWED_UP, [("close_plan", "hr_partner", "2027-10-12")])

    close_plan(actor=hana.member, plan=plan)
    assert (plan.status, owed()) == (PlanStatus.CLOSED, [])
    assert closed("withdrawn") == {"review_plan", "answer_milestone"}
    assert transitions(plan) == [
        ("", "draft", "Bob Bailey"),
        ("draft", "in_review", "Bob Bailey"),
        ("in_review", "changes_requested", "Hana Holm"),
        ("changes_requested", "draft", "Bob Bailey"),
        ("draft", "in_review", "Bob Bailey"),
        ("in_review", "approved", "Hana Holm"),
        ("approved", "issued", "Bob Bailey"),
        ("issued", "active", "None"),
        ("active", "decided", "Hana Holm"),
        ("decided", "followed_up", "Bob Bailey"),
        ("followed_up", "closed", "Hana Holm"),
    ]
    assert list(PlanNote.objects.filter(plan=plan).values_list("kind", flat=True)) == [
        NoteKind.CHANGES_REQUESTED,
        NoteKind.SUBMITTED,
        NoteKind.APPROVED,
        NoteKind.ISSUED,
        NoteKind.ACKNOWLEDGED,
        NoteKind.DECIDED,
        NoteKind.ACKNOWLEDGED,
    ]


def run_to_the_end(stage: Stage, plan: Plan) -> None:
    """Hold everything of the plan on its day, the employee answering all but the last milestone."""
    stage.clock.to(datetime.date(2027, 1, 5))
    assert refresh_organization(plan.organization_id) == 0
    plan.refresh_from_db()
    assert plan.status == PlanStatus.ACTIVE

    for commitment in plan.support_commitments.all():
        deliver_support(
            actor=stage.bob.member, commitment=commitment, delivered_on=datetime.date(2027, 1, 5), note="Held."
        )
        assert ("confirm_support", "Alice", "2027-01-12") in owed()
        answer_support(actor=stage.alice.member, commitment=commitment, is_received=True)
    for check_in in plan.check_ins.all():
        stage.clock.to(check_in.due_on)
        record_check_in(
            actor=stage.bob.member,
            check_in=check_in,
            held_on=check_in.due_on,
            track_status=TrackStatus.AT_RISK,
            manager_view="Better, not there yet.",
        )
        assert ("answer_check_in", "Alice") in {line[:2] for line in owed()}
        answer_check_in(actor=stage.alice.member, check_in=check_in, employee_view="It helps to plan together.")
    last = None
    for milestone in plan.milestones.all():
        stage.clock.to(due(milestone))
        record_milestone(
            actor=stage.bob.member,
            milestone=milestone,
            held_on=due(milestone),
            track_status=TrackStatus.ON_TRACK,
            manager_view="On the way.",
            readings={expectation.pk: Decimal(90) for expectation in plan.expectations.all()},
        )
        if milestone.day != 90:
            answer_milestone(actor=stage.alice.member, milestone=milestone, employee_view="Agreed.")
        last = milestone
    assert last is not None
    assert owed() == [("answer_milestone", "Alice", "2027-04-08"), ("decide_plan", "hr_partner", "2027-04-08")]
    assert told() == []


def due(milestone: Any) -> datetime.date:
    assert milestone.due_on is not None
    return datetime.date.fromisoformat(milestone.due_on.isoformat())


def transitions(plan: Plan) -> list[tuple[str, str, str]]:
    moves = PlanTransition.objects.select_related("actor__user").filter(plan=plan).order_by("pk")
    return [(move.source, move.target, str(move.actor)) for move in moves]
