"""Dates: the column decides the order, the meaning decides the century, and nothing is read silently wrong."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.imports.dates import (
    Certainty,
    ColumnOrder,
    DateOrder,
    choose_century,
    decide_orders,
    read_date,
    tally_values,
    years_before,
)

MONTH_FIRST = ColumnOrder(DateOrder.MONTH_FIRST, Certainty.DECIDED)
DAY_FIRST = ColumnOrder(DateOrder.DAY_FIRST, Certainty.DECIDED)
EARLIEST, LATEST = datetime.date(1900, 1, 1), datetime.date(2027, 12, 31)
DAYS = st.dates(EARLIEST, LATEST)


def read(text: str, column: ColumnOrder = MONTH_FIRST) -> tuple[datetime.date | None, str]:
    """Return the date and the code."""
    result = read_date(text, column=column, earliest=EARLIEST, latest=LATEST)
    return result.value, result.code


@pytest.mark.parametrize(
    ("text", "expected", "code"),
    [
        ("07/05/2011", datetime.date(2011, 7, 5), ""),
        ("7/5/2011", datetime.date(2011, 7, 5), ""),
        ("7-5-2011", datetime.date(2011, 7, 5), ""),
        ("7.5.2011", datetime.date(2011, 7, 5), ""),
        ("2011-07-05", datetime.date(2011, 7, 5), ""),
        ("2011/7/5", datetime.date(2011, 7, 5), ""),
        ("2011-07-05T00:00:00", datetime.date(2011, 7, 5), ""),
        ("2011-07-05 13:45:00+02:00", datetime.date(2011, 7, 5), ""),
        ("7/5/2011 12:00 AM", datetime.date(2011, 7, 5), ""),
        ("20110705", datetime.date(2011, 7, 5), ""),
        ("5 July 2011", datetime.date(2011, 7, 5), ""),
        ("05-Jul-2011", datetime.date(2011, 7, 5), ""),
        ("July 5th, 2011", datetime.date(2011, 7, 5), ""),
        ("Sept 5, 2011", datetime.date(2011, 9, 5), ""),
        ("09/19/88", datetime.date(1988, 9, 19), "date_two_digit_year"),
        ("02/29/2024", datetime.date(2024, 2, 29), ""),
        ("40729", datetime.date(2011, 7, 5), "date_serial"),
        ("40729.5", datetime.date(2011, 7, 5), "date_serial"),
        ("02/29/2023", None, "date_unreadable"),
        ("13/13/2011", None, "date_unreadable"),
        ("2011", None, "date_unreadable"),
        ("5 Brumaire 2011", None, "date_unreadable"),
        ("soon", None, "date_unreadable"),
        ("", None, "date_unreadable"),
    ],
)
def test_date_is_read_as_a_person_would(text: str, expected: datetime.date | None, code: str) -> None:
    assert read(text) == (expected, code)


def test_value_that_fits_only_the_other_order_is_read_with_a_warning() -> None:
    assert read("31/12/2011") == (datetime.date(2011, 12, 31), "date_other_order")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["07/05/2011", "12/31/2011"], ColumnOrder(DateOrder.MONTH_FIRST, Certainty.DECIDED)),
        (["07/05/2011", "31/12/2011"], ColumnOrder(DateOrder.DAY_FIRST, Certainty.DECIDED)),
        (["07/05/2011", "08/08/2011"], ColumnOrder(DateOrder.DAY_FIRST, Certainty.ASSUMED)),
        (["12/31/2011", "11/30/2011", "31/12/2011"], ColumnOrder(DateOrder.MONTH_FIRST, Certainty.MIXED)),
        (["2011-07-05", "08/08/2011"], ColumnOrder(DateOrder.DAY_FIRST, Certainty.DECIDED)),
    ],
)
def test_whole_column_decides_the_order(values: list[str], expected: ColumnOrder) -> None:
    orders = decide_orders({"hired_on": tally_values(values)}, chosen=None, fallback=DateOrder.DAY_FIRST)

    assert orders == {"hired_on": expected}


def test_undecided_column_follows_the_other_columns_of_the_file() -> None:
    tallies = {"hired_on": tally_values(["12/31/2011"]), "left_on": tally_values(["07/05/2012"])}

    orders = decide_orders(tallies, chosen=None, fallback=DateOrder.DAY_FIRST)

    assert orders["left_on"] == ColumnOrder(DateOrder.MONTH_FIRST, Certainty.ASSUMED)
    assert orders["left_on"].needs_answer is True


def test_person_decides_over_the_column() -> None:
    orders = decide_orders(
        {"hired_on": tally_values(["12/31/2011"])}, chosen=DateOrder.DAY_FIRST, fallback=DateOrder.MONTH_FIRST
    )

    assert orders == {"hired_on": ColumnOrder(DateOrder.DAY_FIRST, Certainty.CHOSEN)}


@pytest.mark.parametrize("certainty", [Certainty.ASSUMED, Certainty.MIXED])
def test_uncertain_order_is_said_where_it_matters(certainty: Certainty) -> None:
    column = ColumnOrder(DateOrder.MONTH_FIRST, certainty)

    assert read("07/05/2011", column) == (datetime.date(2011, 7, 5), "date_order_assumed")
    assert read("07/07/2011", column) == (datetime.date(2011, 7, 7), "")
    assert read("12/31/2011", column) == (datetime.date(2011, 12, 31), "")


@pytest.mark.parametrize(
    ("year", "earliest", "latest", "expected"),
    [
        (88, datetime.date(1900, 1, 1), datetime.date(2012, 1, 1), datetime.date(1988, 1, 2)),
        (5, datetime.date(1900, 1, 1), datetime.date(1996, 1, 1), datetime.date(1905, 1, 2)),
        (15, datetime.date(1900, 1, 1), datetime.date(2026, 1, 1), datetime.date(2015, 1, 2)),
        (30, datetime.date(2000, 1, 1), datetime.date(2026, 1, 1), None),
    ],
)
def test_century_follows_from_the_bounds(
    year: int, earliest: datetime.date, latest: datetime.date, expected: datetime.date | None
) -> None:
    assert choose_century(year, 1, 2, earliest=earliest, latest=latest) == expected


def test_leap_day_has_a_day_fourteen_years_before() -> None:
    assert years_before(datetime.date(2024, 2, 29), 14) == datetime.date(2010, 2, 28)


@given(DAYS)
def test_full_dates_survive_in_every_style(day: datetime.date) -> None:
    assert read(day.isoformat())[0] == day
    assert read(f"{day.month}/{day.day}/{day.year}")[0] == day
    assert read(f"{day.day:02}.{day.month:02}.{day.year}", DAY_FIRST)[0] == day
    assert read(day.strftime("%d-%b-%Y"))[0] == day
    assert read(day.strftime("%B %d, %Y"))[0] == day


@given(DAYS)
def test_two_digit_year_never_leaves_the_bounds(day: datetime.date) -> None:
    value, code = read(day.strftime("%m/%d/%y"))

    assert (value, code) == (None, "date_unreadable") or (value and EARLIEST <= value <= LATEST)


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    value, code = read(text)

    assert (value is None) == (code == "date_unreadable")
