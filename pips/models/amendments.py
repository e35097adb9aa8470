"""How an issued plan changes: versions with their content before and after, and the dates that moved."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pipcycle.tenancy.models import TenantModel
from pips.amendment_enums import (
    AmendmentKind,
    AmendmentStatus,
    ExtensionReason,
    LeaveProposalKind,
    LeaveProposalStatus,
)
from pips.models.guards import append_only, settled_once
from pips.models.plan import Plan

_PROPOSED = ["plan", "kind", "base_version", "version", "reason", "reason_kind", "more_days", "before", "proposed_at"]
_SETTLED = [*_PROPOSED, "proposal", "status", "after", "decided_at", "decision_reason"]


class Amendment(TenantModel):
    """A change of an issued plan: proposed with a reason, settled once by HR, in force as the next version (rule 11).

    ``proposal`` is the content asked for, ``before`` and ``after`` the content around the change
    (``pips.snapshots``). An extension (rule 12) is the same with a kind of reason and days.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="amendments")
    kind = models.CharField(_("kind"), max_length=20, choices=AmendmentKind.choices)
    status = models.CharField(
        _("status"), max_length=20, choices=AmendmentStatus.choices, default=AmendmentStatus.PROPOSED
    )
    base_version = models.PositiveSmallIntegerField(_("changes version"))
    version = models.PositiveSmallIntegerField(_("version"))
    reason = models.TextField(_("reason"))
    reason_kind = models.CharField(_("kind of reason"), max_length=30, choices=ExtensionReason.choices, blank=True)
    more_days = models.PositiveSmallIntegerField(_("days more"), default=0)
    before = models.JSONField(_("content before"))
    proposal = models.JSONField(_("content proposed"))
    after = models.JSONField(_("content after"), null=True, blank=True)
    proposed_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(_("reasons of the decision"), blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering: ClassVar[list[str]] = ["proposed_at", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "plan"],
                condition=Q(status=AmendmentStatus.PROPOSED),
                name="pips_amendment_one_open_per_plan",
            ),
            models.UniqueConstraint(
                fields=["organization", "plan", "version"],
                condition=Q(status=AmendmentStatus.IN_FORCE),
                name="pips_amendment_version_once",
            ),
            models.CheckConstraint(
                condition=Q(base_version__gte=1, version=F("base_version") + 1),
                name="pips_amendment_is_the_next_version",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="pips_amendment_has_reason"),
            models.CheckConstraint(
                condition=Q(kind=AmendmentKind.EXTENSION, more_days__gte=1) & ~Q(reason_kind="")
                | ~Q(kind=AmendmentKind.EXTENSION) & Q(reason_kind=""),
                name="pips_amendment_extension_has_kind_and_days",
            ),
            models.CheckConstraint(
                condition=Q(status=AmendmentStatus.PROPOSED, decided_at__isnull=True)
                | ~Q(status=AmendmentStatus.PROPOSED) & Q(decided_at__gte=F("proposed_at")),
                name="pips_amendment_settled_has_time",
            ),
            models.CheckConstraint(
                condition=Q(status=AmendmentStatus.IN_FORCE, after__isnull=False)
                | ~Q(status=AmendmentStatus.IN_FORCE) & Q(after__isnull=True),
                name="pips_amendment_in_force_has_content",
            ),
            models.CheckConstraint(
                condition=~Q(status=AmendmentStatus.DECLINED) | ~Q(decision_reason=""),
                name="pips_amendment_declined_has_reason",
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.ReadOnly(name="amendment_keeps_what_was_proposed", fields=[*_PROPOSED, "proposal"]),
            *settled_once(_SETTLED, open_status=AmendmentStatus.PROPOSED, name="amendment"),
        ]

    def __str__(self) -> str:
        return str(_("Version %(version)d") % {"version": self.version})

    @property
    def is_open(self) -> bool:
        """Return whether HR has yet to decide."""
        return self.status == AmendmentStatus.PROPOSED

    @property
    def is_in_force(self) -> bool:
        """Return whether it is a version of the plan."""
        return self.status == AmendmentStatus.IN_FORCE


class LeaveProposal(TenantModel):
    """What recorded leave asks for beside moving the dates, until somebody accepts or declines it (rule 8).

    A ramp-up belongs to the leave that begins on ``leave_starts_on`` and adds ``days``; a proration keeps its sums in
    ``content``.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="leave_proposals")
    kind = models.CharField(_("kind"), max_length=20, choices=LeaveProposalKind.choices)
    status = models.CharField(
        _("status"), max_length=20, choices=LeaveProposalStatus.choices, default=LeaveProposalStatus.OPEN
    )
    leave_starts_on = models.DateField(_("leave from"))
    days = models.PositiveSmallIntegerField(_("days"), default=0)
    content = models.JSONField(_("sums"), default=dict)
    offered_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    amendment = models.ForeignKey(
        Amendment, on_delete=models.SET_NULL, null=True, blank=True, related_name="leave_proposals"
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("proposal after leave")
        verbose_name_plural = _("proposals after leave")
        ordering: ClassVar[list[str]] = ["offered_at", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "plan", "kind", "leave_starts_on"],
                condition=~Q(status=LeaveProposalStatus.LAPSED),
                name="pips_leaveproposal_once_per_leave",
            ),
            models.CheckConstraint(
                condition=~Q(kind=LeaveProposalKind.RAMP_UP) | Q(days__gte=1),
                name="pips_leaveproposal_ramp_up_has_days",
            ),
            models.CheckConstraint(
                condition=Q(status=LeaveProposalStatus.OPEN, decided_at__isnull=True)
                | ~Q(status=LeaveProposalStatus.OPEN) & Q(decided_at__isnull=False),
                name="pips_leaveproposal_settled_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=LeaveProposalStatus.DECLINED) | ~Q(reason=""),
                name="pips_leaveproposal_declined_has_reason",
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.ReadOnly(
                name="leave_proposal_keeps_what_was_offered", fields=["plan", "kind", "content", "offered_at"]
            ),
            *settled_once(
                ["leave_starts_on", "days", "status", "decided_at", "reason"],
                open_status=LeaveProposalStatus.OPEN,
                name="leave_proposal",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def is_open(self) -> bool:
        """Return whether nobody has answered yet."""
        return self.status == LeaveProposalStatus.OPEN


class DateShift(TenantModel):
    """One date of a plan that moved: which, from when to when, why, when it was worked out and on whose record."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="date_shifts")
    about_type = models.CharField(max_length=50)
    about_id = models.BigIntegerField()
    day = models.PositiveSmallIntegerField(_("day"))
    old_on = models.DateField(_("from"))
    new_on = models.DateField(_("to"))
    reason = models.TextField(_("why"))
    at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("moved date")
        verbose_name_plural = _("moved dates")
        ordering: ClassVar[list[str]] = ["at", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=~Q(old_on=F("new_on")), name="pips_dateshift_moves"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "plan", "at"], name="pips_dateshift_by_plan"),
        ]
        triggers: ClassVar[list[Any]] = append_only(
            ["plan", "about_type", "about_id", "day", "old_on", "new_on", "reason", "at"], name="date_shift"
        )

    def __str__(self) -> str:
        return f"{self.old_on} > {self.new_on}"
