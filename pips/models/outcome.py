"""How a plan ended, expectation by expectation, and what a later plan says has slipped since."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel
from pips.enums import Consequence, Verdict
from pips.models.guards import append_only, locked_at_issue
from pips.models.parts import Expectation
from pips.models.plan import Plan


@track_history()
class ExpectationResult(TenantModel):
    """What became of one expectation by the end of the plan; final once decided."""

    expectation = models.OneToOneField(Expectation, on_delete=models.CASCADE, related_name="result")
    verdict = models.CharField(_("result"), max_length=20, choices=Verdict.choices)
    final_value = models.DecimalField(_("final value"), max_digits=12, decimal_places=2, null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("result of an expectation")
        verbose_name_plural = _("results of expectations")
        triggers: ClassVar[list[Any]] = append_only(
            ["expectation", "verdict", "final_value", "note"], name="expectation_result"
        )

    def __str__(self) -> str:
        return str(Verdict(self.verdict).label)


@track_history()
class PlanDecision(TenantModel):
    """What follows from the outcome: the words announced beforehand, quoted, and what is actually done."""

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="decision")
    announced = models.TextField(_("announced in the plan"))
    step = models.CharField(_("what is done"), max_length=20, choices=Consequence.choices)
    step_note = models.TextField(_("in words"), blank=True)
    harsher_reason = models.TextField(_("why more than was announced"), blank=True)
    early_reason = models.TextField(_("why before the end"), blank=True)
    decided_on = models.DateField(_("decided on"))
    recorded_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("decision on a plan")
        verbose_name_plural = _("decisions on plans")
        triggers: ClassVar[list[Any]] = append_only(
            ["plan", "announced", "step", "step_note", "harsher_reason", "early_reason", "decided_on"],
            name="plan_decision",
        )

    def __str__(self) -> str:
        return str(Consequence(self.step).label)


@track_history()
class SlippedExpectation(TenantModel):
    """Which expectation of the earlier plan slipped inside its relapse window, cited by the later plan."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="slipped_expectations")
    expectation = models.ForeignKey(Expectation, on_delete=models.PROTECT, related_name="slips")
    note = models.TextField(_("what was seen"))

    class Meta(TenantModel.Meta):
        verbose_name = _("slipped expectation")
        verbose_name_plural = _("slipped expectations")
        ordering: ClassVar[list[str]] = ["expectation__position", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "plan", "expectation"], name="pips_slippedexpectation_once"
            ),
            models.CheckConstraint(condition=~Q(note=""), name="pips_slippedexpectation_says_what"),
        ]
        triggers: ClassVar[list[Any]] = locked_at_issue(["expectation", "note"], name="slip", rows_too=True)

    def __str__(self) -> str:
        return str(self.expectation)
