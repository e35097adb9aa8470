"""Days said as a person says them."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

WEEKS_FROM = 21
"""From this many days on, weeks are easier to grasp than days."""


def local_day(value: date | datetime) -> date:
    """Return the calendar day in the reader's time zone."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def relative_days(value: date | datetime, today: date | None = None) -> str:
    """Return "today", "tomorrow", "in 3 days", "2 days ago"…, in weeks from three weeks on."""
    days = (local_day(value) - (today or timezone.localdate())).days
    if days in {-1, 0, 1}:
        return {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}[days]
    if abs(days) >= WEEKS_FROM:
        weeks = round(abs(days) / 7)
        if days > 0:
            return ngettext("in %(count)d week", "in %(count)d weeks", weeks) % {"count": weeks}
        return ngettext("%(count)d week ago", "%(count)d weeks ago", weeks) % {"count": weeks}
    if days > 0:
        return ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days}
    return ngettext("%(count)d day ago", "%(count)d days ago", -days) % {"count": -days}


def due_words(value: date | datetime, today: date | None = None) -> str:
    """Return how near a deadline is: "Due today", "Due in 3 days", "2 days overdue"."""
    this_day = today or timezone.localdate()
    late = (this_day - local_day(value)).days
    if late > 0:
        return ngettext("%(count)d day overdue", "%(count)d days overdue", late) % {"count": late}
    return _("Due %(when)s") % {"when": relative_days(value, this_day)}


def due_state(value: date | datetime, today: date | None = None, soon_days: int = 2) -> str:
    """Return ``danger`` when overdue, ``warning`` when due within ``soon_days``, else ``neutral``."""
    days = (local_day(value) - (today or timezone.localdate())).days
    if days < 0:
        return "danger"
    return "warning" if days <= soon_days else "neutral"
