"""Positions on the plan's line: inside the drawing, in the order of the days, labels apart."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipcycle.ui.plan_line import LABEL_GAP, Gap, Mark, draw_plan_line, position

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
LENGTHS = st.integers(0, 400)
START = date(2026, 3, 2)


def number(percentage: str) -> float:
    """Return the number of an SVG percentage."""
    return float(percentage.removesuffix("%"))


def test_position_of_the_ends_and_the_middle() -> None:
    end = START + timedelta(days=90)

    assert [position(day, start=START, end=end) for day in (START, START + timedelta(days=45), end)] == [0, 50, 100]


@given(start=DAYS, length=LENGTHS, day=DAYS)
def test_position_is_always_inside(start: date, length: int, day: date) -> None:
    assert 0 <= position(day, start=start, end=start + timedelta(days=length)) <= 100


@given(start=DAYS, length=LENGTHS, offsets=st.lists(st.integers(-30, 430), max_size=8), today=DAYS)
def test_marks_stand_in_the_order_of_their_days(start: date, length: int, offsets: list[int], today: date) -> None:
    marks = [Mark(label=str(offset), on=start + timedelta(days=offset)) for offset in offsets]

    line = draw_plan_line(start=start, end=start + timedelta(days=length), today=today, marks=marks)

    assert [placed.mark.on for placed in line.marks] == sorted(mark.on for mark in marks)
    assert [number(placed.x) for placed in line.marks] == sorted(number(placed.x) for placed in line.marks)


@given(offsets=st.lists(st.integers(0, 90), max_size=8))
def test_labels_of_one_row_never_touch(offsets: list[int]) -> None:
    marks = [Mark(label=str(offset), on=START + timedelta(days=offset)) for offset in offsets]

    line = draw_plan_line(start=START, end=START + timedelta(days=90), today=START, marks=marks)

    for row in range(line.rows):
        places = [number(placed.x) for placed in line.marks if placed.row == row]
        inner = [min(max(place, LABEL_GAP / 2), 100 - LABEL_GAP / 2) for place in places]
        assert all(after - before >= LABEL_GAP - 0.02 for before, after in pairwise(inner))


@given(start=DAYS, length=LENGTHS, offset=st.integers(-40, 440), days=st.integers(0, 60))
def test_gaps_stay_inside_or_are_left_out(start: date, length: int, offset: int, days: int) -> None:
    end = start + timedelta(days=length)
    gap = Gap(start=start + timedelta(days=offset), end=start + timedelta(days=offset + days))

    line = draw_plan_line(start=start, end=end, today=start, gaps=[gap])

    assert len(line.gaps) == (1 if gap.start <= end and gap.end >= start else 0)
    assert all(number(placed.width) > 0 for placed in line.gaps)


def test_mark_in_the_past_is_overdue_unless_done() -> None:
    end = START + timedelta(days=90)
    day = START + timedelta(days=30)
    marks = [Mark(label="open", on=day), Mark(label="done", on=day, is_done=True)]

    line = draw_plan_line(start=START, end=end, today=day + timedelta(days=1), marks=marks)

    assert {placed.mark.label: placed.is_overdue for placed in line.marks} == {"open": True, "done": False}


def test_shifted_mark_keeps_its_original_place() -> None:
    mark = Mark(label="Day 60", on=START + timedelta(days=71), original=START + timedelta(days=60))

    line = draw_plan_line(start=START, end=START + timedelta(days=100), today=START, marks=[mark])

    assert (line.marks[0].original_x, line.marks[0].x, line.has_shifts) == ("60.00%", "71.00%", True)


def test_needle_is_drawn_only_while_the_plan_runs() -> None:
    end = START + timedelta(days=90)
    days = (START - timedelta(days=1), START, end, end + timedelta(days=1))

    drawn = [draw_plan_line(start=START, end=end, today=day).today_x for day in days]

    assert drawn == [None, "0.00%", "100.00%", None]


def test_end_before_start_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot end before it starts"):
        draw_plan_line(start=START, end=START - timedelta(days=1), today=START)
