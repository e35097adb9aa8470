"""Whom a cycle is about: a rule over the employees of today, never a list that goes stale."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from people.enums import EmployeeStatus
from people.models import Department, Employee, JobDescription
from reviews.enums import CycleStatus, FormStatus, RaterStatus, ReviewStatus, StepKind
from reviews.models import Review, ReviewCycle, ReviewForm

#: A manager with more reviews to write in one cycle is pointed out before it is launched.
MANY_REVIEWS = 15
_ALIVE = [CycleStatus.PLANNED, CycleStatus.LAUNCHING, CycleStatus.RUNNING]


def audience_of(cycle: ReviewCycle) -> QuerySet[Employee]:
    """Return the people the cycle's rule fits today. Whose day of hire is unknown counts as hired long ago."""
    fits = ~Q(status=EmployeeStatus.LEFT)
    if cycle.departments:
        fits &= Q(department__in=cycle.departments)
    if cycle.jobs:
        fits &= Q(job_description__in=cycle.jobs)
    if cycle.hired_before is not None:
        fits &= Q(hired_on__isnull=True) | Q(hired_on__lt=cycle.hired_before)
    if cycle.leaves_out_on_notice:
        fits &= Q(left_on__isnull=True)
    return Employee.objects.filter(fits)


def yet_to_take_in(cycle: ReviewCycle) -> QuerySet[Employee]:
    """Return who belongs to the audience and has no review in the cycle, not even one that was left out."""
    has_one = Review.objects.filter(cycle=cycle, employee=OuterRef("pk"))
    return audience_of(cycle).filter(~Exists(has_one))


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """Another cycle that asks some of the same people about some of the same time."""

    cycle: ReviewCycle
    people: int


def overlaps_of(cycle: ReviewCycle) -> list[Overlap]:
    """Return the cycles that are planned or run over a period that overlaps, and share people with this one."""
    others = ReviewCycle.objects.filter(
        status__in=_ALIVE,
        period_starts_on__lte=cycle.period_ends_on,
        period_ends_on__gte=cycle.period_starts_on,
    ).exclude(pk=cycle.pk)
    own = audience_of(cycle).order_by().values("pk")
    counted = [Overlap(cycle=other, people=audience_of(other).filter(pk__in=own).count()) for other in others]
    return [overlap for overlap in counted if overlap.people]


@dataclass(frozen=True, kw_only=True)
class DryRun:
    """What a launch would do, in numbers."""

    people: int
    without_manager: int
    without_sign_in: int
    writers: int
    busiest: list[tuple[Employee, int]]


def dry_run_of(cycle: ReviewCycle) -> DryRun:
    """Return the numbers of a launch; nothing is written."""
    people = audience_of(cycle)
    counts: dict[str, Any] = people.aggregate(
        people=Count("pk"),
        without_manager=Count("pk", filter=Q(manager__isnull=True)),
        without_sign_in=Count("pk", filter=Q(membership__isnull=True)),
        writers=Count("manager", distinct=True),
    )
    loads = people.filter(manager__isnull=False).order_by().values_list("manager").annotate(number=Count("pk"))
    heavy = dict(loads.filter(number__gt=MANY_REVIEWS).order_by("-number")[:5])
    managers = Employee.objects.in_bulk(heavy)
    return DryRun(**counts, busiest=[(managers[pk], number) for pk, number in heavy.items()])


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The audience in words."""

    departments: list[str]
    jobs: list[str]


def wording_of(cycle: ReviewCycle) -> Wording:
    """Return the names of the departments and jobs the rule names; those deleted since are gone from it."""
    names = Department.objects.filter(pk__in=cycle.departments).values_list("name", flat=True)
    jobs = JobDescription.objects.filter(pk__in=cycle.jobs).values_list("name", flat=True)
    return Wording(departments=list(names), jobs=list(jobs))


def people_waited_for(cycle: ReviewCycle) -> QuerySet[Employee]:
    """Return whoever owes something in the cycle: a form, an agreement on raters, sharing a review, its receipt."""
    reviews = cycle.reviews.order_by()
    writers = ReviewForm.objects.filter(review__cycle=cycle, status=FormStatus.OPEN).order_by().values("author")
    unshared = [ReviewStatus.OPEN, ReviewStatus.WRITTEN]
    agreeing = reviews.filter(status__in=unshared, raters__status=RaterStatus.PROPOSED).values("manager")
    sharing = reviews.filter(status=ReviewStatus.WRITTEN).values("manager")
    receiving = reviews.filter(status=ReviewStatus.SHARED).values("employee")
    owing = Q(pk__in=writers) | Q(pk__in=agreeing) | Q(pk__in=sharing) | Q(pk__in=receiving)
    return Employee.objects.filter(owing).exclude(left_on__isnull=False).order_by("pk")


def due_dates(cycle: ReviewCycle) -> dict[StepKind, datetime.date]:
    """Return the day of each step the cycle takes, in order."""
    return {StepKind(step.kind): step.due_on for step in cycle.steps.all()}


def is_over(cycle: ReviewCycle) -> bool:
    """Return whether the last day of the cycle has passed."""
    days = due_dates(cycle)
    return bool(days) and max(days.values()) < timezone.localdate()
