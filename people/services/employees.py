"""Hiring, changing and ending employments."""

import datetime
from typing import TypedDict, Unpack

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people.enums import EmployeeStatus, LeavingKind
from people.models import Department, Employee, JobDescription, Location, Membership
from people.registry import tell_departure_observers
from people.rules import can_administer_people
from people.services.reporting_lines import (
    add_reporting_lines,
    lock_reporting_lines,
    move_reporting_lines,
    rebuild_reporting_lines,
    stands_above,
)
from pipcycle.errors import DomainError

__all__ = [
    "EmployeeFacts",
    "change_employee",
    "change_manager",
    "create_employee",
    "end_employment",
    "rebuild_reporting_lines",
]


class EmployeeFacts(TypedDict, total=False):
    """What is known of an employee besides number, name and manager."""

    email: str
    job_description: JobDescription | None
    department: Department | None
    location: Location | None
    hired_on: datetime.date | None
    reported_manager: str
    last_rating: str
    last_reviewed_on: datetime.date | None
    membership: Membership | None


class EmployeeChanges(EmployeeFacts, total=False):
    """What may be changed of an employee."""

    number: str
    given_name: str
    family_name: str


def create_employee(
    *,
    actor: Membership | None,
    number: str,
    given_name: str,
    family_name: str = "",
    manager: Employee | None = None,
    **facts: Unpack[EmployeeFacts],
) -> Employee:
    """Hire an employee. The actor is None where the operator's command acts.

    Raises PermissionDenied, or DomainError when the number is taken.
    """
    _require_administrator(actor)
    with transaction.atomic():
        lock_reporting_lines()
        _require_free_number(number, but=None)
        employee = Employee.objects.create(
            number=number, given_name=given_name, family_name=family_name, manager=manager, **facts
        )
        add_reporting_lines(employee)
    return employee


def change_employee(*, actor: Membership | None, employee: Employee, **changes: Unpack[EmployeeChanges]) -> Employee:
    """Change facts of an employee. Raises PermissionDenied, or DomainError when the new number is taken."""
    _require_administrator(actor)
    with transaction.atomic():
        if "number" in changes:
            _require_free_number(changes["number"], but=employee)
        for name, value in changes.items():
            setattr(employee, name, value)
        employee.save(update_fields=[*changes, "updated_at"])
    return employee


def change_manager(*, actor: Membership | None, employee: Employee, manager: Employee | None) -> Employee:
    """Let the employee, and everyone below, report to another manager or to nobody.

    Raises PermissionDenied, or DomainError when the manager reports to the employee.
    """
    _require_administrator(actor)
    with transaction.atomic():
        lock_reporting_lines()
        if manager is not None and stands_above(employee, manager):
            raise DomainError(
                _(
                    "%(manager)s reports to %(employee)s, so this would be a circle. "
                    "Give %(manager)s another manager first, or choose somebody else."
                )
                % {"manager": manager.full_name, "employee": employee.full_name}
            )
        employee.manager = manager
        employee.save(update_fields=["manager", "updated_at"])
        move_reporting_lines(employee, manager)
    return employee


def end_employment(
    *,
    actor: Membership | None,
    employee: Employee,
    left_on: datetime.date,
    kind: LeavingKind,
    reason: str = "",
) -> Employee:
    """Record that the employee leaves; the sign-in of the organization ends with it.

    Raises PermissionDenied, or DomainError when the day is before the day of hire.
    """
    _require_administrator(actor)
    if employee.hired_on is not None and left_on < employee.hired_on:
        raise DomainError(_("The last day is before the day of hire. Correct one of the two dates."))
    with transaction.atomic():
        employee.left_on, employee.leaving_kind, employee.leaving_reason = left_on, kind, reason
        employee.status = EmployeeStatus.LEFT
        employee.save(update_fields=["left_on", "leaving_kind", "leaving_reason", "status", "updated_at"])
        if employee.membership_id is not None:
            Membership.objects.filter(pk=employee.membership_id).update(is_active=False)
        tell_departure_observers(employee, actor)
    return employee


def _require_administrator(actor: Membership | None) -> None:
    if actor is not None and not can_administer_people(actor):
        raise PermissionDenied


def _require_free_number(number: str, *, but: Employee | None) -> None:
    holder = Employee.objects.filter(number=number).exclude(pk=but.pk if but else None).first()
    if holder is not None:
        raise DomainError(
            _("Number %(number)s belongs to %(name)s. Give another number.")
            % {"number": number, "name": holder.full_name}
        )
