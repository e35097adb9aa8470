"""Employees as a member may see them; every answer is one indexed query."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from people.enums import Role
from people.models import Employee, Membership, PartnerScope, ReportingLine
from people.selectors.accounts import employee_of


def served_by_partner(member: Membership, department: str = "department") -> Q:
    """Return the condition "an employee the HR partner serves": their departments, or all where none are named.

    ``department`` is the path from the filtered rows to the department.
    """
    scopes = PartnerScope.objects.filter(membership=member)
    return ~Exists(scopes) | Exists(scopes.filter(department=OuterRef(department)))


def employees_visible_to(member: Membership) -> QuerySet[Employee]:
    """Return the employees the member may look up.

    HR admins see all, HR partners those they serve, managers everyone below them, and each employee themself.
    The executive's role adds nobody: executives read aggregates.
    """
    if not member.is_active:
        return Employee.objects.none()
    return Employee.objects.all() if member.has_role(Role.HR_ADMIN) else employees_followed_by(member)


def employees_followed_by(member: Membership) -> QuerySet[Employee]:
    """Return the employees whose goals and figures the member may read.

    Themself, everyone below them, and whom they serve as HR partner. Running the organization in PIPCycle (HR admin)
    or reading its aggregates (executive) opens nobody's figures.
    """
    if not member.is_active:
        return Employee.objects.none()
    followed: Combinable | Q = Q(pk__in=[])
    own = employee_of(member)
    if own is not None:
        followed |= Q(pk=own.pk) | Exists(ReportingLine.objects.filter(manager=own, employee=OuterRef("pk")))
    if member.has_role(Role.HR_PARTNER):
        followed |= served_by_partner(member)
    return Employee.objects.filter(followed)


def managers_above(employee: Employee) -> QuerySet[Employee]:
    """Return the managers above the employee, nearest first."""
    return Employee.objects.filter(reporting_lines_below__employee=employee).order_by("reporting_lines_below__distance")


def employees_below(employee: Employee) -> QuerySet[Employee]:
    """Return everyone who reports to the employee, directly or not."""
    return Employee.objects.filter(Exists(ReportingLine.objects.filter(manager=employee, employee=OuterRef("pk"))))


def hr_partners_for(employee: Employee) -> QuerySet[Membership]:
    """Return the active HR partners who serve the employee's department, or the whole organization."""
    scopes = PartnerScope.objects.filter(membership=OuterRef("pk"))
    return (
        Membership.objects.select_related("user", "employee")
        .filter(is_active=True, user__is_active=True, roles__contains=[Role.HR_PARTNER.value])
        .filter(~Exists(scopes) | Exists(scopes.filter(department=employee.department_id)))
    )
