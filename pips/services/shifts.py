"""Dates that moved: kept for good with their reasons, and told to both people without a word about the leave."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pips.clock import ClockMark
from pips.days import today_for
from pips.enums import NoteKind
from pips.explanations import date_from, explain, full_date
from pips.models import DateShift, Plan
from pips.obligations import About
from pips.services.moves import write_note
from pips.services.notices import tell_both


class Cause(Enum):
    """What made the clock run again."""

    LEAVE = "leave"
    CALENDAR = "calendar"
    AMENDMENT = "amendment"


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A date that is no longer what it was; ``old_on`` None for one that had no date before."""

    about: About
    about_id: int
    mark: ClockMark
    old_on: datetime.date | None

    @property
    def new_on(self) -> datetime.date:
        """Return the date it has now."""
        return self.mark.due_on


def sentences_for(mark: ClockMark, cause: Cause) -> list[str]:
    """Return why the mark stands where it does; where the clock has no reason left, what took the last one away."""
    values = {"day": mark.day, "date": full_date(mark.due_on)}
    without = {
        Cause.LEAVE: _("Day %(day)d is on %(date)s: no leave lies before it any more."),
        Cause.CALENDAR: _("Day %(day)d is on %(date)s: the working days of the place of work put it there."),
        Cause.AMENDMENT: _("Day %(day)d is on %(date)s."),
    }
    return explain(mark) or [str(without[cause]) % values]


def record_shifts(plan: Plan, moved: Sequence[Moved], *, cause: Cause, actor: Membership | None) -> list[DateShift]:
    """Keep each move for good; the date it had when it was last told is where it moves from."""
    told = _last_told(plan)
    rows = []
    for one in moved:
        old_on = told.get((one.about, one.about_id), one.old_on)
        if old_on is None or old_on == one.new_on:
            continue
        rows.append(
            DateShift(
                plan=plan,
                about_type=one.about,
                about_id=one.about_id,
                day=one.mark.day,
                old_on=old_on,
                new_on=one.new_on,
                reason=" ".join(sentences_for(one.mark, cause)),
                recorded_by=actor,
            )
        )
    return DateShift.objects.bulk_create(rows)


def announce_shifts(plan: Plan, moved: Sequence[Moved], *, cause: Cause, actor: Membership | None) -> None:
    """Keep the moves, put their sentences on the plan's record and tell both people that dates have moved.

    The mail names the dates and nothing else: that somebody is or was on leave is not said in a mail (rule 10).
    """
    shifts = record_shifts(plan, moved, cause=cause, actor=actor)
    sentences = [
        sentence for one in moved if one.about == About.MILESTONE for sentence in sentences_for(one.mark, cause)
    ]
    sentences.append(gettext("Check-ins, promised support and reminders move with these dates."))
    note = write_note(plan=plan, kind=NoteKind.CLOCK, body="\n".join(sentences), author=actor)
    tell_both(
        plan=plan,
        event=f"dates:{note.pk}",
        subject=_("Dates in PIPCycle have moved"),
        lines=[_("Dates that concern you have moved. The page explains each of them."), *_next_date(plan, shifts)],
        actor=None,
    )


def _next_date(plan: Plan, shifts: Sequence[DateShift]) -> list[str]:
    today = today_for(plan.employee)
    ahead = sorted((shift.new_on, shift.old_on) for shift in shifts if shift.new_on >= today)
    if not ahead:
        return []
    new_on, old_on = ahead[0]
    return [
        gettext("The next of them is on %(new)s now, no longer on %(old)s.")
        % {"new": full_date(new_on), "old": date_from(old_on, new_on)}
    ]


def _last_told(plan: Plan) -> dict[tuple[str, int], datetime.date]:
    rows = DateShift.objects.filter(plan=plan).order_by("at", "pk").values_list("about_type", "about_id", "new_on")
    return {(about_type, about_id): new_on for about_type, about_id, new_on in rows}
