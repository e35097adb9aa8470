"""What stands in a member's calendar: what they owe, and the days other rooms know of; in words a subject may carry.

A calendar is seen by whoever looks at a screen or is shown free and busy times. So an entry says no name and nothing of
a case, and its address names no room: ``due/<id>/`` leads on once the reader has signed in.
"""

import datetime
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from people.addresses import absolute_url, portal_url
from people.models import Employee, Membership
from people.selectors.accounts import employee_of
from reminders.calendar.ics import Event, calendar_text
from reminders.registry import CalendarEntry, calendar_providers, kind_for
from reminders.selectors import open_obligations_of

LOOK_BACK = datetime.timedelta(days=31)
LOOK_AHEAD = datetime.timedelta(days=400)
MOST = 1000


def feed_of(member: Membership) -> str:
    """Return the member's calendar as iCalendar text."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    events = [
        Event(
            uid=f"{entry.about[0]}-{entry.about[1]}@{host}",
            day=entry.day,
            title=str(entry.title),
            url=absolute_url(entry.url),
            stamp=entry.changed_at or timezone.now(),
        )
        for entry in entries_of(member)
    ]
    return calendar_text(events, name=f"PIPCycle · {member.organization.name}")


def entries_of(member: Membership) -> list[CalendarEntry]:
    """Return the days of the member in order; a day owed stands once, however many rooms know of it."""
    own = employee_of(member)
    if own is None:
        return []
    today = timezone.localdate()
    since, until = today - LOOK_BACK, today + LOOK_AHEAD
    found: dict[tuple[str, int], CalendarEntry] = {}
    owed: set[tuple[str, int]] = set()
    for about, entry in _owed(own, since, until):
        owed.add(about)
        found[entry.about] = entry
    for provider in calendar_providers():
        found |= {entry.about: entry for entry in provider(own, since, until) if entry.about not in owed}
    return sorted(found.values(), key=lambda entry: (entry.day, entry.about))[:MOST]


def _owed(own: Employee, since: datetime.date, until: datetime.date) -> Iterator[tuple[tuple[str, int], CalendarEntry]]:
    """Yield what the employee owes, each with what it is about."""
    for one in open_obligations_of(own).filter(due_on__range=(since, until))[:MOST]:
        yield (
            (one.about_type, one.about_id),
            CalendarEntry(
                day=one.due_on,
                title=kind_for(one.kind).subject,
                about=("due", one.pk),
                url=portal_url(one.organization, "reminders:due", obligation_id=one.pk),
                changed_at=one.due_set_at,
            ),
        )
