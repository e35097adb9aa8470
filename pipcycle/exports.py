"""Files to download: tables for a spreadsheet, whose cells cannot run as formulas, and files of any other kind."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

_STARTS_A_FORMULA = tuple("=+-@＝＋－＠")  # the wide forms count as well
_STARTS_A_CELL = ("\t", "\r", "\n")


def harmless_cell(value: Any) -> str:
    """Return the value as text; text that a spreadsheet would run as a formula gets an apostrophe before it."""
    if value is None:
        return ""
    text = str(value)
    if isinstance(value, int | float):
        return text
    is_risky = text.startswith(_STARTS_A_CELL) or text.lstrip().startswith(_STARTS_A_FORMULA)
    return f"'{text}" if is_risky else text


def csv_response(*, filename: str, headings: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Return a CSV file to download, in UTF-8 with the mark that makes spreadsheets read it as such."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([harmless_cell(heading) for heading in headings])
    writer.writerows([harmless_cell(value) for value in row] for row in rows)
    return HttpResponse(
        text.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{filename}"', "Cache-Control": "no-store"},
    )


def file_response(*, filename: str, content_type: str, content: bytes) -> HttpResponse:
    """Return a file to download; no cache keeps it and it is never shown inside the portal."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = str(content_disposition_header(as_attachment=True, filename=filename))
    response.headers["Cache-Control"] = "private, no-store"
    return response
