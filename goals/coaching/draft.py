"""A goal as somebody is writing it, and what is known around it; no rows."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.formats import date_format, number_format

from goals.enums import Measure
from goals.models import Cycle
from metrics.enums import Direction
from metrics.selectors.ranges import JobRange
from people.working_days import WorkingCalendar
from pipcycle.writing import Remark, Severity

MEASURED = frozenset({Measure.NUMBER.value, Measure.PERCENT.value})
_PERCENT_SIGNS = frozenset({"%", "percent", "per cent", "pct"})


@dataclass(frozen=True, kw_only=True)
class StepDraft:
    """One milestone as typed."""

    title: str = ""
    due_on: datetime.date | None = None


@dataclass(frozen=True, kw_only=True)
class GoalDraft:
    """The fields of a goal as typed, complete or not; named like the fields of the form.

    ``other_weights`` are the weights of the person's other goals in the cycle; ``language`` is the one it is in.
    """

    title: str = ""
    why: str = ""
    measure: str = Measure.NUMBER.value
    baseline: Decimal | None = None
    target: Decimal | None = None
    unit: str = ""
    direction: str = Direction.HIGHER.value
    has_metric: bool = False
    support_needed: str = ""
    starts_on: datetime.date | None = None
    due_on: datetime.date | None = None
    weight: int | None = None
    steps: tuple[StepDraft, ...] = ()
    has_anchor: bool = False
    other_weights: tuple[int, ...] = ()
    language: str = "en"

    @property
    def is_measured(self) -> bool:
        """Return whether the goal has a figure to reach."""
        return self.measure in MEASURED

    @property
    def is_in_percent(self) -> bool:
        """Return whether its figures are per cent."""
        return self.measure == Measure.PERCENT or self.unit.strip().casefold() in _PERCENT_SIGNS

    @property
    def has_figures(self) -> bool:
        """Return whether it says from where to where."""
        return self.is_measured and self.baseline is not None and self.target is not None

    def in_words(self, value: Decimal | float) -> str:
        """Return a figure with the goal's unit, as the reader writes figures."""
        exact = value if isinstance(value, Decimal) else Decimal(str(round(value, 2)))
        figure = number_format(Decimal(format(exact.normalize(), "f")), use_l10n=True)
        unit = "%" if self.is_in_percent else self.unit.strip()
        return f"{figure}%" if unit == "%" else f"{figure} {unit}".strip()

    def text_of(self, name: str) -> str:
        """Return the text of a field by the name remarks use; milestones are ``steps-0-title`` and so on."""
        if name.startswith("steps-") and name.endswith("-title"):
            return self.steps[int(name.split("-")[1])].title
        return str(getattr(self, name, "")) if name in {"title", "why", "unit", "support_needed"} else ""

    def value_of(self, name: str) -> str:
        """Return what stands in a field, whatever it is: what a remark that quotes nothing is about."""
        if name.startswith("steps-") and name.endswith("-due_on"):
            return self.steps[int(name.split("-")[1])].title
        value = self.text_of(name) or getattr(self, name, "")
        return "" if value is None or name == "steps" else str(value)


@dataclass(frozen=True, kw_only=True)
class Around:
    """What a draft is judged against."""

    calendar: WorkingCalendar
    today: datetime.date
    job_range: JobRange | None = field(default=None)
    cycle: Cycle | None = field(default=None)


Remarks = Iterator[Remark]


def remark(code: str, severity: Severity, name: str, message: str, how: str, *, text: str = "") -> Remark:
    """Return a remark on a field as a whole; with ``text`` it quotes all of it but the white space around."""
    excerpt = text.strip()
    start = text.index(excerpt) if excerpt else 0
    return Remark(
        code=code,
        severity=severity,
        field=name,
        message=message,
        how=how,
        start=start,
        end=start + len(excerpt),
        excerpt=excerpt,
    )


def day_in_words(day: datetime.date) -> str:
    """Return "Friday, 3 April 2026" as the reader writes dates."""
    return f"{date_format(day, 'l')}, {date_format(day, 'DATE_FORMAT')}"
