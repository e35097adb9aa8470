"""What check-ins add to the calendar of one who takes part; to hold them is owed, and so the leader's stand there."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from feedback.check_in_enums import CheckInStatus
from feedback.check_in_obligations import ABOUT_CHECK_IN
from feedback.models import CheckIn
from people.models import Employee
from reminders.registry import CalendarEntry


def calendar(own: Employee, since: datetime.date, until: datetime.date) -> Iterator[CalendarEntry]:
    """Yield the planned check-ins of the employee."""
    planned = CheckIn.objects.select_related("organization").filter(
        series__employee=own, status=CheckInStatus.PLANNED, planned_on__range=(since, until)
    )
    for one in planned:
        yield CalendarEntry(
            day=one.planned_on, title=_("Check-in"), about=(ABOUT_CHECK_IN, one.pk), url=one.get_absolute_url()
        )
