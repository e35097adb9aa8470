"""What can be chosen in the form of a goal."""

import datetime

from django.db.models import QuerySet

from goals.enums import CycleStatus
from goals.models import Cycle, Objective
from metrics.models import Metric
from metrics.selectors.definitions import metrics_in_use
from people.enums import EmployeeStatus
from people.models import Employee, Membership, ReportingLine, Responsibility
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_below


def people_to_set_goals_for(member: Membership) -> QuerySet[Employee]:
    """Return whom the member can begin a goal for: themself and everybody below, as long as they work here."""
    own = employee_of(member)
    if own is None:
        return Employee.objects.none()
    people = employees_below(own) | Employee.objects.filter(pk=own.pk)
    return people.exclude(status=EmployeeStatus.LEFT)


def has_somebody_above(employee: Employee) -> bool:
    """Return whether there is a manager to agree a goal with."""
    return ReportingLine.objects.filter(employee=employee).exists()


def open_cycles(*, today: datetime.date) -> QuerySet[Cycle]:
    """Return the cycles that take goals: open and not over, the one that runs first."""
    return Cycle.objects.filter(status=CycleStatus.OPEN, ends_on__gte=today).order_by("starts_on", "pk")


def objectives_for(cycles: QuerySet[Cycle]) -> QuerySet[Objective]:
    """Return the objectives a goal of those cycles can serve."""
    return Objective.objects.filter(cycle__in=cycles).order_by("level", "position", "pk")


def responsibilities_for(employee: Employee) -> QuerySet[Responsibility]:
    """Return what the employee's job answers for."""
    return Responsibility.objects.filter(job_description=employee.job_description_id)


def metrics_for_goals() -> QuerySet[Metric]:
    """Return the metrics a goal can follow."""
    return metrics_in_use()
