"""Whom mail reaches: the address, the clock and the working days of a person."""

import zoneinfo
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from people.models import Employee, Membership, Organization
from people.selectors.accounts import employee_of
from people.working_days import WorkingCalendar, calendar_for
from reminders.schedule import Absence, Timetable


def address_of(employee: Employee) -> str:
    """Return the employee's address, else that of their sign-in, else an empty string; none once they have left."""
    if employee.has_left:
        return ""
    if employee.email:
        return employee.email
    membership = employee.membership
    if membership is None or not membership.is_active:
        return ""
    address: str = membership.user.email
    return address


@dataclass(frozen=True)
class Recipient:
    """Somebody a digest goes to; ``key`` names them in the key of the digest."""

    key: str
    address: str
    employee: Employee | None
    timetable: Timetable


def recipient_of_employee(employee: Employee, organization: Organization, absences: Iterable[Absence]) -> Recipient:
    """Return the employee as a recipient; the address is empty where there is none."""
    zone = employee.location.time_zone if employee.location else organization.time_zone
    calendar = calendar_for(employee) if employee.location else WorkingCalendar(organization.country)
    return Recipient(
        key=str(employee.pk),
        address=address_of(employee),
        employee=employee,
        timetable=Timetable(zone_named(zone), calendar, tuple(absences)),
    )


def recipient_of_member(
    member: Membership, organization: Organization, absences: Mapping[int, list[Absence]]
) -> Recipient:
    """Return a member as a recipient: the employee they are, else the user with the organization's clock."""
    employee = employee_of(member)
    if employee is not None and address_of(employee):
        return recipient_of_employee(employee, organization, absences.get(employee.pk, []))
    return Recipient(
        key=f"member-{member.pk}",
        address=member.user.email,
        employee=None,
        timetable=Timetable(zone_named(organization.time_zone), WorkingCalendar(organization.country)),
    )


def zone_named(name: str) -> zoneinfo.ZoneInfo:
    """Return the zone; a name the machine does not know counts as UTC, so one bad row never stops the others' mail."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")
