"""Recording, changing and withdrawing leave."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people.enums import EmployeeStatus, LeaveKind
from people.models import Employee, Leave, LeaveReason, Membership
from people.registry import tell_leave_observers
from people.rules import can_record_leave
from people.services.leave_status import refresh_leave_status
from pipcycle.errors import DomainError


def record_leave(
    *,
    actor: Membership,
    employee: Employee,
    starts_on: datetime.date,
    ends_on: datetime.date | None = None,
    kind: LeaveKind,
    is_protected: bool = False,
    note: str = "",
) -> Leave:
    """Record days away, both included, and apart from them the reason (rule 10); without an end, "not known yet".

    Everything that depends on the dates is told in the same transaction. Raises PermissionDenied or DomainError.
    """
    _require_recorder(actor, employee)
    _require_order(starts_on, ends_on)
    if employee.status == EmployeeStatus.LEFT:
        raise DomainError(_("%(name)s has left, so there is no leave to record.") % {"name": employee.full_name})
    with transaction.atomic():
        lock_leaves_of(employee)
        leave = Leave.objects.create(employee=employee, starts_on=starts_on, ends_on=ends_on, recorded_by=actor)
        LeaveReason.objects.create(leave=leave, kind=kind, is_protected=is_protected, note=note)
        _leaves_changed(employee, actor)
    return leave


def change_leave(*, actor: Membership, leave: Leave, starts_on: datetime.date, ends_on: datetime.date | None) -> Leave:
    """Change the dates of a leave; the former dates stay in its history. Raises PermissionDenied or DomainError."""
    _require_recorder(actor, leave.employee)
    _require_order(starts_on, ends_on)
    with transaction.atomic():
        lock_leaves_of(leave.employee)
        leave.starts_on, leave.ends_on = starts_on, ends_on
        leave.save(update_fields=["starts_on", "ends_on"])
        _leaves_changed(leave.employee, actor)
    return leave


def withdraw_leave(*, actor: Membership, leave: Leave) -> None:
    """Take back a leave that was recorded in error; it stays in the history. Raises PermissionDenied."""
    _require_recorder(actor, leave.employee)
    with transaction.atomic():
        lock_leaves_of(leave.employee)
        leave.delete()
        _leaves_changed(leave.employee, actor)


def lock_leaves_of(employee: Employee) -> None:
    """Keep the leaves of the employee as they are until the end of the transaction.

    Whatever is worked out from them for the first time takes this lock before any other, so that a leave recorded in
    the same moment is either seen by it or finds it and moves it.
    """
    Employee.objects.select_for_update(of=("self",), no_key=True).filter(pk=employee.pk).values_list("pk").first()


def _leaves_changed(employee: Employee, actor: Membership) -> None:
    refresh_leave_status(employee)
    tell_leave_observers(employee, actor)


def _require_recorder(actor: Membership, employee: Employee) -> None:
    if not can_record_leave(actor, employee):
        raise PermissionDenied


def _require_order(starts_on: datetime.date, ends_on: datetime.date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise DomainError(_("The last day away is before the first. Correct one of the two dates."))
