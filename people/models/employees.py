"""Employees, where they work, what they do and whom they report to."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from people.enums import EmployeeStatus, LeavingKind
from people.models.accounts import Membership
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel


class NamedModel(TenantModel):
    """A row known by a name that is unique in its organization, whatever its case."""

    name = models.CharField(_("name"), max_length=200)

    class Meta(TenantModel.Meta):
        abstract = True
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(Lower("name"), "organization", name="%(app_label)s_%(class)s_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Department(NamedModel):
    """A part of the organization."""

    class Meta(NamedModel.Meta):
        verbose_name = _("department")
        verbose_name_plural = _("departments")


class Location(NamedModel):
    """A place of work; its country gives the holidays, its zone the local morning."""

    country = models.CharField(_("country"), max_length=2, default="US")
    subdivision = models.CharField(_("state or region"), max_length=10, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")

    class Meta(NamedModel.Meta):
        verbose_name = _("location")
        verbose_name_plural = _("locations")


class JobDescription(NamedModel):
    """What a job asks; a plan is anchored to one."""

    purpose = models.TextField(_("purpose"), blank=True)

    class Meta(NamedModel.Meta):
        verbose_name = _("job description")
        verbose_name_plural = _("job descriptions")


@track_history()
class Employee(TenantModel):
    """A person employed by the organization, with or without a sign-in of their own."""

    membership = models.OneToOneField(
        Membership,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="employee",
        verbose_name=_("sign-in"),
    )
    number = models.CharField(_("employee number"), max_length=50)
    given_name = models.CharField(_("given name"), max_length=100)
    family_name = models.CharField(_("family name"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    job_description = models.ForeignKey(
        JobDescription, on_delete=models.PROTECT, null=True, blank=True, related_name="employees"
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="employees"
    )
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, blank=True, related_name="employees")
    manager = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="direct_reports")
    reported_manager = models.CharField(
        _("manager as named in the source"),
        max_length=200,
        blank=True,
        help_text=_("Kept when the named manager is not an employee of the organization."),
    )
    hired_on = models.DateField(_("hired on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    leaving_kind = models.CharField(_("kind of leaving"), max_length=20, choices=LeavingKind.choices, blank=True)
    leaving_reason = models.CharField(_("reason for leaving"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=EmployeeStatus.choices, default=EmployeeStatus.ACTIVE)
    last_rating = models.CharField(_("last rating"), max_length=100, blank=True)
    last_reviewed_on = models.DateField(_("last reviewed on"), null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("employee")
        verbose_name_plural = _("employees")
        ordering: ClassVar[list[str]] = ["family_name", "given_name", "id"]
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "number"], name="people_employee_number_once"),
            models.CheckConstraint(condition=~Q(manager=F("id")), name="people_employee_not_own_manager"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(hired_on__isnull=True) | Q(left_on__gte=F("hired_on")),
                name="people_employee_leaves_after_hire",
            ),
            models.CheckConstraint(
                condition=~Q(status=EmployeeStatus.LEFT) | Q(left_on__isnull=False),
                name="people_employee_left_has_date",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "family_name", "given_name", "id"], name="people_employee_by_name"),
            models.Index(fields=["organization", "manager"], name="people_employee_by_manager"),
            models.Index(fields=["organization", "status"], name="people_employee_by_status"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Given name, then family name."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def has_left(self) -> bool:
        """Whether the employment has ended."""
        return self.status == EmployeeStatus.LEFT


class EmployeeDemographics(TenantModel):
    """Facts used for fairness figures only; HR analysts only, never shown beside a name in the portal."""

    employee = models.OneToOneField(Employee, on_delete=models.CASCADE, related_name="demographics")
    born_on = models.DateField(null=True, blank=True)
    gender = models.CharField(max_length=50, blank=True)
    ethnicity = models.CharField(max_length=100, blank=True)
    hispanic_or_latino = models.CharField(max_length=20, blank=True)
    marital_status = models.CharField(max_length=50, blank=True)
    citizenship = models.CharField(max_length=50, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("demographics")
        verbose_name_plural = _("demographics")

    def __str__(self) -> str:
        return str(self.pk)


class ReportingLine(TenantModel):
    """Transitive closure of ``Employee.manager``: a row for each manager above each employee (distance 1 = direct)."""

    manager = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="reporting_lines_below")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="reporting_lines_above")
    distance = models.PositiveSmallIntegerField()

    class Meta(TenantModel.Meta):
        verbose_name = _("reporting line")
        verbose_name_plural = _("reporting lines")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "manager", "employee"], name="people_reportingline_once"),
            models.CheckConstraint(condition=Q(distance__gte=1), name="people_reportingline_distance"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "employee", "distance"], name="people_reportingline_upward"),
        ]

    def __str__(self) -> str:
        return f"{self.manager_id} > {self.employee_id}"
