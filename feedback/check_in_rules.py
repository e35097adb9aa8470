"""Who may do what with check-ins: the two of a series everything, nobody else reads a word of it."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from feedback.models import CheckInSeries
from people.enums import EmployeeStatus
from people.models import Employee, Membership, ReportingLine
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_followed_by


def takes_part(member: Membership, series: CheckInSeries) -> bool:
    """Return whether the member is one of the two."""
    own = employee_of(member)
    return member.is_active and own is not None and own.pk in (series.employee_id, series.leader_id)


def can_follow(member: Membership, series: CheckInSeries) -> bool:
    """Return whether the member may see when check-ins take place: who follows the employee, but reads nothing of it.

    Whoever takes part sees everything anyway.
    """
    return takes_part(member, series) or employees_followed_by(member).filter(pk=series.employee_id).exists()


def partners_of(member: Membership) -> QuerySet[Employee]:
    """Return with whom the member may begin check-ins: managers above, everybody below, direct colleagues."""
    own = employee_of(member)
    if own is None or not member.is_active:
        return Employee.objects.none()
    above = Exists(ReportingLine.objects.filter(employee=own, manager=OuterRef("pk")))
    below = Exists(ReportingLine.objects.filter(manager=own, employee=OuterRef("pk")))
    known = Q(above) | Q(below)
    if own.manager_id is not None:
        known |= Q(manager=own.manager_id)
    return Employee.objects.filter(known).exclude(pk=own.pk).exclude(status=EmployeeStatus.LEFT)


def leads(own: Employee, other: Employee) -> bool:
    """Return whether ``own`` owes holding check-ins with ``other``: a manager above, else who began."""
    return not ReportingLine.objects.filter(manager=other, employee=own).exists()
