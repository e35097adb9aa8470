"""How far a cycle has come, and which goals serve an objective; counted in the database, by department."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from goals.enums import GoalStatus
from goals.models import Cycle, Goal
from goals.proposals import ABOUT_CYCLE, PROPOSE_GOALS
from goals.selectors.structure import PROPOSED_OR_AGREED, asked_for_goals
from people.models import Employee
from reminders.enums import ObligationStatus
from reminders.models import Obligation

_AGREED = (GoalStatus.ACTIVE, GoalStatus.COMPLETED)


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Figures of a department, or of the organization: people asked, and the goals proposed or agreed among them.

    ``unaligned`` are the goals that serve no objective; ``overdue`` the people who have not proposed in time.
    """

    department_id: int | None
    name: str
    people: int = 0
    proposed: int = 0
    agreed: int = 0
    overdue: int = 0
    goals: int = 0
    unaligned: int = 0
    completed: int = 0

    @property
    def unaligned_share(self) -> int | None:
        """Return the share of goals that serve no objective, in per cent, or None without goals."""
        return round(100 * self.unaligned / self.goals) if self.goals else None

    @property
    def proposed_share(self) -> int | None:
        """Return the share of people with a goal proposed, in per cent, or None without people."""
        return round(100 * self.proposed / self.people) if self.people else None

    @property
    def agreed_share(self) -> int | None:
        """Return the share of people with a goal agreed, in per cent, or None without people."""
        return round(100 * self.agreed / self.people) if self.people else None


def coverage_by_department(cycle: Cycle, *, people: QuerySet[Employee] | None = None) -> list[Coverage]:
    """Return the figures of each department by name, those without a department last; three statements.

    ``people`` narrows whom it is about: a team, a department.
    """
    asked = _of(asked_for_goals(), people)
    found: dict[int | None, Coverage] = {}
    for row in _people_rows(asked, cycle):
        department_id, name, *counts = row
        found[department_id] = Coverage(
            department_id=department_id,
            name=name or _("No department"),
            people=counts[0],
            proposed=counts[1],
            agreed=counts[2],
            overdue=counts[3],
        )
    for department_id, name, goals, unaligned, completed in _goal_rows(cycle, people):
        known = found.get(department_id) or Coverage(department_id=department_id, name=name or _("No department"))
        found[department_id] = replace(known, goals=goals, unaligned=unaligned, completed=completed)
    return sorted(found.values(), key=lambda one: (one.department_id is None, one.name.casefold()))


def total_of(parts: Iterable[Coverage], *, name: str = "") -> Coverage:
    """Return the figures of all parts together."""
    parts = list(parts)
    return Coverage(
        department_id=None,
        name=name,
        **{
            field: sum(getattr(part, field) for part in parts)
            for field in ("people", "proposed", "agreed", "overdue", "goals", "unaligned", "completed")
        },
    )


def _of(employees: QuerySet[Employee], people: QuerySet[Employee] | None) -> QuerySet[Employee]:
    return employees if people is None else employees.filter(pk__in=people.order_by().values("pk"))


def _people_rows(asked: QuerySet[Employee], cycle: Cycle) -> Iterable[Any]:
    goals = Goal.objects.filter(cycle=cycle, employee=OuterRef("pk"))
    late = Obligation.objects.filter(
        kind=PROPOSE_GOALS,
        about_type=ABOUT_CYCLE,
        about_id=cycle.pk,
        owner=OuterRef("pk"),
        status=ObligationStatus.OPEN,
        due_on__lt=timezone.localdate(),
    )
    rows: Iterable[Any] = (
        asked.order_by()
        .annotate(
            has_proposed=Exists(goals.filter(status__in=PROPOSED_OR_AGREED)),
            has_agreed=Exists(goals.filter(status__in=_AGREED)),
            is_late=Exists(late),
        )
        .values("department")
        .annotate(
            count=Count("pk"),
            proposed=Count("pk", filter=Q(has_proposed=True)),
            agreed=Count("pk", filter=Q(has_agreed=True)),
            late=Count("pk", filter=Q(is_late=True)),
        )
        .values_list("department", "department__name", "count", "proposed", "agreed", "late")
    )
    return rows


def _goal_rows(cycle: Cycle, people: QuerySet[Employee] | None) -> Iterable[Any]:
    goals = Goal.objects.filter(cycle=cycle, status__in=PROPOSED_OR_AGREED)
    if people is not None:
        goals = goals.filter(employee__in=people.order_by().values("pk"))
    rows: Iterable[Any] = (
        goals.order_by()
        .values("employee__department", "employee__department__name")
        .annotate(
            count=Count("pk"),
            unaligned=Count("pk", filter=Q(objective__isnull=True)),
            completed=Count("pk", filter=Q(status=GoalStatus.COMPLETED)),
        )
        .values_list("employee__department", "employee__department__name", "count", "unaligned", "completed")
    )
    return rows
