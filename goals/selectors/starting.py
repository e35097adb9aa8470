"""What would be created when goals are copied forward or started from a template, before anything is."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from goals.enums import GoalStatus
from goals.models import Cycle, Goal, GoalTemplate
from metrics.enums import Direction
from metrics.models import Series
from people.enums import EmployeeStatus
from people.models import Employee, Membership
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_below

#: Goals that can go on: agreed ones, ended or not.
CONTINUED = (GoalStatus.ACTIVE, GoalStatus.COMPLETED)
_PLACES = Decimal("0.001")


@dataclass(frozen=True)
class Copy:
    """A goal and what its copy would begin from. ``copied`` is the copy it has in the cycle already."""

    goal: Goal
    baseline: Decimal | None
    copied: Goal | None

    @property
    def is_reached(self) -> bool:
        """Return whether the target has been reached already, so that the copy needs a new one."""
        if self.baseline is None or self.goal.target is None:
            return False
        if self.goal.direction == Direction.LOWER:
            return self.baseline <= self.goal.target
        return self.baseline >= self.goal.target


@dataclass(frozen=True)
class Start:
    """A person and the figure of today a goal from the template would begin from. ``standing`` is one they have."""

    employee: Employee
    baseline: Decimal | None
    is_observed: bool
    observed_on: datetime.date | None
    standing: Goal | None


def team_of(member: Membership, *, is_deep: bool) -> QuerySet[Employee]:
    """Return the member's direct reports, or everyone below them, without those who have left."""
    own = employee_of(member)
    if own is None:
        return Employee.objects.none()
    people = employees_below(own) if is_deep else Employee.objects.filter(manager=own)
    return people.exclude(status=EmployeeStatus.LEFT).select_related("job_description")


def continuable_goals(member: Membership, cycle: Cycle, *, whose: str = "team") -> QuerySet[Goal]:
    """Return the goals of the cycle the member may copy forward: their own ("mine"), or those of everyone below."""
    own = employee_of(member)
    goals = Goal.objects.filter(cycle=cycle, status__in=CONTINUED).exclude(employee__status=EmployeeStatus.LEFT)
    if own is None:
        return goals.none()
    people = Q(employee=own) if whose == "mine" else Q(employee__in=employees_below(own))
    return (
        goals.filter(people)
        .select_related("employee", "metric")
        .order_by("employee__family_name", "employee__given_name", "due_on", "pk")
    )


def copies_of(goals: Sequence[Goal], cycle: Cycle) -> list[Copy]:
    """Return what copying the goals into the cycle would create; one statement."""
    standing = Goal.objects.filter(cycle=cycle, copied_from__in=[goal.pk for goal in goals])
    copied = {copy.copied_from_id: copy for copy in standing.exclude(status=GoalStatus.CANCELLED)}
    return [
        Copy(
            goal=goal,
            baseline=goal.baseline if goal.current_value is None else goal.current_value,
            copied=copied.get(goal.pk),
        )
        for goal in goals
    ]


def starts_from(template: GoalTemplate, people: Collection[Employee], cycle: Cycle) -> list[Start]:
    """Return what each person's goal would begin from: the last value of the metric, or the template's own figure."""
    series = {}
    if template.metric_id is not None:
        found = Series.objects.filter(metric=template.metric_id, employee__in=people, last_value__isnull=False)
        series = {one.employee_id: one for one in found}
    alike = Goal.objects.filter(cycle=cycle, employee__in=people, title=template.title)
    standing = {goal.employee_id: goal for goal in alike.exclude(status=GoalStatus.CANCELLED)}
    starts = []
    for person in people:
        observed = series.get(person.pk)
        value = template.baseline
        if observed is not None and observed.last_value is not None:
            value = Decimal(str(observed.last_value)).quantize(_PLACES).normalize()
        starts.append(
            Start(
                employee=person,
                baseline=value,
                is_observed=observed is not None,
                observed_on=observed.last_on if observed else None,
                standing=standing.get(person.pk),
            )
        )
    return starts
