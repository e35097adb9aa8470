"""Writing the review after a plan: the follow-up is recorded on the plan, what was found beside it."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from people.rules import is_self
from pipcycle.errors import DomainError, require
from pips.models import FollowUp
from pips.readings import MetricReading
from pips.services.outcome import record_follow_up
from reviews.enums import Lasting
from reviews.models import PlanReview, PlanReviewResult


@dataclass(frozen=True, kw_only=True)
class ResultInput:
    """What was found for one expectation."""

    expectation_id: int
    lasting: str
    value: Decimal | None = None
    note: str = ""
    reading: MetricReading | None = None


def write_plan_review(
    *,
    actor: Membership,
    follow_up: FollowUp,
    held_on: datetime.date,
    is_sustained: bool,
    words: Mapping[str, str],
    results: Sequence[ResultInput],
) -> PlanReview:
    """Record the follow-up on the plan and keep what was found; once. The figure of a metric is kept as it said it.

    Raises PermissionDenied, or DomainError where it is recorded already, a result is missing, or "sustained" is said
    while an expectation has slipped.
    """
    _require_consistent(follow_up, is_sustained=is_sustained, results=results)
    with transaction.atomic():
        record_follow_up(
            actor=actor,
            follow_up=follow_up,
            held_on=held_on,
            is_sustained=is_sustained,
            note=words.get("sustained", ""),
        )
        review = PlanReview.objects.create(
            follow_up=follow_up, words={key: text.strip() for key, text in words.items()}, written_by=actor
        )
        PlanReviewResult.objects.bulk_create(
            PlanReviewResult(
                review=review,
                expectation_id=one.expectation_id,
                value=one.value if one.value is not None or one.reading is None else one.reading.value,
                verdict=one.reading.verdict if one.reading else "",
                lasting=Lasting(one.lasting),
                note=one.note.strip()[:300],
            )
            for one in results
        )
    return review


def respond_to_plan_review(*, actor: Membership, review: PlanReview, response: str) -> PlanReview:
    """Add the employee's own words; once. Raises PermissionDenied or DomainError."""
    require(is_self(actor, review.follow_up.plan.employee))
    if not response.strip():
        raise DomainError(_("Write your response, or leave the page."))
    changed = PlanReview.objects.filter(pk=review.pk, responded_at__isnull=True).update(
        response=response.strip(), responded_at=timezone.now()
    )
    if not changed:
        raise DomainError(_("Your response is on the record already. Reload the page to see it."))
    review.refresh_from_db()
    return review


def _require_consistent(follow_up: FollowUp, *, is_sustained: bool, results: Sequence[ResultInput]) -> None:
    wanted = set(follow_up.plan.expectations.values_list("pk", flat=True))
    if {one.expectation_id for one in results} != wanted:
        raise DomainError(_("Say for each expectation whether it lasts."))
    if is_sustained and any(one.lasting == Lasting.SLIPPED for one in results):
        raise DomainError(_("An expectation has slipped, so the improvement has not lasted as a whole. Say so above."))
