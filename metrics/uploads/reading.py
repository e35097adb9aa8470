"""The rows of a file as observations, one at a time: a cell each in a wide file, a row each in a long one."""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from metrics.uploads.columns import Choice, Layout
from people.imports.dates import ColumnOrder, read_date
from people.imports.names import is_blank
from people.imports.source import Record, Table

_EARLIEST = datetime.date(1990, 1, 1)
_AHEAD = datetime.timedelta(days=366)
_MONTH = re.compile(r"^(\d{4})[-/.](\d{1,2})$")
_WEEK = re.compile(r"^(\d{4})-?[Ww](\d{1,2})$")


class Cell(NamedTuple):
    """One observation as the file gives it; ``day`` is in ISO form where it could be read, else as it stands."""

    line: int
    metric: str
    employee: str
    day: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class ShiftedRow:
    """A row with more cells than headings: nobody knows which value belongs where."""

    line: int
    employee: str
    cells: int
    headings: int


@dataclass(frozen=True, slots=True)
class DayReader:
    """Reads the column of dates. A text that is no date stays as it is, to be shown with the refusal."""

    order: ColumnOrder
    today: datetime.date

    def read(self, text: str) -> str:
        """Return the day in ISO form: also of "2026-06" (the first of the month) and "2026-W23" (its Monday)."""
        if period := _first_of_period(text):
            return period.isoformat()
        day = read_date(text, column=self.order, earliest=_EARLIEST, latest=self.today + _AHEAD).value
        return text if day is None else day.isoformat()


def read_cells(table: Table, choice: Choice, days: DayReader) -> Iterator[Cell | ShiftedRow]:
    """Yield every observation of the file, and the rows that cannot be read at all."""
    width = len(table.headings)
    parts = {meaning: table.headings.index(heading) for heading, meaning in choice.meanings.items() if meaning}
    metrics = {key: table.headings.index(heading) for heading, key in choice.metric_headings.items()}
    read_day = lru_cache(maxsize=4096)(days.read)  # a file has far fewer days than rows
    for record in table.records:
        employee = _cell(record, parts.get("employee"))
        if any(record.cells[width:]):
            yield ShiftedRow(record.line, employee, len(record.cells), width)
            continue
        day = read_day(_cell(record, parts.get("date")))
        if choice.layout is Layout.WIDE:
            yield from _wide_cells(record, metrics, employee, day)
        else:
            metric, value, unit = (_cell(record, parts.get(part)) for part in ("metric", "value", "unit"))
            yield Cell(record.line, metric, employee, day, value, unit)


def _wide_cells(record: Record, metrics: Mapping[str, int], employee: str, day: str) -> Iterator[Cell]:
    """An empty cell says nothing about the metric, so it is no observation."""
    for metric, place in metrics.items():
        if value := _cell(record, place):
            yield Cell(record.line, metric, employee, day, value, "")


def _cell(record: Record, place: int | None) -> str:
    text = record.cells[place] if place is not None and place < len(record.cells) else ""
    return "" if is_blank(text) else text


def _first_of_period(text: str) -> datetime.date | None:
    try:
        if match := _MONTH.match(text):
            return datetime.date(int(match[1]), int(match[2]), 1)
        if match := _WEEK.match(text):
            return datetime.date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        return None
    return None
