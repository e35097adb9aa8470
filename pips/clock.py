"""The leave-aware clock of a plan: pure functions, dates in, explained dates out.

How days are counted:

- The start date is **day 0**. Without leave, day *n* is exactly ``starts_on + n`` calendar days: weekends and holidays
  count, leave does not.
- A day of leave on or after the start does not count, whatever its reason (rule 8). Day *n* is the first day that is
  not itself a day of leave and has *n* counted days from the start up to the day before it. So each day of leave
  before it moves it by one day, and nobody has a milestone on a day of leave.
- Leaves may overlap, touch, come in any order and have no end. Leave before the start or after day *n* changes nothing.
- A leave without an end is taken to last until ``today`` (at least its first day). Days that lie beyond it are
  provisional: they move on by one day with each further day of leave.
- A ramp-up after a leave (rule 8) is a number of days that do not count either, from the day after that leave on: it
  follows the leave when the leave changes, and days of it that are leave themselves count once. The employee is there,
  so the plan is not paused.
- An extension moves the end, and only the end, by its length.
- With a working calendar, a day on which nobody works is due on the next working day that is not leave.

Hence deadlines are monotone in the day, and leave, ramp-ups, extensions and holidays never bring one forward.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

ONE_DAY = datetime.timedelta(days=1)
MILESTONE_STEP = 30


class WorkingDays(Protocol):
    """The part of ``people.working_days.WorkingCalendar`` the clock needs."""

    def is_working_day(self, day: datetime.date, /) -> bool:
        """Return whether the day is neither a weekend nor a public holiday."""

    def holiday_name(self, day: datetime.date, /) -> str:
        """Return the name of the public holiday, or an empty text."""


@dataclass(frozen=True, order=True)
class Absence:
    """Days away, both included; ``ends_on`` None means that the last day is not known yet."""

    starts_on: datetime.date
    ends_on: datetime.date | None = None

    def __post_init__(self) -> None:
        if self.ends_on is not None and self.ends_on < self.starts_on:
            message = "An absence cannot end before it starts."
            raise ValueError(message)


@dataclass(frozen=True, order=True)
class RampUp:
    """Days that do not count after the leave that covers ``leave_on``; without such a leave it is nothing."""

    leave_on: datetime.date
    days: int

    def __post_init__(self) -> None:
        if self.days < 1:
            message = "A ramp-up lasts at least one day."
            raise ValueError(message)


@dataclass(frozen=True)
class ClockInput:
    """What the clock is wound with. ``today`` only matters for a leave without an end."""

    starts_on: datetime.date
    length_days: int
    absences: tuple[Absence, ...] = ()
    extension_days: int = 0
    today: datetime.date | None = None
    ramp_ups: tuple[RampUp, ...] = ()

    def __post_init__(self) -> None:
        if self.length_days < 1:
            message = "A plan lasts at least one day."
            raise ValueError(message)
        if self.extension_days < 0:
            message = "An extension cannot shorten a plan."
            raise ValueError(message)


@dataclass(frozen=True, order=True)
class Pause:
    """Days on which the clock stands still, both included; ``is_open`` when the leave has no known end.

    ``is_ramp_up`` marks the days after a leave on which the employee is back but the days do not count yet.
    """

    starts_on: datetime.date
    ends_on: datetime.date
    is_open: bool = False
    is_ramp_up: bool = False

    @property
    def days(self) -> int:
        """Return the number of days that do not count."""
        return (self.ends_on - self.starts_on).days + 1


@dataclass(frozen=True)
class LeaveShift:
    """A day moves because days of leave before it do not count."""

    day: int
    from_on: datetime.date
    to_on: datetime.date
    leave_days: int
    pauses: tuple[Pause, ...]


@dataclass(frozen=True)
class RampUpShift:
    """A day moves because days of ramp-up after a leave do not count."""

    day: int
    from_on: datetime.date
    to_on: datetime.date
    ramp_up_days: int
    pauses: tuple[Pause, ...]


@dataclass(frozen=True)
class NonWorkingShift:
    """A day moves because nobody works on it; ``holiday`` is empty for a weekend."""

    day: int
    from_on: datetime.date
    to_on: datetime.date
    holiday: str
    skips_leave: bool


@dataclass(frozen=True)
class ExtensionShift:
    """The end moves because the plan was extended."""

    day: int
    length_days: int
    extension_days: int


@dataclass(frozen=True)
class OpenLeave:
    """A day is provisional: the leave that began on ``since`` has no known end."""

    day: int
    since: datetime.date


Piece = LeaveShift | RampUpShift | NonWorkingShift | ExtensionShift | OpenLeave


@dataclass(frozen=True)
class ClockMark:
    """A day of the plan with its date and the reasons for it.

    ``planned_on`` is the date without leave and without a calendar, ``counted_on`` the date once leave is taken out,
    ``due_on`` the working day on which it falls due; ``planned_on <= counted_on <= due_on``.
    """

    day: int
    planned_on: datetime.date
    counted_on: datetime.date
    due_on: datetime.date
    explanation: tuple[Piece, ...] = ()

    @property
    def is_shifted(self) -> bool:
        """Return whether the day falls due later than first planned."""
        return self.due_on != self.planned_on

    @property
    def is_provisional(self) -> bool:
        """Return whether a leave without an end lies before it."""
        return any(isinstance(piece, OpenLeave) for piece in self.explanation)


@dataclass(frozen=True)
class PlanClock:
    """A clock that has been run: the milestones' marks, the end, the pauses up to it, and any other day on demand."""

    starts_on: datetime.date
    marks: tuple[ClockMark, ...]
    pauses: tuple[Pause, ...]
    all_pauses: tuple[Pause, ...]
    calendar: WorkingDays | None = None

    @property
    def ends_on(self) -> datetime.date:
        """Return the date on which the last day falls due."""
        return self.marks[-1].due_on

    @property
    def is_provisional(self) -> bool:
        """Return whether the end depends on a leave without an end."""
        return self.marks[-1].is_provisional

    @property
    def has_open_leave(self) -> bool:
        """Return whether a leave without an end moves dates on from day to day."""
        return any(pause.is_open for pause in self.all_pauses)

    def mark(self, day: int) -> ClockMark:
        """Return the mark of any day of the plan, milestone or not."""
        return _mark(day, self.starts_on, self.all_pauses, self.calendar)

    def is_paused_on(self, day: datetime.date) -> bool:
        """Return whether the employee is on leave on that date, so that the plan is paused."""
        pause = _pause_on(day, self.all_pauses)
        return day >= self.starts_on and pause is not None and not pause.is_ramp_up


