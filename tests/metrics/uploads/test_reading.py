"""Rows of a file as observations."""

import datetime
import io

import pytest

from metrics.uploads.columns import Choice
from metrics.uploads.reading import Cell, DayReader, ShiftedRow, read_cells
from people.imports.dates import Certainty, ColumnOrder, DateOrder
from people.imports.source import inspect_source, read_table

TODAY = datetime.date(2026, 11, 24)
LONG = Choice({"Number": "employee", "Metric": "metric", "Day": "date", "Value": "value", "Unit": "unit"})
WIDE = Choice({"Number": "employee", "Day": "date", "Accuracy": "metric:accuracy", "Calls": "metric:calls"})


def days(order: DateOrder = DateOrder.DAY_FIRST) -> DayReader:
    """Return a reader of dates in that order."""
    return DayReader(ColumnOrder(order, Certainty.DECIDED), TODAY)


def read(text: str, choice: Choice) -> list[Cell | ShiftedRow]:
    """Return the observations of a file."""
    stream = io.BytesIO(text.encode())
    return list(read_cells(read_table(stream, inspect_source(stream)), choice, days()))


def test_a_long_row_is_one_observation_and_every_cell_stays_as_it_is() -> None:
    assert read("Number,Metric,Day,Value,Unit\nN1,accuracy,1.6.2026,ninety,%\n", LONG) == [
        Cell(2, "accuracy", "N1", "2026-06-01", "ninety", "%")
    ]


def test_a_wide_row_is_an_observation_per_filled_cell() -> None:
    assert read("Number,Day,Accuracy,Calls,Hobby\nN1,2026-06-01,97,12,chess\nN2,2026-06-01,,0,\n", WIDE) == [
        Cell(2, "accuracy", "N1", "2026-06-01", "97", ""),
        Cell(2, "calls", "N1", "2026-06-01", "12", ""),
        Cell(3, "calls", "N2", "2026-06-01", "0", ""),
    ]


def test_a_row_with_more_cells_than_headings_is_not_guessed_at() -> None:
    assert read("Number,Day,Accuracy,Calls\nN1,2026-06-01,97,12,5\n", WIDE) == [ShiftedRow(2, "N1", 5, 4)]


def test_a_short_row_lacks_its_last_cells_only() -> None:
    assert read("Number,Day,Accuracy,Calls\nN1,2026-06-01,97\n", WIDE) == [
        Cell(2, "accuracy", "N1", "2026-06-01", "97", "")
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-06-01", "2026-06-01"),
        ("3.6.2026", "2026-06-03"),
        ("6/25/2026", "2026-06-25"),
        ("1 June 2026", "2026-06-01"),
        ("2026-06", "2026-06-01"),
        ("2026-W23", "2026-06-01"),
        ("2026-13", "2026-13"),
        ("2026-W60", "2026-W60"),
        ("soon", "soon"),
        ("", ""),
    ],
)
def test_days_are_read_and_what_is_no_day_stays_to_be_shown(text: str, day: str) -> None:
    assert days().read(text) == day


def test_the_order_of_day_and_month_is_followed() -> None:
    assert days(DateOrder.MONTH_FIRST).read("03/04/2026") == "2026-03-04"
    assert days(DateOrder.DAY_FIRST).read("03/04/2026") == "2026-04-03"
