"""Every service of signals, in one place for the rooms above; each lives in the module of its part of the life."""

from metrics.services.signal_computation import compute_series, compute_stale_series
from metrics.services.signal_decisions import (
    acknowledge_signal,
    comment_on_signal,
    confirm_shift,
    dismiss_signal,
    start_support,
    withdraw_shift,
)
from metrics.services.signal_duties import follow_the_people

__all__ = [
    "acknowledge_signal",
    "comment_on_signal",
    "compute_series",
    "compute_stale_series",
    "confirm_shift",
    "dismiss_signal",
    "follow_the_people",
    "start_support",
    "withdraw_shift",
]
