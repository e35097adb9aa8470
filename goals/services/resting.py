"""What is owed for the goals of a cycle rests while the cycle is frozen or archived, and wakes when it opens again."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.functional import Promise

from goals.enums import GoalStatus, RevisionStatus, Side
from goals.models import Cycle, Goal, GoalRevision
from goals.obligations import ABOUT_GOAL, DAYS_TO_ANSWER, Owed
from goals.proposals import ABOUT_CYCLE, PROPOSE_GOALS
from goals.services.moves import owe_on
from goals.services.rhythm import plan_next_update
from people.enums import EmployeeStatus
from reminders.services.obligations import withdraw, withdraw_many

#: What can be kept in an open cycle only; a frozen one goes on asking for updates.
ASKED_WHILE_OPEN = (Owed.ACCEPT, Owed.REVISE_DRAFT, Owed.ACKNOWLEDGE_REVISION)


def rest(*, cycle: Cycle, kinds: Iterable[Owed] | None, reason: str | Promise) -> None:
    """Withdraw what is owed for the cycle and, of those kinds or of all, for its goals; two statements."""
    withdraw(kind=PROPOSE_GOALS, about_type=ABOUT_CYCLE, about_id=cycle.pk, reason=reason)
    goals = Goal.objects.filter(cycle=cycle).order_by().values("pk")
    withdraw_many(about_type=ABOUT_GOAL, about_ids=goals, kinds=kinds, reason=reason)


def wake(*, cycle: Cycle, with_updates: bool) -> None:
    """Let what rested be owed again, from today on; updates only where they rested too, as in an archived cycle."""
    people = ("employee__manager", "employee__location", "employee__organization")
    goals = Goal.objects.filter(cycle=cycle).exclude(employee__status=EmployeeStatus.LEFT)
    goals = goals.select_related("cycle", *people)
    for goal in goals.filter(status=GoalStatus.PROPOSED):
        owe_on(Side(goal.proposed_side).other, goal, Owed.ACCEPT, working_days=DAYS_TO_ANSWER)
    for goal in goals.filter(status=GoalStatus.DRAFT, proposed_at__isnull=False):
        owe_on(Side(goal.proposed_side), goal, Owed.REVISE_DRAFT, working_days=DAYS_TO_ANSWER)
    pending = GoalRevision.objects.filter(
        goal__in=goals.filter(status=GoalStatus.ACTIVE), status=RevisionStatus.PENDING
    )
    for revision in pending.select_related(*(f"goal__{name}" for name in people)):
        side = Side(revision.proposed_side).other
        owe_on(side, revision.goal, Owed.ACKNOWLEDGE_REVISION, working_days=DAYS_TO_ANSWER)
    for goal in goals.filter(status=GoalStatus.ACTIVE) if with_updates else ():
        plan_next_update(goal, since=timezone.localdate())
