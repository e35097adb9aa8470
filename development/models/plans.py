"""Development plans: where somebody wants to go, what is missing on the way, and what is done about it."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from development.enums import (
    ACTION_TRANSITIONS,
    AGREED,
    DEVELOPMENT_TRANSITIONS,
    ENDED,
    ActionKind,
    ActionStatus,
    DevelopmentStatus,
    Side,
)
from goals.models import Goal
from metrics.models import Signal
from people.enums import CompetencyLevel
from people.models import Competency, Employee, JobDescription, Membership
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel
from pips.models import Plan

_LEVELS = Q(target_level__gte=CompetencyLevel.LEARNING, target_level__lte=CompetencyLevel.EXPERT)


def moves_along(name: str, statuses: Any, transitions: Any) -> Any:
    """Return the trigger that lets a status move along its table only."""
    return pgtrigger.FSM(
        name=name,
        field="status",
        transitions=[(source.value, target.value) for source in statuses for target in sorted(transitions[source])],
    )


@track_history()
class DevelopmentPlan(TenantModel):
    """One person's plan for a period; written by both, submitted by the employee, approved by a manager above.

    ``drafted_side`` is who began it: what the employee begins is theirs alone until they submit it. ``aim`` is the job
    they want next. ``signal``, ``goal`` and ``outcome_of`` say what it was started from. ``reflection`` closes it.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="development_plans")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    aspiration = models.TextField(_("where I want to go"), blank=True)
    strengths = models.TextField(_("what I build on"), blank=True)
    aim = models.ForeignKey(
        JobDescription, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("next job")
    )
    signal = models.ForeignKey(Signal, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    goal = models.ForeignKey(Goal, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    outcome_of = models.ForeignKey(Plan, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    status = models.CharField(
        _("status"), max_length=20, choices=DevelopmentStatus.choices, default=DevelopmentStatus.DRAFTED
    )
    drafted_side = models.CharField(max_length=10, choices=Side.choices)
    created_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reflection = models.TextField(_("looking back"), blank=True)
    ended_reason = models.TextField(_("reason"), blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("development plan")
        verbose_name_plural = _("development plans")
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "employee"],
                condition=~Q(status__in=ENDED),
                name="development_plan_one_at_a_time",
            ),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="development_plan_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(status__in=[DevelopmentStatus.SUBMITTED, *AGREED]) | Q(submitted_at__isnull=False),
                name="development_plan_submitted_has_time",
            ),
            models.CheckConstraint(
                condition=(~Q(status__in=AGREED) | Q(approved_at__isnull=False))
                & (
                    ~Q(status__in=[DevelopmentStatus.DRAFTED, DevelopmentStatus.SUBMITTED])
                    | Q(approved_at__isnull=True)
                ),
                name="development_plan_agreed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(status=DevelopmentStatus.CLOSED, closed_at__isnull=False) & ~Q(reflection="")
                | (~Q(status=DevelopmentStatus.CLOSED) & Q(closed_at__isnull=True, reflection="")),
                name="development_plan_closed_has_reflection",
            ),
            models.CheckConstraint(
                condition=~Q(status=DevelopmentStatus.WITHDRAWN) | ~Q(ended_reason=""),
                name="development_plan_withdrawn_has_reason",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "employee", "-created_at"], name="development_plan_by_employee"),
            models.Index(
                fields=["organization", "starts_on"],
                condition=Q(status=DevelopmentStatus.APPROVED),
                name="development_plan_to_start",
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            moves_along("plan_moves_along_the_table", DevelopmentStatus, DEVELOPMENT_TRANSITIONS)
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.starts_on}"

    @property
    def is_open(self) -> bool:
        """Return whether something of the plan can still change."""
        return self.status not in ENDED

    @property
    def is_agreed(self) -> bool:
        """Return whether both sides have agreed on the plan."""
        return self.status in AGREED

    def get_absolute_url(self) -> str:
        """Return the plan's page."""
        return reverse("development:plan", kwargs={"organization_slug": self.organization.slug, "plan_id": self.pk})


