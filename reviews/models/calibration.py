"""Calibration: each move of a rating, with the reason, for good."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pipcycle.tenancy.models import TenantModel
from reviews.models.guards import never_changes
from reviews.models.reviews import Review


class RatingMove(TenantModel):
    """A rating that was changed when ratings were compared; only ever added to."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="moves")
    before = models.PositiveSmallIntegerField()
    after = models.PositiveSmallIntegerField()
    reason = models.TextField(_("why"))
    moved_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    moved_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("move of a rating")
        verbose_name_plural = _("moves of ratings")
        ordering: ClassVar[list[str]] = ["moved_at", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=~Q(before=F("after")), name="reviews_ratingmove_moves"),
            models.CheckConstraint(condition=~Q(reason=""), name="reviews_ratingmove_has_reason"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "review"], name="reviews_ratingmove_by_review")
        ]
        triggers: ClassVar[list[Any]] = [
            never_changes("review", "before", "after", "reason", "moved_at", name="rating_move")
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
