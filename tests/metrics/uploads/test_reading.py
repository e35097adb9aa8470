"""Rows of a file as observations."""

import io

import pytest

from metrics.uploads.columns import Choice
from metrics.uploads.reading import Cell, ShiftedRow, day_of_period, read_cells
from people.imports.source import inspect_source, read_table

LONG = Choice({"Number": "employee", "Metric": "metric", "Day": "date", "Value": "value", "Unit": "unit"})
WIDE = Choice({"Number": "employee", "Day": "date", "Accuracy": "metric:accuracy", "Calls": "metric:calls"})


def read(text: str, choice: Choice) -> list[Cell | ShiftedRow]:
    """Return the observations of a file."""
    stream = io.BytesIO(text.encode())
    return list(read_cells(read_table(stream, inspect_source(stream)), choice))


def test_a_long_row_is_one_observation_and_every_cell_stays_as_it_is() -> None:
    assert read("Number,Metric,Day,Value,Unit\nN1,accuracy,1.6.2026,ninety,%\n", LONG) == [
        Cell(2, "accuracy", "N1", "1.6.2026", "ninety", "%")
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
        ("3.6.2026", "3.6.2026"),
        ("2026-06", "2026-06-01"),
        ("2026-W23", "2026-06-01"),
        ("2026-13", "2026-13"),
        ("2026-W60", "2026-W60"),
        ("soon", "soon"),
        ("", ""),
    ],
)
def test_months_and_weeks_become_days_and_every_other_text_stays(text: str, day: str) -> None:
    assert day_of_period(text) == day
