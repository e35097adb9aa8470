"""A file as a table of texts: CSV in any usual form, or a spreadsheet. The content decides, not the name."""

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from people.imports.encoding import detect_encoding
from people.imports.errors import FileRefused
from people.imports.names import tidy
from people.imports.workbook import is_workbook, workbook_rows

MAX_COLUMNS = 500
MAX_CELL = 131_072
_SNIFFED = 64 * 1024
_DELIMITERS = ",;\t|"
_SIGNATURES: tuple[tuple[bytes, Any], ...] = (
    (b"PK\x03\x04", _("a ZIP archive")),
    (b"PK\x05\x06", _("an empty ZIP archive")),
    (b"\x89PNG", _("an image (PNG)")),
    (b"\xff\xd8\xff", _("an image (JPEG)")),
    (b"GIF8", _("an image (GIF)")),
    (b"RIFF", _("an image or a recording")),
    (b"%PDF", _("a PDF")),
    (b"\x1f\x8b", _("a compressed file")),
    (b"7z\xbc\xaf", _("a compressed file")),
    (b"Rar!", _("a compressed file")),
    (b"BZh", _("a compressed file")),
    (b"\xd0\xcf\x11\xe0", _("an Office document that is no spreadsheet")),
    (b"\x7fELF", _("a program")),
    (b"MZ", _("a program")),
    (b"SQLite format 3", _("a database")),
    (b"{\\rtf", _("a text document (RTF)")),
    (b"<!DOCTYPE", _("a web page")),
    (b"<html", _("a web page")),
)


@dataclass(frozen=True, slots=True)
class Source:
    """How the file is to be read. ``kind`` is "csv" or "workbook"."""

    kind: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""

    def as_json(self) -> dict[str, str]:
        """Return what is stored with the batch."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Record:
    """A row: the line it starts on in the file, and its cells, tidied."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """The headings (unique, none empty) and the rows below them, which are read as they are asked for."""

    headings: list[str]
    repeated_headings: list[str]
    records: Iterator[Record]


def inspect_source(stream: BinaryIO) -> Source:
    """Return how to read the file. Raises FileRefused with one sentence for what is no table."""
    stream.seek(0)
    start = stream.read(_SNIFFED)
    if not start.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise FileRefused("empty", _("The file is empty. Upload a file with a row of headings and a row per person."))
    if is_workbook(stream):
        return Source("workbook", sheet=workbook_rows(stream)[0])
    for signature, what in _SIGNATURES:
        if start[:64].lstrip().lower().startswith(signature.lower()) and _is_binary_or_page(start, signature):
            raise FileRefused(
                "not_a_table",
                _("This is %(what)s, not a table. Export the list of employees as CSV or XLSX and upload that.")
                % {"what": what},
            )
    encoding = detect_encoding(stream)
    if not encoding.startswith("utf-16") and b"\x00" in start:
        raise FileRefused(
            "binary", _("This is not a text file. Export the list of employees as CSV or XLSX and upload that.")
        )
    return Source("csv", encoding=encoding, delimiter=_sniff_delimiter(stream, encoding))


def read_table(stream: BinaryIO, source: Source) -> Table:
    """Return the headings and the rows. Raises FileRefused if there are no headings, or (on reading) a broken quote."""
    rows = _without_blank(workbook_rows(stream)[1] if source.kind == "workbook" else _csv_rows(stream, source))
    first = next(rows, None)
    if first is None:
        raise FileRefused("empty", _("The file is empty. Upload a file with a row of headings and a row per person."))
    if len(first.cells) > MAX_COLUMNS:
        raise FileRefused(
            "too_many_columns",
            _("The file has %(count)s columns; at most %(limit)s can be read.")
            % {"count": len(first.cells), "limit": MAX_COLUMNS},
        )
    headings, repeated = unique_headings(first.cells)
    return Table(headings, repeated, rows)


def unique_headings(cells: list[str]) -> tuple[list[str], list[str]]:
    """Return the headings with empty and repeated ones renamed, and the repeated ones."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    headings: list[str] = []
    repeated: list[str] = []
    for place, cell in enumerate(cells, start=1):
        base = cell or f"Column {place}"
        name, count = base, 1
        while name in headings:
            count += 1
            name = f"{base} ({count})"
        if count > 1:
            repeated.append(base)
        headings.append(name)
    return headings, repeated


def _is_binary_or_page(start: bytes, signature: bytes) -> bool:
    """A CSV may well begin with "MZ" or "RIFF"; a program or an image holds bytes no text has."""
    return signature[:1] in (b"<", b"{", b"%") or any(byte < 9 or 13 < byte < 32 for byte in start)


def _without_blank(rows: Iterator[tuple[int, list[str]]]) -> Iterator[Record]:
    for line, cells in rows:
        tidied = [tidy(cell) for cell in cells]
        if any(tidied):
            yield Record(line, tidied)


def _csv_rows(stream: BinaryIO, source: Source) -> Iterator[tuple[int, list[str]]]:
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=source.encoding, newline="")
    try:
        csv.field_size_limit(MAX_CELL)
        reader = csv.reader(text, delimiter=source.delimiter)
        line = 1
        try:
            for cells in reader:
                yield line, cells
                line = reader.line_num + 1
        except csv.Error as error:
            raise FileRefused(
                "broken_quote",
                _(
                    "The cell that begins on line %(line)s never ends: a quotation mark is missing. "
                    "Mend it and upload again."
                )
                % {"line": line},
            ) from error
    finally:
        if not stream.closed:
            text.detach()


def _sniff_delimiter(stream: BinaryIO, encoding: str) -> str:
    """Return the delimiter that splits the first rows into the most columns, the same number in each."""
    stream.seek(0)
    sample = stream.read(_SNIFFED).decode(encoding, errors="ignore")
    stream.seek(0)
    best = max(_DELIMITERS, key=lambda delimiter: _delimiter_score(sample, delimiter))
    return best if _delimiter_score(sample, best) > (0.0, 0) else ","


def _delimiter_score(sample: str, delimiter: str) -> tuple[float, int]:
    csv.field_size_limit(MAX_CELL)
    widths: list[int] = []
    try:
        for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if any(cells):
                widths.append(len(cells))
            if len(widths) == 50:  # enough to tell
                break
    except csv.Error:
        return 0.0, 0
    complete = widths[:-1] or widths  # the sample may end within a row
    if not complete or complete[0] < 2:  # one column says nothing
        return 0.0, 0
    return sum(width == complete[0] for width in complete) / len(complete), complete[0]
