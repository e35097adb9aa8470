"""What the rooms above give to this one: ways to start support from a signal, and who listens for new values."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from metrics.models import Signal
from people.models import Membership

SeriesObserver = Callable[[Collection[int]], None]
"""Gets the ids of the series whose values have changed, in the transaction of the change."""


@dataclass(frozen=True, kw_only=True)
class SupportStarter:
    """One way to answer a signal with support: a goal, a development action, a plan.

    ``url`` returns the path of a page that starts it, prefilled from the signal; the service that saves it calls
    ``metrics.services.signals.start_support`` with this ``key``. ``address`` returns the path of what was started.
    """

    key: str
    label: str | Promise
    explanation: str | Promise
    order: int
    visible: Callable[[Membership, Signal], bool]
    url: Callable[[Signal], str]
    address: Callable[[Signal], str]


_starters: dict[str, SupportStarter] = {}
_observers: list[SeriesObserver] = []


def register_support_starter(starter: SupportStarter) -> None:
    """Offer a way to start support on the page of a signal; registering the same key again replaces it."""
    _starters[starter.key] = starter


def support_starters(member: Membership, signal: Signal) -> Sequence[SupportStarter]:
    """Return the ways the member may start support from the signal, in order."""
    visible = [starter for starter in _starters.values() if starter.visible(member, signal)]
    return sorted(visible, key=lambda starter: (starter.order, starter.key))


def support_starter(key: str) -> SupportStarter | None:
    """Return the way to start support of that key."""
    return _starters.get(key)


def register_series_observer(observer: SeriesObserver) -> None:
    """Call ``observer(series_ids)`` whenever values of series have changed."""
    if observer not in _observers:
        _observers.append(observer)


def tell_series_observers(series_ids: Collection[int]) -> None:
    """Tell every observer that the values of the series have changed."""
    for observer in _observers:
        observer(series_ids)
