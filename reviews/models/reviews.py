"""The review of one person in one cycle, and the forms written for it."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from people.models import Employee, Membership
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel
from reviews.enums import (
    FORM_TRANSITIONS,
    ONE_AT_A_TIME,
    RATING_ROLES,
    REVIEW_TRANSITIONS,
    FormRole,
    FormStatus,
    ReviewStatus,
)
from reviews.models.cycles import ReviewCycle
from reviews.models.guards import stays_once

_DONE = [ReviewStatus.SHARED, ReviewStatus.ACKNOWLEDGED]


@track_history()
class Review(TenantModel):
    """One person in one cycle. ``manager`` writes and shares it; it follows the reporting line until written.

    ``rating`` is the overall rating the manager gave; ``calibrated_rating`` the one that was agreed on instead.
    """

    cycle = models.ForeignKey(ReviewCycle, on_delete=models.CASCADE, related_name="reviews")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="reviews")
    manager = models.ForeignKey(
        Employee, on_delete=models.SET_NULL, null=True, blank=True, related_name="reviews_to_write"
    )
    status = models.CharField(_("status"), max_length=15, choices=ReviewStatus.choices, default=ReviewStatus.OPEN)
    is_late_joiner = models.BooleanField(default=False)
    rating = models.PositiveSmallIntegerField(_("rating"), null=True, blank=True)
    calibrated_rating = models.PositiveSmallIntegerField(_("rating after calibration"), null=True, blank=True)
    left_out_reason = models.CharField(_("why left out"), max_length=300, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    shared_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    shared_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "cycle", "employee"], name="reviews_review_once_per_cycle"),
            models.CheckConstraint(
                condition=Q(status__in=_DONE, shared_at__isnull=False)
                | (~Q(status__in=_DONE) & Q(shared_at__isnull=True)),
                name="reviews_review_shared_has_time",
            ),
            models.CheckConstraint(
                condition=Q(status=ReviewStatus.ACKNOWLEDGED, acknowledged_at__isnull=False)
                | (~Q(status=ReviewStatus.ACKNOWLEDGED) & Q(acknowledged_at__isnull=True)),
                name="reviews_review_acknowledged_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=ReviewStatus.LEFT_OUT) | ~Q(left_out_reason=""),
                name="reviews_review_left_out_has_reason",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "employee", "-id"], name="reviews_review_by_employee"),
            models.Index(fields=["organization", "manager", "status"], name="reviews_review_by_manager"),
            models.Index(fields=["organization", "cycle", "status"], name="reviews_review_by_cycle"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.FSM(
                name="review_moves_along_the_table",
                field="status",
                transitions=[
                    (source.value, target.value)
                    for source in ReviewStatus
                    for target in sorted(REVIEW_TRANSITIONS[source])
                ],
            ),
            stays_once(
                "OLD.shared_at IS NOT NULL",
                "rating",
                "calibrated_rating",
                "employee",
                "cycle",
                "shared_at",
                "document",
                name="shared_rating_stays",
                words="what was shared stays as it was",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.employee_id}"

    @property
    def final_rating(self) -> int | None:
        """Return the rating that counts."""
        return self.rating if self.calibrated_rating is None else self.calibrated_rating

    @property
    def is_shared(self) -> bool:
        """Whether the employee reads it."""
        return self.shared_at is not None

    def get_absolute_url(self) -> str:
        """Return the page of the review."""
        return reverse("reviews:review", kwargs={"organization_slug": self.organization.slug, "review_id": self.pk})


@track_history(exclude=["answers", "revision", "last_tab", "saved_at"])
class ReviewForm(TenantModel):
    """One person's view of the reviewed one: answers by the key of each question (``reviews.answers``).

    ``revision`` counts what was kept: a tab that knows an older one has been overtaken. A form that passed to another
    author is withdrawn and a new one begun; an unfinished draft stays its writer's. ``last_tab`` wrote last.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="forms")
    role = models.CharField(_("role"), max_length=10, choices=FormRole.choices)
    author = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="review_forms")
    status = models.CharField(_("status"), max_length=10, choices=FormStatus.choices, default=FormStatus.OPEN)
    due_on = models.DateField(_("due"))
    answers = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    last_tab = models.CharField(max_length=32, blank=True, editable=False)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    is_late = models.BooleanField(default=False)
    returned_reason = models.TextField(_("what HR asks to change"), blank=True)
    withdrawn_reason = models.CharField(_("why withdrawn"), max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("form of a review")
        verbose_name_plural = _("forms of reviews")
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "review", "role"],
                condition=Q(role__in=ONE_AT_A_TIME) & ~Q(status=FormStatus.WITHDRAWN),
                name="reviews_form_one_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["organization", "review", "role", "author"],
                condition=~Q(status=FormStatus.WITHDRAWN),
                name="reviews_form_once_per_author",
            ),
            models.CheckConstraint(
                condition=Q(status=FormStatus.SUBMITTED, submitted_at__isnull=False)
                | Q(status=FormStatus.OPEN, submitted_at__isnull=True)
                | Q(status=FormStatus.WITHDRAWN),
                name="reviews_form_submitted_has_time",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "author", "status"], name="reviews_form_by_author"),
            models.Index(fields=["organization", "review", "role"], name="reviews_form_by_review"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.FSM(
                name="review_form_moves_along_the_table",
                field="status",
                transitions=[
                    (source.value, target.value) for source in FormStatus for target in sorted(FORM_TRANSITIONS[source])
                ],
            ),
            stays_once(
                "OLD.status = 'submitted' AND NEW.status = 'submitted'",
                "answers",
                "author",
                "role",
                "review",
                "submitted_at",
                name="submitted_answers_stay",
                words="a form that was handed in stays as it was",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.review_id}"

    @property
    def is_open(self) -> bool:
        """Whether it is still written."""
        return self.status == FormStatus.OPEN

    def get_absolute_url(self) -> str:
        """Return the page of the form."""
        page = "reviews:rating" if self.role in RATING_ROLES else "reviews:form"
        return reverse(page, kwargs={"organization_slug": self.organization.slug, "form_id": self.pk})


class KeptAnswers(TenantModel):
    """Answers typed in a tab that had been overtaken: kept for their writer alone until they have chosen."""

    form = models.ForeignKey(ReviewForm, on_delete=models.CASCADE, related_name="kept")
    tab = models.CharField(max_length=32)
    answers = models.JSONField()
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        verbose_name = _("kept answers")
        verbose_name_plural = _("kept answers")
        ordering: ClassVar[list[str]] = ["-kept_at", "-id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "form", "tab"], name="reviews_keptanswers_once_per_tab"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
