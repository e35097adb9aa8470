"""The days that matter to an employee: today where they work, and the working days they are there for."""

import datetime
import zoneinfo

from django.utils import timezone

from people.models import Employee, Leave
from people.working_days import calendar_for
from pips.clock import Absence, merge_absences

ONE_DAY = datetime.timedelta(days=1)


def today_for(employee: Employee) -> datetime.date:
    """Return the date at the employee's place of work."""
    return timezone.localdate(timezone=_zone_of(employee))


def day_for(employee: Employee, moment: datetime.datetime) -> datetime.date:
    """Return the date of a moment at the employee's place of work."""
    return timezone.localdate(moment, timezone=_zone_of(employee))


def _zone_of(employee: Employee) -> zoneinfo.ZoneInfo:
    place = employee.location.time_zone if employee.location is not None else employee.organization.time_zone
    return zoneinfo.ZoneInfo(place)


def absences_of(employee: Employee) -> tuple[Absence, ...]:
    """Return the employee's leaves as the clock takes them, without their reasons (rule 10)."""
    leaves = Leave.objects.filter(employee=employee).order_by("starts_on", "pk").values_list("starts_on", "ends_on")
    return tuple(Absence(starts_on, ends_on) for starts_on, ends_on in leaves)


def working_days_after(employee: Employee, day: datetime.date, count: int) -> datetime.date:
    """Return the ``count``-th working day after the day on which the employee is not on leave."""
    calendar = calendar_for(employee)
    pauses = merge_absences(absences_of(employee), starts_on=day, today=today_for(employee))
    while count > 0:
        day += ONE_DAY
        pause = next((pause for pause in pauses if pause.starts_on <= day <= pause.ends_on), None)
        if pause is not None:
            day = pause.ends_on
        elif calendar.is_working_day(day):
            count -= 1
    return day
