"""The rows of a file as observations, one at a time: a cell each in a wide file, a row each in a long one."""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from metrics.uploads.columns import Choice, Layout
from people.imports.names import is_blank
from people.imports.source import Record, Table

_MONTH = re.compile(r"^(\d{4})[-/.](\d{1,2})$")
_WEEK = re.compile(r"^(\d{4})-?[Ww](\d{1,2})$")


class Cell(NamedTuple):
    """One observation, just as the file gives it: what the texts mean is read where they are recorded."""

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


def read_cells(table: Table, choice: Choice) -> Iterator[Cell | ShiftedRow]:
    """Yield every observation of the file, and the rows that cannot be read at all."""
    width = len(table.headings)
    parts = {meaning: table.headings.index(heading) for heading, meaning in choice.meanings.items() if meaning}
    metrics = {key: table.headings.index(heading) for heading, key in choice.metric_headings.items()}
    for record in table.records:
        employee = _cell(record, parts.get("employee"))
        if any(record.cells[width:]):
            yield ShiftedRow(record.line, employee, len(record.cells), width)
            continue
        day = day_of_period(_cell(record, parts.get("date")))
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


@lru_cache(maxsize=4096)  # a file has far fewer days than rows
def day_of_period(text: str) -> str:
    """Return the first day of a month ("2026-06") or a week ("2026-W23") in ISO form; any other text as it is."""
    try:
        if match := _MONTH.match(text):
            return datetime.date(int(match[1]), int(match[2]), 1).isoformat()
        if match := _WEEK.match(text):
            return datetime.date.fromisocalendar(int(match[1]), int(match[2]), 1).isoformat()
    except ValueError:
        return text
    return text