def milestone_days(length_days: int) -> tuple[int, ...]:
    """Return the days of the formal reviews: every 30th day and the last one (rule 6)."""
    steps = range(MILESTONE_STEP, length_days, MILESTONE_STEP)
    return (*steps, length_days)


def check_in_days(length_days: int, every_days: int) -> tuple[int, ...]:
    """Return the days of the informal check-ins between the milestones, counted afresh from each milestone.

    Raises ValueError for an interval below one day.
    """
    days: list[int] = []
    previous = 0
    for milestone in milestone_days(length_days):
        days += check_in_days_between(previous, milestone, every_days)
        previous = milestone
    return tuple(days)


def check_in_days_between(previous: int, milestone: int, every_days: int) -> tuple[int, ...]:
    """Return the days of the check-ins after one formal review and before the next.

    One that would fall less than half an interval before the next is left out, since the formal review is about to take
    its place. Raises ValueError for an interval below one day.
    """
    if every_days < 1:
        message = "Check-ins are at least one day apart."
        raise ValueError(message)
    return tuple(
        day for day in range(previous + every_days, milestone, every_days) if (milestone - day) * 2 >= every_days
    )


def merge_absences(
    absences: Iterable[Absence], *, starts_on: datetime.date, today: datetime.date | None = None
) -> tuple[Pause, ...]:
    """Return the absences as disjoint pauses that do not touch, in order, cut off before the start of the plan."""
    merged: list[Pause] = []
    for pause in sorted(_as_pause(absence, today) for absence in absences):
        if pause.ends_on < starts_on:
            continue
        first = max(pause.starts_on, starts_on)
        if merged and first <= merged[-1].ends_on + ONE_DAY:
            last = merged[-1]
            merged[-1] = Pause(last.starts_on, max(last.ends_on, pause.ends_on), is_open=last.is_open or pause.is_open)
        else:
            merged.append(Pause(first, pause.ends_on, is_open=pause.is_open))
    return tuple(merged)


