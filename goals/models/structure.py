"""Cycles and the objectives above the goals."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from goals.enums import CYCLE_TRANSITIONS, CycleKind, CycleStatus, Measure, ObjectiveLevel, Visibility
from metrics.enums import Direction
from people.models import Department, Employee, JobDescription
from people.models.employees import NamedModel
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel


@track_history()
class Cycle(NamedModel):
    """A year, half-year or quarter goals are set for."""

    kind = models.CharField(_("length"), max_length=10, choices=CycleKind.choices, default=CycleKind.QUARTER)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    propose_by = models.DateField(_("goals proposed by"))
    update_every_weeks = models.PositiveSmallIntegerField(_("weeks between updates"), default=4)
    status = models.CharField(_("status"), max_length=10, choices=CycleStatus.choices, default=CycleStatus.OPEN)

    class Meta(NamedModel.Meta):
        verbose_name = _("cycle")
        verbose_name_plural = _("cycles")
        ordering: ClassVar[list[str]] = ["-starts_on", "name"]
        constraints: ClassVar[list[Any]] = [
            *NamedModel.Meta.constraints,
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="goals_cycle_ends_after_start"),
            models.CheckConstraint(condition=Q(propose_by__lte=F("ends_on")), name="goals_cycle_proposed_in_time"),
            models.CheckConstraint(
                condition=Q(update_every_weeks__gte=1, update_every_weeks__lte=26), name="goals_cycle_update_rhythm"
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.FSM(
                name="cycle_moves_along_the_table",
                field="status",
                transitions=[
                    (source.value, target.value)
                    for source in CycleStatus
                    for target in sorted(CYCLE_TRANSITIONS[source])
                ],
            )
        ]

    def get_absolute_url(self) -> str:
        """Return the cycle's page."""
        return reverse("goals:cycle", kwargs={"organization_slug": self.organization.slug, "cycle_id": self.pk})


@track_history()
class Objective(TenantModel):
    """What an organization, a department, a team or a person wants to reach in a cycle; goals serve objectives."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="objectives")
    level = models.CharField(_("whose"), max_length=20, choices=ObjectiveLevel.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("serves")
    )
    title = models.CharField(_("objective"), max_length=200)
    why = models.TextField(_("why"), blank=True)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="objectives"
    )
    owner = models.ForeignKey(
        Employee,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="objectives",
        verbose_name=_("who leads it"),
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(TenantModel.Meta):
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        ordering: ClassVar[list[str]] = ["position", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=~Q(parent=F("id")), name="goals_objective_not_own_parent"),
            models.CheckConstraint(
                condition=~Q(level=ObjectiveLevel.ORGANIZATION) | Q(parent__isnull=True),
                name="goals_objective_top_has_no_parent",
            ),
            models.CheckConstraint(
                condition=~Q(level=ObjectiveLevel.DEPARTMENT) | Q(department__isnull=False),
                name="goals_objective_of_department",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "cycle", "level"], name="goals_objective_by_cycle"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the objective's page."""
        return reverse("goals:objective", kwargs={"organization_slug": self.organization.slug, "objective_id": self.pk})


class GoalTemplate(NamedModel):
    """A goal to start from, for one person or for a whole team at once."""

    job_description = models.ForeignKey(
        JobDescription, on_delete=models.CASCADE, null=True, blank=True, related_name="goal_templates"
    )
    title = models.CharField(_("goal"), max_length=200)
    why = models.TextField(_("why"), blank=True)
    measure = models.CharField(max_length=20, choices=Measure.choices, default=Measure.NUMBER)
    baseline = models.DecimalField(_("today"), max_digits=14, decimal_places=3, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    direction = models.CharField(max_length=10, choices=Direction.choices, default=Direction.HIGHER)
    support_needed = models.TextField(_("support needed"), blank=True)
    visibility = models.CharField(max_length=20, choices=Visibility.choices, default=Visibility.PRIVATE)

    class Meta(NamedModel.Meta):
        verbose_name = _("goal template")
        verbose_name_plural = _("goal templates")
