"""``reminders_preview ORG --at ISO``: what would be sent, to whom, and why then. Writes nothing."""

import argparse
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django_rls_tenants import tenant_context

from people.selectors.accounts import organization_by_slug
from people.working_days import WorkingCalendar
from reminders.due import DueDigest, DueStep, due_reminders
from reminders.registry import kind_for
from reminders.schedule import Timetable


class Command(BaseCommand):
    """Prints the reminders an organization would get at an instant."""

    help = "Show which reminders would be sent at an instant, to whom, and why then. Sends and writes nothing."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("organization", metavar="ORG", help="short name of the organization")
        parser.add_argument("--at", metavar="ISO", help="2027-03-02T13:00:00Z; without a zone it is UTC; default now")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one block a person, one line a reminder, and at the end what reaches nobody."""
        now = instant_of(options["at"])
        organization = organization_by_slug(options["organization"])
        if organization is None:
            message = f"There is no active organization {options['organization']!r}."
            raise CommandError(message)
        with tenant_context(organization.pk):
            due = due_reminders(organization, now)
            self.stdout.write(f"{organization.name} at {now:%Y-%m-%d %H:%M} UTC: {len(due.digests)} digests")
            for digest in due.digests:
                for line in describe(digest, now):
                    self.stdout.write(line)
        if due.unreachable:
            self.stdout.write(f"Obligations that reach nobody by mail: {due.unreachable}")


def instant_of(text: str | None) -> datetime:
    """Return the instant meant. Raises CommandError for anything that is none."""
    if not text:
        return timezone.now()
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        message = f"--at wants a time such as 2027-03-02T13:00:00Z, not {text!r}."
        raise CommandError(message) from error
    return at if timezone.is_aware(at) else at.replace(tzinfo=timezone.get_default_timezone())


def describe(digest: DueDigest, now: datetime) -> Iterator[str]:
    """Yield the lines about one person's digest."""
    timetable = digest.recipient.timetable
    local = now.astimezone(timetable.zone)
    yield ""
    yield f"{digest.recipient.address}  (local time {local:%a %Y-%m-%d %H:%M}, {timetable.zone.key})"
    for step in digest.steps:
        obligation = step.obligation
        to_whom = "escalation" if step.is_escalation else "own"
        if not step.is_escalation and obligation.owner is None:
            to_whom = f"queue of {obligation.owner_role}"
        yield (
            f"  {kind_for(obligation.kind).action}: {obligation.about_type} {obligation.about_id}, "
            f"due {obligation.due_on:%a %Y-%m-%d}, {why(step, timetable)} [{to_whom}]"
        )


def why(step: DueStep, timetable: Timetable) -> str:
    """Return the offset, the day it was planned for and what has moved it."""
    words = f"step {step.offset:+d} planned for {step.planned_on:%a %Y-%m-%d}"
    send_day = timetable.send_day(step.planned_on)
    if send_day is None or send_day == step.planned_on:
        return words
    skipped = []
    day = step.planned_on
    while day < send_day:
        skipped.append(f"{day:%a %d %b} {reason_for_skipping(day, timetable)}")
        day += timedelta(days=1)
    return f"{words}, moved to {send_day:%a %Y-%m-%d} ({'; '.join(skipped)})"


def reason_for_skipping(day: Any, timetable: Timetable) -> str:
    """Return why nobody is written to on the day."""
    if timetable.is_away(day):
        return "on leave"
    holiday = timetable.calendar.holiday_name(day) if isinstance(timetable.calendar, WorkingCalendar) else ""
    return holiday or "weekend"
