"""360 feedback: who is asked, and the one report that is made of the answers."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Employee, Membership
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel
from reviews.enums import RATER_TRANSITIONS, FormRole, RaterStatus
from reviews.models.guards import never_changes
from reviews.models.reviews import Review


@track_history()
class Rater(TenantModel):
    """Somebody who is proposed or asked. What they answer is a ``ReviewForm``; whether they have is shown to nobody."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="raters")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="ratings_given")
    role = models.CharField(
        _("as"), max_length=10, choices=[(role.value, role.label) for role in (FormRole.PEER, FormRole.UPWARD)]
    )
    status = models.CharField(_("status"), max_length=10, choices=RaterStatus.choices, default=RaterStatus.PROPOSED)
    proposed_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(_("why"), max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("rater")
        verbose_name_plural = _("raters")
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "review", "employee"], name="reviews_rater_once"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.FSM(
                name="rater_moves_along_the_table",
                field="status",
                transitions=[
                    (source.value, target.value)
                    for source in RaterStatus
                    for target in sorted(RATER_TRANSITIONS[source])
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.employee_id}"


class RaterReport(TenantModel):
    """What the answers come to, made once. ``content`` holds only what may be read (``reviews.anonymity``).

    There is one report for a review and it never changes, so that no two can be compared; nothing is answered after.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="rater_reports")
    content = models.JSONField()
    frozen_at = models.DateTimeField(default=timezone.now, editable=False)
    frozen_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    withheld_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    withheld_at = models.DateTimeField(null=True, blank=True)
    withheld_reason = models.CharField(_("why comments are withheld"), max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("report of 360 feedback")
        verbose_name_plural = _("reports of 360 feedback")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "review"], name="reviews_raterreport_one_for_all_time"),
            models.CheckConstraint(
                condition=Q(withheld_at__isnull=True) | ~Q(withheld_reason=""),
                name="reviews_raterreport_withheld_has_reason",
            ),
        ]
        triggers: ClassVar[list[Any]] = [never_changes("review", "content", "frozen_at", name="rater_report")]

    def __str__(self) -> str:
        return str(self.review_id)