def with_ramp_ups(pauses: tuple[Pause, ...], ramp_ups: Iterable[RampUp]) -> tuple[Pause, ...]:
    """Return the pauses with the ramp-ups after them, disjoint and in order; a day of leave stays a day of leave."""
    days: set[datetime.date] = set()
    for ramp_up in ramp_ups:
        leave = _pause_on(ramp_up.leave_on, pauses)
        if leave is not None:
            days |= {leave.ends_on + (number + 1) * ONE_DAY for number in range(ramp_up.days)}
    found: list[Pause] = []
    for day in sorted(day for day in days if _pause_on(day, pauses) is None):
        if found and found[-1].ends_on + ONE_DAY == day:
            found[-1] = replace(found[-1], ends_on=day)
        else:
            found.append(Pause(day, day, is_ramp_up=True))
    return tuple(sorted((*pauses, *found)))


def run_clock(given: ClockInput, calendar: WorkingDays | None = None) -> PlanClock:
    """Run the clock: the marks of every milestone, the end and the pauses on the way, each shift explained."""
    leaves = merge_absences(given.absences, starts_on=given.starts_on, today=given.today)
    pauses = with_ramp_ups(leaves, given.ramp_ups)
    marks = [_mark(day, given.starts_on, pauses, calendar) for day in milestone_days(given.length_days)]
    if given.extension_days:
        marks.append(_extended_mark(given, pauses, calendar))
    return PlanClock(
        starts_on=given.starts_on,
        marks=tuple(marks),
        pauses=_pauses_before(marks[-1].due_on, pauses),
        all_pauses=pauses,
        calendar=calendar,
    )


def _as_pause(absence: Absence, today: datetime.date | None) -> Pause:
    if absence.ends_on is not None:
        return Pause(absence.starts_on, absence.ends_on)
    return Pause(absence.starts_on, max(absence.starts_on, today or absence.starts_on), is_open=True)


def _mark(day: int, starts_on: datetime.date, pauses: tuple[Pause, ...], calendar: WorkingDays | None) -> ClockMark:
    planned_on = starts_on + day * ONE_DAY
    counted_on = planned_on
    for pause in pauses:
        if pause.starts_on > counted_on:
            break
        counted_on += pause.days * ONE_DAY
    mark = ClockMark(day, planned_on, counted_on, _next_due(counted_on, pauses, calendar))
    return replace(mark, explanation=tuple(_pieces(mark, _pauses_before(mark.due_on, pauses), calendar)))


def _extended_mark(given: ClockInput, pauses: tuple[Pause, ...], calendar: WorkingDays | None) -> ClockMark:
    mark = _mark(given.length_days + given.extension_days, given.starts_on, pauses, calendar)
    piece = ExtensionShift(mark.day, given.length_days, given.extension_days)
    return replace(mark, explanation=(piece, *mark.explanation))


def _pieces(mark: ClockMark, before: tuple[Pause, ...], calendar: WorkingDays | None) -> Iterable[Piece]:
    counted = tuple(pause for pause in before if pause.starts_on < mark.counted_on)
    leaves = tuple(pause for pause in counted if not pause.is_ramp_up)
    ramp_ups = tuple(pause for pause in counted if pause.is_ramp_up)
    leave_days = sum(pause.days for pause in leaves)
    after_leave = mark.planned_on + leave_days * ONE_DAY
    if leaves:
        yield LeaveShift(mark.day, mark.planned_on, after_leave, leave_days, leaves)
    if ramp_ups:
        days = sum(pause.days for pause in ramp_ups)
        yield RampUpShift(mark.day, after_leave, mark.counted_on, days, ramp_ups)
    if mark.due_on != mark.counted_on and calendar is not None:
        holiday = calendar.holiday_name(mark.counted_on)
        yield NonWorkingShift(mark.day, mark.counted_on, mark.due_on, holiday, skips_leave=len(before) > len(counted))
    for pause in before:
        if pause.is_open:
            yield OpenLeave(mark.day, pause.starts_on)


def _next_due(day: datetime.date, pauses: tuple[Pause, ...], calendar: WorkingDays | None) -> datetime.date:
    """Return the first day from ``day`` on that is worked and no leave."""
    if calendar is None:
        return day
    while True:
        pause = _pause_on(day, pauses)
        if pause is not None:
            day = pause.ends_on + ONE_DAY
        elif calendar.is_working_day(day):
            return day
        else:
            day += ONE_DAY


def _pause_on(day: datetime.date, pauses: tuple[Pause, ...]) -> Pause | None:
    return next((pause for pause in pauses if pause.starts_on <= day <= pause.ends_on), None)


def _pauses_before(day: datetime.date, pauses: tuple[Pause, ...]) -> tuple[Pause, ...]:
    return tuple(pause for pause in pauses if pause.starts_on < day)
