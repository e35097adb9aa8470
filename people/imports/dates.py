"""Dates as people type them. The whole column decides which of two numbers is the month."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_NUMBERS = re.compile(r"^(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{2}|\d{4})$")
_YEAR_FIRST = re.compile(r"^(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})$")
_COMPACT = re.compile(r"^(19|20)(\d{2})(\d{2})(\d{2})$")
_SERIAL = re.compile(r"^\d{4,5}(\.\d+)?$")
_TIME_OF_DAY = re.compile(r"[T\s]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([AaPp][Mm])?\s*(Z|[+-]\d{2}:?\d{2})?$")
_MONTH_WORD = re.compile(
    r"^(?:(\d{1,2})\W*([A-Za-z]{3,9})|([A-Za-z]{3,9})\W*(\d{1,2})(?:st|nd|rd|th)?)\W+(\d{4}|\d{2})$"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SERIAL_START = datetime.date(1899, 12, 30)
_SERIAL_RANGE = range(3653, 73051)  # 1910 to 2100
_MONTHS_IN_YEAR = 12
_CENTURIES = (2000, 1900)


class DateOrder(StrEnum):
    """Which number comes first."""

    MONTH_FIRST = "month_first"
    DAY_FIRST = "day_first"


class Certainty(StrEnum):
    """How we know the order of a column."""

    DECIDED = "decided"
    MIXED = "mixed"
    CHOSEN = "chosen"
    ASSUMED = "assumed"


@dataclass(slots=True)
class OrderTally:
    """What the values of one column say about the order of day and month."""

    month_first: int = 0
    day_first: int = 0
    undecided: int = 0

    def add(self, text: str) -> None:
        """Count one value."""
        match = _NUMBERS.match(_without_time(text))
        if not match:
            return
        first, second = int(match[1]), int(match[2])
        if first == second or first > 31 or second > 31:  # days of a month
            return
        if first > _MONTHS_IN_YEAR:
            self.day_first += 1
        elif second > _MONTHS_IN_YEAR:
            self.month_first += 1
        else:
            self.undecided += 1


@dataclass(frozen=True, slots=True)
class ColumnOrder:
    """The order of day and month in a column, and how we know it."""

    order: DateOrder
    certainty: Certainty

    @property
    def needs_answer(self) -> bool:
        """Whether somebody should be asked."""
        return self.certainty in (Certainty.ASSUMED, Certainty.MIXED)


def decide_orders(
    tallies: dict[str, OrderTally], *, chosen: DateOrder | None, fallback: DateOrder
) -> dict[str, ColumnOrder]:
    """Return the order of each column: chosen by a person, else told by its values, else assumed.

    A column that cannot tell takes the order of the file's other columns if they agree, else ``fallback``.
    """
    if chosen is not None:
        return {column: ColumnOrder(chosen, Certainty.CHOSEN) for column in tallies}
    told = {column: _told_order(tally) for column, tally in tallies.items()}
    agreed = {known.order for known in told.values() if known is not None}
    assumed = ColumnOrder(agreed.pop() if len(agreed) == 1 else fallback, Certainty.ASSUMED)
    orders = {column: known or assumed for column, known in told.items()}
    for column, tally in tallies.items():
        if told[column] is None and not tally.undecided:
            orders[column] = ColumnOrder(assumed.order, Certainty.DECIDED)
    return orders


def _told_order(tally: OrderTally) -> ColumnOrder | None:
    if not tally.month_first and not tally.day_first:
        return None
    order = DateOrder.DAY_FIRST if tally.day_first > tally.month_first else DateOrder.MONTH_FIRST
    is_mixed = bool(tally.month_first and tally.day_first)
    return ColumnOrder(order, Certainty.MIXED if is_mixed else Certainty.DECIDED)


def tally_values(values: Iterable[str]) -> OrderTally:
    """Return the tally of a whole column."""
    tally = OrderTally()
    for value in values:
        tally.add(value)
    return tally


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date read, with the code of the finding its reader should see, if any. ``value`` is None if unreadable."""

    value: datetime.date | None
    code: str = ""


_UNREADABLE = ReadDate(None, "date_unreadable")


def read_date(text: str, *, column: ColumnOrder, earliest: datetime.date, latest: datetime.date) -> ReadDate:
    """Read one value. A year in two digits falls in the later century that lies between the bounds.

    A date written in full is returned even outside the bounds: whether it is plausible is the caller's business.
    """
    text = _without_time(text)
    if match := _YEAR_FIRST.match(text):
        return _exact(int(match[1]), int(match[2]), int(match[3]))
    if match := _COMPACT.match(text):
        return _exact(int(match[1] + match[2]), int(match[3]), int(match[4]))
    if match := _NUMBERS.match(text):
        return _read_numbers(match, column, earliest, latest)
    if match := _MONTH_WORD.match(text):
        return _read_words(match, earliest, latest)
    if _SERIAL.match(text) and int(float(text)) in _SERIAL_RANGE:
        return ReadDate(_SERIAL_START + datetime.timedelta(days=int(float(text))), "date_serial")
    return _UNREADABLE


def _read_numbers(
    match: re.Match[str], column: ColumnOrder, earliest: datetime.date, latest: datetime.date
) -> ReadDate:
    first, second = int(match[1]), int(match[2])
    is_month_first = column.order is DateOrder.MONTH_FIRST
    month, day = (first, second) if is_month_first else (second, first)
    code = "date_order_assumed" if column.certainty is Certainty.ASSUMED and first != second else ""
    if month > _MONTHS_IN_YEAR >= day:
        month, day, code = day, month, "date_other_order"
    elif column.certainty is Certainty.MIXED and max(first, second) <= _MONTHS_IN_YEAR and first != second:
        code = "date_order_assumed"
    elif max(first, second) > _MONTHS_IN_YEAR:
        code = ""
    return _with_year(match[3], month, day, code, earliest=earliest, latest=latest)


def _read_words(match: re.Match[str], earliest: datetime.date, latest: datetime.date) -> ReadDate:
    word = (match[2] or match[3]).lower()
    day = int(match[1] or match[4])
    if word == "sept":
        word = "sep"
    if word in _MONTHS:
        month = _MONTHS.index(word) + 1
    elif word in _MONTH_NAMES:
        month = _MONTH_NAMES.index(word) + 1
    else:
        return _UNREADABLE
    return _with_year(match[5], month, day, "", earliest=earliest, latest=latest)


def _with_year(
    year: str, month: int, day: int, code: str, *, earliest: datetime.date, latest: datetime.date
) -> ReadDate:
    if len(year) > 2:  # digits of a short year
        exact = _exact(int(year), month, day)
        return ReadDate(exact.value, code) if exact.value and code else exact
    value = choose_century(int(year), month, day, earliest=earliest, latest=latest)
    return ReadDate(value, "date_two_digit_year") if value else _UNREADABLE


def choose_century(
    year: int, month: int, day: int, *, earliest: datetime.date, latest: datetime.date
) -> datetime.date | None:
    """Return the latest date with that short year between the bounds, or None if neither century fits."""
    for century in _CENTURIES:
        value = _exact(century + year, month, day).value
        if value is not None and earliest <= value <= latest:
            return value
    return None


def years_before(day: datetime.date, years: int) -> datetime.date:
    """Return the same day that many years before; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _exact(year: int, month: int, day: int) -> ReadDate:
    try:
        return ReadDate(datetime.date(year, month, day))
    except ValueError:
        return _UNREADABLE


def _without_time(text: str) -> str:
    return _TIME_OF_DAY.sub("", text.strip()).strip()
