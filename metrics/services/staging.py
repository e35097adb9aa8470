"""Rows of text into the staging table, and the looking up of the days and number styles they use."""

import csv
import datetime
import io
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db.backends.utils import CursorWrapper

from metrics.ingest.numbers import ColumnStyle, NumberStyle, StyleTally, decide_style
from metrics.ingest.report import Remark, RowTuple
from metrics.services import ingest_statements as statements
from people.imports.dates import ColumnOrder, DateOrder, OrderTally, decide_orders, read_date

_ROWS_AT_ONCE = 10_000
_EARLIEST = datetime.date(1950, 1, 1)
_LONGEST_DAY = 40
_COUNTED_CODES = {"date_order_assumed": "day_order_assumed", "date_other_order": "day_other_order"}


def copy_rows(cursor: CursorWrapper, rows: Iterable[RowTuple]) -> int:
    """Copy the rows into the staging table, some thousands at a time, never all of them in memory; return how many."""
    source, count = iter(rows), 0
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    with cursor.copy(statements.COPY_STAGE) as copy:
        while chunk := list(islice(source, _ROWS_AT_ONCE)):
            writer.writerows(chunk)
            copy.write(buffer.getvalue().replace("\0", "").encode("utf-8", "replace"))
            buffer.seek(0)
            buffer.truncate()
            count += len(chunk)
    return count


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


def read_number_styles(cursor: CursorWrapper, *, chosen: NumberStyle | None, fallback: NumberStyle) -> list[Remark]:
    """Say for each metric how its numbers are written: 1,234.5 or 1.234,5. Most files need one look only."""
    cursor.execute(statements.NUMBERS_ARE_ODD, {})
    is_odd, has_points = cursor.fetchone()
    if not is_odd and chosen is not NumberStyle.COMMA and (not has_points or _has_decimal_point(cursor, chosen)):
        return []
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
    return remarks


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
