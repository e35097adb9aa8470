"""The clock's reasons as sentences a person can check with a calendar."""

import datetime
from collections.abc import Iterable

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pips.clock import ClockMark, ExtensionShift, LeaveShift, NonWorkingShift, OpenLeave, Pause, Piece, RampUpShift


def full_date(day: datetime.date) -> str:
    """Return "17 March 2027"."""
    return format_date(day, "j F Y")


def date_from(day: datetime.date, until: datetime.date) -> str:
    """Return the first date of a pair, without what the second repeats: "3 March" before "17 March 2027"."""
    return format_date(day, "j F" if day.year == until.year else "j F Y")


def date_range(first: datetime.date, last: datetime.date) -> str:
    """Return "10 February 2027", "10–23 February 2027" or "28 February – 3 March 2027"."""
    if first == last:
        return full_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{full_date(last)}"
    return f"{date_from(first, last)} – {full_date(last)}"


def explain_piece(piece: Piece) -> str:
    """Return one sentence for one reason."""
    match piece:
        case LeaveShift():
            return _leave_sentence(piece)
        case RampUpShift():
            return _ramp_up_sentence(piece)
        case NonWorkingShift():
            return _non_working_sentence(piece)
        case ExtensionShift():
            return ngettext(
                "The plan of %(length)d days was extended by %(count)d day: day %(day)d is its end.",
                "The plan of %(length)d days was extended by %(count)d days: day %(day)d is its end.",
                piece.extension_days,
            ) % {"length": piece.length_days, "count": piece.extension_days, "day": piece.day}
        case OpenLeave():
            return _(
                "The leave that began on %(since)s has no end yet: "
                "day %(day)d moves on by one day with each further day of leave."
            ) % {"since": full_date(piece.since), "day": piece.day}


def explain(mark: ClockMark) -> list[str]:
    """Return every reason of the mark, in the order in which it moved the date; empty when nothing did."""
    return [explain_piece(piece) for piece in mark.explanation]


def explain_all(marks: Iterable[ClockMark]) -> list[str]:
    """Return the sentences of all marks, in order."""
    return [sentence for mark in marks for sentence in explain(mark)]


def _leave_sentence(piece: LeaveShift) -> str:
    return ngettext(
        "Day %(day)d moves from %(first)s to %(second)s: %(count)d day of leave (%(ranges)s) does not count.",
        "Day %(day)d moves from %(first)s to %(second)s: %(count)d days of leave (%(ranges)s) do not count.",
        piece.leave_days,
    ) % {
        "day": piece.day,
        "first": date_from(piece.from_on, piece.to_on),
        "second": full_date(piece.to_on),
        "count": piece.leave_days,
        "ranges": "; ".join(_pause_range(pause) for pause in piece.pauses),
    }


def _ramp_up_sentence(piece: RampUpShift) -> str:
    return ngettext(
        "Day %(day)d moves on from %(first)s to %(second)s: %(count)d day of ramp-up after leave (%(ranges)s) "
        "does not count.",
        "Day %(day)d moves on from %(first)s to %(second)s: %(count)d days of ramp-up after leave (%(ranges)s) "
        "do not count.",
        piece.ramp_up_days,
    ) % {
        "day": piece.day,
        "first": date_from(piece.from_on, piece.to_on),
        "second": full_date(piece.to_on),
        "count": piece.ramp_up_days,
        "ranges": "; ".join(_pause_range(pause) for pause in piece.pauses),
    }


def _pause_range(pause: Pause) -> str:
    if pause.is_open:
        return _("since %(first)s") % {"first": full_date(pause.starts_on)}
    return date_range(pause.starts_on, pause.ends_on)


def _non_working_sentence(piece: NonWorkingShift) -> str:
    values = {
        "day": piece.day,
        "weekday": format_date(piece.from_on, "l"),
        "first": date_from(piece.from_on, piece.to_on),
        "second": format_date(piece.to_on, "l j F Y"),
        "holiday": piece.holiday,
    }
    if piece.holiday:
        reason = _("Day %(day)d falls on %(weekday)s %(first)s, a public holiday (%(holiday)s)") % values
    else:
        reason = _("Day %(day)d falls on %(weekday)s %(first)s, when nobody works") % values
    if piece.skips_leave:
        return _("%(reason)s: the next working day after leave is %(second)s.") % {**values, "reason": reason}
    return _("%(reason)s: the next working day is %(second)s.") % {**values, "reason": reason}
