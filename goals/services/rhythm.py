"""When a goal's next update is due: every few weeks, on a working day the employee is there."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goals.enums import GoalStatus, UpdateKind
from goals.models import Goal
from goals.obligations import ABOUT_GOAL, Owed
from goals.services.moves import in_weeks
from people.models import Employee, Leave, Membership
from people.working_days import calendar_for
from reminders.services.obligations import move, owe, withdraw

_LONGEST_LEAVE = datetime.timedelta(days=400)


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
    day = min(in_weeks(since, goal.cycle.update_every_weeks), max(goal.due_on, since))
    return _first_day_there(goal.employee, day)


def leaves_changed(employee: Employee, actor: Membership | None) -> None:
    """Move the updates owed into days the employee is there; an observer of leave."""
    goals = Goal.objects.select_related("cycle", "employee__location", "employee__organization").filter(
        employee=employee, status=GoalStatus.ACTIVE, next_update_on__isnull=False
    )
    for goal in goals:
        due_on = next_update_day(goal, since=_last_update_day(goal))
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


def _last_update_day(goal: Goal) -> datetime.date:
    last = goal.updates.filter(kind=UpdateKind.UPDATE).order_by("-at").values_list("at", flat=True).first()
    moment = last or goal.accepted_at or timezone.now()
    return timezone.localtime(moment).date()


def _first_day_there(employee: Employee, day: datetime.date) -> datetime.date:
    """Return the day itself, or the first after it that is worked and not on leave."""
    calendar = calendar_for(employee)
    leaves = list(Leave.objects.filter(employee=employee).values_list("starts_on", "ends_on"))
    limit = day + _LONGEST_LEAVE
    found = calendar.next_working_day(day)
    while found < limit and any(first <= found and (last is None or found <= last) for first, last in leaves):
        found = calendar.next_working_day(found + datetime.timedelta(days=1))
    return found
