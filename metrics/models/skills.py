"""Ratings of competencies over time, by the person and by the manager."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metrics.enums import Rater
from people.enums import CompetencyLevel
from people.models import Competency, Employee, Membership
from pipcycle.tenancy.models import TenantModel


class SkillRating(TenantModel):
    """How somebody masters a competency on a day, as the person or the manager sees it; later days add rows."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="skill_ratings")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="ratings")
    rater = models.CharField(max_length=10, choices=Rater.choices)
    level = models.PositiveSmallIntegerField(_("level"), choices=CompetencyLevel.choices)
    note = models.TextField(_("what it rests on"), blank=True)
    rated_on = models.DateField(_("rated on"))
    rated_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("skill rating")
        verbose_name_plural = _("skill ratings")
        ordering: ClassVar[list[str]] = ["-rated_on", "-id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "employee", "competency", "rater", "rated_on"],
                name="metrics_skillrating_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(level__gte=CompetencyLevel.LEARNING, level__lte=CompetencyLevel.EXPERT),
                name="metrics_skillrating_level",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competency_id} {self.level}"
