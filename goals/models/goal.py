"""A SMART goal and its milestones."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goals.enums import (
    BEFORE_AGREEMENT,
    GOAL_TRANSITIONS,
    Confidence,
    GoalStatus,
    Measure,
    Purpose,
    Result,
    Side,
    Visibility,
)
from goals.models.structure import Cycle, Objective
from metrics.enums import Direction
from metrics.models import Metric, Signal
from people.models import Employee, Membership, Responsibility
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel

#: What both sides agreed on: a change of any of it is a numbered revision.
AGREED_FIELDS = ("measure", "baseline", "target", "unit", "direction", "starts_on", "due_on", "metric")

_AGREED = [GoalStatus.ACTIVE, GoalStatus.COMPLETED]
_MEASURED = [Measure.NUMBER, Measure.PERCENT]


def goal_triggers() -> list[Any]:
    """Return the triggers: moves along the table, and no goalpost that moves without a new revision number."""
    return [
        pgtrigger.FSM(
            name="goal_moves_along_the_table",
            field="status",
            transitions=[
                (source.value, target.value) for source in GoalStatus for target in sorted(GOAL_TRANSITIONS[source])
            ],
        ),
        pgtrigger.Trigger(
            name="goal_moves_no_goalpost_in_silence",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange(*AGREED_FIELDS),
            func=(
                f"IF OLD.status IN ({', '.join(repr(status.value) for status in _AGREED)}) "
                "AND NEW.revision_number <= OLD.revision_number THEN "
                "RAISE EXCEPTION 'goals: measure, target and dates of an agreed goal change by a revision only'; "
                "END IF; RETURN NEW;"
            ),
        ),
    ]


@track_history()
class Goal(TenantModel):
    """What an employee is to reach by when; proposed by one side, accepted by the other.

    ``current_value`` is the latest value of an update or, with a metric, of its observations; ``next_update_on`` is
    when the next update is due; ``copied_from`` is the goal of an earlier cycle it continues; ``set_aside`` are the
    coach's remarks its writers have set aside, each as ``SetAside.as_json`` gives it.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="goals")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="goals")
    objective = models.ForeignKey(
        Objective, on_delete=models.SET_NULL, null=True, blank=True, related_name="goals", verbose_name=_("objective")
    )
    responsibility = models.ForeignKey(
        Responsibility,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="goals",
        verbose_name=_("responsibility"),
    )
    purpose = models.CharField(_("for"), max_length=20, choices=Purpose.choices, default=Purpose.PERFORMANCE)
    title = models.CharField(_("goal"), max_length=200)
    why = models.TextField(_("why it matters"), blank=True)
    measure = models.CharField(_("measured by"), max_length=20, choices=Measure.choices, default=Measure.NUMBER)
    baseline = models.DecimalField(_("today"), max_digits=14, decimal_places=3, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    direction = models.CharField(
        _("which way is better"), max_length=10, choices=Direction.choices, default=Direction.HIGHER
    )
    metric = models.ForeignKey(
        Metric, on_delete=models.SET_NULL, null=True, blank=True, related_name="goals", verbose_name=_("metric")
    )
    support_needed = models.TextField(_("support needed"), blank=True)
    starts_on = models.DateField(_("from"))
    due_on = models.DateField(_("due"))
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    visibility = models.CharField(
        _("who may read it"), max_length=20, choices=Visibility.choices, default=Visibility.PRIVATE
    )
    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="copies"
    )
    set_aside = models.JSONField(default=list, blank=True, editable=False)
    signal = models.ForeignKey(Signal, on_delete=models.SET_NULL, null=True, blank=True, related_name="goals")

    status = models.CharField(_("status"), max_length=20, choices=GoalStatus.choices, default=GoalStatus.DRAFT)
    proposed_side = models.CharField(max_length=10, choices=Side.choices, blank=True)
    proposed_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    current_value = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    current_on = models.DateField(null=True, blank=True)
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence.choices, blank=True)
    next_update_on = models.DateField(null=True, blank=True)
    revision_number = models.PositiveSmallIntegerField(default=0)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    result = models.CharField(_("result"), max_length=20, choices=Result.choices, blank=True)
    ended_reason = models.TextField(_("reason"), blank=True)
    created_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering: ClassVar[list[str]] = ["due_on", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "cycle", "copied_from"],
                condition=~Q(status=GoalStatus.CANCELLED),
                name="goals_goal_copied_once_per_cycle",
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="goals_goal_due_after_start"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=10), name="goals_goal_weight"),
            models.CheckConstraint(
                condition=~Q(status__in=[GoalStatus.PROPOSED, *_AGREED])
                | (Q(proposed_at__isnull=False) & ~Q(proposed_side="")),
                name="goals_goal_proposed_has_side",
            ),
            models.CheckConstraint(
                condition=(~Q(status__in=_AGREED) | Q(accepted_at__isnull=False))
                & (~Q(status__in=sorted(BEFORE_AGREEMENT)) | Q(accepted_at__isnull=True)),
                name="goals_goal_agreed_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=_AGREED)
                | ~Q(measure__in=_MEASURED)
                | Q(target__isnull=False, baseline__isnull=False),
                name="goals_goal_agreed_is_measured",
            ),
            models.CheckConstraint(
                condition=Q(status=GoalStatus.COMPLETED, completed_at__isnull=False) & ~Q(result="")
                | (~Q(status=GoalStatus.COMPLETED) & Q(completed_at__isnull=True, result="")),
                name="goals_goal_completed_has_result",
            ),
            models.CheckConstraint(
                condition=~Q(status=GoalStatus.CANCELLED) | ~Q(ended_reason=""), name="goals_goal_cancelled_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(metric__isnull=True) | Q(measure__in=_MEASURED), name="goals_goal_metric_is_a_number"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "employee", "status"], name="goals_goal_by_employee"),
            models.Index(fields=["organization", "cycle", "status", "due_on"], name="goals_goal_by_cycle"),
            models.Index(fields=["organization", "objective"], name="goals_goal_by_objective"),
            models.Index(
                fields=["organization", "metric", "employee"],
                condition=Q(status=GoalStatus.ACTIVE, metric__isnull=False),
                name="goals_goal_by_metric",
            ),
        ]
        triggers: ClassVar[list[Any]] = goal_triggers()

    def __str__(self) -> str:
        return self.title

    @property
    def is_measured(self) -> bool:
        """Return whether the goal has a figure to reach."""
        return self.measure in _MEASURED

    @property
    def is_agreed(self) -> bool:
        """Return whether both sides have accepted the goal."""
        return self.status in _AGREED

    def get_absolute_url(self) -> str:
        """Return the goal's page."""
        return reverse("goals:goal_detail", kwargs={"organization_slug": self.organization.slug, "goal_id": self.pk})


class GoalStep(TenantModel):
    """One milestone of a goal that is measured by a list of them."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("milestone"), max_length=200)
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("milestone of a goal")
        verbose_name_plural = _("milestones of a goal")
        ordering: ClassVar[list[str]] = ["position", "id"]

    def __str__(self) -> str:
        return self.title
