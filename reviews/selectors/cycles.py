"""Cycles as HR sees them: the list, how far one has come, how the ratings lie."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404

from metrics.suppression import SMALLEST_GROUP, hidden_groups
from people.models import Employee
from reviews.enums import FormRole, FormStatus, ReviewStatus
from reviews.models import Review, ReviewCycle, ReviewForm
from reviews.selectors.audience import audience_of
from reviews.selectors.reviews import content_of_cycle

_DONE = [ReviewStatus.SHARED, ReviewStatus.ACKNOWLEDGED]


def cycles_with_facts() -> QuerySet[ReviewCycle]:
    """Return every cycle with how many people it is about and how many reviews are shared, the latest first."""
    cycles: Any = ReviewCycle.objects.prefetch_related("steps").annotate(
        people=Count("reviews", filter=~Q(reviews__status=ReviewStatus.LEFT_OUT)),
        shared=Count("reviews", filter=Q(reviews__status__in=_DONE)),
    )
    ordered: QuerySet[ReviewCycle] = cycles.order_by("-period_ends_on", "-pk")
    return ordered


def cycle_for(cycle_id: int) -> ReviewCycle:
    """Return one cycle with its steps, or raise Http404."""
    cycles = ReviewCycle.objects.select_related("organization", "template", "template_version", "launched_by__user")
    cycle = cycles.prefetch_related("steps").filter(pk=cycle_id).first()
    if cycle is None:
        raise Http404
    return cycle


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a launched cycle has come."""

    people: int = 0
    self_asked: int = 0
    self_done: int = 0
    manager_asked: int = 0
    manager_done: int = 0
    without_manager: int = 0
    shared: int = 0
    acknowledged: int = 0
    left_out: int = 0


def progress_of(cycle: ReviewCycle) -> Progress:
    """Return the counts of a cycle; two statements."""
    counts: dict[str, Any] = cycle.reviews.aggregate(
        people=Count("pk", filter=~Q(status=ReviewStatus.LEFT_OUT)),
        without_manager=Count("pk", filter=Q(status=ReviewStatus.OPEN, manager__isnull=True)),
        shared=Count("pk", filter=Q(status__in=_DONE)),
        acknowledged=Count("pk", filter=Q(status=ReviewStatus.ACKNOWLEDGED)),
        left_out=Count("pk", filter=Q(status=ReviewStatus.LEFT_OUT)),
    )
    forms = ReviewForm.objects.filter(review__cycle=cycle).exclude(status=FormStatus.WITHDRAWN)
    done = Q(status=FormStatus.SUBMITTED)
    counts |= forms.aggregate(
        self_asked=Count("pk", filter=Q(role=FormRole.SELF)),
        self_done=Count("pk", filter=Q(role=FormRole.SELF) & done),
        manager_asked=Count("pk", filter=Q(role=FormRole.MANAGER)),
        manager_done=Count("pk", filter=Q(role=FormRole.MANAGER) & done),
    )
    return Progress(**counts)


@dataclass(frozen=True, kw_only=True)
class Ratings:
    """How the ratings of a group lie: how many people have each level, from the lowest up."""

    group: str
    counts: tuple[int, ...]

    @property
    def people(self) -> int:
        """Return how many people are rated."""
        return sum(self.counts)

    @property
    def shares(self) -> list[tuple[int, int, int]]:
        """Return (level, people, per cent) of each level."""
        return [
            (level, number, round(100 * number / self.people) if self.people else 0)
            for level, number in enumerate(self.counts, start=1)
        ]


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """The ratings of a cycle: all together, and by department where nobody can be worked out (rule 25)."""

    anchors: tuple[tuple[int, str], ...]
    total: Ratings | None
    groups: tuple[Ratings, ...]
    left_out: int


def distribution_of(cycle: ReviewCycle) -> Distribution | None:
    """Return how the ratings lie; None where the form has no overall rating. Shown, never forced.

    Ratings under five people are not shown at all; departments that are small, or that would give a small one away,
    are left out.
    """
    overall = content_of_cycle(cycle).overall if cycle.questions else None
    if overall is None:
        return None
    rows: Any = (
        cycle.reviews.exclude(status=ReviewStatus.LEFT_OUT)
        .annotate(final=Coalesce("calibrated_rating", "rating"))
        .filter(final__isnull=False)
        .order_by()
        .values_list("employee__department__name", "final")
        .annotate(number=Count("pk"))
    )
    by_group: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for name, level, number in rows:
        by_group[name or ""][level] = number
    return _distribution(tuple(overall.levels), by_group)


def _distribution(anchors: tuple[tuple[int, str], ...], by_group: Mapping[str, Mapping[int, int]]) -> Distribution:
    groups = {
        name: Ratings(group=name, counts=tuple(counts.get(level, 0) for level, _words in anchors))
        for name, counts in by_group.items()
    }
    total = Ratings(
        group="", counts=tuple(sum(column) for column in zip(*(g.counts for g in groups.values()), strict=True))
    )
    if total.people < SMALLEST_GROUP:
        return Distribution(anchors=anchors, total=None, groups=(), left_out=len(groups))
    hidden = hidden_groups({name: group.people for name, group in groups.items()}, never_shown=[""])
    shown = tuple(groups[name] for name in sorted(groups) if name not in hidden)
    return Distribution(anchors=anchors, total=total, groups=shown, left_out=len(groups) - len(shown))


def people_of(cycle: ReviewCycle) -> QuerySet[Employee]:
    """Return who gets what: while it is planned, whom a launch would ask; afterwards, whoever has a review."""
    if cycle.is_planned:
        people = audience_of(cycle)
    else:
        people = Employee.objects.filter(Exists(Review.objects.filter(cycle=cycle, employee=OuterRef("pk"))))
    return people.order_by("family_name", "given_name", "pk")
