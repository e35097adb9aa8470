"""What a plan adds to the calendar of its employee: its milestones and check-ins; the managers owe them."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from people.addresses import portal_url
from people.models import Employee
from pips.enums import RUNNING
from pips.models import Milestone, PlanCheckIn
from pips.obligations import About
from reminders.registry import CalendarEntry


def calendar(own: Employee, since: datetime.date, until: datetime.date) -> Iterator[CalendarEntry]:
    """Yield what is still to be held of the employee's running plan; it leads to the home page, which names no plan."""
    meetings = ((Milestone, About.MILESTONE, _("Milestone")), (PlanCheckIn, About.CHECK_IN, _("Check-in")))
    for model, about, title in meetings:
        held = model.objects.select_related("organization").filter(
            plan__employee=own,
            plan__status__in=RUNNING,
            manager_recorded_at__isnull=True,
            due_on__range=(since, until),
        )
        for one in held:
            if one.due_on is None:  # the range leaves none; a draft has none
                continue
            yield CalendarEntry(
                day=one.due_on,
                title=title,
                about=(about, one.pk),
                url=portal_url(one.organization, "reminders:home"),
            )
