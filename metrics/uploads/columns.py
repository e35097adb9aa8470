"""What a column of a file of figures can mean, and what it most likely means.

A long file has a row per observation (employee, metric, date, value); a wide file a column per metric.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.imports.dates import DateOrder
from people.imports.fields import FIELD_BY_KEY
from people.imports.mapping import plain_heading

METRIC_PREFIX = "metric:"
_ALIKE = 0.88


class Layout(StrEnum):
    """How a file holds observations."""

    LONG = "long"
    WIDE = "wide"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an observation that a column can hold, with the plain headings that are sure to mean it."""

    key: str
    label: str | Promise
    synonyms: tuple[str, ...]


PARTS: dict[str, Part] = {
    part.key: part
    for part in (
        Part("employee", _("Employee number"), tuple(FIELD_BY_KEY["number"].synonyms)),
        Part(
            "date",
            _("Date"),
            (
                "date", "day", "week", "month", "period", "startson", "start", "weekstarting", "weekof", "observedon",
                "reportdate", "reviewdate", "lastperformancereviewdate", "lastreviewdate", "datum", "tag", "fecha",
            ),
        ),
        Part("metric", _("Metric"), ("metric", "metricname", "metrickey", "kpi", "measure", "indicator", "kennzahl")),
        Part("value", _("Value"), ("value", "reading", "result", "figure", "observation", "amount", "actual", "wert")),
        Part("unit", _("Unit"), ("unit", "units", "uom", "unitofmeasure", "einheit")),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NamedMetric:
    """A metric a column can be mapped to."""

    key: str
    name: str

    @property
    def meaning(self) -> str:
        """What a column of its values means."""
        return f"{METRIC_PREFIX}{self.key}"


@dataclass(frozen=True, slots=True)
class Choice:
    """What each heading means; ``is_strict`` refuses the whole file for one bad row."""

    meanings: dict[str, str] = field(default_factory=dict)
    date_order: DateOrder | None = None
    is_strict: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return what is stored with the upload."""
        order = self.date_order.value if self.date_order else ""
        return {"meanings": self.meanings, "date_order": order, "is_strict": self.is_strict}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Choice":
        """Return the choice stored with an upload."""
        order = stored.get("date_order")
        return cls(
            dict(stored.get("meanings", {})), DateOrder(order) if order else None, bool(stored.get("is_strict", False))
        )

    @property
    def layout(self) -> Layout:
        """How the file holds observations: wide as soon as a column holds the values of one metric."""
        is_wide = any(meaning.startswith(METRIC_PREFIX) for meaning in self.meanings.values())
        return Layout.WIDE if is_wide else Layout.LONG

    def heading_of(self, part: str) -> str | None:
        """Return the heading of the column that holds the part."""
        return next((heading for heading, meaning in self.meanings.items() if meaning == part), None)

    @property
    def metric_headings(self) -> dict[str, str]:
        """Return the metric's key for each heading of a wide file."""
        return {
            heading: meaning.removeprefix(METRIC_PREFIX)
            for heading, meaning in self.meanings.items()
            if meaning.startswith(METRIC_PREFIX)
        }


def guess_meanings(
    headings: Sequence[str], metrics: Sequence[NamedMetric], remembered: Mapping[str, str] | None = None
) -> tuple[dict[str, str], list[str]]:
    """Return the likely meaning of each heading, and the headings a person should look at.

    ``remembered`` maps plain headings to what they meant last time. A meaning is given to one heading only, and with
    a column per metric there is no column for the metric's name or the value.
    """
    remembered = remembered or {}
    ranked = sorted(
        (-confidence, place, meaning)
        for place, heading in enumerate(headings)
        for meaning, words in _vocabulary(metrics).items()
        if (confidence := _confidence(plain_heading(heading), meaning, words, remembered)) > 0
    )
    meanings: dict[str, str] = {}
    unsure: list[str] = []
    for negative, place, meaning in ranked:
        heading = headings[place]
        if heading in meanings or meaning in meanings.values():
            continue
        meanings[heading] = meaning
        if -negative < 1:
            unsure.append(heading)
    return _one_layout(meanings), unsure


def problems_of(choice: Choice) -> list[str | Promise]:
    """Return what keeps the file from being read with this choice, each in a sentence."""
    meanings = [meaning for meaning in choice.meanings.values() if meaning]
    twice = {meaning for meaning in meanings if meanings.count(meaning) > 1}
    problems: list[str | Promise] = [
        _("“%(meaning)s” is chosen for more than one column. Keep one of them.") % {"meaning": meaning_label(meaning)}
        for meaning in sorted(twice)
    ]
    needed = ["employee", "date"] if choice.layout is Layout.WIDE else ["employee", "date", "metric", "value"]
    problems += [
        _("Choose the column that holds: %(part)s.") % {"part": PARTS[part].label}
        for part in needed
        if part not in meanings
    ]
    if choice.layout is Layout.WIDE and {"metric", "value", "unit"} & set(meanings):
        problems.append(
            _(
                "Choose either a column for the metric and one for the value, or a column for each metric. "
                "The file cannot be read both ways."
            )
        )
    return problems


def meaning_label(meaning: str) -> str:
    """Return the words for a meaning; a metric by its short name."""
    part = PARTS.get(meaning)
    return str(part.label) if part else meaning.removeprefix(METRIC_PREFIX)


def _vocabulary(metrics: Sequence[NamedMetric]) -> dict[str, tuple[str, ...]]:
    words = {part.key: part.synonyms for part in PARTS.values()}
    words |= {metric.meaning: (plain_heading(metric.name), plain_heading(metric.key)) for metric in metrics}
    return words


def _confidence(plain: str, meaning: str, words: Sequence[str], remembered: Mapping[str, str]) -> float:
    if plain in remembered:
        return 1.0 if remembered[plain] == meaning else 0.0
    if plain in words:
        return 1.0
    likeness = max((SequenceMatcher(None, plain, word).ratio() for word in words if word), default=0.0)
    return likeness * 0.9 if likeness >= _ALIKE else 0.0


def _one_layout(meanings: dict[str, str]) -> dict[str, str]:
    """Let the columns of metrics go before a column that merely sounds like "value" or "result"."""
    if Choice(meanings).layout is Layout.LONG or {"metric", "value"} <= set(meanings.values()):
        keep_metrics = Choice(meanings).layout is Layout.LONG
        return {h: m for h, m in meanings.items() if keep_metrics or not m.startswith(METRIC_PREFIX)}
    return {heading: meaning for heading, meaning in meanings.items() if meaning not in ("metric", "value", "unit")}
