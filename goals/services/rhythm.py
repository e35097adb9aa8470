"""When a goal's next update is due: every few weeks, on a working day the employee is there."""

import datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goals.enums import GoalStatus, UpdateKind
from goals.models import Goal
from goals.obligations import ABOUT_GOAL, Owed
from goals.presence import first_day_there
from goals.services.moves import in_weeks
from people.models import Employee, Membership
from reminders.services.obligations import move, owe, withdraw


def plan_next_update(goal: Goal, *, since: datetime.date) -> None:
    """Let the employee owe the next update of an active goal; one that a metric moves asks for none."""
    due_on = next_update_day(goal, since=since)
    goal.next_update_on = due_on
    goal.save(update_fields=["next_update_on"])
    if due_on is None:
        withdraw(about_type=ABOUT_GOAL, about_id=goal.pk, kind=Owed.UPDATE)
        return
    owe(
        kind=Owed.UPDATE,
        about_type=ABOUT_GOAL,
        about_id=goal.pk,
        due_on=due_on,
        owner=goal.employee,
        employee=goal.employee,
    )


def next_update_day(goal: Goal, *, since: datetime.date) -> datetime.date | None:
    """Return the day of the next update after ``since``; None where the metric speaks, or the person has left."""
    if goal.employee.has_left or (goal.metric_id is not None and goal.is_measured):
        return None
    day = in_weeks(since, goal.cycle.update_every_weeks)
    if since < goal.due_on:
        day = min(day, goal.due_on)
    return first_day_there(goal.employee, day)


def leaves_changed(employee: Employee, actor: Membership | None) -> None:
    """Move the updates owed into days the employee is there; an observer of leave."""
    goals = Goal.objects.select_related("cycle", "employee__location", "employee__organization").filter(
        employee=employee, status=GoalStatus.ACTIVE, next_update_on__isnull=False
    )
    for goal in goals:
        due_on = next_update_day(goal, since=_told_on(goal))
        if due_on is None or due_on == goal.next_update_on:
            continue
        goal.next_update_on = due_on
        goal.save(update_fields=["next_update_on"])
        move(
            kind=Owed.UPDATE,
            about_type=ABOUT_GOAL,
            about_id=goal.pk,
            due_on=due_on,
            reason=_("Leave has moved the day of the update."),
        )


def _told_on(goal: Goal) -> datetime.date:
    """Return the day the next update is counted from: the last one, or when the goal began to run."""
    told = goal.updates.filter(kind=UpdateKind.UPDATE).aggregate(last=Max("at"))["last"]
    began = goal.transitions.filter(target=GoalStatus.ACTIVE).aggregate(last=Max("at"))["last"]
    ticked: datetime.date | None = goal.steps.aggregate(last=Max("done_on"))["last"]
    days = [timezone.localtime(moment).date() for moment in (told, began) if moment is not None]
    return max(goal.starts_on, *days, ticked or goal.starts_on)
