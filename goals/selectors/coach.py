"""What the coach needs to know of the rows around a draft."""

import datetime
from dataclasses import dataclass

from goals.enums import GoalStatus
from goals.models import Cycle, Goal
from metrics.models import Metric
from metrics.selectors.ranges import JobRange, job_range
from people.models import Employee
from people.working_days import WorkingCalendar, calendar_for

_COUNTED = (GoalStatus.DRAFT, GoalStatus.PROPOSED, GoalStatus.ACTIVE)


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """The rows around a draft, as ``review_goal`` takes them."""

    calendar: WorkingCalendar
    job_range: JobRange | None
    cycle: Cycle | None
    other_weights: tuple[int, ...]


def surroundings_of(
    employee: Employee, *, metric: Metric | None, cycle: Cycle | None, goal_id: int | None, today: datetime.date
) -> Surroundings:
    """Return what a draft for the employee is judged against; ``goal_id`` is the goal itself if it is saved."""
    others = Goal.objects.filter(employee=employee, cycle=cycle, status__in=_COUNTED).exclude(pk=goal_id)
    return Surroundings(
        calendar=calendar_for(employee),
        job_range=job_range(metric=metric, job=employee.job_description, today=today) if metric else None,
        cycle=cycle,
        other_weights=tuple(others.values_list("weight", flat=True)) if cycle else (),
    )
