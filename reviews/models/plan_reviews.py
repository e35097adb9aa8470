"""The review after a plan: what was found at 30, 90 and 180 days, expectation by expectation."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel
from pips.enums import SignalVerdict
from pips.models import Expectation, FollowUp
from reviews.enums import Lasting


@track_history()
class PlanReview(TenantModel):
    """What a look back found. Whether it is sustained stands on the follow-up itself, which the plan reads.

    ``words`` holds the sections of HR's form of that kind (``documents.form_kinds``), by their keys. The employee
    answers with the receipt of its sealed document; ``response`` holds the answers given before there was one.
    """

    follow_up = models.OneToOneField(FollowUp, on_delete=models.CASCADE, related_name="review")
    words = models.JSONField(default=dict)
    written_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    response = models.TextField(_("the employee’s response"), blank=True)
    responded_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("review after a plan")
        verbose_name_plural = _("reviews after plans")
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(response="", responded_at__isnull=True)
                | (~models.Q(response="") & models.Q(responded_at__isnull=False)),
                name="reviews_planreview_response_has_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.follow_up_id)


class PlanReviewResult(TenantModel):
    """What became of one expectation since the plan: the figure, what its chart says, and whether it lasts."""

    review = models.ForeignKey(PlanReview, on_delete=models.CASCADE, related_name="results")
    expectation = models.ForeignKey(Expectation, on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(_("today"), max_digits=12, decimal_places=2, null=True, blank=True)
    verdict = models.CharField(_("what the chart says"), max_length=20, choices=SignalVerdict.choices, blank=True)
    lasting = models.CharField(_("does it last?"), max_length=10, choices=Lasting.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("result after a plan")
        verbose_name_plural = _("results after plans")
        ordering: ClassVar[list[str]] = ["expectation__position", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "review", "expectation"], name="reviews_planreviewresult_once"
            ),
        ]

    def __str__(self) -> str:
        return str(Lasting(self.lasting).label)
