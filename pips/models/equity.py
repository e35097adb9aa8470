"""What HR saw of the equity check when it approved a plan."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pipcycle.tenancy.models import TenantModel
from pips.models.guards import append_only
from pips.models.plan import Plan


class EquitySnapshot(TenantModel):
    """The figures of the equity check at the moment of an approval (rules 23–25); HR only, kept as they were."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="equity_snapshots")
    figures = models.JSONField(_("figures"))
    taken_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("equity check")
        verbose_name_plural = _("equity checks")
        ordering: ClassVar[list[str]] = ["taken_at", "id"]
        triggers: ClassVar[list[Any]] = [
            *append_only(["plan", "figures", "taken_at"], name="equity_snapshot"),
        ]

    def __str__(self) -> str:
        return str(self.plan)
