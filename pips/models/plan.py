"""The plan itself, its moves and the notes on its record."""

from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Employee, JobDescription, Membership
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel
from pips.enums import (
    BEFORE_ISSUE,
    ENDED,
    RUNNING,
    TRANSITIONS,
    ClosingReason,
    Consequence,
    EmploymentEffect,
    NoteKind,
    Outcome,
    PlanStatus,
)
from pips.models.guards import append_only, versions_rise_by_amendment

_AFTER_ISSUE = (*sorted(RUNNING), PlanStatus.DECIDED, PlanStatus.FOLLOWED_UP)
_AFTER_DECISION = (PlanStatus.DECIDED, PlanStatus.FOLLOWED_UP)

#: Locked at issue: what an amendment changes with the version, and what nothing changes any more.
_CONTENT = (
    "employee",
    "job_description",
    "previous_plan",
    "title",
    "starts_on",
    "length_days",
    "extension_days",
    "check_in_every_days",
    "root_cause",
    "employment_effects",
    "success_consequence",
    "failure_consequence",
    "harshest_step",
    "relapse_window_days",
    "relapse_terms",
    "rights",
)


def _in_states(*statuses: PlanStatus, **facts: Any) -> Q:
    """Return the condition "in these states the facts hold"."""
    return ~Q(status__in=statuses) | Q(**facts)


def plan_moves() -> pgtrigger.FSM:
    """Return the trigger that allows only the moves of ``TRANSITIONS``."""
    return pgtrigger.FSM(
        name="plan_moves_along_the_table",
        field="status",
        transitions=[(source.value, target.value) for source in PlanStatus for target in sorted(TRANSITIONS[source])],
    )


