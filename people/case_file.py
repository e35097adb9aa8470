"""What this room tells of an employee in their case file: employment, being away, who has read the file."""

import datetime
from collections.abc import Iterable, Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.enums import TimelineKind
from people.models import Employee, Membership
from people.registry import TimelineEvent
from people.rules import can_see_reads
from people.selectors.case_file import CASE_FILE, read_events
from people.selectors.profiles import leaves_of


def timeline(
    member: Membership, employee: Employee, since: datetime.date | None, until: datetime.date | None
) -> Iterable[TimelineEvent]:
    """Yield being hired and leaving, days away by their dates alone (rule 10), and for HR who has read the file."""
    yield from _employment(employee)
    yield from _away(employee)
    if can_see_reads(member, employee):
        yield from read_events(CASE_FILE, {str(employee.pk): _("the case file")}, since=since, until=until)


def _employment(employee: Employee) -> Iterator[TimelineEvent]:
    days = ((employee.hired_on, _("Joined the organization")), (employee.left_on, _("Left the organization")))
    for day, title in days:
        if day is not None:
            yield TimelineEvent(at=day, room="people", kind=TimelineKind.EMPLOYMENT, title=title, tone="key")


def _away(employee: Employee) -> Iterator[TimelineEvent]:
    for leave in leaves_of(employee):
        first = date_format(leave.starts_on, "j F Y")
        if leave.ends_on is None:
            words = _("From %(first)s; the last day is not known yet.") % {"first": first}
        elif leave.ends_on == leave.starts_on:
            words = first
        else:
            words = _("%(first)s to %(last)s") % {"first": first, "last": date_format(leave.ends_on, "j F Y")}
        yield TimelineEvent(
            at=leave.starts_on, room="people", kind=TimelineKind.AWAY, title=_("Away"), body=words, tone="planned"
        )
