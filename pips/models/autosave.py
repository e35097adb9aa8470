"""What is typed into a draft and could not become part of it: half a date, or words somebody else overtook."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pipcycle.tenancy.models import TenantModel
from pips.models.plan import Plan


class DraftAutosave(TenantModel):
    """What one tab of one member holds of one step of a draft; nobody else reads it.

    ``typed`` maps each field to the values as sent; it is null once all of it is in the draft. ``seen`` is the state of
    the step the tab knows: the one it was opened from, or the one it wrote last.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="autosaves")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    step = models.CharField(max_length=20)
    tab = models.CharField(max_length=32)
    seen = models.CharField(max_length=16)
    typed = models.JSONField(null=True)
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        verbose_name = _("words kept of a draft")
        verbose_name_plural = _("words kept of drafts")
        ordering: ClassVar[list[str]] = ["-kept_at", "-id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "plan", "member", "step", "tab"], name="pips_draftautosave_once_per_tab"
            ),
        ]

    def __str__(self) -> str:
        return self.step