@track_history()
class Plan(TenantModel):
    """A performance improvement plan (PIP): one employee, one clock, one outcome."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="plans")
    manager = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="plans_managed")
    job_description = models.ForeignKey(
        JobDescription, on_delete=models.PROTECT, null=True, blank=True, related_name="plans"
    )
    template_key = models.CharField(max_length=50)
    template_version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(_("title"), max_length=200)
    status = models.CharField(_("status"), max_length=20, choices=PlanStatus.choices, default=PlanStatus.DRAFT)
    length_days = models.PositiveSmallIntegerField(_("length in days"), default=90)
    extension_days = models.PositiveSmallIntegerField(default=0)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    check_in_every_days = models.PositiveSmallIntegerField(_("days between check-ins"), default=14)
    root_cause = models.TextField(_("root cause"), blank=True)
    success_consequence = models.TextField(_("if the plan succeeds"), blank=True)
    failure_consequence = models.TextField(_("if the plan does not succeed"), blank=True)
    rights = models.TextField(_("rights and appeal"), blank=True)
    employment_effects = ArrayField(
        models.CharField(max_length=30, choices=EmploymentEffect.choices),
        default=list,
        blank=True,
        verbose_name=_("what the plan does to the job"),
    )
    harshest_step = models.CharField(
        _("harshest step it announces"), max_length=20, choices=Consequence.choices, blank=True
    )
    relapse_window_days = models.PositiveSmallIntegerField(_("relapse window in days"), null=True, blank=True)
    relapse_terms = models.TextField(_("what counts as a relapse"), blank=True)
    previous_plan = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="later_plans"
    )
    from_action = models.ForeignKey(
        "pips.DisciplinaryAction", on_delete=models.PROTECT, null=True, blank=True, related_name="plans_after"
    )
    version = models.PositiveSmallIntegerField(default=0)
    #: The amended version whose receipt is not recorded yet; the first version is waited for in the state "issued".
    receipt_owed_for = models.PositiveSmallIntegerField(null=True, blank=True)
    set_aside = models.JSONField(_("remarks of the linter set aside"), default=list, blank=True)

    created_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, blank=True)
    outcome_reason = models.TextField(_("reasons for the outcome"), blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closing_reason = models.CharField(max_length=20, choices=ClosingReason.choices, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "employee"],
                condition=~Q(status__in=[*_AFTER_DECISION, PlanStatus.CLOSED]),
                name="pips_plan_one_open_per_employee",
            ),
            models.CheckConstraint(condition=~Q(manager=F("employee")), name="pips_plan_manager_is_other"),
            models.CheckConstraint(condition=Q(length_days__gte=1), name="pips_plan_has_length"),
            models.CheckConstraint(condition=Q(check_in_every_days__gte=1), name="pips_plan_has_check_ins"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")), name="pips_plan_ends_after_start"
            ),
            # Each state and the facts it rests on; a closed plan keeps what it had when it was closed.
            models.CheckConstraint(
                condition=Q(status__in=[PlanStatus.DRAFT, PlanStatus.CLOSED]) | Q(submitted_at__isnull=False),
                name="pips_plan_submitted_has_time",
            ),
            models.CheckConstraint(
                condition=_in_states(PlanStatus.APPROVED, *_AFTER_ISSUE, approved_at__isnull=False)
                & _in_states(
                    PlanStatus.DRAFT, PlanStatus.IN_REVIEW, PlanStatus.CHANGES_REQUESTED, approved_at__isnull=True
                ),
                name="pips_plan_approved_has_time",
            ),
            models.CheckConstraint(
                condition=_in_states(
                    *_AFTER_ISSUE,
                    issued_at__isnull=False,
                    starts_on__isnull=False,
                    ends_on__isnull=False,
                    version__gte=1,
                )
                & _in_states(*sorted(BEFORE_ISSUE), issued_at__isnull=True, version=0),
                name="pips_plan_issued_has_dates",
            ),
            models.CheckConstraint(
                condition=_in_states(
                    PlanStatus.ACTIVE, PlanStatus.PAUSED, PlanStatus.EXTENDED, acknowledged_at__isnull=False
                )
                & _in_states(*sorted(BEFORE_ISSUE), acknowledged_at__isnull=True),
                name="pips_plan_active_is_acknowledged",
            ),
            models.CheckConstraint(
                condition=_in_states(PlanStatus.EXTENDED, extension_days__gte=1),
                name="pips_plan_extended_has_days",
            ),
            models.CheckConstraint(
                condition=_in_states(*_AFTER_DECISION, decided_at__isnull=False)
                & _in_states(*sorted(BEFORE_ISSUE | RUNNING), decided_at__isnull=True),
                name="pips_plan_decided_has_time",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, outcome="") | (Q(decided_at__isnull=False) & ~Q(outcome="")),
                name="pips_plan_decided_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(status=PlanStatus.CLOSED, closed_at__isnull=False)
                | (~Q(status=PlanStatus.CLOSED) & Q(closed_at__isnull=True)),
                name="pips_plan_closed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(closing_reason="") | Q(status=PlanStatus.CLOSED), name="pips_plan_only_closed_says_why"
            ),
            models.CheckConstraint(
                condition=Q(previous_plan__isnull=True) | ~Q(previous_plan=F("id")),
                name="pips_plan_previous_is_other",
            ),
            models.CheckConstraint(
                condition=(Q(issued_at__isnull=True) | Q(issued_at__gte=F("approved_at")))
                & (Q(acknowledged_at__isnull=True) | Q(acknowledged_at__gte=F("issued_at")))
                & (Q(decided_at__isnull=True) | Q(decided_at__gte=F("issued_at"))),
                name="pips_plan_times_in_order",
            ),
            models.CheckConstraint(
                condition=Q(receipt_owed_for__isnull=True) | Q(receipt_owed_for__gte=2, receipt_owed_for=F("version")),
                name="pips_plan_receipt_owed_for_latest",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "status", "ends_on"], name="pips_plan_by_status"),
            models.Index(fields=["organization", "manager"], name="pips_plan_by_manager"),
            models.Index(fields=["organization", "employee"], name="pips_plan_by_employee"),
        ]
        triggers: ClassVar[list[Any]] = [plan_moves(), *versions_rise_by_amendment(_CONTENT, name="plan")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_ended(self) -> bool:
        """Return whether the outcome is decided or the plan was closed without one."""
        return self.status in ENDED

    @property
    def is_running(self) -> bool:
        """Return whether the plan was issued and its outcome is not decided."""
        return self.status in RUNNING

    def get_absolute_url(self) -> str:
        """Return the plan's page."""
        return reverse("pips:plan_detail", kwargs={"organization_slug": self.organization.slug, "plan_id": self.pk})


class PlanTransition(TenantModel):
    """One move of a plan from one state to another: who, when, why."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="transitions")
    source = models.CharField(max_length=20, choices=PlanStatus.choices, blank=True)
    target = models.CharField(max_length=20, choices=PlanStatus.choices)
    actor = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("move of a plan")
        verbose_name_plural = _("moves of plans")
        ordering: ClassVar[list[str]] = ["at", "id"]
        triggers: ClassVar[list[Any]] = [
            *append_only(["plan", "source", "target", "reason", "at"], name="plan_move"),
        ]

    def __str__(self) -> str:
        return f"{self.source} > {self.target}"


class PlanNote(TenantModel):
    """A remark kept on the record for good: what HR asked for, why dates moved, reasons given."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=20, choices=NoteKind.choices)
    body = models.TextField(_("note"))
    author = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering: ClassVar[list[str]] = ["at", "id"]
        triggers: ClassVar[list[Any]] = [*append_only(["plan", "kind", "body", "at"], name="plan_note")]

    def __str__(self) -> str:
        return str(self.get_kind_display())
