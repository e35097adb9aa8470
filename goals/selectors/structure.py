"""Cycles, templates and who still has to propose goals."""

import datetime

from django.db.models import Case, Exists, F, IntegerField, OuterRef, QuerySet, Value, When
from django.http import Http404
from django.utils import timezone

from goals.enums import BEFORE_AGREEMENT, CycleStatus, GoalStatus
from goals.models import Cycle, Goal, GoalTemplate
from goals.proposals import ABOUT_CYCLE, PROPOSE_GOALS
from people.enums import EmployeeStatus
from people.models import Employee
from reminders.enums import ObligationStatus
from reminders.models import Obligation

#: States of a goal that has been put to the other side at least.
PROPOSED_OR_AGREED = (GoalStatus.PROPOSED, GoalStatus.ACTIVE, GoalStatus.COMPLETED)


def current_cycle(today: datetime.date | None = None) -> Cycle | None:
    """Return the cycle goals are set for now, or None where none is open.

    The open one that holds the day, the one that began last where several do; else the next to come; else the last.
    """
    today = today or timezone.localdate()
    nearness = Case(
        When(starts_on__lte=today, ends_on__gte=today, then=Value(0)),
        When(starts_on__gt=today, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    ahead = Case(When(nearness=1, then=F("starts_on")))
    cycles = Cycle.objects.filter(status=CycleStatus.OPEN).annotate(nearness=nearness)
    found: Cycle | None = cycles.order_by("nearness", ahead, "-starts_on", "-pk").first()
    return found


def all_cycles() -> QuerySet[Cycle]:
    """Return every cycle, the latest first."""
    return Cycle.objects.order_by("-starts_on", "-pk")


def cycle_for(cycle_id: int) -> Cycle:
    """Return the cycle with its organization. Raises Http404 for one of another organization."""
    cycle = Cycle.objects.select_related("organization").filter(pk=cycle_id).first()
    if cycle is None:
        raise Http404
    return cycle


def open_cycles() -> QuerySet[Cycle]:
    """Return the cycles goals can still be set for, the latest first."""
    return all_cycles().filter(status=CycleStatus.OPEN)


def asked_for_goals() -> QuerySet[Employee]:
    """Return the people of whom a cycle asks goals: employed, with a manager to agree them with."""
    return Employee.objects.exclude(status=EmployeeStatus.LEFT).filter(manager__isnull=False)


def with_goals_in(cycle: Cycle) -> Exists:
    """Return the condition that a goal of the employee has been proposed in the cycle."""
    return Exists(Goal.objects.filter(cycle=cycle, employee=OuterRef("pk"), status__in=PROPOSED_OR_AGREED))


def yet_to_propose(cycle: Cycle) -> QuerySet[Employee]:
    """Return who is asked for goals in the cycle, has none proposed and has not kept the promise before."""
    kept = Obligation.objects.filter(
        kind=PROPOSE_GOALS,
        about_type=ABOUT_CYCLE,
        about_id=cycle.pk,
        owner=OuterRef("pk"),
        status=ObligationStatus.FULFILLED,
    )
    return asked_for_goals().filter(~with_goals_in(cycle), ~Exists(kept))


def unfinished_goals_of(cycle: Cycle) -> QuerySet[Goal]:
    """Return the goals of the cycle that nobody has ended."""
    return Goal.objects.filter(cycle=cycle, status__in=[*BEFORE_AGREEMENT, GoalStatus.ACTIVE])


def all_templates() -> QuerySet[GoalTemplate]:
    """Return every goal template by name, with its metric and job."""
    return GoalTemplate.objects.select_related("metric", "job_description").order_by("name")


def template_for(template_id: int) -> GoalTemplate:
    """Return the template. Raises Http404 for one of another organization."""
    template = all_templates().filter(pk=template_id).first()
    if template is None:
        raise Http404
    return template
