"""What the coach needs to know of the rows around a draft."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from goals.enums import GoalStatus
from goals.models import Cycle, Goal
from metrics.models import Metric
from metrics.selectors.ranges import JobRange, job_range
from people.models import Employee, Membership
from people.working_days import WorkingCalendar, calendar_for
from pipcycle.writing import SetAside

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


@dataclass(frozen=True, kw_only=True)
class SetAsideBy:
    """A remark set aside, and the member who did so if they are still known."""

    aside: SetAside
    by: Membership | None


def set_aside_in(goal: Goal) -> list[SetAside]:
    """Return the remarks set aside in the goal, as its writers left them."""
    return [SetAside.from_json(values) for values in goal.set_aside]


def with_names(aside: Sequence[SetAside]) -> list[SetAsideBy]:
    """Return the remarks set aside with who did so. One statement, none without any."""
    ids = {one.by for one in aside if one.by is not None}
    members = {one.pk: one for one in Membership.objects.filter(pk__in=ids).select_related("user")} if ids else {}
    return [SetAsideBy(aside=one, by=members.get(one.by or 0)) for one in aside]
