"""What a job is responsible for, and the competencies it asks for at which level."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.enums import CompetencyLevel
from people.models.employees import JobDescription, NamedModel
from pipcycle.tenancy.models import TenantModel


class Responsibility(TenantModel):
    """One thing a job answers for; a goal is anchored to one, or to an objective."""

    job_description = models.ForeignKey(JobDescription, on_delete=models.CASCADE, related_name="responsibilities")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("responsibility"), max_length=200)
    description = models.TextField(_("what it means"), blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        ordering: ClassVar[list[str]] = ["position", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "job_description", "title"], name="people_responsibility_once_per_job"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Competency(NamedModel):
    """A skill people are rated in, described once for the whole organization."""

    description = models.TextField(_("what it means"), blank=True)

    class Meta(NamedModel.Meta):
        verbose_name = _("competency")
        verbose_name_plural = _("competencies")


class JobCompetency(TenantModel):
    """The level of a competency a job expects."""

    job_description = models.ForeignKey(JobDescription, on_delete=models.CASCADE, related_name="competencies")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="jobs")
    expected_level = models.PositiveSmallIntegerField(
        _("expected level"),
        choices=CompetencyLevel.choices,
        validators=[MinValueValidator(CompetencyLevel.LEARNING), MaxValueValidator(CompetencyLevel.EXPERT)],
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("competency of a job")
        verbose_name_plural = _("competencies of a job")
        ordering: ClassVar[list[str]] = ["-expected_level", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "job_description", "competency"], name="people_jobcompetency_once"
            ),
            models.CheckConstraint(
                condition=Q(expected_level__gte=CompetencyLevel.LEARNING, expected_level__lte=CompetencyLevel.EXPERT),
                name="people_jobcompetency_level",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competency_id} {self.expected_level}"
