"""An appeal against a disciplinary action, heard by somebody who was not involved (rule 17)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Employee, Membership
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel
from pips.discipline_enums import ActionLevel, AppealDecision
from pips.models.discipline import DisciplinaryAction
from pips.models.guards import append_only


@track_history()
class DisciplinaryAppeal(TenantModel):
    """The employee's grounds, who hears them, and the decision with its reasons."""

    action = models.OneToOneField(DisciplinaryAction, on_delete=models.CASCADE, related_name="appeal")
    grounds = models.TextField(_("grounds"))
    filed_at = models.DateTimeField(default=timezone.now, editable=False)
    hearer = models.ForeignKey(
        Employee,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appeals_to_hear",
        verbose_name=_("heard by"),
    )
    appointed_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    appointed_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(_("decision"), max_length=20, choices=AppealDecision.choices, blank=True)
    reduced_level = models.CharField(_("reduced to"), max_length=20, choices=ActionLevel.choices, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    decided_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("appeal against a disciplinary action")
        verbose_name_plural = _("appeals against disciplinary actions")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=~Q(grounds=""), name="pips_actionappeal_has_grounds"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | (~Q(decision="") & ~Q(reasons="") & Q(decided_at__isnull=False, hearer__isnull=False)),
                name="pips_actionappeal_decided_has_reasons",
            ),
            models.CheckConstraint(
                condition=(Q(decision=AppealDecision.REDUCED) & ~Q(reduced_level=""))
                | (~Q(decision=AppealDecision.REDUCED) & Q(reduced_level="")),
                name="pips_actionappeal_reduced_has_level",
            ),
        ]
        triggers: ClassVar[list[Any]] = append_only(["action", "grounds", "filed_at"], name="action_appeal")

    def __str__(self) -> str:
        return str(self.action)
