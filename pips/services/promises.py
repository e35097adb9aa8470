"""Which obligation is owed at which step, by whom and by when; called inside the services' transactions."""

import datetime

from people.enums import Role
from people.models import Employee, Membership
from people.working_days import calendar_for
from pips.days import today_for, working_days_after
from pips.models import (
    Amendment,
    FollowUp,
    LeaveProposal,
    LegalReview,
    Milestone,
    Plan,
    PlanCheckIn,
    SupportCommitment,
)
from pips.obligations import About, Owed
from reminders.services.obligations import fulfil, owe, withdraw

REVIEW_DAYS = 3
REVISION_DAYS = 5
ISSUE_DAYS = 3
RECEIPT_DAYS = 5
ANSWER_DAYS = 3
DECISION_DAYS = 3
CLOSING_DAYS = 5
LEGAL_REVIEW_DAYS = 5
CONFIRMATION_DAYS = 5
REDELIVERY_DAYS = 3
CHECK_DAYS = 5
ASSIGNMENT_DAYS = 3
APPEAL_DAYS = 10


def _working_days_from_today(employee: Employee, count: int) -> datetime.date:
    return calendar_for(employee).add_working_days(today_for(employee), count)


def _owe_manager(plan: Plan, kind: Owed, due_on: datetime.date) -> None:
    owe(
        kind=kind,
        about_type=About.PLAN,
        about_id=plan.pk,
        due_on=due_on,
        owner=plan.manager,
        employee=plan.employee,
    )


def _owe_partners(plan: Plan, kind: Owed, due_on: datetime.date) -> None:
    owe(
        kind=kind,
        about_type=About.PLAN,
        about_id=plan.pk,
        due_on=due_on,
        owner_role=Role.HR_PARTNER,
        employee=plan.employee,
    )


def owe_review(plan: Plan) -> None:
    """HR reviews within three working days."""
    _owe_partners(plan, Owed.REVIEW, _working_days_from_today(plan.employee, REVIEW_DAYS))


def owe_revision(plan: Plan) -> None:
    """The manager answers HR's request within five working days."""
    _owe_manager(plan, Owed.REVISE, _working_days_from_today(plan.manager, REVISION_DAYS))


def owe_issue(plan: Plan) -> None:
    """The manager hands an approved plan over within three working days: late delivery costs the employee days."""
    _owe_manager(plan, Owed.ISSUE, _working_days_from_today(plan.manager, ISSUE_DAYS))


def receipt_due(plan: Plan, issued_on: datetime.date) -> datetime.date:
    """Return the fifth working day after issue on which the employee is there."""
    return working_days_after(plan.employee, issued_on, RECEIPT_DAYS)


def owe_receipt(plan: Plan, issued_on: datetime.date) -> None:
    """The employee acknowledges receipt within five working days."""
    owe(
        kind=Owed.ACKNOWLEDGE,
        about_type=About.PLAN,
        about_id=plan.pk,
        due_on=receipt_due(plan, issued_on),
        owner=plan.employee,
        employee=plan.employee,
    )


def decision_due(plan: Plan) -> datetime.date:
    """Return the third working day after the end of the plan."""
    end = plan.ends_on or today_for(plan.employee)
    return calendar_for(plan.employee).add_working_days(end, DECISION_DAYS)


def owe_decision(plan: Plan) -> None:
    """HR decides within three working days of the end."""
    _owe_partners(plan, Owed.DECIDE, decision_due(plan))


def owe_closing(plan: Plan) -> None:
    """HR closes the record within five working days."""
    _owe_partners(plan, Owed.CLOSE, _working_days_from_today(plan.employee, CLOSING_DAYS))


def owe_legal_review(review: LegalReview) -> None:
    """HR decides the legal review within five working days."""
    owe(
        kind=Owed.LEGAL_REVIEW,
        about_type=About.LEGAL_REVIEW,
        about_id=review.pk,
        due_on=_working_days_from_today(review.plan.employee, LEGAL_REVIEW_DAYS),
        owner_role=Role.HR_PARTNER,
        employee=review.plan.employee,
    )


def owe_outcome_receipt(plan: Plan) -> None:
    """The employee acknowledges the outcome letter within five working days."""
    owe(
        kind=Owed.ACKNOWLEDGE_OUTCOME,
        about_type=About.OUTCOME,
        about_id=plan.pk,
        due_on=receipt_due(plan, today_for(plan.employee)),
        owner=plan.employee,
        employee=plan.employee,
    )


def owe_milestone(plan: Plan, milestone: Milestone, due_on: datetime.date) -> None:
    """The manager holds and records the milestone."""
    owe(
        kind=Owed.RECORD_MILESTONE,
        about_type=About.MILESTONE,
        about_id=milestone.pk,
        due_on=due_on,
        owner=plan.manager,
        employee=plan.employee,
    )


