"""Who may do what with a plan.

First *standing*: what the member is to the employee of the plan. Then one pure table per step over standing and state,
so every rule can be read, and tested, without a database.
"""

from enum import Enum

from people.enums import Role
from people.models import Employee, Membership
from people.rules import is_hr_admin, is_hr_partner_for, is_manager_of, is_self
from people.selectors.accounts import employee_of
from pips.enums import BEFORE_ISSUE, MEETING, RUNNING, AppealStatus, LegalReviewStatus, PlanStatus
from pips.gates.catalogue import findings as findings  # noqa: PLC0414  # given on
from pips.gates.gate import Finding as Finding  # noqa: PLC0414  # given on
from pips.models import Appeal, LegalReview, Plan, PlanCompanion, SupportCommitment

type Standings = frozenset[Standing]


class Standing(Enum):
    """What a member is to the employee of a plan."""

    EMPLOYEE = "employee"
    MANAGER = "manager"
    HR_PARTNER = "hr_partner"
    REPRESENTATIVE = "representative"
    APPEAL_REVIEWER = "appeal_reviewer"


def standing_towards(member: Membership, employee: Employee) -> Standings:
    """Return what the member is to the employee. In one's own case one is the employee and nothing else."""
    if not member.is_active:
        return frozenset()
    if is_self(member, employee):
        return frozenset({Standing.EMPLOYEE})
    standings = set()
    if is_manager_of(member, employee):
        standings.add(Standing.MANAGER)
    if is_hr_partner_for(member, employee):
        standings.add(Standing.HR_PARTNER)
    return frozenset(standings)


def standing_of(member: Membership, plan: Plan) -> Standings:
    """Return what the member is to the plan; ``selectors.plan_for`` has looked it up already for its reader."""
    known: dict[int, Standings] = plan.__dict__.get("known_standings", {})
    if member.pk in known:
        return known[member.pk]
    return standing_in(member, plan)


def standing_in(member: Membership, plan: Plan) -> Standings:
    """Return the same from the rows: what the member is to the employee, else what they were asked to be (rule 17)."""
    return standing_towards(member, plan.employee) or _guest_standing(member, plan)


def _guest_standing(member: Membership, plan: Plan) -> Standings:
    """Return how somebody without a standing of their own comes to read this one plan.

    A representative until the employee revokes it or the plan is closed; whoever looks at an appeal until it is
    decided.
    """
    if not member.is_active or plan.issued_at is None:
        return frozenset()
    found = set()
    invited = PlanCompanion.objects.filter(plan=plan, member=member, revoked_at__isnull=True)
    if plan.status != PlanStatus.CLOSED and invited.exists():
        found.add(Standing.REPRESENTATIVE)
    if Appeal.objects.filter(plan=plan, reviewer=member, status=AppealStatus.ASSIGNED).exists():
        found.add(Standing.APPEAL_REVIEWER)
    return frozenset(found)


#: What somebody is who reads a plan as a guest: as much as its employee does, and nothing from before the issue.
GUESTS = frozenset({Standing.REPRESENTATIVE, Standing.APPEAL_REVIEWER})


def is_guest_in(member: Membership, plan: Plan) -> bool:
    """Return whether the member reads the plan as a guest only."""
    standings = standing_of(member, plan)
    return bool(standings) and standings <= GUESTS


def is_independent(member: Membership, plan: Plan) -> bool:
    """Return whether the member did not write the plan and does not lead it: who drafts does not approve (rule 3)."""
    own = employee_of(member)
    leads = own is not None and own.pk == plan.manager_id
    return not leads and plan.created_by_id != member.pk


def is_manager_in(member: Membership, plan: Plan) -> bool:
    """Return whether the member stands above the employee of the plan."""
    return Standing.MANAGER in standing_of(member, plan)


def is_reviewer_in(member: Membership, plan: Plan) -> bool:
    """Return whether the member is an HR partner for the plan who neither manages the employee nor wrote it."""
    standings = standing_of(member, plan)
    return standings == {Standing.HR_PARTNER} and is_independent(member, plan)


def is_employee_in(member: Membership, plan: Plan) -> bool:
    """Return whether the plan is the member's own."""
    return Standing.EMPLOYEE in standing_of(member, plan)


def may_discard(member: Membership, plan: Plan) -> bool:
    """Return whether the member may drop the plan as long as it has not been issued, whatever its state now."""
    return bool(standing_of(member, plan) & {Standing.MANAGER, Standing.HR_PARTNER})


def can_draft_plan_for(member: Membership, employee: Employee) -> bool:
    """Return whether the member may draft a plan for the employee: the managers above them."""
    return Standing.MANAGER in standing_towards(member, employee)


def can_view_plan(member: Membership, plan: Plan) -> bool:
    """Return whether the member may read the plan.

    Its managers and HR partners; once issued its employee, and whom the employee or HR asked in.
    """
    standings = standing_of(member, plan)
    if Standing.EMPLOYEE in standings:
        return plan.issued_at is not None
    return bool(standings)


def can_edit_plan(member: Membership, plan: Plan) -> bool:
    """Return whether the member may change the draft."""
    return plan.status == PlanStatus.DRAFT and is_manager_in(member, plan)


def can_submit_plan(member: Membership, plan: Plan) -> bool:
    """Return whether the member may hand the draft to HR."""
    return plan.status == PlanStatus.DRAFT and is_manager_in(member, plan)


def can_take_back_to_draft(member: Membership, plan: Plan) -> bool:
    """Return whether the member may take the plan back to answer what HR asked for."""
    return plan.status == PlanStatus.CHANGES_REQUESTED and is_manager_in(member, plan)