@track_history()
class DevelopmentGap(TenantModel):
    """One competency to grow in: from the level seen today, if anybody has rated it, to the level wanted.

    ``reached_level`` is where it stands when the plan is closed.
    """

    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.CASCADE, related_name="gaps")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+", verbose_name=_("competency"))
    position = models.PositiveSmallIntegerField(default=0)
    current_level = models.PositiveSmallIntegerField(_("today"), choices=CompetencyLevel.choices, null=True, blank=True)
    target_level = models.PositiveSmallIntegerField(_("wanted"), choices=CompetencyLevel.choices)
    reached_level = models.PositiveSmallIntegerField(
        _("reached"), choices=CompetencyLevel.choices, null=True, blank=True
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("gap of a development plan")
        verbose_name_plural = _("gaps of development plans")
        ordering: ClassVar[list[str]] = ["position", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "plan", "competency"], name="development_gap_once"),
            models.CheckConstraint(
                condition=_LEVELS & (Q(current_level__isnull=True) | Q(current_level__lt=F("target_level"))),
                name="development_gap_leads_upward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competency_id} {self.target_level}"


@track_history()
class DevelopmentAction(TenantModel):
    """One thing somebody does to close a gap: by doing, with others, or in a course.

    ``owner`` sees to it, mostly the employee. An action of the kind course may name one of the catalogue. The result is
    shown by ``evidence_text``, ``evidence_link``, the files kept with it, and the completion of its course.
    """

    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.CASCADE, related_name="actions")
    gap = models.ForeignKey(
        DevelopmentGap, on_delete=models.SET_NULL, null=True, blank=True, related_name="actions", verbose_name=_("for")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ActionKind.choices, default=ActionKind.EXPERIENCE)
    title = models.CharField(_("action"), max_length=200)
    course = models.ForeignKey(
        "development.TrainingCourse",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name=_("course"),
    )
    owner = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+", verbose_name=_("who sees to it"))
    starts_on = models.DateField(_("from"))
    due_on = models.DateField(_("due"))
    resources = models.TextField(_("what it needs"), blank=True)
    measure = models.TextField(_("how success shows"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    signal = models.ForeignKey(Signal, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    status = models.CharField(_("status"), max_length=20, choices=ActionStatus.choices, default=ActionStatus.OPEN)
    proposed_side = models.CharField(max_length=10, choices=Side.choices)
    progress = models.PositiveSmallIntegerField(_("progress"), default=0)
    evidence_text = models.TextField(_("what shows it"), blank=True)
    evidence_link = models.URLField(_("link"), max_length=500, blank=True)
    done_on = models.DateField(null=True, blank=True)
    ended_reason = models.TextField(_("reason"), blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("development action")
        verbose_name_plural = _("development actions")
        ordering: ClassVar[list[str]] = ["position", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="development_action_due_after_start"),
            models.CheckConstraint(
                condition=Q(progress__gte=0, progress__lte=100), name="development_action_progress_in_per_cent"
            ),
            models.CheckConstraint(
                condition=Q(status=ActionStatus.DONE, progress=100, done_on__isnull=False)
                | (~Q(status=ActionStatus.DONE) & Q(done_on__isnull=True)),
                name="development_action_done_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status=ActionStatus.DROPPED) | ~Q(ended_reason=""),
                name="development_action_dropped_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(course__isnull=True) | Q(kind=ActionKind.COURSE),
                name="development_action_with_course_is_of_that_kind",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "plan", "status"], name="development_action_by_plan"),
        ]
        triggers: ClassVar[list[Any]] = [moves_along("action_moves_along_the_table", ActionStatus, ACTION_TRANSITIONS)]

    def __str__(self) -> str:
        return self.title


class DevelopmentMove(TenantModel):
    """One move of a plan from one state to another: who, when, why."""

    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.CASCADE, related_name="moves")
    source = models.CharField(max_length=20, choices=DevelopmentStatus.choices, blank=True)
    target = models.CharField(max_length=20, choices=DevelopmentStatus.choices)
    actor = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("move of a development plan")
        verbose_name_plural = _("moves of development plans")
        ordering: ClassVar[list[str]] = ["at", "id"]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.ReadOnly(name="move_is_final", fields=["plan", "source", "target", "reason", "at"])
        ]

    def __str__(self) -> str:
        return f"{self.source} > {self.target}"


class ActionUpdate(TenantModel):
    """What somebody reported of an action: how far it is, a few words, a new date."""

    action = models.ForeignKey(DevelopmentAction, on_delete=models.CASCADE, related_name="updates")
    progress = models.PositiveSmallIntegerField()
    due_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    author = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("update of a development action")
        verbose_name_plural = _("updates of development actions")
        ordering: ClassVar[list[str]] = ["-at", "-id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=Q(progress__lte=100), name="development_update_progress_in_per_cent"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "action", "-at"], name="development_update_latest"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.ReadOnly(name="update_is_final", fields=["action", "progress", "due_on", "note", "at"])
        ]

    def __str__(self) -> str:
        return f"{self.action_id} {self.progress}"
