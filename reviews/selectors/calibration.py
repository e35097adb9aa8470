"""Ratings that are compared, as far as the member follows the people; a fixed number of statements."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404

from documents.questions import QuestionKind
from people.models import Employee, Membership
from reviews.enums import CycleStatus, FormRole, FormStatus, StepKind
from reviews.models import CycleStep, Review, ReviewCycle, ReviewForm
from reviews.selectors.cycles import Ratings
from reviews.selectors.reviews import content_of_cycle, review_for, reviews_of_others
from reviews.severity import Severity, severities_of


def calibrations() -> QuerySet[ReviewCycle]:
    """Return the launched cycles that compare ratings, the latest first."""
    steps = CycleStep.objects.filter(cycle=OuterRef("pk"), kind=StepKind.CALIBRATION)
    cycles = ReviewCycle.objects.exclude(status__in=[CycleStatus.PLANNED, CycleStatus.ARCHIVED])
    return cycles.filter(Exists(steps)).prefetch_related("steps").order_by("-period_ends_on", "-pk")


def calibration_for(cycle_id: int) -> ReviewCycle:
    """Return a cycle that compares ratings with its steps, or raise Http404."""
    cycle = calibrations().select_related("organization").filter(pk=cycle_id).first()
    if cycle is None:
        raise Http404
    return cycle


def rated_reviews(member: Membership, cycle: ReviewCycle) -> QuerySet[Review]:
    """Return the rated reviews of the people the member follows; never their own."""
    reviews: Any = reviews_of_others(member).filter(cycle=cycle, rating__isnull=False)
    rated: QuerySet[Review] = reviews.annotate(final=Coalesce("calibrated_rating", "rating"))
    return rated


def with_people(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Join what a row shows."""
    return reviews.select_related("employee__department", "employee__job_description", "manager")


def rated_review_for(member: Membership, cycle: ReviewCycle, review_id: int) -> Review:
    """Return one rated review of the cycle with its forms, or raise Http404."""
    if not rated_reviews(member, cycle).filter(pk=review_id).exists():
        raise Http404
    return review_for(member, review_id)


def ratings_of(cycle: ReviewCycle, reviews: QuerySet[Review]) -> Ratings | None:
    """Return how the ratings of these reviews lie; None where the form has no overall rating. Shown, never forced."""
    overall = content_of_cycle(cycle).overall
    if overall is None:
        return None
    rows: Any = reviews.order_by().values_list("final").annotate(number=Count("pk"))
    counts = dict(rows)
    return Ratings(group="", counts=tuple(counts.get(level, 0) for level, _words in overall.levels))


@dataclass(frozen=True, kw_only=True)
class Hint:
    """A rater and how their ratings lie beside those of all others."""

    rater: Employee
    found: Severity[int]


def severity_hints(reviews: QuerySet[Review]) -> list[Hint]:
    """Return each rater with enough ratings among these reviews, as they were given, before anything was moved."""
    forms = ReviewForm.objects.filter(
        review__in=reviews.order_by().values("pk"), role=FormRole.MANAGER, status=FormStatus.SUBMITTED
    )
    given: defaultdict[int, list[int]] = defaultdict(list)
    for author, rating in forms.order_by().values_list("author_id", "review__rating"):
        given[author].append(rating)
    found = severities_of(given)
    people = Employee.objects.in_bulk([one.rater for one in found])
    return [Hint(rater=people[one.rater], found=one) for one in found]


def compared_ratings(review: Review) -> list[dict[str, Any]]:
    """Return the rated questions with the level the employee and the manager chose, of a review with its forms."""
    said = {form.role: form.answers for form in review.forms.all() if form.status == FormStatus.SUBMITTED}
    return [
        {
            "question": one,
            "own": said.get(FormRole.SELF, {}).get(one.key, {}).get("rating"),
            "written": said.get(FormRole.MANAGER, {}).get(one.key, {}).get("rating"),
        }
        for one in content_of_cycle(review.cycle).questions
        if one.kind == QuestionKind.RATING and not one.is_overall
    ]
