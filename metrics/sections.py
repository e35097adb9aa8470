"""What signals add to the pages of the rooms below: a part of the home page, and of a profile."""

from typing import Any

from metrics.enums import SignalStatus
from metrics.explanations import short_words
from metrics.models import Metric
from metrics.rules import receives_signals
from metrics.selectors.signals import open_signals_of, signals_about_others, signals_visible_to, undecided_first
from people.models import Employee, Membership

MOST_SHOWN = 6


def sees_signals_at_home(member: Membership) -> bool:
    """Return whether the home page shows new signals: to who receives them, once anything is measured."""
    return receives_signals(member) and Metric.objects.exists()


def home_signals(member: Membership) -> dict[str, Any]:
    """Return the open signals of the people the member follows, those that point the worse way first."""
    signals = undecided_first(signals_about_others(member).filter(status=SignalStatus.OPEN))
    found = list(signals[: MOST_SHOWN + 1])
    return {
        "rows": [(signal, short_words(signal)) for signal in found[:MOST_SHOWN]],
        "has_more": len(found) > MOST_SHOWN,
    }


def sees_signals_of(member: Membership, employee: Employee) -> bool:
    """Return whether the profile shows signals: to who may read the figures, while any is open."""
    return signals_visible_to(member).filter(series__employee=employee, status=SignalStatus.OPEN).exists()


def profile_signals(_member: Membership, employee: Employee) -> dict[str, Any]:
    """Return the open signals about the employee."""
    signals = undecided_first(open_signals_of(employee))[:MOST_SHOWN]
    return {"rows": [(signal, short_words(signal)) for signal in signals]}
