"""A cycle of reviews: whom it is about, which questions it asks, and by when."""

from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import FormTemplate, FormTemplateVersion
from people.models import Membership
from people.models.employees import NamedModel
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel
from reviews.enums import CYCLE_TRANSITIONS, CycleStatus, LateJoiners, StepKind
from reviews.models.guards import stays_once


@track_history(exclude=["run_total", "run_done", "run_at", "dates_changed", "dates_told"])
class ReviewCycle(NamedModel):
    """A round of reviews over a period.

    The audience is a rule, not a list: empty departments or jobs mean all. ``template`` is chosen while the cycle is
    planned; launching freezes its published version and the questions, whatever HR words differently afterwards.
    ``run_*`` tell how far the launch or the closing has come; ``run_at`` is when a worker was last seen at it.
    ``dates_told`` lags behind ``dates_changed`` until everybody has heard of the last change of dates.
    """

    period_starts_on = models.DateField(_("first day of the period"))
    period_ends_on = models.DateField(_("last day of the period"))
    template = models.ForeignKey(FormTemplate, on_delete=models.PROTECT, related_name="+", verbose_name=_("questions"))
    template_version = models.ForeignKey(
        FormTemplateVersion, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    questions = models.JSONField(null=True, blank=True, editable=False)
    departments = ArrayField(models.BigIntegerField(), default=list, blank=True)
    jobs = ArrayField(models.BigIntegerField(), default=list, blank=True)
    hired_before = models.DateField(_("hired before"), null=True, blank=True)
    leaves_out_on_notice = models.BooleanField(_("leave out who is on notice"), default=True)
    late_joiners = models.CharField(
        _("who joins late"), max_length=10, choices=LateJoiners.choices, default=LateJoiners.ADD
    )
    accepts_late = models.BooleanField(_("accept forms after their date"), default=True)
    status = models.CharField(_("status"), max_length=10, choices=CycleStatus.choices, default=CycleStatus.PLANNED)
    created_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    launched_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    launched_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    run_total = models.PositiveIntegerField(default=0)
    run_done = models.PositiveIntegerField(default=0)
    run_at = models.DateTimeField(null=True, blank=True)
    dates_changed = models.PositiveIntegerField(default=0)
    dates_told = models.PositiveIntegerField(default=0)

    class Meta(NamedModel.Meta):
        verbose_name = _("review cycle")
        verbose_name_plural = _("review cycles")
        ordering: ClassVar[list[str]] = ["-period_ends_on", "-id"]
        constraints: ClassVar[list[Any]] = [
            *NamedModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(period_ends_on__gt=F("period_starts_on")), name="reviews_cycle_period_has_days"
            ),
            models.CheckConstraint(
                condition=Q(status=CycleStatus.PLANNED, launched_at__isnull=True)
                | (
                    ~Q(status=CycleStatus.PLANNED)
                    & Q(launched_at__isnull=False, template_version__isnull=False, questions__isnull=False)
                ),
                name="reviews_cycle_launched_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[CycleStatus.CLOSED, CycleStatus.ARCHIVED], closed_at__isnull=False)
                | (~Q(status__in=[CycleStatus.CLOSED, CycleStatus.ARCHIVED]) & Q(closed_at__isnull=True)),
                name="reviews_cycle_closed_has_time",
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.FSM(
                name="review_cycle_moves_along_the_table",
                field="status",
                transitions=[
                    (source.value, target.value)
                    for source in CycleStatus
                    for target in sorted(CYCLE_TRANSITIONS[source])
                ],
            ),
            stays_once(
                "OLD.launched_at IS NOT NULL",
                "questions",
                "template",
                "template_version",
                "period_starts_on",
                name="launched_questions_stay",
                words="the questions of a launched cycle stay as they were",
            ),
        ]

    @property
    def is_planned(self) -> bool:
        """Whether nobody has been asked yet."""
        return self.status == CycleStatus.PLANNED

    @property
    def is_running(self) -> bool:
        """Whether forms are written."""
        return self.status == CycleStatus.RUNNING

    def get_absolute_url(self) -> str:
        """Return the page of the cycle."""
        return reverse("reviews:cycle", kwargs={"organization_slug": self.organization.slug, "cycle_id": self.pk})


@track_history()
class CycleStep(TenantModel):
    """One step of a cycle and the day by which it is done; ``done_at`` is when HR ended it (calibration)."""

    cycle = models.ForeignKey(ReviewCycle, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(_("step"), max_length=15, choices=StepKind.choices)
    position = models.PositiveSmallIntegerField()
    due_on = models.DateField(_("done by"))
    done_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("step of a review cycle")
        verbose_name_plural = _("steps of review cycles")
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "cycle", "kind"], name="reviews_cyclestep_once"),
        ]

    def __str__(self) -> str:
        return str(StepKind(self.kind).label)
