"""The ladder of jobs, and successes a person chose to show."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from development.enums import StepKind
from people.models import Employee, JobDescription, Membership
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel
from pips.models import Plan


@track_history()
class JobStep(TenantModel):
    """A step people take from one job to another; steps that lead up make no circle."""

    source = models.ForeignKey(
        JobDescription, on_delete=models.CASCADE, related_name="steps_onward", verbose_name=_("from")
    )
    target = models.ForeignKey(
        JobDescription, on_delete=models.CASCADE, related_name="steps_here", verbose_name=_("to")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=StepKind.choices, default=StepKind.UP)
    note = models.CharField(_("what usually comes before"), max_length=300, blank=True)
    created_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("step of the ladder")
        verbose_name_plural = _("steps of the ladder")
        ordering: ClassVar[list[str]] = ["source", "target"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "source", "target"], name="development_jobstep_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="development_jobstep_leads_somewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} > {self.target_id}"


class ShownSuccess(TenantModel):
    """A plan that succeeded and whose employee chose to show it among their milestones; nobody else can."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(_("in your words"), max_length=200)
    shown_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("shown success")
        verbose_name_plural = _("shown successes")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "plan"], name="development_shownsuccess_once"),
        ]

    def __str__(self) -> str:
        return self.words
