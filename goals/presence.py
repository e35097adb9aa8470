"""The days a person is at work: a promise is never due on a day of leave, a weekend or a holiday."""

import datetime

from people.models import Employee, Leave
from people.working_days import calendar_for

ONE_DAY = datetime.timedelta(days=1)
#: A leave without an end is not waited for beyond this.
_LONGEST_LEAVE = datetime.timedelta(days=400)


def first_day_there(employee: Employee, day: datetime.date) -> datetime.date:
    """Return the day itself, or the first after it that is worked and on which the employee is not on leave."""
    return _there(employee, day, count=1)


def working_days_there(employee: Employee, day: datetime.date, count: int) -> datetime.date:
    """Return the ``count``-th day after the day on which the employee works."""
    return _there(employee, day + ONE_DAY, count=count)


def _there(employee: Employee, day: datetime.date, *, count: int) -> datetime.date:
    """Return the ``count``-th day at work, the first day given included."""
    calendar = calendar_for(employee)
    leaves = list(Leave.objects.filter(employee=employee).values_list("starts_on", "ends_on"))
    limit = day + _LONGEST_LEAVE
    found = calendar.next_working_day(day)
    while True:
        is_away = any(first <= found and (last is None or found <= last) for first, last in leaves)
        count -= not is_away or found >= limit
        if count <= 0:
            return found
        found = calendar.next_working_day(found + ONE_DAY)
