"""T: a day that is worked, lies ahead and leaves time."""

import datetime

from django.utils.translation import gettext as _

from goals.coaching.draft import Around, GoalDraft, Remarks, day_in_words, remark
from goals.enums import Measure
from people.working_days import WorkingCalendar
from pipcycle.writing import Severity

SHORTEST_DAYS = 14


def review_dates(draft: GoalDraft, around: Around) -> Remarks:
    """Yield what is the matter with the first and the last day."""
    due, start = draft.due_on, draft.starts_on
    if due is None:
        yield remark(
            "timed.no_due",
            Severity.MUST,
            "due_on",
            _("There is no day by which this is done."),
            _("Choose a working day inside the cycle."),
        )
        return
    yield from _review_day(due, "due_on", around.calendar)
    if due < around.today:
        yield remark(
            "timed.past",
            Severity.MUST,
            "due_on",
            _("%(day)s has passed.") % {"day": day_in_words(due)},
            _("Choose a day that is still to come."),
        )
    cycle = around.cycle
    if cycle is not None and due > cycle.ends_on:
        yield remark(
            "timed.after_cycle",
            Severity.SHOULD,
            "due_on",
            _("%(day)s is after the cycle “%(cycle)s”, which ends on %(end)s.")
            % {"day": day_in_words(due), "cycle": cycle.name, "end": day_in_words(cycle.ends_on)},
            _("Choose an earlier day, or set the goal in the next cycle with a milestone in this one."),
        )
    if start is not None and start <= due and (due - start).days < SHORTEST_DAYS:
        yield remark(
            "timed.short",
            Severity.SHOULD,
            "due_on",
            _("Between %(start)s and %(due)s lie less than two weeks.")
            % {"start": day_in_words(start), "due": day_in_words(due)},
            _("For something that short a task is enough. A goal needs time for at least one update."),
        )
    if start is not None and start > due:
        yield remark(
            "timed.ends_before_start",
            Severity.MUST,
            "due_on",
            _("The goal is due before it starts."),
            _("Correct one of the two days."),
        )


def review_step_dates(draft: GoalDraft, around: Around) -> Remarks:
    """Yield what is the matter with the days of the milestones."""
    if draft.measure != Measure.MILESTONES:
        return
    for number, step in enumerate(draft.steps):
        if not step.title.strip():
            continue
        field = f"steps-{number}-due_on"
        if step.due_on is None:
            yield remark(
                "timed.step_undated",
                Severity.SHOULD,
                field,
                _("The milestone “%(title)s” has no day.") % {"title": step.title.strip()},
                _("Give each milestone its own day, spread over the way."),
            )
        elif draft.due_on is not None and step.due_on > draft.due_on:
            yield remark(
                "timed.step_late",
                Severity.SHOULD,
                field,
                _("The milestone “%(title)s” is due after the goal itself.") % {"title": step.title.strip()},
                _("Choose a day on or before %(day)s.") % {"day": day_in_words(draft.due_on)},
            )
        else:
            yield from _review_day(step.due_on, field, around.calendar)


def _review_day(day: datetime.date, field: str, calendar: WorkingCalendar) -> Remarks:
    if calendar.is_working_day(day):
        return
    holiday = calendar.holiday_name(day)
    how = _("Choose %(day)s, or the working day before.") % {"day": day_in_words(calendar.next_working_day(day))}
    if holiday:
        yield remark(
            "timed.holiday",
            Severity.SHOULD,
            field,
            _("%(day)s is a public holiday: %(holiday)s.") % {"day": day_in_words(day), "holiday": holiday},
            how,
        )
    else:
        yield remark(
            "timed.weekend",
            Severity.SHOULD,
            field,
            _("%(day)s is no working day.") % {"day": day_in_words(day)},
            how,
        )
