"""When a person is reminded: pure functions over dates, a zone, a working calendar and absences.

A step is planned for a day (due date plus offset). It is sent on the first day from then on that is worked where the
recipient is and that the recipient is not away, from 08:00 of their own clock, and never at night: after an outage a
reminder waits for the next morning rather than ring at 23:00.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

MORNING = time(8)
EVENING = time(20)
HORIZON = timedelta(days=400)
"""How far ahead a day to send on is looked for; an absence without an end reaches beyond it."""


class Calendar(Protocol):
    """Which days are worked."""

    def is_working_day(self, day: date) -> bool:
        """Return whether the day is worked."""
        ...


@dataclass(frozen=True)
class Absence:
    """Days away, both included; no end means "not known yet"."""

    starts_on: date
    ends_on: date | None

    def covers(self, day: date) -> bool:
        """Return whether the person is away that day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class Timetable:
    """When one person can be reminded."""

    zone: ZoneInfo
    calendar: Calendar
    absences: tuple[Absence, ...] = ()

    def local_date(self, now: datetime) -> date:
        """Return the person's own calendar day."""
        return now.astimezone(self.zone).date()

    def is_away(self, day: date) -> bool:
        """Return whether the person is on leave that day."""
        return any(absence.covers(day) for absence in self.absences)

    def is_available(self, day: date) -> bool:
        """Return whether the day is worked and the person is there."""
        return self.calendar.is_working_day(day) and not self.is_away(day)

    def send_day(self, planned_on: date) -> date | None:
        """Return the first available day from the planned one on, or None within the horizon."""
        day = planned_on
        while day <= planned_on + HORIZON:
            if self.is_available(day):
                return day
            day += timedelta(days=1)
        return None

    def morning(self, day: date) -> datetime:
        """Return 08:00 of the person's clock as an instant; where the clocks skip it, the first moment after."""
        return datetime.combine(day, MORNING, tzinfo=self.zone).astimezone(UTC)

    def is_awake(self, now: datetime) -> bool:
        """Return whether mail may go to the person at this instant."""
        local = now.astimezone(self.zone)
        return (
            self.is_available(local.date())
            and now >= self.morning(local.date())
            and local.replace(tzinfo=None).time() < EVENING
        )


def reached_offsets(
    *,
    due_on: date,
    offsets: Iterable[int],
    due_set_at: datetime,
    now: datetime,
    timetable: Timetable,
    planned: Iterable[int] = (),
) -> Sequence[int]:
    """Return the offsets whose reminder is to be sent now, ascending; empty while the person is not to be written to.

    Left out: steps in the future, steps already ``planned``, and steps whose own morning had passed when the due date
    was set (nobody is reminded of yesterday for a promise made today).
    """
    if not timetable.is_awake(now):
        return []
    done = set(planned)
    reached = []
    for offset in sorted(set(offsets) - done):
        morning = timetable.morning(due_on + timedelta(days=offset))
        if due_set_at <= morning <= now:
            reached.append(offset)
    return reached
