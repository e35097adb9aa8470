"""What a plan is made of: concerns, expectations, milestones and the employer's support."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from metrics.models import Metric
from people.models import Employee, Membership
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel
from pips.enums import Direction, SignalVerdict, SupportAnswer, TrackStatus
from pips.models.guards import locked_at_issue
from pips.models.plan import Plan


@track_history()
class Concern(TenantModel):
    """A dated example of the gap, the standard it is measured against, and its impact (rule 2)."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="concerns")
    occurred_on = models.DateField(_("date"))
    description = models.TextField(_("what happened"))
    evidence = models.TextField(_("evidence"), blank=True)
    standard = models.TextField(_("standard expected"))
    impact = models.TextField(_("impact"), blank=True)
    prior_coaching = models.TextField(_("guidance given before"), blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        ordering: ClassVar[list[str]] = ["occurred_on", "id"]
        triggers: ClassVar[list[Any]] = locked_at_issue(
            ["occurred_on", "description", "evidence", "standard", "impact", "prior_coaching"],
            name="concern",
            rows_too=True,
        )

    def __str__(self) -> str:
        return str(self.occurred_on)


@track_history()
class Expectation(TenantModel):
    """A measurable target with its baseline and data source (rules 2, 3)."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="expectations")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("what is expected"), max_length=200)
    measure = models.CharField(_("how it is measured"), max_length=300, blank=True)
    baseline = models.DecimalField(_("today"), max_digits=12, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=50, blank=True)
    direction = models.CharField(max_length=20, choices=Direction.choices, default=Direction.AT_LEAST)
    data_source = models.CharField(_("data source"), max_length=200, blank=True)
    metric = models.ForeignKey(
        Metric, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("metric")
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("expectation")
        verbose_name_plural = _("expectations")
        ordering: ClassVar[list[str]] = ["position", "id"]
        triggers: ClassVar[list[Any]] = locked_at_issue(
            ["position", "title", "measure", "baseline", "target", "unit", "direction", "data_source", "metric"],
            name="expectation",
            rows_too=True,
        )

    def __str__(self) -> str:
        return self.title


@track_history()
class Milestone(TenantModel):
    """A formal review at day 30, 60 or 90 of the plan's running time (rule 6)."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="milestones")
    day = models.PositiveSmallIntegerField(_("day"))
    goal = models.TextField(_("what should be reached"), blank=True)
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    clock_explanation = models.TextField(_("why on this date"), blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    track_status = models.CharField(_("on track?"), max_length=20, choices=TrackStatus.choices, blank=True)
    manager_view = models.TextField(_("manager's view"), blank=True)
    manager_recorded_at = models.DateTimeField(null=True, blank=True)
    manager_recorded_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    employee_view = models.TextField(_("employee's view"), blank=True)
    employee_recorded_at = models.DateTimeField(null=True, blank=True)
    next_steps = models.TextField(_("next steps"), blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering: ClassVar[list[str]] = ["day", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "plan", "day"], name="pips_milestone_once_per_day"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=models.F("planned_on")),
                name="pips_milestone_never_earlier_than_planned",
            ),
            models.CheckConstraint(
                condition=Q(manager_recorded_at__isnull=True) | (Q(held_on__isnull=False) & ~Q(track_status="")),
                name="pips_milestone_recorded_has_date",
            ),
        ]
        triggers: ClassVar[list[Any]] = locked_at_issue(["day", "goal"], name="milestone")

    def __str__(self) -> str:
        return str(_("Day %(day)s") % {"day": self.day})


class MilestoneReading(TenantModel):
    """The reading of one expectation at one milestone; ``measured`` and ``verdict`` are what its metric said then."""

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="readings")
    expectation = models.ForeignKey(Expectation, on_delete=models.CASCADE, related_name="readings")
    value = models.DecimalField(_("reading"), max_digits=12, decimal_places=2, null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    measured = models.DecimalField(_("said by the metric"), max_digits=12, decimal_places=2, null=True, blank=True)
    verdict = models.CharField(_("verdict"), max_length=20, choices=SignalVerdict.choices, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "milestone", "expectation"], name="pips_milestonereading_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.value)


@track_history()
class SupportCommitment(TenantModel):
    """What the employer promises in return: owner, due, delivered, and what the employee says of it (rule 13).

    ``confirm_by`` is the last day for the employee's answer; from then on silence counts as received. HR may resolve
    what was not delivered, with a reason.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="support_commitments")
    description = models.TextField(_("support"))
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="support_commitments")
    due_day = models.PositiveSmallIntegerField(_("due by day"), default=14)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)
    delivered_note = models.TextField(_("what was delivered"), blank=True)
    confirm_by = models.DateField(_("to be confirmed by"), null=True, blank=True)
    answer = models.CharField(_("employee's answer"), max_length=20, choices=SupportAnswer.choices, blank=True)
    answer_note = models.TextField(_("employee's words"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    resolution = models.TextField(_("how HR resolved it"), blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("support commitment")
        verbose_name_plural = _("support commitments")
        ordering: ClassVar[list[str]] = ["due_day", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False, delivered_on__isnull=False)),
                name="pips_support_answered_is_delivered",
            ),
            models.CheckConstraint(
                condition=~Q(answer=SupportAnswer.NOT_RECEIVED) | ~Q(answer_note=""),
                name="pips_support_not_received_has_words",
            ),
            models.CheckConstraint(
                condition=Q(resolution="", resolved_at__isnull=True)
                | (~Q(resolution="") & Q(resolved_at__isnull=False)),
                name="pips_support_resolved_has_reason",
            ),
        ]
        triggers: ClassVar[list[Any]] = locked_at_issue(["description", "due_day"], name="support")

    def __str__(self) -> str:
        return self.description[:80]
