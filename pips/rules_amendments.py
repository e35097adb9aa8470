"""Who may change an issued plan, and who may say yes to it: nobody both (rules 11 and 12)."""

from people.models import Membership
from pips.amendment_enums import LeaveProposalKind
from pips.enums import RUNNING, PlanStatus
from pips.models import Amendment, LeaveProposal, Plan
from pips.rules import Standing, can_view_plan, is_employee_in, is_guest_in, is_manager_in, is_reviewer_in, standing_of

#: States in which content can change; an extension that awaits its receipt comes first.
AMENDABLE = frozenset({PlanStatus.ISSUED, PlanStatus.ACTIVE, PlanStatus.PAUSED})

#: The one state in which a plan is extended (the table of moves).
EXTENDABLE = frozenset({PlanStatus.ACTIVE})


def may_propose(member: Membership, plan: Plan) -> bool:
    """Return whether the member may ever propose a change of the plan: a manager above, or an HR partner in scope."""
    return bool(standing_of(member, plan) & {Standing.MANAGER, Standing.HR_PARTNER})


def can_propose_amendment(member: Membership, plan: Plan) -> bool:
    """Return whether the member may propose a change of the issued plan now."""
    return plan.status in AMENDABLE and may_propose(member, plan)


def can_propose_extension(member: Membership, plan: Plan) -> bool:
    """Return whether the member may propose to extend the plan now."""
    return plan.status in EXTENDABLE and may_propose(member, plan)


def can_view_amendment(member: Membership, amendment: Amendment) -> bool:
    """Return whether the member may read it; to the employee and their guests it is not there before it is in force."""
    plan = amendment.plan
    if not can_view_plan(member, plan):
        return False
    return amendment.is_in_force or not (is_employee_in(member, plan) or is_guest_in(member, plan))


def may_settle(member: Membership, amendment: Amendment) -> bool:
    """Return whether the member may ever decide on it: an independent HR partner who did not propose it."""
    return is_reviewer_in(member, amendment.plan) and amendment.proposed_by_id != member.pk


def can_review_amendment(member: Membership, amendment: Amendment) -> bool:
    """Return whether the member may approve or decline the proposal now."""
    return amendment.is_open and amendment.plan.status in RUNNING and may_settle(member, amendment)


def may_withdraw(member: Membership, amendment: Amendment) -> bool:
    """Return whether the member may take the proposal back: whoever made it, or a manager above the employee."""
    if is_employee_in(member, amendment.plan):
        return False
    return amendment.proposed_by_id == member.pk or is_manager_in(member, amendment.plan)


def can_withdraw_amendment(member: Membership, amendment: Amendment) -> bool:
    """Return whether the member may take the proposal back now."""
    return amendment.is_open and may_withdraw(member, amendment)


def can_view_leave_proposal(member: Membership, proposal: LeaveProposal) -> bool:
    """Return whether the member may read what leave asks for: managers and HR; of targets only HR, until in force."""
    if not may_propose(member, proposal.plan):
        return False
    return proposal.kind == LeaveProposalKind.RAMP_UP or Standing.HR_PARTNER in standing_of(member, proposal.plan)


def may_answer_leave_proposal(member: Membership, proposal: LeaveProposal) -> bool:
    """Return whether the member may ever answer: managers and HR a ramp-up, an independent HR partner the targets."""
    if proposal.kind == LeaveProposalKind.RAMP_UP:
        return may_propose(member, proposal.plan)
    return is_reviewer_in(member, proposal.plan)


def can_answer_leave_proposal(member: Membership, proposal: LeaveProposal) -> bool:
    """Return whether the member may accept or decline now."""
    return proposal.is_open and proposal.plan.status in RUNNING and may_answer_leave_proposal(member, proposal)