def can_review_plan(member: Membership, plan: Plan) -> bool:
    """Return whether the member may approve the plan or ask for changes."""
    return plan.status == PlanStatus.IN_REVIEW and is_reviewer_in(member, plan)


def can_approve_plan(member: Membership, plan: Plan) -> bool:
    """Return whether the member may approve the plan."""
    return can_review_plan(member, plan)


def can_request_changes(member: Membership, plan: Plan) -> bool:
    """Return whether the member may ask for changes: in review, and on second thought until the plan is issued."""
    return plan.status in {PlanStatus.IN_REVIEW, PlanStatus.APPROVED} and is_reviewer_in(member, plan)


def can_issue_plan(member: Membership, plan: Plan) -> bool:
    """Return whether the member may hand the approved plan to the employee."""
    return plan.status == PlanStatus.APPROVED and is_manager_in(member, plan)


def can_acknowledge_plan(member: Membership, plan: Plan) -> bool:
    """Return whether the member may acknowledge receipt: the employee, once for each version."""
    return awaits_receipt(plan) and is_employee_in(member, plan)


def can_record_refusal(member: Membership, plan: Plan) -> bool:
    """Return whether the member may record, before a witness, that receipt was refused (rule 14)."""
    return awaits_receipt(plan) and bool(standing_of(member, plan) & {Standing.MANAGER, Standing.HR_PARTNER})


def can_record_progress(member: Membership, plan: Plan) -> bool:
    """Return whether the member may record check-ins and milestones; late notes may be written during leave."""
    return plan.status in MEETING and is_manager_in(member, plan)


def can_answer(member: Membership, plan: Plan) -> bool:
    """Return whether the member may add the employee's view to a check-in or a milestone."""
    return plan.status in MEETING and is_employee_in(member, plan)


def can_deliver_support(member: Membership, commitment: SupportCommitment) -> bool:
    """Return whether the member may say that the support was given: who promised it, or a manager above."""
    plan = commitment.plan
    if plan.status not in RUNNING or is_employee_in(member, plan):
        return False
    return is_support_owner(member, commitment) or is_manager_in(member, plan)


def is_support_owner(member: Membership, commitment: SupportCommitment) -> bool:
    """Return whether the member promised the support. This alone does not let them read the plan."""
    own = employee_of(member)
    return member.is_active and own is not None and own.pk == commitment.owner_id


def can_decide_plan(member: Membership, plan: Plan) -> bool:
    """Return whether the member may decide the outcome."""
    decidable = {PlanStatus.ISSUED, PlanStatus.ACTIVE, PlanStatus.PAUSED}
    return plan.status in decidable and is_reviewer_in(member, plan)


def can_record_follow_up(member: Membership, plan: Plan) -> bool:
    """Return whether the member may record whether the improvement lasted."""
    return plan.status == PlanStatus.DECIDED and is_manager_in(member, plan)


def can_close_plan(member: Membership, plan: Plan) -> bool:
    """Return whether the member may close the decided plan."""
    closable = {PlanStatus.DECIDED, PlanStatus.FOLLOWED_UP}
    return plan.status in closable and is_reviewer_in(member, plan)


def can_discard_plan(member: Membership, plan: Plan) -> bool:
    """Return whether the member may drop the plan before it is issued; in review HR asks for changes instead."""
    return plan.status in BEFORE_ISSUE - {PlanStatus.IN_REVIEW} and may_discard(member, plan)


def can_change_policy(member: Membership) -> bool:
    """Return whether the member may change the organization's settings for plans."""
    return is_hr_admin(member)


def can_see_legal_reviews(member: Membership) -> bool:
    """Return whether the member has a queue of legal reviews: HR partners (rule 4)."""
    return member.has_role(Role.HR_PARTNER)


def can_view_legal_review(member: Membership, review: LegalReview) -> bool:
    """Return whether the member may see that there is a legal review: uninvolved HR partners, nobody else."""
    return is_reviewer_in(member, review.plan)


def can_decide_legal_review(member: Membership, review: LegalReview) -> bool:
    """Return whether the member may decide the open legal review."""
    return review.status == LegalReviewStatus.OPEN and can_view_legal_review(member, review)


def can_close_as_left(member: Membership, plan: Plan) -> bool:
    """Return whether the member may close the plan of somebody who has left."""
    return plan.status != PlanStatus.CLOSED and plan.employee.has_left and may_discard(member, plan)


def can_convert_plan(member: Membership, plan: Plan) -> bool:
    """Return whether the member may turn the plan into a disciplinary action: its people before issue, then HR."""
    if plan.status in BEFORE_ISSUE:
        return may_discard(member, plan)
    return plan.status in RUNNING and is_reviewer_in(member, plan)


def can_cite_previous_plan(member: Membership, plan: Plan) -> bool:
    """Return whether the member may say which expectation of the earlier plan has slipped."""
    return plan.status in {PlanStatus.DRAFT, PlanStatus.CHANGES_REQUESTED} and is_manager_in(member, plan)


def can_acknowledge_outcome(member: Membership, plan: Plan) -> bool:
    """Return whether the member may acknowledge receipt of the outcome letter."""
    return plan.decided_at is not None and is_employee_in(member, plan)


def can_record_outcome_refusal(member: Membership, plan: Plan) -> bool:
    """Return whether the member may record, before a witness, that receipt of the letter was refused (rule 14)."""
    return plan.decided_at is not None and may_discard(member, plan)


def awaits_receipt(plan: Plan) -> bool:
    """Return whether the receipt of the version in force is not recorded yet."""
    if plan.receipt_owed_for is not None:
        return plan.status in RUNNING
    return plan.status == PlanStatus.ISSUED and plan.acknowledged_at is None
