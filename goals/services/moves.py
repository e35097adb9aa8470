"""The one way a goal changes its state: lock, check the cycle and the table, write, keep who did it."""

import datetime
from collections.abc import Collection
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from goals.enums import GOAL_TRANSITIONS, CycleStatus, GoalStatus, Side
from goals.models import Goal, GoalTransition
from goals.obligations import ABOUT_GOAL, Owed
from goals.presence import working_days_there
from people.models import Employee, Membership
from pipcycle.errors import DomainError
from reminders.services.obligations import owe


def require_words(text: str, message: Any) -> str:
    """Return the text without surrounding space. Raises DomainError when nothing is left."""
    text = text.strip()
    if not text:
        raise DomainError(message)
    return text


def lock_goal(goal: Goal, expected: Collection[GoalStatus]) -> None:
    """Lock the goal's row until the end of the transaction and read it afresh, in place.

    Raises DomainError when the goal is in none of the expected states any more; the message says who moved it and when.
    """
    goal.refresh_from_db(from_queryset=Goal.objects.select_for_update(of=("self",), no_key=True))
    if goal.status not in expected:
        raise DomainError(moved_meanwhile(goal))


def move_goal(
    *, goal: Goal, target: GoalStatus, actor: Membership | None, side: Side | None, reason: str = "", **changes: Any
) -> None:
    """Move a locked goal along the table, with the columns that belong to the new state.

    Raises DomainError for a move the table does not know; the database trigger refuses it as well.
    """
    source = GoalStatus(goal.status)
    if target not in GOAL_TRANSITIONS[source]:
        raise DomainError(moved_meanwhile(goal))
    goal.status = target
    for field, value in changes.items():
        setattr(goal, field, value)
    goal.save(update_fields=["status", *changes])
    GoalTransition.objects.create(goal=goal, source=source, target=target, side=side or "", actor=actor, reason=reason)


def require_open_cycle(goal: Goal) -> None:
    """Raise DomainError in a frozen or archived cycle: its goals keep what was agreed."""
    if goal.cycle.status == CycleStatus.OPEN:
        return
    raise DomainError(
        _("The cycle “%(cycle)s” is %(state)s: its goals keep what was agreed. HR can open it again.")
        % {"cycle": goal.cycle.name, "state": goal.cycle.get_status_display().lower()}
    )


def require_live_cycle(goal: Goal) -> None:
    """Raise DomainError in an archived cycle, which is only read."""
    if goal.cycle.status == CycleStatus.ARCHIVED:
        raise DomainError(
            _("The cycle “%(cycle)s” is archived and only read. HR can open it again.") % {"cycle": goal.cycle.name}
        )


def moved_meanwhile(goal: Goal) -> str:
    """Return who moved the goal last, when and to which state."""
    last = goal.transitions.select_related("actor__user").order_by("-at", "-pk").first()
    if last is None or last.actor is None:
        return _("This goal is in the state “%(state)s” now. Reload the page to see it.") % {
            "state": goal.get_status_display()
        }
    return _("%(who)s moved this goal to “%(state)s” on %(when)s. Reload the page to see it.") % {
        "who": last.actor,
        "state": GoalStatus(last.target).label,
        "when": date_format(timezone.localtime(last.at), "j F Y, H:i"),
    }


def person_on(side: Side | str, goal: Goal) -> Employee | None:
    """Return who owes on that side: the employee, or the direct manager."""
    employee: Employee = goal.employee
    manager: Employee | None = employee.manager
    return employee if side == Side.EMPLOYEE else manager


def owe_on(side: Side | str, goal: Goal, kind: Owed, *, working_days: int) -> None:
    """Let the person on that side owe something about the goal within so many days they are at work."""
    owner = person_on(side, goal)
    if owner is None or owner.has_left:
        return
    due_on = working_days_there(owner, timezone.localdate(), working_days)
    owe(kind=kind, about_type=ABOUT_GOAL, about_id=goal.pk, due_on=due_on, owner=owner, employee=goal.employee)


def in_weeks(day: datetime.date, weeks: int) -> datetime.date:
    """Return the day that many weeks later."""
    return day + datetime.timedelta(weeks=weeks)
