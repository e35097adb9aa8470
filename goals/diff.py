"""A revision side by side: what was agreed, what is to be agreed, in the reader's words. Pure but for names."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goals.enums import Measure
from metrics.enums import Direction

LABELS: dict[str, str | Promise] = {
    "measure": _("Measured by"),
    "baseline": _("Where it stood"),
    "target": _("Target"),
    "unit": _("Unit"),
    "direction": _("Which way is better"),
    "metric": _("Follows the metric"),
    "starts_on": _("From"),
    "due_on": _("Due"),
    "steps": _("Milestones"),
}


@dataclass(frozen=True)
class DiffRow:
    """One field of a revision; ``is_list`` where each side has several lines."""

    label: str | Promise
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def removed(self) -> frozenset[str]:
        """The lines that go."""
        return frozenset(self.before) - frozenset(self.after)

    @property
    def added(self) -> frozenset[str]:
        """The lines that come."""
        return frozenset(self.after) - frozenset(self.before)


def diff_rows(changes: Mapping[str, list[Any]], metric_names: Mapping[int, str]) -> list[DiffRow]:
    """Return the rows in the order of the form; ``metric_names`` gives the name of each metric by its id."""
    return [
        DiffRow(label, *(_shown(field, value, metric_names) for value in changes[field]))
        for field, label in LABELS.items()
        if field in changes
    ]


def _shown(field: str, value: Any, metric_names: Mapping[int, str]) -> tuple[str, ...]:
    if field == "steps":
        return tuple(f"{title} ({_day(day)})" if day else str(title) for title, day in value)
    if value is None:
        return (str(_("none")),)
    if field == "metric":
        return (metric_names.get(value, str(_("a metric that is gone"))),)
    write = _WRITTEN.get(field, str)
    return (str(write(value)),)


def _day(text: str) -> str:
    return date_format(datetime.date.fromisoformat(text), "j F Y")


_WRITTEN: dict[str, Callable[[str], Any]] = {
    "baseline": lambda text: number_format(Decimal(text)),
    "target": lambda text: number_format(Decimal(text)),
    "starts_on": _day,
    "due_on": _day,
    "measure": lambda text: Measure(text).label,
    "direction": lambda text: Direction(text).label,
}
