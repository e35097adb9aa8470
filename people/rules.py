"""Who may do what with people."""

from people.enums import Role
from people.models import Employee, Leave, Membership, PartnerScope, ReportingLine
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_followed_by, employees_visible_to, served_by_partner


def is_hr_admin(member: Membership) -> bool:
    """Return whether the member runs the organization in PIPCycle."""
    return member.has_role(Role.HR_ADMIN)


def is_executive(member: Membership) -> bool:
    """Return whether the member reads the aggregates."""
    return member.has_role(Role.EXECUTIVE)


def is_hr_analyst(member: Membership) -> bool:
    """Return whether the member may use the restricted demographics."""
    return member.has_role(Role.HR_ANALYST)


def is_hr_partner(member: Membership) -> bool:
    """Return whether the member is an HR partner of anybody."""
    return member.has_role(Role.HR_PARTNER)


def is_hr_partner_for(member: Membership, employee: Employee) -> bool:
    """Return whether the member is an HR partner who serves the employee."""
    if not is_hr_partner(member):
        return False
    return Employee.objects.filter(served_by_partner(member), pk=employee.pk).exists()


def is_manager_of(member: Membership, employee: Employee) -> bool:
    """Return whether the member stands above the employee in the reporting line, at any level."""
    own = employee_of(member)
    if own is None or not member.is_active:
        return False
    return ReportingLine.objects.filter(manager=own, employee=employee).exists()


def is_manager(member: Membership) -> bool:
    """Return whether anybody reports to the member; on a page the middleware knows it already."""
    own = employee_of(member)
    if own is None or not member.is_active:
        return False
    known: bool | None = getattr(member, "has_reports", None)
    return ReportingLine.objects.filter(manager=own).exists() if known is None else known


def is_self(member: Membership, employee: Employee) -> bool:
    """Return whether the employee is the member."""
    own = employee_of(member)
    return member.is_active and own is not None and own.pk == employee.pk


def can_view_employee(member: Membership, employee: Employee) -> bool:
    """Return whether the member may open the employee's profile."""
    return employees_visible_to(member).filter(pk=employee.pk).exists()


def can_list_people(member: Membership) -> bool:
    """Return whether the list of people is of use to the member: HR, and managers for those below them."""
    return member.has_role(Role.HR_ADMIN, Role.HR_PARTNER) or is_manager(member)


def can_record_leave(member: Membership, employee: Employee) -> bool:
    """Return whether the member may record, change and withdraw the employee's leave: HR, never for themself."""
    if is_self(member, employee):
        return False
    return is_hr_admin(member) or is_hr_partner_for(member, employee)


def can_view_leave_reason(member: Membership, leave: Leave) -> bool:
    """Return whether the member may read why the employee is away: HR and the employee; managers never (rule 10)."""
    employee = leave.employee
    return is_self(member, employee) or is_hr_admin(member) or is_hr_partner_for(member, employee)


def can_see_protected_activity(member: Membership, employee: Employee) -> bool:
    """Return whether the member may read and record what the law protects: HR partners, never a manager above (rule 4).

    Nobody sees it in their own case either, so that no page tells apart who knows.
    """
    if is_self(member, employee) or is_manager_of(member, employee):
        return False
    return is_hr_partner_for(member, employee)


def can_view_case_file(member: Membership, employee: Employee) -> bool:
    """Return whether the member may open the case file: the employee, the managers above, the HR partners in scope.

    What stands in it is decided entry by entry by the room each comes from.
    """
    return employees_followed_by(member).filter(pk=employee.pk).exists()


def can_see_reads(member: Membership, employee: Employee) -> bool:
    """Return whether the member may see who has read what about the employee: HR partners without a part in the case.

    The same people may build a bundle of evidence.
    """
    return can_see_protected_activity(member, employee)


def can_import_people(member: Membership) -> bool:
    """Return whether the member may import employees."""
    return is_hr_admin(member)


def can_administer_people(member: Membership) -> bool:
    """Return whether the member may hire, change and end employments."""
    return is_hr_admin(member)


def can_change_jobs(member: Membership) -> bool:
    """Return whether the member may write job descriptions: HR admins, and HR partners of the whole organization."""
    return is_hr_admin(member) or (
        is_hr_partner(member) and not PartnerScope.objects.filter(membership=member).exists()
    )


def can_list_jobs(member: Membership) -> bool:
    """Return whether the list of jobs is of use to the member: HR, and managers for the jobs of those below them."""
    return can_list_people(member)


def can_export_people(member: Membership) -> bool:
    """Return whether the member may download the list of people they see."""
    return can_list_people(member)
