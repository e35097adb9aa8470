"""The people a member follows, each with the latest plan the member may read."""

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from development.enums import ActionStatus, DevelopmentStatus
from development.models import DevelopmentAction
from development.selectors.plans import plans_visible_to
from people.enums import EmployeeStatus
from people.models import Employee, Membership
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_followed_by


def people_with_plans(member: Membership) -> QuerySet[Employee]:
    """Return everyone the member follows but themself who works here, with what a row of the list sorts by.

    ``plan_id``, ``plan_status`` and ``plan_ends_on`` are those of the latest plan, None without one.
    """
    own = employee_of(member)
    people = employees_followed_by(member).exclude(status=EmployeeStatus.LEFT)
    if own is not None:
        people = people.exclude(pk=own.pk)
    latest = plans_visible_to(member).filter(employee=OuterRef("pk")).order_by("-created_at", "-pk")
    annotated: Any = people.annotate(
        plan_id=Subquery(latest.values("pk")[:1]),
        plan_status=Subquery(latest.values("status")[:1]),
        plan_ends_on=Subquery(latest.values("ends_on")[:1]),
    )
    rows: QuerySet[Employee] = annotated
    return rows


def with_action_counts(people: QuerySet[Employee]) -> QuerySet[Employee]:
    """Add how far the plan of each person is; after ``people_with_plans``."""
    actions = DevelopmentAction.objects.filter(plan=OuterRef("plan_id"))
    late = actions.filter(
        status=ActionStatus.OPEN, due_on__lt=timezone.localdate(), plan__status=DevelopmentStatus.RUNNING
    )
    counted: Any = people.annotate(
        action_count=_count(actions.filter(~Q(status=ActionStatus.DROPPED))),
        done_count=_count(actions.filter(status=ActionStatus.DONE)),
        late_count=_count(late),
        next_due_on=Subquery(actions.filter(status=ActionStatus.OPEN).order_by("due_on").values("due_on")[:1]),
    )
    rows: QuerySet[Employee] = counted
    return rows


def _count(rows: QuerySet[DevelopmentAction]) -> Coalesce:
    counted = rows.order_by().values("plan").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)
