"""What the employee says for themself: words on the record, challenged readings, somebody beside them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from people.models import Membership
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel
from pips.enums import CheckStatus, CompanionKind, VoiceKind
from pips.models.guards import append_only, never_removed
from pips.models.parts import Expectation, MilestoneReading
from pips.models.plan import Plan


class VoiceEntry(TenantModel):
    """A comment, or a rebuttal attached to the sealed document it answers; neither changes nor goes (rule 16)."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="voice_entries")
    kind = models.CharField(max_length=20, choices=VoiceKind.choices)
    body = models.TextField(_("words"))
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("word of the employee")
        verbose_name_plural = _("words of the employee")
        ordering: ClassVar[list[str]] = ["at", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=~Q(body=""), name="pips_voiceentry_has_words"),
            models.CheckConstraint(
                condition=~Q(kind=VoiceKind.COMMENT) | Q(document__isnull=True), name="pips_voiceentry_only_rebuttals"
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            *append_only(["plan", "kind", "body", "document", "at"], name="voice_entry"),
            *never_removed(name="voice_entry"),
        ]

    def __str__(self) -> str:
        return str(VoiceKind(self.kind).label)


@track_history()
class DataCheck(TenantModel):
    """A reading the employee challenges. While it is open, nothing is held against them on that expectation.

    ``reading`` is the recorded one that is meant; without it the figure of the metric is meant.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="data_checks")
    expectation = models.ForeignKey(Expectation, on_delete=models.CASCADE, related_name="data_checks")
    reading = models.ForeignKey(MilestoneReading, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    challenged_value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    words = models.TextField(_("what is wrong with it"))
    status = models.CharField(_("status"), max_length=20, choices=CheckStatus.choices, default=CheckStatus.OPEN)
    opened_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    answer = models.TextField(_("answer"), blank=True)
    corrected_value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    answered_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("data check")
        verbose_name_plural = _("data checks")
        ordering: ClassVar[list[str]] = ["opened_at", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "expectation", "reading"],
                condition=Q(status=CheckStatus.OPEN),
                nulls_distinct=False,
                name="pips_datacheck_one_open",
            ),
            models.CheckConstraint(
                condition=Q(status=CheckStatus.OPEN, answered_at__isnull=True, answer="")
                | (~Q(status=CheckStatus.OPEN) & Q(answered_at__isnull=False) & ~Q(answer="")),
                name="pips_datacheck_answered_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status=CheckStatus.CORRECTED) | Q(corrected_value__isnull=False),
                name="pips_datacheck_corrected_has_value",
            ),
        ]

    def __str__(self) -> str:
        return str(self.expectation_id)


@track_history()
class PlanCompanion(TenantModel):
    """Somebody the employee asked to stand beside them: reads this one plan until revoked or the plan is closed."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="companions")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("as"), max_length=20, choices=CompanionKind.choices, default=CompanionKind.REPRESENTATIVE)
    invited_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        ordering: ClassVar[list[str]] = ["invited_at", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "plan", "member"],
                condition=Q(revoked_at__isnull=True),
                name="pips_plancompanion_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["organization", "member"], condition=Q(revoked_at__isnull=True), name="pips_companion_of"
            ),
        ]

    def __str__(self) -> str:
        return str(self.member)
