"""The record of a goal: moves, updates with their evidence, revisions."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goals.enums import Confidence, GoalStatus, RevisionStatus, Side, UpdateKind
from goals.models.goal import Goal
from people.models import Membership
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel


def _final(fields: list[str], *, name: str) -> list[Any]:
    """Return the trigger that refuses any change of the columns: the record is only ever added to."""
    return [pgtrigger.ReadOnly(name=f"{name}_is_final", fields=fields)]


class GoalTransition(TenantModel):
    """One move of a goal from one state to another: who, when, why."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="transitions")
    source = models.CharField(max_length=20, choices=GoalStatus.choices, blank=True)
    target = models.CharField(max_length=20, choices=GoalStatus.choices)
    side = models.CharField(max_length=10, choices=Side.choices, blank=True)
    actor = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("move of a goal")
        verbose_name_plural = _("moves of goals")
        ordering: ClassVar[list[str]] = ["at", "id"]
        triggers: ClassVar[list[Any]] = _final(["goal", "source", "target", "reason", "at"], name="goal_move")

    def __str__(self) -> str:
        return f"{self.source} > {self.target}"


class KeptFile(TenantModel):
    """A file that shows something: its bytes, what they are, and who brought it."""

    filename = models.CharField(_("file"), max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    uploaded_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        abstract = True


class Evidence(KeptFile):
    """A file that shows what an update says; handed out only to those who may read the goal."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="evidence")

    class Meta(TenantModel.Meta):
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        triggers: ClassVar[list[Any]] = _final(
            ["goal", "filename", "content_type", "size", "sha256", "content"], name="evidence"
        )

    def __str__(self) -> str:
        return self.filename


class GoalUpdate(TenantModel):
    """What somebody reports of a goal: a value, a comment, how it will end, and what shows it."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="updates")
    kind = models.CharField(max_length=10, choices=UpdateKind.choices, default=UpdateKind.UPDATE)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=3, null=True, blank=True)
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence.choices, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    evidence_link = models.URLField(_("link to evidence"), max_length=500, blank=True)
    evidence = models.ForeignKey(Evidence, on_delete=models.SET_NULL, null=True, blank=True, related_name="updates")
    author = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    side = models.CharField(max_length=10, choices=Side.choices, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("update of a goal")
        verbose_name_plural = _("updates of goals")
        ordering: ClassVar[list[str]] = ["-at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "goal", "-at"], name="goals_goalupdate_latest"),
        ]
        triggers: ClassVar[list[Any]] = _final(
            ["goal", "kind", "value", "confidence", "comment", "evidence_link", "at"], name="goal_update"
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


@track_history()
class GoalRevision(TenantModel):
    """A change of target, measure or date: numbered, with a reason, and in force once the other side acknowledged it.

    ``changes`` maps each field to what it was and what it is to be, as JSON values (numbers as text, dates as ISO).
    """

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    changes = models.JSONField()
    reason = models.TextField(_("why"))
    status = models.CharField(max_length=20, choices=RevisionStatus.choices, default=RevisionStatus.PENDING)
    proposed_side = models.CharField(max_length=10, choices=Side.choices)
    proposed_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("comment of the other side"), blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "goal", "number"], name="goals_goalrevision_number_once"),
            models.UniqueConstraint(
                fields=["organization", "goal"],
                condition=Q(status=RevisionStatus.PENDING),
                name="goals_goalrevision_one_pending",
            ),
            models.CheckConstraint(
                condition=Q(status=RevisionStatus.PENDING, answered_at__isnull=True)
                | (~Q(status=RevisionStatus.PENDING) & Q(answered_at__isnull=False)),
                name="goals_goalrevision_answered_has_time",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="goals_goalrevision_has_reason"),
            models.CheckConstraint(
                condition=~Q(status=RevisionStatus.DECLINED) | ~Q(answer=""),
                name="goals_goalrevision_declined_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.number}"
