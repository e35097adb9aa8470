"""Spreadsheets (XLSX, XLS, ODS) as rows of texts; dates and numbers are written as a person would export them."""

import datetime
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from django.utils.translation import gettext_lazy as _
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from people.imports.errors import FileRefused

_MAX_UNPACKED = 1024 * 1024 * 1024
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def is_workbook(stream: BinaryIO) -> bool:
    """Return whether the content is a spreadsheet. Raises FileRefused for one that unpacks beyond all measure."""
    stream.seek(0)
    start = stream.read(8)
    stream.seek(0)
    if start.startswith(_OLD_OFFICE):
        return _opens(stream)
    if not start.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile:
        return False
    finally:
        stream.seek(0)
    names = {entry.filename for entry in entries}
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        return False
    if sum(entry.file_size for entry in entries) > _MAX_UNPACKED:
        raise FileRefused(
            "too_large", _("The spreadsheet is too large when unpacked. Export it as CSV and upload that.")
        )
    return True


def workbook_rows(stream: BinaryIO) -> tuple[str, Iterator[tuple[int, list[str]]]]:
    """Return the name of the first visible sheet with content, and its rows with their line numbers."""
    stream.seek(0)
    try:
        workbook = CalamineWorkbook.from_filelike(cast("Any", stream))
        for metadata in workbook.sheets_metadata:
            if metadata.visible != SheetVisibleEnum.Visible or metadata.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(metadata.name)
            if sheet.height:
                return metadata.name, _sheet_rows(sheet)
    except PasswordError as error:
        raise FileRefused("password", _("The spreadsheet has a password. Remove it and upload again.")) from error
    except CalamineError as error:
        raise FileRefused(
            "broken_workbook", _("The spreadsheet is damaged. Open it, save it again as XLSX and upload that.")
        ) from error
    raise FileRefused("empty", _("The spreadsheet is empty. Upload one with a row of headings and a row per person."))


def _opens(stream: BinaryIO) -> bool:
    try:
        CalamineWorkbook.from_filelike(cast("Any", stream))
    except PasswordError:
        return True
    except CalamineError:
        return False
    finally:
        stream.seek(0)
    return True


def _sheet_rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    first_line = (sheet.start or (0, 0))[0] + 1
    for offset, cells in enumerate(sheet.iter_rows()):
        yield first_line + offset, [cell_text(cell) for cell in cells]


def cell_text(cell: Any) -> str:
    """Return what a person would read in the cell: ISO dates, whole numbers without a fraction."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    if isinstance(cell, (datetime.date, datetime.time)):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
