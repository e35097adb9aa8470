"""What the reader of a plan can do now: the first is the page's one primary action, the others stand back."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pips.enums import Step
from pips.models import FollowUp, Milestone, Plan, PlanCheckIn
from pips.rules import (
    can_acknowledge_plan,
    can_answer,
    can_close_plan,
    can_decide_plan,
    can_discard_plan,
    can_edit_plan,
    can_issue_plan,
    can_record_follow_up,
    can_record_progress,
    can_record_refusal,
    can_request_changes,
    can_review_plan,
    can_submit_plan,
    can_take_back_to_draft,
    findings,
)


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
    steps = [*_writing(member, plan), *_handing_over(member, plan), *_running(member, plan), *_ending(member, plan)]
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
            yield NextStep(_("Record the follow-up"), "pips:follow_up", {"follow_up_id": next_one.pk}, is_due=is_due)
    if can_close_plan(member, plan):
        yield NextStep(_("Close the plan"), "pips:plan_closure", is_due=not plan.follow_ups.all())


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
