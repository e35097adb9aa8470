"""A disciplinary action: for misconduct, where a plan would be the wrong instrument (rule 1)."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Employee, Membership
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel
from pips.discipline_enums import (
    ACTION_BEFORE_ISSUE,
    ACTION_MOVES,
    ACTION_OVER,
    ACTION_STANDS,
    ActionCategory,
    ActionLevel,
    ActionStatus,
    Hearing,
    ProbationStatus,
    Representation,
    UnionStatus,
)
from pips.models.guards import append_only
from pips.models.plan import Plan

#: What the letter says; locked once it is handed over.
CONTENT_FIELDS = (
    "category",
    "occurred_on",
    "occurred_at",
    "place",
    "facts",
    "witnesses",
    "policy_name",
    "policy_version",
    "investigation",
    "has_no_prior_actions",
    "prior_actions",
    "hearing",
    "heard_on",
    "employee_statement",
    "representation",
    "representative",
    "level",
    "level_reason",
    "proportionality",
    "corrective_action",
    "corrective_due_on",
    "consequence",
    "rights",
    "union_status",
    "probation_status",
)


def _in_states(statuses: Any, **facts: Any) -> Q:
    """Return the condition "in these states the facts hold"."""
    return ~Q(status__in=sorted(statuses)) | Q(**facts)


def action_moves() -> pgtrigger.FSM:
    """Return the trigger that allows only the moves of ``ACTION_MOVES``."""
    return pgtrigger.FSM(
        name="action_moves_along_the_table",
        field="status",
        transitions=[
            (source.value, target.value) for source in ActionStatus for target in sorted(ACTION_MOVES[source])
        ],
    )


def letter_is_locked() -> pgtrigger.Trigger:
    """Return the trigger that refuses a change of what was handed over."""
    return pgtrigger.Trigger(
        name="action_is_locked_at_issue",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("employee", *CONTENT_FIELDS),
        func=(
            "IF OLD.issued_at IS NOT NULL THEN RAISE EXCEPTION "
            "'pips: an issued disciplinary action is not rewritten; an appeal or a withdrawal answers it'; "
            "END IF; RETURN NEW;"
        ),
    )


@track_history()
class DisciplinaryAction(TenantModel):
    """One answer to one incident: the facts, who was heard, the level, what follows and when it expires.

    ``form_version``: how HR worded the form when the action was begun; empty before forms had versions.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="disciplinary_actions")
    manager = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="disciplinary_actions_led")
    status = models.CharField(_("status"), max_length=20, choices=ActionStatus.choices, default=ActionStatus.DRAFTED)
    from_plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="actions_after", verbose_name=_("from plan")
    )

    category = models.CharField(_("category"), max_length=20, choices=ActionCategory.choices, blank=True)
    occurred_on = models.DateField(_("date"), null=True, blank=True)
    occurred_at = models.TimeField(_("time"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    facts = models.TextField(_("what happened"), blank=True)
    witnesses = models.TextField(_("witnesses"), blank=True)
    policy_name = models.CharField(_("policy"), max_length=200, blank=True)
    policy_version = models.CharField(_("version of the policy"), max_length=50, blank=True)
    investigation = models.TextField(_("how it was looked into"), blank=True)
    has_no_prior_actions = models.BooleanField(_("there are no prior actions"), default=False)
    prior_actions = models.TextField(_("prior actions"), blank=True)

    hearing = models.CharField(_("was the employee heard?"), max_length=20, choices=Hearing.choices, blank=True)
    heard_on = models.DateField(_("heard on"), null=True, blank=True)
    employee_statement = models.TextField(_("the employee's statement"), blank=True)
    representation = models.CharField(_("representative"), max_length=20, choices=Representation.choices, blank=True)
    representative = models.CharField(_("name of the representative"), max_length=200, blank=True)
    union_status = models.CharField(_("union"), max_length=20, choices=UnionStatus.choices, blank=True)
    probation_status = models.CharField(_("probation"), max_length=20, choices=ProbationStatus.choices, blank=True)

    level = models.CharField(_("level"), max_length=20, choices=ActionLevel.choices, blank=True)
    level_reason = models.TextField(_("why levels are skipped"), blank=True)
    proportionality = models.TextField(_("why this level fits"), blank=True)
    corrective_action = models.TextField(_("what is to change"), blank=True)
    corrective_due_on = models.DateField(_("by when"), null=True, blank=True)
    consequence = models.TextField(_("what follows if it happens again"), blank=True)
    rights = models.TextField(_("rights"), blank=True)
    form_version = models.PositiveSmallIntegerField(_("version of the form"), null=True, editable=False)

    set_aside = models.JSONField(_("remarks of the linter set aside"), default=list, blank=True)

    created_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField(null=True, blank=True)
    appeal_until = models.DateField(_("appeal until"), null=True, blank=True)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reduced_level = models.CharField(_("reduced to"), max_length=20, choices=ActionLevel.choices, blank=True)

    legal_reason = models.TextField(_("legal review"), blank=True)
    legal_reviewed_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    legal_reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("disciplinary action")
        verbose_name_plural = _("disciplinary actions")
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=~Q(manager=F("employee")), name="pips_action_manager_is_other"),
            models.CheckConstraint(
                condition=_in_states({ActionStatus.IN_REVIEW, ActionStatus.APPROVED}, submitted_at__isnull=False)
                & _in_states(ACTION_STANDS, submitted_at__isnull=False),
                name="pips_action_submitted_has_time",
            ),
            models.CheckConstraint(
                condition=_in_states({ActionStatus.APPROVED, *ACTION_STANDS}, approved_at__isnull=False)
                & _in_states({ActionStatus.DRAFTED, ActionStatus.IN_REVIEW}, approved_at__isnull=True),
                name="pips_action_approved_has_time",
            ),
            models.CheckConstraint(
                condition=(
                    _in_states(
                        {*ACTION_STANDS, ActionStatus.EXPIRED}, issued_at__isnull=False, appeal_until__isnull=False
                    )
                    & _in_states(ACTION_BEFORE_ISSUE, issued_at__isnull=True)
                    & (Q(issued_at__isnull=True) | ~Q(level="") & ~Q(facts="") & Q(occurred_on__isnull=False))
                ),
                name="pips_action_issued_has_content",
            ),
            models.CheckConstraint(
                condition=_in_states({ActionStatus.ACKNOWLEDGED, ActionStatus.REFUSED}, received_at__isnull=False)
                & (Q(received_at__isnull=True) | Q(received_at__gte=F("issued_at"))),
                name="pips_action_received_has_time",
            ),
            models.CheckConstraint(
                condition=_in_states(ACTION_OVER, ended_at__isnull=False)
                & _in_states({*ACTION_BEFORE_ISSUE, *ACTION_STANDS}, ended_at__isnull=True),
                name="pips_action_over_has_time",
            ),
            models.CheckConstraint(
                condition=_in_states({ActionStatus.EXPIRED}, expires_on__isnull=False),
                name="pips_action_expired_has_day",
            ),
            models.CheckConstraint(
                condition=(Q(reduced_level="") | Q(status__in=["reduced", "expired", "withdrawn"]))
                & _in_states({ActionStatus.REDUCED}, reduced_level__gt=""),
                name="pips_action_reduced_has_level",
            ),
            models.CheckConstraint(
                condition=Q(legal_reviewed_at__isnull=True) | ~Q(legal_reason=""),
                name="pips_action_legal_review_says_why",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "employee", "status"], name="pips_action_by_employee"),
            models.Index(fields=["organization", "status", "expires_on"], name="pips_action_by_status"),
        ]
        triggers: ClassVar[list[Any]] = [action_moves(), letter_is_locked()]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Return what the action is called: its level and what it is about."""
        level = ActionLevel(self.level).label if self.level else _("Disciplinary action")
        return f"{level}: {ActionCategory(self.category).label}" if self.category else str(level)

    @property
    def level_in_force(self) -> str:
        """Return the level that counts: what an appeal reduced it to, else the one issued."""
        return self.reduced_level or self.level

    @property
    def is_over(self) -> bool:
        """Return whether the action has expired or was withdrawn."""
        return self.status in ACTION_OVER

    @property
    def stands(self) -> bool:
        """Return whether the action was issued and counts still."""
        return self.status in ACTION_STANDS

    def get_absolute_url(self) -> str:
        """Return the action's page."""
        return reverse(
            "discipline:action_detail", kwargs={"organization_slug": self.organization.slug, "action_id": self.pk}
        )


class DisciplineMove(TenantModel):
    """One move of an action from one state to another: who, when, why."""

    action = models.ForeignKey(DisciplinaryAction, on_delete=models.CASCADE, related_name="moves")
    source = models.CharField(max_length=20, choices=ActionStatus.choices, blank=True)
    target = models.CharField(max_length=20, choices=ActionStatus.choices)
    actor = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("move of a disciplinary action")
        verbose_name_plural = _("moves of disciplinary actions")
        ordering: ClassVar[list[str]] = ["at", "id"]
        triggers: ClassVar[list[Any]] = append_only(
            ["action", "source", "target", "reason", "at"], name="discipline_move"
        )

    def __str__(self) -> str:
        return f"{self.source} > {self.target}"
