"""Spreadsheets for the tests."""

import io
from collections.abc import Mapping, Sequence
from datetime import date

from openpyxl import Workbook  # type: ignore[import-untyped]  # has no types

Cell = str | int | float | date | None


def as_workbook(sheets: Mapping[str, Sequence[Sequence[Cell]]], *, hidden: Sequence[str] = ()) -> bytes:
    """Return an XLSX file with these sheets."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
        for row in rows:
            sheet.append(list(row))
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()
