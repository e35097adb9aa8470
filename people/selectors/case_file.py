"""The case file of an employee: what every room tells, each by its own rules, on one line of time."""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.enums import TimelineKind
from people.models import AccessRecord, Employee, Membership
from people.registry import TimelineEvent, timeline_providers

CASE_FILE = "case_file"
MOST_READS = 2000


def timeline_of(
    member: Membership,
    employee: Employee,
    *,
    kind: str = "",
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> list[TimelineEvent]:
    """Return what the member may know of the employee, latest first, narrowed to a kind and to days if asked."""
    events = [
        event
        for provider in timeline_providers()
        for event in provider(member, employee, since, until)
        if (not kind or event.kind == kind)
        and (since is None or event.day >= since)
        and (until is None or event.day <= until)
    ]
    return sorted(events, key=lambda event: event.moment, reverse=True)


def reads_of_many(
    about_type: str, ids: list[str], since: datetime.date | None, until: datetime.date | None
) -> QuerySet[AccessRecord]:
    """Return who read these objects in the days asked for, latest first."""
    records = AccessRecord.objects.filter(about_type=about_type, about_id__in=ids).select_related("member__user")
    if since is not None:
        records = records.filter(at__date__gte=since)
    if until is not None:
        records = records.filter(at__date__lte=until)
    return records


def read_events(
    about_type: str,
    titles: Mapping[str, str],
    *,
    since: datetime.date | None,
    until: datetime.date | None,
    abouts: Mapping[str, tuple[str, int]] | None = None,
) -> Iterator[TimelineEvent]:
    """Yield one entry a day, a reader and an object: who has read what, and how often; one statement.

    ``titles`` names the objects by their key, ``abouts`` the things they belong to. The caller has asked
    ``can_see_reads``.
    """
    records = list(reads_of_many(about_type, sorted(titles), since, until)[:MOST_READS]) if titles else []
    counted: Counter[tuple[object, ...]] = Counter()
    latest: dict[tuple[object, ...], AccessRecord] = {}
    for record in records:
        key = (record.member_id, record.about_id, record.action, record.at.date())
        counted[key] += 1
        latest.setdefault(key, record)
    for which, record in latest.items():
        times = counted[which]
        yield TimelineEvent(
            at=record.at,
            room="people",
            kind=TimelineKind.READ,
            title=_read_words(record.action) % {"what": titles[record.about_id]},
            body=ngettext("%(n)d time that day.", "%(n)d times that day.", times) % {"n": times} if times > 1 else "",
            by=str(record.member or _("Somebody who has left")),
            about=(abouts or {}).get(record.about_id),
        )


def _read_words(action: str) -> str:
    words = {
        "download": _("Downloaded: %(what)s"),
        "export": _("Exported: %(what)s"),
        "build": _("Asked for: %(what)s"),
    }
    return words.get(action, _("Read: %(what)s"))
