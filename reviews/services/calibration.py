"""Comparing ratings: a move with its reason; what was given and what counts are both kept."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pipcycle.errors import DomainError, require
from reviews.enums import CycleStatus, ReviewStatus, StepKind
from reviews.models import CycleStep, RatingMove, Review
from reviews.rater_rules import can_move_rating
from reviews.selectors.reviews import content_of_cycle
from reviews.services.raters import lock_review


def move_rating(*, actor: Membership, review: Review, to: int, reason: str, seen: int) -> RatingMove:
    """Give the review another rating, with a reason; ``seen`` is the one the mover was looking at.

    Raises PermissionDenied, or DomainError where ratings are not compared, another was faster, or nothing changes.
    """
    require(can_move_rating(actor, review))
    if not reason.strip():
        raise DomainError(_("Give the reason: it stays with the rating."))
    with transaction.atomic():
        locked = lock_review(review)
        before = _movable(locked, seen)
        if to not in _levels(locked):
            raise DomainError(_("Choose one of the ratings."))
        if to == before:
            raise DomainError(_("This is the rating it has. Choose another one."))
        locked.calibrated_rating = to
        locked.save(update_fields=["calibrated_rating"])
        return RatingMove.objects.create(review=locked, before=before, after=to, reason=reason.strip(), moved_by=actor)


def _movable(review: Review, seen: int) -> int:
    """Return the rating that counts now. Raises DomainError where it is not to be moved."""
    rating = review.final_rating
    if review.status != ReviewStatus.WRITTEN or rating is None:
        raise DomainError(_("There is no rating to move: the review is not written, or shared already."))
    if review.cycle.status != CycleStatus.RUNNING or not is_comparing(review):
        raise DomainError(_("Ratings are not compared at the moment: the calibration has ended."))
    if rating != seen:
        raise DomainError(_("Somebody has moved this rating meanwhile. Look at it again before you do."))
    return rating


def is_comparing(review: Review) -> bool:
    """Return whether the cycle compares ratings and has not ended doing so."""
    steps = CycleStep.objects.filter(cycle=review.cycle_id, kind=StepKind.CALIBRATION, done_at__isnull=True)
    return steps.exists()


def _levels(review: Review) -> set[int]:
    overall = content_of_cycle(review.cycle).overall
    return {level for level, _words in overall.levels} if overall else set()
