"""Recognition: what an organization values, thanks in the open, and who does not want to appear."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goals.models import Goal
from people.models import Employee, Membership
from people.models.employees import NamedModel
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel


class OrganizationValue(NamedModel):
    """Something the organization wants to see more of; recognition names one."""

    description = models.TextField(_("what it looks like at work"), blank=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=1)
    is_retired = models.BooleanField(_("no longer offered"), default=False)

    class Meta(NamedModel.Meta):
        verbose_name = _("value of the organization")
        verbose_name_plural = _("values of the organization")
        ordering: ClassVar[list[str]] = ["position", "name"]


@track_history()
class RecognitionPolicy(TenantModel):
    """What HR decides for the whole organization: whether every team has a wall unless its manager closes it."""

    walls_open = models.BooleanField(_("every team has a wall"), default=False)
    changed_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        verbose_name = _("policy on recognition")
        verbose_name_plural = _("policies on recognition")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization"], name="feedback_recognitionpolicy_once"),
        ]

    def __str__(self) -> str:
        return str(self.walls_open)


@track_history()
class TeamWall(TenantModel):
    """A manager's own decision on the wall of those who report to them directly."""

    manager = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    is_open = models.BooleanField(_("open"), default=False)
    changed_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        verbose_name = _("wall of a team")
        verbose_name_plural = _("walls of teams")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "manager"], name="feedback_teamwall_once"),
        ]

    def __str__(self) -> str:
        return f"{self.manager_id} {self.is_open}"


class RecognitionOptOut(TenantModel):
    """An employee who does not want to appear in recognition; the row is the wish."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("wish not to appear")
        verbose_name_plural = _("wishes not to appear")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "employee"], name="feedback_optout_once"),
        ]

    def __str__(self) -> str:
        return str(self.employee_id)


@track_history()
class Recognition(TenantModel):
    """Thanks in the open: who, for what, and which value or goal it served."""

    author = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="recognition_given")
    receiver = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="recognition_received")
    text = models.TextField(_("for what"))
    value = models.ForeignKey(
        OrganizationValue,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("value it shows"),
    )
    goal = models.ForeignKey(
        Goal,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="recognition",
        verbose_name=_("goal it served"),
    )
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_reason = models.TextField(_("reason"), blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("recognition")
        verbose_name_plural = _("recognition")
        ordering: ClassVar[list[str]] = ["-given_at", "-id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=~Q(author=F("receiver")), name="feedback_recognition_of_somebody_else"),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(goal__isnull=False), name="feedback_recognition_is_tied"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="feedback_recognition_says_something"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "receiver", "-given_at"], name="feedback_recognition_by_person"),
            models.Index(fields=["organization", "author", "-given_at"], name="feedback_recognition_by_author"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.ReadOnly(
                name="recognition_stays_as_given", fields=["author", "receiver", "text", "value", "goal", "given_at"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author_id} > {self.receiver_id}"
