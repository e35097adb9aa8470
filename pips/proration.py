"""Scattered leave and the targets it touches: pure sums, proposed to HR and never applied by themselves (rule 8).

The clock gives scattered days back at the end of the plan. It cannot give them back inside the week or month in which a
figure is counted, so a number somebody is to reach in each of them is fitted to the days they are there. Shares,
averages and durations do not grow with the days worked: leave does not change them, so they are not prorated. Neither
is an upper limit, which fewer days would only make stricter.
"""

import datetime
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pips.amendment_enums import NotProrated
from pips.clock import ONE_DAY, Pause, WorkingDays
from pips.enums import Direction
from pips.snapshots import Row, figure_of, plain_figure

#: A leave of at most so many days in a row is one of a scattered pattern, and so many of them make one.
MOST_DAYS = 5
LEAST_LEAVES = 3

_RATE = re.compile(
    r"%|/|\bper\b|\brate\b|\bshare\b|\bratio\b|\bpercent|\baverage\b|\bmean\b|\bmedian\b|\bscore\b|\bpoints?\b",
    re.IGNORECASE,
)
_TIME = re.compile(r"^(days?|hours?|h|minutes?|min|seconds?|s|weeks?|months?)$", re.IGNORECASE)


@dataclass(frozen=True)
class Presence:
    """How many of the working days of a stretch somebody is there for; days of longer leave are left out of both."""

    working_days: int
    away_days: int

    @property
    def present_days(self) -> int:
        """Return the days they are there."""
        return self.working_days - self.away_days


def scattered(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """Return the short leaves when there are enough of them to be a pattern, else nothing."""
    short = tuple(pause for pause in pauses if pause.days <= MOST_DAYS and not pause.is_open and not pause.is_ramp_up)
    return short if len(short) >= LEAST_LEAVES else ()


def presence_between(
    first: datetime.date, last: datetime.date, pauses: Iterable[Pause], calendar: WorkingDays
) -> Presence:
    """Return the presence from the first to the last day, both included, under scattered and longer leave."""
    known = list(pauses)
    short = scattered(known)
    working = away = 0
    for offset in range((last - first).days + 1):
        day = first + offset * ONE_DAY
        pause = next((pause for pause in known if pause.starts_on <= day <= pause.ends_on), None)
        if not calendar.is_working_day(day) or (pause is not None and pause not in short and not pause.is_ramp_up):
            continue
        working += 1
        away += pause in short
    return Presence(working, away)


def why_not_prorated(row: Row) -> NotProrated | None:
    """Return why the target of the expectation is not touched by leave; None for a number to reach."""
    unit, measure = str(row["unit"]).strip(), str(row["measure"])
    if _RATE.search(unit) or _RATE.search(measure):
        return NotProrated.RATE
    if _TIME.match(unit):
        return NotProrated.DURATION
    return NotProrated.LIMIT if row["direction"] == Direction.AT_MOST else None


def prorated_rows(
    rows: Iterable[Row], presence: Presence, full_targets: Mapping[int, str] | None = None
) -> list[dict[str, Any]]:
    """Return for each expectation its target for the days present, or why it stays.

    Rounded down to a whole number, in the employee's favour. ``full_targets`` are those before an earlier proration. A
    target that would no longer be better than today's value stays: HR settles that by an amendment.
    """
    found = []
    for row in rows:
        target, baseline = figure_of(row["target"]), figure_of(row["baseline"])
        full = figure_of((full_targets or {}).get(row["id"])) or target
        why = why_not_prorated(row)
        new = target
        if why is None and full is not None and presence.working_days:
            new = Decimal(math.floor(full * presence.present_days / presence.working_days))
            if baseline is not None and new <= baseline:
                new, why = target, NotProrated.TOO_LOW
        found.append(
            {
                "id": row["id"],
                "title": row["title"],
                "unit": row["unit"],
                "full": None if full is None else plain_figure(full),
                "old": None if target is None else plain_figure(target),
                "new": None if new is None else plain_figure(new),
                "why_not": why.value if why else "",
            }
        )
    return found


def changes_something(rows: Iterable[Mapping[str, Any]]) -> bool:
    """Return whether any target would differ."""
    return any(row["old"] != row["new"] for row in rows)
