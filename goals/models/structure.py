"""Cycles and the objectives above the goals."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from goals.enums import CYCLE_TRANSITIONS, CycleKind, CycleStatus, Measure, ObjectiveLevel, Visibility
from metrics.enums import Direction
from metrics.models import Metric
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


#: RANK is replaced by the list of levels from the highest down.
_LEVELS_GO_DOWN = """
IF NEW.parent_id IS NOT NULL THEN
    SELECT level, cycle_id INTO above FROM goals_objective WHERE id = NEW.parent_id FOR SHARE;
    IF above.cycle_id <> NEW.cycle_id
        OR array_position(RANK, above.level::text) >= array_position(RANK, NEW.level::text) THEN
        RAISE EXCEPTION 'goals: an objective serves one of a higher level in the same cycle'
        USING ERRCODE = 'check_violation';
    END IF;
END IF;
IF TG_OP = 'UPDATE' AND EXISTS (
    SELECT 1 FROM goals_objective below WHERE below.parent_id = NEW.id AND (
        below.cycle_id <> NEW.cycle_id
        OR array_position(RANK, below.level::text) <= array_position(RANK, NEW.level::text))) THEN
    RAISE EXCEPTION 'goals: what serves an objective is of a lower level in the same cycle'
    USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


def _serves_a_higher_level() -> pgtrigger.Trigger:
    """Return the trigger that keeps the tree a tree: a parent is of a higher level and of the same cycle.

    Levels only go down along it, so no objective can stand below itself. The parent is locked, so that it cannot change
    its level meanwhile.
    """
    levels = ", ".join(f"'{level.value}'" for level in ObjectiveLevel)
    return pgtrigger.Trigger(
        name="objective_serves_a_higher_level",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id", "level", "cycle_id"),  # type: ignore[no-untyped-call]  # the library's
        declare=[("above", "record")],
        func=_LEVELS_GO_DOWN.replace("RANK", f"ARRAY[{levels}]::text[]"),
    )


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
        triggers: ClassVar[list[Any]] = [_serves_a_higher_level()]

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
    measure = models.CharField(_("measured by"), max_length=20, choices=Measure.choices, default=Measure.NUMBER)
    baseline = models.DecimalField(_("today"), max_digits=14, decimal_places=3, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    direction = models.CharField(
        _("which way is better"), max_length=10, choices=Direction.choices, default=Direction.HIGHER
    )
    metric = models.ForeignKey(
        Metric,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="goal_templates",
        verbose_name=_("metric"),
    )
    support_needed = models.TextField(_("support needed"), blank=True)
    visibility = models.CharField(
        _("who may read it"), max_length=20, choices=Visibility.choices, default=Visibility.PRIVATE
    )

    class Meta(NamedModel.Meta):
        verbose_name = _("goal template")
        verbose_name_plural = _("goal templates")
        constraints: ClassVar[list[Any]] = [
            *NamedModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(metric__isnull=True) | Q(measure__in=[Measure.NUMBER, Measure.PERCENT]),
                name="goals_goaltemplate_metric_is_a_number",
            ),
        ]
