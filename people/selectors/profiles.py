"""What the list of people and the profile of one show."""

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from people.enums import EmployeeStatus
from people.models import AccessRecord, Employee, Leave, Membership, ProtectedActivity
from people.selectors.employees import employees_visible_to


def with_row_facts(employees: QuerySet[Employee]) -> QuerySet[Employee]:
    """Add what a row of the list shows; apart from the filters, so that counting does not join for nothing."""
    return employees.select_related("job_description", "department", "location", "manager")


def employee_for(member: Membership, employee_id: int) -> Employee:
    """Return the employee for their profile; Http404 when the member may not look them up."""
    rows = with_row_facts(employees_visible_to(member)).select_related("organization")
    employee: Employee = get_object_or_404(rows, pk=employee_id)
    return employee


def direct_reports_of(employee: Employee) -> QuerySet[Employee]:
    """Return who reports to the employee directly and still works here, each with the number below them."""
    reports: QuerySet[Employee] = (
        Employee.objects.filter(manager=employee)
        .select_related("job_description")
        .exclude(status=EmployeeStatus.LEFT)
        .annotate(
            below_count=Count(
                "reporting_lines_below", filter=~Q(reporting_lines_below__employee__status=EmployeeStatus.LEFT)
            )
        )
    )
    return reports


def leaves_of(employee: Employee) -> QuerySet[Leave]:
    """Return the leaves of the employee, latest first; never why."""
    return Leave.objects.filter(employee=employee).order_by("-starts_on", "-id")


def leave_for(member: Membership, employee_id: int, leave_id: int) -> Leave:
    """Return a leave of an employee the member may look up, else Http404."""
    employee = employee_for(member, employee_id)
    leave = get_object_or_404(Leave.objects.filter(employee=employee), pk=leave_id)
    leave.employee = employee
    return leave


def protected_activities_of(employee: Employee) -> QuerySet[ProtectedActivity]:
    """Return what the law protects about the employee, latest first; only for HR's own page (rule 4)."""
    return ProtectedActivity.objects.filter(employee=employee).select_related("recorded_by__user")


def reads_of(about_type: str, about_id: int) -> QuerySet[AccessRecord]:
    """Return who read the confidential object, latest first."""
    return AccessRecord.objects.filter(about_type=about_type, about_id=str(about_id)).select_related("member__user")
