"""Who may do what with a development plan: a table over the side one stands on and the plan's state."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from development.enums import ActionStatus, DevelopmentStatus, Side
from development.models import DevelopmentAction, DevelopmentPlan
from people.models import Employee, Membership
from people.rules import can_change_jobs, is_manager_of, is_self

_DRAFTED, _SUBMITTED, _APPROVED, _RUNNING = (
    DevelopmentStatus.DRAFTED,
    DevelopmentStatus.SUBMITTED,
    DevelopmentStatus.APPROVED,
    DevelopmentStatus.RUNNING,
)
_NEVER: AbstractSet[DevelopmentStatus] = frozenset()

#: What the employee, and what the managers above, may do in which states.
_MAY: Mapping[str, tuple[AbstractSet[DevelopmentStatus], AbstractSet[DevelopmentStatus]]] = {
    "write": (frozenset({_DRAFTED}), frozenset({_DRAFTED})),
    "submit": (frozenset({_DRAFTED}), _NEVER),
    "take_back": (frozenset({_SUBMITTED}), _NEVER),
    "approve": (_NEVER, frozenset({_SUBMITTED})),
    "propose_action": (frozenset({_APPROVED, _RUNNING}), frozenset({_APPROVED, _RUNNING})),
    "update": (frozenset({_RUNNING}), frozenset({_RUNNING})),
    "receive": (frozenset({_APPROVED, _RUNNING}), frozenset({_APPROVED, _RUNNING})),
    "close": (frozenset({_RUNNING}), frozenset({_RUNNING})),
    "withdraw": (frozenset({_DRAFTED, _SUBMITTED}), frozenset({_DRAFTED, _SUBMITTED, _APPROVED, _RUNNING})),
}

#: States a plan can be withdrawn from, by one side or the other.
WITHDRAWABLE = _MAY["withdraw"][0] | _MAY["withdraw"][1]
#: States in which the receipt of the sealed plan can be recorded.
RECEIVABLE = _MAY["receive"][0]


def side_towards(member: Membership, employee: Employee) -> Side | None:
    """Return the side the member stands on; in one's own case the employee's, whatever else one is."""
    if is_self(member, employee):
        return Side.EMPLOYEE
    return Side.MANAGER if is_manager_of(member, employee) else None


def side_of(member: Membership, plan: DevelopmentPlan) -> Side | None:
    """Return the side of the plan the member stands on, None for one who only reads.

    ``selectors.plans.plan_for`` has looked it up already for its reader.
    """
    known: dict[int, Side | None] = plan.__dict__.get("known_sides", {})
    return known[member.pk] if member.pk in known else side_towards(member, plan.employee)


def is_shared(plan: DevelopmentPlan) -> bool:
    """Return whether the managers above see the plan: begun by one of them, or submitted at least once."""
    return plan.drafted_side == Side.MANAGER or plan.submitted_at is not None


def can_start_plan_for(member: Membership, employee: Employee) -> bool:
    """Return whether the member may begin a plan for the employee: the employee and the managers above."""
    return not employee.has_left and side_towards(member, employee) is not None


def can_write_draft(member: Membership, plan: DevelopmentPlan) -> bool:
    """Return whether the member may change the draft: the employee, and the managers who see it."""
    return _may(member, plan, "write")


def can_submit(member: Membership, plan: DevelopmentPlan) -> bool:
    """Return whether the member may submit the plan: the employee alone, whoever began it. It is their plan."""
    return _may(member, plan, "submit")


def can_take_back(member: Membership, plan: DevelopmentPlan) -> bool:
    """Return whether the member may take back what nobody has answered."""
    return _may(member, plan, "take_back")


def can_approve(member: Membership, plan: DevelopmentPlan) -> bool:
    """Return whether the member may approve or return the plan: the managers above, never for themself."""
    return _may(member, plan, "approve")


def can_record_receipt(member: Membership, plan: DevelopmentPlan) -> bool:
    """Return whether the member records the receipt of the agreed plan, or, from above, that it was declined."""
    return _may(member, plan, "receive")


def can_propose_action(member: Membership, plan: DevelopmentPlan) -> bool:
    """Return whether the member may propose a further action for an agreed plan."""
    return _may(member, plan, "propose_action")


def can_answer_action(member: Membership, action: DevelopmentAction) -> bool:
    """Return whether the member may accept or decline the proposed action: only the side that did not propose it."""
    return (
        action.status == ActionStatus.PROPOSED
        and _may(member, action.plan, "propose_action")
        and side_of(member, action.plan) != action.proposed_side
    )


def can_update_action(member: Membership, action: DevelopmentAction) -> bool:
    """Return whether the member may say how far the action is: both sides, once the plan runs."""
    return action.status in (ActionStatus.OPEN, ActionStatus.DONE) and _may(member, action.plan, "update")


def can_drop_action(member: Membership, action: DevelopmentAction) -> bool:
    """Return whether the member may end the action undone, with a reason: both sides, or who proposed it."""
    if action.status == ActionStatus.PROPOSED:
        return _may(member, action.plan, "propose_action")
    return action.status == ActionStatus.OPEN and _may(member, action.plan, "update")


def can_close(member: Membership, plan: DevelopmentPlan) -> bool:
    """Return whether the member may close the running plan with a look back: both sides."""
    return _may(member, plan, "close")


def can_withdraw(member: Membership, plan: DevelopmentPlan) -> bool:
    """Return whether the member may end the plan without a look back: what is agreed, only the managers above."""
    return _may(member, plan, "withdraw")


def can_change_ladder(member: Membership) -> bool:
    """Return whether the member may say which job leads to which: whoever writes job descriptions."""
    return can_change_jobs(member)


def can_choose_aim(member: Membership, employee: Employee) -> bool:
    """Return whether the member may make a job the employee's aim: the employee alone."""
    return not employee.has_left and is_self(member, employee)


def _may(member: Membership, plan: DevelopmentPlan, what: str) -> bool:
    own, above = _MAY[what]
    if plan.status not in own | above:
        return False
    side = side_of(member, plan)
    if side == Side.EMPLOYEE:
        return plan.status in own
    return side == Side.MANAGER and is_shared(plan) and plan.status in above