def owe_check_in(plan: Plan, check_in: PlanCheckIn) -> None:
    """The manager holds and records the check-in."""
    owe(
        kind=Owed.HOLD_CHECK_IN,
        about_type=About.CHECK_IN,
        about_id=check_in.pk,
        due_on=check_in.due_on,
        owner=plan.manager,
        employee=plan.employee,
    )


def owe_support(plan: Plan, commitment: SupportCommitment, due_on: datetime.date) -> None:
    """Whoever promised the support delivers it."""
    owe(
        kind=Owed.DELIVER_SUPPORT,
        about_type=About.SUPPORT,
        about_id=commitment.pk,
        due_on=due_on,
        owner=commitment.owner,
        employee=plan.employee,
    )


def confirmation_due(plan: Plan) -> datetime.date:
    """Return the fifth working day from today on which the employee is there; silence counts as received after it."""
    return working_days_after(plan.employee, today_for(plan.employee), CONFIRMATION_DAYS)


def owe_confirmation(plan: Plan, commitment: SupportCommitment, due_on: datetime.date) -> None:
    """The employee says whether the support has arrived."""
    owe(
        kind=Owed.CONFIRM_SUPPORT,
        about_type=About.SUPPORT,
        about_id=commitment.pk,
        due_on=due_on,
        owner=plan.employee,
        employee=plan.employee,
    )


def owe_redelivery(plan: Plan, commitment: SupportCommitment) -> None:
    """Whoever promised the support brings it after all within three working days."""
    owe_support(plan, commitment, _working_days_from_today(commitment.owner, REDELIVERY_DAYS))


def owe_follow_up(plan: Plan, follow_up: FollowUp) -> None:
    """The manager looks back with the employee."""
    owe(
        kind=Owed.FOLLOW_UP,
        about_type=About.FOLLOW_UP,
        about_id=follow_up.pk,
        due_on=follow_up.due_on,
        owner=plan.manager,
        employee=plan.employee,
    )


def owe_amendment_review(plan: Plan, amendment: Amendment) -> None:
    """HR decides on a proposed change within three working days, and not after the plan's last day."""
    due_on = _working_days_from_today(plan.employee, REVIEW_DAYS)
    owe(
        kind=Owed.REVIEW_AMENDMENT,
        about_type=About.AMENDMENT,
        about_id=amendment.pk,
        due_on=min(due_on, plan.ends_on or due_on),
        owner_role=Role.HR_PARTNER,
        employee=plan.employee,
    )


def owe_leave_answer(plan: Plan, proposal: LeaveProposal) -> None:
    """HR accepts or declines what leave asks for within three working days."""
    owe(
        kind=Owed.ANSWER_LEAVE_PROPOSAL,
        about_type=About.LEAVE_PROPOSAL,
        about_id=proposal.pk,
        due_on=_working_days_from_today(plan.employee, REVIEW_DAYS),
        owner_role=Role.HR_PARTNER,
        employee=plan.employee,
    )


def answer_due(plan: Plan, recorded_on: datetime.date) -> datetime.date:
    """Return the third working day after the record on which the employee is there."""
    return working_days_after(plan.employee, recorded_on, ANSWER_DAYS)


def owe_answer(plan: Plan, kind: Owed, about: About, about_id: int) -> None:
    """The employee adds their view within three working days."""
    owe(
        kind=kind,
        about_type=about,
        about_id=about_id,
        due_on=answer_due(plan, today_for(plan.employee)),
        owner=plan.employee,
        employee=plan.employee,
    )


def keep(plan: Plan, kind: Owed, actor: Membership | None) -> None:
    """Close the obligation about the plan as kept."""
    fulfil(kind=kind, about_type=About.PLAN, about_id=plan.pk, actor=actor)


def withdraw_everything(plan: Plan, reason: str) -> None:
    """Nothing of the plan is owed any more: the plan itself, its milestones, check-ins, support and follow-ups."""
    withdraw(about_type=About.PLAN, about_id=plan.pk, reason=reason)
    for about, keys in (
        (About.MILESTONE, plan.milestones.values_list("pk", flat=True)),
        (About.CHECK_IN, plan.check_ins.values_list("pk", flat=True)),
        (About.SUPPORT, plan.support_commitments.values_list("pk", flat=True)),
        (About.FOLLOW_UP, plan.follow_ups.values_list("pk", flat=True)),
        (About.LEGAL_REVIEW, plan.legal_reviews.values_list("pk", flat=True)),
        (About.AMENDMENT, plan.amendments.values_list("pk", flat=True)),
        (About.LEAVE_PROPOSAL, plan.leave_proposals.values_list("pk", flat=True)),
        (About.DATA_CHECK, plan.data_checks.values_list("pk", flat=True)),
    ):
        for key in keys:
            withdraw(about_type=about, about_id=key, reason=reason)
