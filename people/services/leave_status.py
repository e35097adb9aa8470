"""The status "on leave" follows the dates of the recorded leaves."""

import datetime
import zoneinfo

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from people.enums import EmployeeStatus
from people.models import Employee, Leave, Organization


def today_of(employee: Employee) -> datetime.date:
    """Return today's date where the employee works."""
    place = employee.location or employee.organization
    return timezone.localdate(timezone=zoneinfo.ZoneInfo(place.time_zone))


def refresh_leave_status(employee: Employee) -> None:
    """Set the status of one employee by today's leaves."""
    today = today_of(employee)
    chosen = Employee.objects.filter(pk=employee.pk)
    chosen.filter(_away(today), status=EmployeeStatus.ACTIVE).update(status=EmployeeStatus.ON_LEAVE)
    chosen.filter(~_away(today), status=EmployeeStatus.ON_LEAVE).update(status=EmployeeStatus.ACTIVE)
    employee.refresh_from_db(fields=["status"])


def refresh_leave_statuses(*, organization: Organization) -> int:
    """Set the status of everyone in the open organization whose leave begins or has ended; return how many changed.

    "Today" is taken in the organization's time zone: a place some hours away follows within the day. A status that
    came from an import without any dates stays as the source says.
    """
    today = timezone.localdate(timezone=zoneinfo.ZoneInfo(organization.time_zone))
    has_dates = Exists(Leave.objects.filter(employee=OuterRef("pk")))
    begun = Employee.objects.filter(_away(today), status=EmployeeStatus.ACTIVE).update(status=EmployeeStatus.ON_LEAVE)
    ended = Employee.objects.filter(has_dates, ~_away(today), status=EmployeeStatus.ON_LEAVE).update(
        status=EmployeeStatus.ACTIVE
    )
    return begun + ended


def _away(today: datetime.date) -> Exists:
    leaves = Leave.objects.filter(employee=OuterRef("pk"), starts_on__lte=today)
    return Exists(leaves.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today)))
