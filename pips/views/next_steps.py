"""What the reader of a plan can do now: the first is the page's one primary action, the others stand back."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pips.days import today_for
from pips.enums import ENDED, RUNNING, Step
from pips.models import Appeal, FollowUp, Milestone, Plan, PlanCheckIn
from pips.registry import follow_up_page, outcome_steps
from pips.relapse import plan_to_cite_in
from pips.rules import (
    can_acknowledge_outcome,
    can_acknowledge_plan,
    can_answer,
    can_cite_previous_plan,
    can_close_as_left,
    can_close_plan,
    can_convert_plan,
    can_decide_plan,
    can_discard_plan,
    can_edit_plan,
    can_issue_plan,
    can_record_follow_up,
    can_record_outcome_refusal,
    can_record_progress,
    can_record_refusal,
    can_request_changes,
    can_review_plan,
    can_submit_plan,
    can_take_back_to_draft,
    findings,
    is_reviewer_in,
)
from pips.rules_amendments import (
    can_answer_leave_proposal,
    can_propose_amendment,
    can_propose_extension,
    can_review_amendment,
    may_propose,
)
from pips.rules_voice import (
    can_answer_check,
    can_appeal,
    can_assign_appeal,
    can_confirm_support,
    can_decide_appeal,
)
from pips.services.outcome_letter import has_open_letter


@dataclass(frozen=True)
class NextStep:
    """A step with the page that takes it. ``is_due`` marks one that somebody waits for."""

    label: str | Promise
    page: str
    ids: dict[str, int] = field(default_factory=dict)
    is_due: bool = True
    icon: str = ""


def next_steps(member: Membership, plan: Plan) -> list[NextStep]:
    """Return the steps open to the member, those somebody waits for first."""
    steps = [
        *_writing(member, plan),
        *_handing_over(member, plan),
        *_running(member, plan),
        *_ending(member, plan),
        *_changing(member, plan),
        *_parting(member, plan),
        *_voice(member, plan),
    ]
    return sorted(steps, key=lambda step: not step.is_due)


def _writing(member: Membership, plan: Plan) -> Iterator[NextStep]:
    if can_submit_plan(member, plan):
        is_ready = not any(finding.is_blocking for finding in findings(plan, Step.SUBMIT))
        yield NextStep(_("Submit for review"), "pips:plan_submission", is_due=is_ready, icon="send")
    if can_edit_plan(member, plan):
        yield NextStep(_("Edit the draft"), "pips:plan_edit", icon="pencil")
    if can_take_back_to_draft(member, plan):
        yield NextStep(_("Revise the draft"), "pips:plan_edit", icon="pencil")
    if can_discard_plan(member, plan):
        yield NextStep(_("Discard"), "pips:plan_discard", is_due=False)


def _handing_over(member: Membership, plan: Plan) -> Iterator[NextStep]:
    if can_review_plan(member, plan):
        yield NextStep(_("Review"), "pips:plan_review", icon="clipboard-check")
    elif can_request_changes(member, plan):
        yield NextStep(_("Ask for changes after all"), "pips:plan_review", is_due=False)
    if can_issue_plan(member, plan):
        yield NextStep(_("Issue the plan"), "pips:plan_issue", icon="send")
    if can_acknowledge_plan(member, plan):
        yield NextStep(_("Acknowledge receipt"), "pips:plan_acknowledgement", icon="file-check")
    if can_record_refusal(member, plan):
        yield NextStep(_("Record a refusal"), "pips:plan_acknowledgement", is_due=False)


def _running(member: Membership, plan: Plan) -> Iterator[NextStep]:
    if can_record_progress(member, plan):
        missing = _first(_meetings(plan, recorded=False))
        if missing is not None:
            yield _meeting_step(missing, _("Record the check-in"), _("Record the milestone"))
    if can_answer(member, plan):
        unanswered = _first(part for part in _meetings(plan, recorded=True) if part.employee_recorded_at is None)
        if unanswered is not None:
            yield _meeting_step(unanswered, _("Answer the check-in"), _("Answer the milestone"))


def _ending(member: Membership, plan: Plan) -> Iterator[NextStep]:
    if can_decide_plan(member, plan):
        is_over = plan.ends_on is not None and plan.ends_on <= timezone.localdate()
        yield NextStep(_("Decide the outcome"), "pips:plan_outcome", is_due=is_over, icon="scale")
    if can_record_follow_up(member, plan):
        open_ones = [look_back for look_back in plan.follow_ups.all() if look_back.recorded_at is None]
        next_one: FollowUp | None = min(open_ones, key=lambda look_back: look_back.day, default=None)
        if next_one is not None:
            is_due = next_one.due_on <= timezone.localdate()
            ids = {"follow_up_id": next_one.pk}
            yield NextStep(_("Record the follow-up"), follow_up_page(), ids, is_due=is_due)
    if can_close_plan(member, plan):
        yield NextStep(_("Close the plan"), "pips:plan_closure", is_due=not plan.follow_ups.all())
    for after in outcome_steps(member, plan):
        yield NextStep(after.label, after.page, is_due=False, icon=after.icon)


def _changing(member: Membership, plan: Plan) -> Iterator[NextStep]:
    """Changes of the issued plan: what waits for an answer, and how to propose one."""
    if not may_propose(member, plan) or plan.status not in RUNNING:
        return
    open_one = next((one for one in plan.amendments.all() if one.is_open), None)
    if open_one is not None:
        open_one.plan = plan
        if can_review_amendment(member, open_one):
            ids = {"amendment_id": open_one.pk}
            yield NextStep(_("Review the change"), "pips:amendment_review", ids, icon="clipboard-check")
    elif plan.receipt_owed_for is None and not _is_over(plan):
        if can_propose_extension(member, plan):
            yield NextStep(_("Extend"), "pips:plan_extension", is_due=False)
        if can_propose_amendment(member, plan):
            yield NextStep(_("Change the plan"), "pips:amendment_new", is_due=False)
    for proposal in plan.leave_proposals.all():
        proposal.plan = plan
        if can_answer_leave_proposal(member, proposal):
            label = proposal.get_kind_display()
            yield NextStep(label, "pips:leave_proposal", {"proposal_id": proposal.pk}, icon="calendar")


def _is_over(plan: Plan) -> bool:
    return plan.ends_on is not None and today_for(plan.employee) > plan.ends_on


def _parting(member: Membership, plan: Plan) -> Iterator[NextStep]:
    """Yield the ways out that are no outcome, the outcome letter, and what a later plan must say."""
    if can_close_as_left(member, plan):
        yield NextStep(_("Close: the employee has left"), "pips:plan_departure")
    if can_acknowledge_outcome(member, plan) and has_open_letter(plan):
        yield NextStep(_("Acknowledge the outcome letter"), "pips:outcome_receipt", icon="file-check")
    if can_record_outcome_refusal(member, plan) and has_open_letter(plan):
        yield NextStep(_("Record a refusal of the letter"), "pips:outcome_receipt", is_due=False)
    if can_cite_previous_plan(member, plan) and plan_to_cite_in(plan) is not None:
        yield NextStep(_("Cite the earlier plan"), "pips:plan_relapse", is_due=False)
    if can_convert_plan(member, plan):
        yield NextStep(_("It is about conduct"), "pips:plan_discipline", is_due=False)


def _voice(member: Membership, plan: Plan) -> Iterator[NextStep]:
    """Yield what the employee's voice asks for: support to confirm, a check or an appeal to answer."""
    for commitment in plan.support_commitments.all():
        commitment.plan = plan
        if can_confirm_support(member, commitment):
            ids = {"commitment_id": commitment.pk}
            yield NextStep(_("Did the support arrive?"), "pips:support_confirmation", ids, icon="handshake")
            break
    if is_reviewer_in(member, plan):
        check = next((one for one in plan.data_checks.all() if can_answer_check(member, one)), None)
        if check is not None:
            yield NextStep(_("Answer the check"), "pips:data_check", {"check_id": check.pk}, icon="search")
    if plan.status in ENDED:
        appeal = Appeal.objects.filter(plan=plan).first()
        if appeal is not None:
            appeal.plan = plan
            if can_assign_appeal(member, appeal) or can_decide_appeal(member, appeal):
                yield NextStep(_("Take the appeal on"), "pips:appeal", icon="scale")
        elif can_appeal(member, plan):
            yield NextStep(_("Appeal"), "pips:appeal", is_due=False)


Meeting = PlanCheckIn | Milestone


def _meetings(plan: Plan, *, recorded: bool) -> Iterator[Meeting]:
    for part in (*plan.check_ins.all(), *plan.milestones.all()):
        if (part.manager_recorded_at is not None) == recorded:
            yield part


def _first(meetings: Iterator[Meeting]) -> Meeting | None:
    return min(meetings, key=lambda meeting: (meeting.day, isinstance(meeting, Milestone)), default=None)


def _meeting_step(meeting: Meeting, check_in: str | Promise, milestone: str | Promise) -> NextStep:
    if isinstance(meeting, Milestone):
        return NextStep(milestone, "pips:milestone", {"milestone_id": meeting.pk}, icon="milestone")
    return NextStep(check_in, "pips:check_in", {"check_in_id": meeting.pk}, icon="message-square")
