"""Rows of text into the staging table, and the looking up of the days and number styles they use."""

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.backends.utils import CursorWrapper

from metrics.ingest.numbers import ColumnStyle, NumberStyle, StyleTally, decide_style
from metrics.ingest.report import Remark, RowTuple
from metrics.services import ingest_statements as statements
from people.imports.dates import ColumnOrder, DateOrder, OrderTally, decide_orders, read_date

_ROWS_AT_ONCE = 10_000
_TABS = 5
_LENGTH_OF_DAY = len("2026-03-31")
_PLAIN_VALUES = re.compile(r"(?:-?+[0-9]{1,15}+(?:\.[0-9]{1,20}+)?+\n)*+")
_ESCAPES: dict[int, str | None] = {0: None, 9: r"\t", 10: r"\n", 13: r"\r", 92: r"\\"}
_EARLIEST = datetime.date(1950, 1, 1)
_LONGEST_DAY = 40
_COUNTED_CODES = {"date_order_assumed": "day_order_assumed", "date_other_order": "day_other_order"}


@dataclass(frozen=True, slots=True)
class Staged:
    """How many rows were copied, and how they are written.

    They are plain where no day has a time, and no value more than digits, a minus and a decimal point.
    """

    rows: int
    is_plain: bool
    has_points: bool


def copy_rows(cursor: CursorWrapper, rows: Iterable[RowTuple]) -> Staged:
    """Copy the rows into the staging table, some thousands at a time, never all of them in memory."""
    source, count, is_plain, has_points = iter(rows), 0, True, False
    with cursor.copy(statements.COPY_STAGE) as copy:
        while chunk := list(islice(source, _ROWS_AT_ONCE)):
            text = _lines(chunk)
            if _needs_escapes(text, len(chunk)):
                text = _lines((row[0], *map(_escape, row[1:])) for row in chunk)
                is_plain = False
            if is_plain:
                values = "\n".join([*[value for _, _, _, _, value, _ in chunk], ""])
                longest = max(map(len, {day for _, _, _, day, _, _ in chunk}))
                is_plain = longest <= _LENGTH_OF_DAY and _PLAIN_VALUES.fullmatch(values) is not None
                has_points = has_points or "." in values
            copy.write(text.encode("utf-8", "replace"))
            count += len(chunk)
    return Staged(count, is_plain, has_points)


def read_days(
    cursor: CursorWrapper, *, today: datetime.date, chosen: DateOrder | None, fallback: DateOrder
) -> list[Remark]:
    """Read each different date once; the whole column decides which of two numbers is the month."""
    tally = OrderTally()
    for texts in _pages_of_days(cursor):
        for text in texts:
            tally.add(text[:_LONGEST_DAY])
    order = decide_orders({"day": tally}, chosen=chosen, fallback=fallback)["day"]
    counts: dict[str, int] = {}
    for texts in _pages_of_days(cursor):
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        for text in texts:
            day, code, remark = _read_day(text, order, today)
            writer.writerow((text, day or "", code))
            if remark:
                counts[remark] = counts.get(remark, 0) + 1
        with cursor.copy(statements.COPY_DAYS) as copy:
            copy.write(buffer.getvalue())
    return [Remark(code, count) for code, count in sorted(counts.items())]


def read_number_styles(
    cursor: CursorWrapper, staged: Staged, *, chosen: NumberStyle | None, fallback: NumberStyle
) -> tuple[bool, list[Remark]]:
    """Say for each metric how its numbers are written: 1,234.5 or 1.234,5. Most files need one look only.

    Return whether all of them are plain numbers, and what to remark.
    """
    is_odd, has_points = _look_at_numbers(cursor, staged)
    if not is_odd and chosen is not NumberStyle.COMMA and (not has_points or _has_decimal_point(cursor, chosen)):
        return staged.is_plain, []
    cursor.execute(statements.TALLY_STYLES, {})
    tallies = [(metric, StyleTally(*counts), bool(percent)) for metric, *counts, percent in cursor.fetchall()]
    whole = StyleTally(
        sum(tally.point for _, tally, _ in tallies),
        sum(tally.comma for _, tally, _ in tallies),
        sum(tally.either for _, tally, _ in tallies),
    )
    remarks = []
    for metric, tally, has_percent in tallies:
        style = decide_style(tally, whole=whole, fallback=fallback) if chosen is None else ColumnStyle(chosen)
        cursor.execute(
            statements.SET_STYLE,
            {
                "metric": metric,
                "style": style.style,
                "is_plain": style.style is NumberStyle.POINT,
                "has_percent": has_percent,
            },
        )
        told = {"comma_is_decimal": tally.comma + tally.either, "style_assumed": tally.either}
        if count := told.get(style.code, tally.point + tally.comma + tally.either) if style.code else 0:
            remarks.append(Remark(style.code, count, metric[:100]))
    return False, remarks


def _look_at_numbers(cursor: CursorWrapper, staged: Staged) -> tuple[bool, bool]:
    """Return whether any number is more than digits and one point, and whether any has a point."""
    if staged.is_plain:
        return False, staged.has_points
    cursor.execute(statements.NUMBERS_ARE_ODD, {})
    is_odd, has_points = cursor.fetchone()
    return bool(is_odd), bool(has_points)


def _lines(rows: Iterable[Sequence[Any]]) -> str:
    return "".join(
        [f"{line}\t{metric}\t{employee}\t{day}\t{value}\t{unit}\n" for line, metric, employee, day, value, unit in rows]
    )


def _needs_escapes(text: str, rows: int) -> bool:
    """Say whether any text of so many rows holds what means something to COPY: most files have none at all."""
    return (
        text.count("\n") != rows or text.count("\t") != rows * _TABS or any(sign in text for sign in ("\\", "\r", "\0"))
    )


def _escape(text: str) -> str:
    return text.translate(_ESCAPES)


def _has_decimal_point(cursor: CursorWrapper, chosen: NumberStyle | None) -> bool:
    if chosen is NumberStyle.POINT:
        return True
    cursor.execute(statements.HAS_DECIMAL_POINT, {})
    return bool(cursor.fetchone()[0])


def _pages_of_days(cursor: CursorWrapper) -> Iterator[list[str]]:
    """Yield the different texts of days, some thousands at a time."""
    after = 0
    while True:
        cursor.execute(statements.DAY_TEXT_PAGE, {"after": after, "through": after + _ROWS_AT_ONCE})
        texts = [text for (text,) in cursor.fetchall()]
        if not texts:
            return
        yield texts
        after += _ROWS_AT_ONCE


def _read_day(text: str, order: ColumnOrder, today: datetime.date) -> tuple[datetime.date | None, str, str]:
    """Return the day, why the row is refused, and the remark about it."""
    if not text.strip():
        return None, "day_missing", ""
    if len(text) > _LONGEST_DAY:
        return None, "day_unreadable", ""
    read = read_date(text, column=order, earliest=_EARLIEST, latest=today)
    if read.value is None or read.value < _EARLIEST:
        return None, "day_unreadable", ""
    return read.value, "", _COUNTED_CODES.get(read.code, "")
