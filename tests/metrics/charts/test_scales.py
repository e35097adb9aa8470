"""Axes, properties: round ticks inside the domain, labels apart."""

import datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from metrics.charts.scales import (
    LABEL_DISTANCE,
    spread_labels,
    tick_decimals,
    time_ticks,
    value_domain,
    value_ticks,
)

VALUES = st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=30)
DAYS = st.dates(datetime.date(2015, 1, 1), datetime.date(2035, 1, 1))


@given(VALUES)
def test_domain_holds_every_value(values: list[float]) -> None:
    low, high = value_domain(values)

    assert low < high
    assert low <= min(values)
    assert max(values) <= high


@given(st.lists(st.floats(0, 100), min_size=1, max_size=30))
def test_domain_of_per_cent_stays_between_nothing_and_all(values: list[float]) -> None:
    low, high = value_domain(values, unit="%")

    assert 0 <= low < high <= 107


def test_domain_of_nothing_is_from_nought_to_one() -> None:
    assert value_domain([]) == (0.0, 1.0)


@given(VALUES, st.integers(2, 8))
def test_ticks_lie_inside_and_are_few(values: list[float], count: int) -> None:
    low, high = value_domain(values)

    ticks = value_ticks(low, high, count=count)

    assert len(ticks) <= count + 1
    assert all(low - 1e-6 <= tick <= high + 1e-6 for tick in ticks)


def test_ticks_are_round() -> None:
    assert value_ticks(87.3, 99.8, count=6) == [90.0, 95.0]
    assert value_ticks(88.1, 99.0, count=6) == [90.0, 92.0, 94.0, 96.0, 98.0]
    assert value_ticks(0, 0.31, count=4) == [0.0, 0.1, 0.2, 0.3]


def test_ticks_are_no_finer_than_the_values_shown() -> None:
    assert value_ticks(0, 2.1, count=6, decimals=0) == [0.0, 1.0, 2.0]


def test_decimals_tell_the_ticks_apart() -> None:
    assert tick_decimals([90.0, 95.0]) == 0
    assert tick_decimals([0.1, 0.25]) == 2


@given(DAYS, st.integers(0, 1500), st.integers(3, 12))
def test_days_along_the_axis_are_inside_in_order_and_few(first: datetime.date, length: int, count: int) -> None:
    last = first + datetime.timedelta(days=length)

    ticks = time_ticks(first, last, count=count)

    assert ticks == sorted(set(ticks))
    assert all(first <= day <= last for day in ticks)
    assert 1 <= len(ticks) <= count


def test_a_year_is_labelled_by_months_and_a_month_by_mondays() -> None:
    year = time_ticks(datetime.date(2026, 1, 5), datetime.date(2026, 12, 28), count=7)
    month = time_ticks(datetime.date(2026, 6, 3), datetime.date(2026, 6, 28), count=7)

    assert [day.month for day in year] == [3, 5, 7, 9, 11]
    assert [day.day for day in month] == [8, 15, 22]


@given(st.lists(st.floats(-50, 250), max_size=10))
def test_labels_stand_apart_and_keep_their_order(places: list[float]) -> None:
    moved = spread_labels(places, low=0, high=160)

    order = sorted(range(len(places)), key=lambda index: places[index])
    gaps = [moved[after] - moved[before] for before, after in pairwise(order)]
    assert all(gap >= LABEL_DISTANCE - 1e-6 for gap in gaps)
    assert all(place <= 160 + 1e-6 for place in moved)


def test_labels_with_room_stay_where_they_are() -> None:
    assert spread_labels([120.0, 20.0, 60.0], low=0, high=160) == [120.0, 20.0, 60.0]
