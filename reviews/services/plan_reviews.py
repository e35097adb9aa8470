"""Writing the review after a plan: the follow-up is recorded on the plan, what was found is sealed beside it."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pipcycle.errors import DomainError
from pips.models import FollowUp
from pips.readings import MetricReading
from pips.services.outcome import record_follow_up
from reviews.enums import Lasting
from reviews.models import PlanReview, PlanReviewResult
from reviews.services.plan_review_documents import hand_over


@dataclass(frozen=True, kw_only=True)
class ResultInput:
    """What was found for one expectation; ``value`` counts where no metric gives a figure."""

    expectation_id: int
    lasting: str
    value: Decimal | None = None
    note: str = ""
    reading: MetricReading | None = None

    @property
    def figure(self) -> Decimal | None:
        """Return the figure that is kept: what the metric says, whatever was typed."""
        return self.value if self.reading is None or self.reading.value is None else self.reading.value


def write_plan_review(
    *,
    actor: Membership,
    follow_up: FollowUp,
    held_on: datetime.date,
    is_sustained: bool,
    words: Mapping[str, str],
    results: Sequence[ResultInput],
) -> PlanReview:
    """Record the follow-up on the plan, keep what was found and seal it into the employee's file; once.

    The figure of a metric is kept as it said it. The employee is asked to acknowledge receipt (rules 14, 15).
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
                value=one.figure,
                verdict=one.reading.verdict if one.reading else "",
                lasting=Lasting(one.lasting),
                note=one.note.strip()[:300],
            )
            for one in results
        )
        hand_over(actor=actor, review=review)
    return review


def _require_consistent(follow_up: FollowUp, *, is_sustained: bool, results: Sequence[ResultInput]) -> None:
    wanted = set(follow_up.plan.expectations.values_list("pk", flat=True))
    if {one.expectation_id for one in results} != wanted:
        raise DomainError(_("Say for each expectation whether it lasts."))
    if is_sustained and any(one.lasting == Lasting.SLIPPED for one in results):
        raise DomainError(_("An expectation has slipped, so the improvement has not lasted as a whole. Say so above."))
