"""Who may do what with a goal: a table over the side one stands on and the goal's state."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from goals.enums import GoalStatus, Side
from goals.models import Goal, GoalRevision
from people.models import Employee, Membership
from people.rules import is_manager_of, is_self

_DRAFTED = frozenset({GoalStatus.DRAFT})
_OPEN = frozenset({GoalStatus.DRAFT, GoalStatus.PROPOSED, GoalStatus.ACTIVE})

#: What each side may do in which states. The side that answers is always the one that did not propose.
_MAY: Mapping[str, AbstractSet[GoalStatus]] = {
    "write": _DRAFTED,
    "propose": _DRAFTED,
    "answer": frozenset({GoalStatus.PROPOSED}),
    "edit_words": frozenset({GoalStatus.ACTIVE}),
    "update": frozenset({GoalStatus.ACTIVE}),
    "revise": frozenset({GoalStatus.ACTIVE}),
    "complete": frozenset({GoalStatus.ACTIVE}),
    "cancel": _OPEN,
    "reopen": frozenset({GoalStatus.COMPLETED}),
    "comment": frozenset({GoalStatus.ACTIVE, GoalStatus.COMPLETED}),
}


def side_towards(member: Membership, employee: Employee) -> Side | None:
    """Return the side the member stands on in the goals of the employee; in one's own case the employee's, always."""
    if is_self(member, employee):
        return Side.EMPLOYEE
    return Side.MANAGER if is_manager_of(member, employee) else None


def side_of(member: Membership, goal: Goal) -> Side | None:
    """Return the side of the goal the member stands on, or None for one who only reads.

    ``selectors.goals.goal_for`` has looked it up already for its reader.
    """
    known: dict[int, Side | None] = goal.__dict__.get("known_sides", {})
    return known[member.pk] if member.pk in known else side_towards(member, goal.employee)


def can_draft_goal_for(member: Membership, employee: Employee) -> bool:
    """Return whether the member may begin a goal for the employee: the employee and the managers above."""
    return not employee.has_left and side_towards(member, employee) is not None


def can_write_draft(member: Membership, goal: Goal) -> bool:
    """Return whether the member may change the draft."""
    return _may(member, goal, "write")


def can_propose(member: Membership, goal: Goal) -> bool:
    """Return whether the member may put the draft to the other side."""
    return _may(member, goal, "propose")


def can_answer(member: Membership, goal: Goal) -> bool:
    """Return whether the member may accept the goal or return it: only the side that did not propose it."""
    return _may(member, goal, "answer") and side_of(member, goal) != goal.proposed_side


def can_take_back(member: Membership, goal: Goal) -> bool:
    """Return whether the member may take back what their side has proposed and nobody has answered."""
    return _may(member, goal, "answer") and side_of(member, goal) == goal.proposed_side


def can_edit_words(member: Membership, goal: Goal) -> bool:
    """Return whether the member may change the words of an agreed goal: title, why, support, weight, readers."""
    return _may(member, goal, "edit_words")


def can_update(member: Membership, goal: Goal) -> bool:
    """Return whether the member may report how the goal goes."""
    return _may(member, goal, "update")


def can_revise(member: Membership, goal: Goal) -> bool:
    """Return whether the member may propose to change target, measure or dates."""
    return _may(member, goal, "revise")


def can_answer_revision(member: Membership, revision: GoalRevision) -> bool:
    """Return whether the member may acknowledge or decline the revision: only the other side."""
    side = side_of(member, revision.goal)
    return side is not None and side != revision.proposed_side


def can_withdraw_revision(member: Membership, revision: GoalRevision) -> bool:
    """Return whether the member may withdraw the revision: the side that proposed it."""
    return side_of(member, revision.goal) == revision.proposed_side


def can_complete(member: Membership, goal: Goal) -> bool:
    """Return whether the member may say how the goal ended: the managers above."""
    return _may(member, goal, "complete") and side_of(member, goal) == Side.MANAGER


def can_reopen(member: Membership, goal: Goal) -> bool:
    """Return whether the member may take the completion back: the managers above."""
    return _may(member, goal, "reopen") and side_of(member, goal) == Side.MANAGER


def can_cancel(member: Membership, goal: Goal) -> bool:
    """Return whether the member may end the goal without a result: what is agreed, only the managers above."""
    if not _may(member, goal, "cancel"):
        return False
    return goal.status != GoalStatus.ACTIVE or side_of(member, goal) == Side.MANAGER


def can_give_feedback(member: Membership, goal: Goal) -> bool:
    """Return whether the member may say something on the record of the goal: both sides."""
    return _may(member, goal, "comment")


def _may(member: Membership, goal: Goal, what: str) -> bool:
    return goal.status in _MAY[what] and side_of(member, goal) is not None
