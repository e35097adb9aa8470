"""Axes: where they begin and end and what is written along them. Pure."""

import datetime
import math
from collections.abc import Iterable, Sequence

STEPS = (1.0, 2.0, 5.0, 10.0)
MONTH_STEPS = (1, 2, 3, 4, 6, 12, 24, 60)
HEADROOM = 0.06
LABEL_DISTANCE = 13.0
"""Direct labels never stand nearer than this many pixels."""


def value_domain(values: Iterable[float], *, unit: str = "") -> tuple[float, float]:
    """Return the ends of the axis: a little beyond the values; never below zero or above 100 % if no value is."""
    shown = [value for value in values if math.isfinite(value)]
    if not shown:
        return 0.0, 1.0
    low, high = min(shown), max(shown)
    space = (high - low) * HEADROOM or max(abs(high) * HEADROOM, 1.0)
    bottom = 0.0 if 0 <= low < space else low - space
    top = 100.0 if unit == "%" and high <= 100 < high + space else high + space
    return bottom, top


def value_ticks(low: float, high: float, *, count: int, decimals: int = 6) -> list[float]:
    """Return round values inside the domain, at most about ``count``, no finer than the decimals shown."""
    rough = max((high - low) / max(count, 1), 10.0**-decimals)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in STEPS if factor * power >= rough * (1 - 1e-9))
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(index * step, 9) for index in range(first, last + 1)]


def tick_decimals(ticks: Sequence[float]) -> int:
    """Return the decimal places that tell the ticks apart."""
    return next(
        (places for places in range(6) if all(abs(round(tick, places) - tick) < 1e-9 for tick in ticks)),
        6,
    )


def time_ticks(first: datetime.date, last: datetime.date, *, count: int) -> list[datetime.date]:
    """Return the first days of months to write along the axis, or Mondays where there are hardly three months."""
    for step in MONTH_STEPS:
        months = [day for day in _months(first, last) if (day.year * 12 + day.month - 1) % step == 0]
        if len(months) <= count:
            break
    if len(months) > 2:
        return months
    mondays = [day for day in _days(first, last) if day.weekday() == 0] or [first]
    return mondays[:: math.ceil(len(mondays) / max(count, 1))]


def spread_labels(places: Sequence[float], *, low: float, high: float, distance: float = LABEL_DISTANCE) -> list[float]:
    """Return the places moved apart so that none is nearer than ``distance`` to the next, in the order given."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = [min(max(places[index], low), high) for index in order]
    for index in range(1, len(moved)):
        moved[index] = max(moved[index], moved[index - 1] + distance)
    beyond = moved[-1] - high if moved else 0.0
    if beyond > 0:
        moved[-1] -= beyond
        for index in range(len(moved) - 2, -1, -1):
            moved[index] = min(moved[index], moved[index + 1] - distance)
    result = [0.0] * len(places)
    for index, place in zip(order, moved, strict=True):
        result[index] = place
    return result


def _months(first: datetime.date, last: datetime.date) -> Iterable[datetime.date]:
    day = first.replace(day=1)
    while day <= last:
        if day >= first:
            yield day
        day = (day + datetime.timedelta(days=32)).replace(day=1)


def _days(first: datetime.date, last: datetime.date) -> Iterable[datetime.date]:
    return (first + datetime.timedelta(days=step) for step in range((last - first).days + 1))
