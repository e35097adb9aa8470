"""Training: the catalogue of courses, who takes part, what it was worth, and which job asks for which course."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from development.learning_enums import ENROLMENT_TRANSITIONS, OPEN_ENROLMENTS, EnrolmentStatus, Provision
from development.models.plans import moves_along
from goals.models.record import KeptFile
from people.models import Competency, Employee, JobDescription, Membership
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel


@track_history()
class TrainingCourse(TenantModel):
    """A course of the catalogue; ``code`` is how files name it. One that is not offered any more keeps its record."""

    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("what one learns"), blank=True)
    provision = models.CharField(_("kind"), max_length=10, choices=Provision.choices, default=Provision.INTERNAL)
    provider = models.CharField(_("provider"), max_length=200, blank=True)
    hours = models.DecimalField(_("hours"), max_digits=6, decimal_places=1, default=0)
    cost = models.DecimalField(_("cost"), max_digits=10, decimal_places=2, default=0)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    recertification_months = models.PositiveSmallIntegerField(_("valid for (months)"), null=True, blank=True)
    is_offered = models.BooleanField(_("offered"), default=True)
    created_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering: ClassVar[list[str]] = ["name", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "code"], name="development_course_code_once"),
            models.CheckConstraint(
                condition=Q(hours__gte=0) & Q(cost__gte=0) & (Q(cost=0) | ~Q(currency="")),
                name="development_course_cost_has_currency",
            ),
            models.CheckConstraint(
                condition=Q(recertification_months__isnull=True) | Q(recertification_months__gte=1),
                name="development_course_is_valid_for_a_while",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the course."""
        return reverse("development:course", kwargs={"organization_slug": self.organization.slug, "course_id": self.pk})


class CourseCompetency(TenantModel):
    """A competency a course teaches."""

    course = models.ForeignKey(TrainingCourse, on_delete=models.CASCADE, related_name="teaches")
    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("competency taught")
        verbose_name_plural = _("competencies taught")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "course", "competency"], name="development_coursecompetency_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} {self.competency_id}"


@track_history()
class RequiredTraining(TenantModel):
    """A course everybody of a job needs."""

    job = models.ForeignKey(
        JobDescription, on_delete=models.CASCADE, related_name="required_training", verbose_name=_("job")
    )
    course = models.ForeignKey(TrainingCourse, on_delete=models.CASCADE, related_name="required_by")

    class Meta(TenantModel.Meta):
        verbose_name = _("required training")
        verbose_name_plural = _("required training")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "job", "course"], name="development_required_once"),
        ]

    def __str__(self) -> str:
        return f"{self.job_id} {self.course_id}"


@track_history()
class Enrolment(TenantModel):
    """Somebody's place in a course, from the request to the completion; ``expires_on`` is its last day of worth."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="enrolments")
    course = models.ForeignKey(TrainingCourse, on_delete=models.PROTECT, related_name="enrolments")
    status = models.CharField(
        _("status"), max_length=10, choices=EnrolmentStatus.choices, default=EnrolmentStatus.REQUESTED
    )
    purpose = models.TextField(_("what for"), blank=True)
    requested_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    completed_on = models.DateField(_("completed on"), null=True, blank=True)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    recorded_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering: ClassVar[list[str]] = ["-requested_at", "-id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "employee", "course"],
                condition=Q(status__in=OPEN_ENROLMENTS),
                name="development_enrolment_one_open",
            ),
            models.UniqueConstraint(
                fields=["organization", "employee", "course", "completed_on"],
                condition=Q(status=EnrolmentStatus.COMPLETED),
                name="development_enrolment_one_completion_a_day",
            ),
            models.CheckConstraint(
                condition=Q(status=EnrolmentStatus.COMPLETED, completed_on__isnull=False)
                | (~Q(status=EnrolmentStatus.COMPLETED) & Q(completed_on__isnull=True, expires_on__isnull=True)),
                name="development_enrolment_completed_has_day",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("completed_on")),
                name="development_enrolment_expires_later",
            ),
            models.CheckConstraint(
                condition=~Q(status=EnrolmentStatus.DECLINED) | ~Q(reason=""),
                name="development_enrolment_declined_has_reason",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["organization", "employee", "course", "-completed_on"], name="development_enrolment_latest"
            ),
            models.Index(
                fields=["organization", "expires_on"],
                condition=Q(status=EnrolmentStatus.COMPLETED, expires_on__isnull=False),
                name="development_enrolment_expiring",
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            moves_along("enrolment_moves_along_the_table", EnrolmentStatus, ENROLMENT_TRANSITIONS)
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.course_id}"


class Certificate(KeptFile):
    """The file that shows a completion; handed out only to those who may read the enrolment."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="certificates")

    class Meta(KeptFile.Meta):
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")

    def __str__(self) -> str:
        return self.filename
