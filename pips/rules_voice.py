"""Who may do what for the employee's side of a plan: words, checks, accommodations, representatives, appeals."""

import datetime

from people.enums import Role
from people.models import Membership
from people.rules import can_see_protected_activity, is_manager, is_self
from people.selectors.accounts import employee_of
from pips.days import ONE_DAY, day_for, today_for
from pips.enums import (
    RUNNING,
    AccommodationStatus,
    AppealStatus,
    CheckStatus,
    Outcome,
    PlanStatus,
)
from pips.models import AccommodationRequest, Appeal, DataCheck, Plan, PlanCompanion, SupportCommitment
from pips.rules import Standing, is_employee_in, is_reviewer_in, standing_of
from pips.selectors.policy import policy_now
from pips.support import SETTLED, support_state
from pips.support_facts import facts_of

#: Outcomes that nobody appeals against: they cost the employee nothing.
NOT_APPEALED = frozenset({"", Outcome.SUCCESSFUL, Outcome.WITHDRAWN})


def can_speak(member: Membership, plan: Plan) -> bool:
    """Return whether the member may add a comment or a rebuttal: the employee, from the issue on (rule 16)."""
    return plan.issued_at is not None and is_employee_in(member, plan)


def can_challenge(member: Membership, plan: Plan) -> bool:
    """Return whether the member may challenge a reading: the employee while the plan runs."""
    return plan.status in RUNNING and is_employee_in(member, plan)


def can_answer_check(member: Membership, check: DataCheck) -> bool:
    """Return whether the member may answer the open check: an uninvolved HR partner."""
    return check.status == CheckStatus.OPEN and is_reviewer_in(member, check.plan)


def can_confirm_support(member: Membership, commitment: SupportCommitment) -> bool:
    """Return whether the member may say whether the support arrived: the employee, once it is said to be (rule 13)."""
    plan = commitment.plan
    if plan.status not in RUNNING or not is_employee_in(member, plan) or commitment.delivered_on is None:
        return False
    return not commitment.answer


def can_resolve_support(member: Membership, commitment: SupportCommitment) -> bool:
    """Return whether the member may settle undelivered support with a reason: an uninvolved HR partner (rule 13)."""
    plan = commitment.plan
    if plan.status not in RUNNING or not is_reviewer_in(member, plan):
        return False
    return support_state(facts_of(commitment), today_for(plan.employee)) not in SETTLED


def can_request_accommodation(member: Membership, plan: Plan) -> bool:
    """Return whether the member may ask for an accommodation: the employee, at any time (rule 9)."""
    return plan.issued_at is not None and plan.status != PlanStatus.CLOSED and is_employee_in(member, plan)


def can_read_accommodation_detail(member: Membership, plan: Plan) -> bool:
    """Return whether the member may read what is medical: HR partners who do not stand above the employee (rule 10)."""
    return can_see_protected_activity(member, plan.employee)


def can_follow_accommodation(member: Membership, plan: Plan) -> bool:
    """Return whether the member may know that there is a request: who may read its detail, and who made it."""
    return is_self(member, plan.employee) or can_read_accommodation_detail(member, plan)


def can_decide_accommodation(member: Membership, request: AccommodationRequest) -> bool:
    """Return whether the member may answer the open request."""
    return request.status == AccommodationStatus.OPEN and can_read_accommodation_detail(member, request.plan)


def can_invite_companion(member: Membership, plan: Plan) -> bool:
    """Return whether the member may ask somebody in, until it is closed: the employee, and uninvolved HR for them."""
    if plan.issued_at is None or plan.status == PlanStatus.CLOSED:
        return False
    return is_employee_in(member, plan) or is_reviewer_in(member, plan)


def can_revoke_companion(member: Membership, companion: PlanCompanion) -> bool:
    """Return whether the member may take the access back: the employee, and HR from whom HR asked in for them."""
    if not can_invite_companion(member, companion.plan):
        return False
    return is_employee_in(member, companion.plan) or companion.invited_by_id == member.pk


def can_export_own(member: Membership, plan: Plan) -> bool:
    """Return whether the member may download everything about the plan: the employee (rule 21)."""
    return plan.issued_at is not None and is_employee_in(member, plan)


def appeal_until(plan: Plan) -> datetime.date | None:
    """Return the last day on which the outcome can be appealed against, None where there is nothing to appeal."""
    if plan.decided_at is None or plan.outcome in NOT_APPEALED:
        return None
    return day_for(plan.employee, plan.decided_at) + policy_now().appeal_days * ONE_DAY


def can_appeal(member: Membership, plan: Plan) -> bool:
    """Return whether the member may appeal: the employee, once, within the time the organization gives (rule 17)."""
    if not is_employee_in(member, plan) or Appeal.objects.filter(plan=plan).exists():
        return False
    until = appeal_until(plan)
    return until is not None and today_for(plan.employee) <= until


def can_assign_appeal(member: Membership, appeal: Appeal) -> bool:
    """Return whether the member may choose who looks at the appeal: an HR partner who did not write the plan."""
    return appeal.status == AppealStatus.FILED and is_reviewer_in(member, appeal.plan)


def is_uninvolved(member: Membership, plan: Plan) -> bool:
    """Return whether the member can look at an appeal: a manager or HR partner who had no part in the plan."""
    own = employee_of(member)
    took_part = {plan.created_by_id, plan.approved_by_id, plan.decided_by_id}
    if not member.is_active or member.pk in took_part or (own is not None and own.pk == plan.manager_id):
        return False
    close = {Standing.EMPLOYEE, Standing.MANAGER, Standing.REPRESENTATIVE}
    return not standing_of(member, plan) & close and (member.has_role(Role.HR_PARTNER) or is_manager(member))


def can_decide_appeal(member: Membership, appeal: Appeal) -> bool:
    """Return whether the member decides the appeal: whom HR chose, as long as they are uninvolved."""
    is_chosen = appeal.status == AppealStatus.ASSIGNED and appeal.reviewer_id == member.pk
    return is_chosen and is_uninvolved(member, appeal.plan)
