"""How much of the past the charts of a person show; the choice is remembered for the session."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KEPT = "figures:window"


@dataclass(frozen=True)
class Window:
    """A length of time that ends today."""

    key: str
    label: str | Promise
    days: int

    def first(self, today: datetime.date) -> datetime.date:
        """Return the first day of the window: a Monday, so that it begins with a whole week."""
        day = today - datetime.timedelta(days=self.days)
        return day - datetime.timedelta(days=day.weekday())


WINDOWS: Sequence[Window] = (
    Window("quarter", _("13 weeks"), 91),
    Window("year", _("1 year"), 364),
    Window("two-years", _("2 years"), 728),
)
USUAL = WINDOWS[1]
BY_KEY = {window.key: window for window in WINDOWS}


def chosen_window(request: HttpRequest) -> Window:
    """Return the window asked for, else the one chosen before in this session, else a year."""
    asked = BY_KEY.get(request.GET.get("window", ""))
    if asked is not None:
        if request.session.get(KEPT) != asked.key:
            request.session[KEPT] = asked.key
        return asked
    return BY_KEY.get(request.session.get(KEPT, ""), USUAL)
