"""Gaps in figures and words, and the drawing of how they changed."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.skill_gaps import Gap, SkillHistory, Stroke, draw_history

DAY = datetime.date(2026, 3, 2)
LEVELS = st.none() | st.integers(1, 5)


@pytest.mark.parametrize(
    ("expected", "own", "manager", "levels", "words", "kind", "difference_words"),
    [
        (4, 3, 2, 2, "2 levels below", "warning", "Own view 1 higher"),
        (4, 3, None, 1, "1 level below", "warning", ""),
        (3, 1, 3, 0, "As expected", "success", "Own view 2 lower"),
        (2, 4, 4, -2, "2 levels above", "success", "Both see it alike"),
        (2, None, 3, -1, "1 level above", "success", ""),
        (3, None, None, None, "Not rated yet", "neutral", ""),
        (None, 3, None, None, "Not asked by the job", "neutral", ""),
        (None, None, None, None, "Not rated yet", "neutral", ""),
    ],
)
def test_a_gap_is_told_in_levels_and_words(
    expected: int | None,
    own: int | None,
    manager: int | None,
    levels: int | None,
    words: str,
    kind: str,
    difference_words: str,
) -> None:
    gap = Gap(expected=expected, own=own, manager=manager)

    assert (gap.levels, gap.words, gap.kind, gap.difference_words) == (levels, words, kind, difference_words)


@pytest.mark.parametrize(
    ("expected", "own", "words"),
    [
        (3, 1, "2 below"),
        (3, 3, "met"),
        (3, 4, "1 above"),
        (3, None, "Not rated yet"),
        (None, 3, "Not asked by the job"),
    ],
)
def test_a_gap_is_short_in_a_table_of_many(expected: int | None, own: int | None, words: str) -> None:
    assert Gap(expected=expected, own=own, manager=None).short_words == words


@given(expected=LEVELS, own=LEVELS, manager=LEVELS)
def test_a_gap_rests_on_the_managers_view_where_there_is_one(
    expected: int | None, own: int | None, manager: int | None
) -> None:
    gap = Gap(expected=expected, own=own, manager=manager)

    assert gap.view == (own if manager is None else manager)
    assert gap.is_missing == (expected is not None and gap.view is not None and gap.view < expected)
    assert gap.kind != "danger"


def test_a_level_holds_until_the_next_rating() -> None:
    later, today = DAY + datetime.timedelta(days=50), DAY + datetime.timedelta(days=100)

    history = draw_history(own=[(DAY, 2), (later, 3)], manager=[], expected=4, today=today)

    assert history == SkillHistory(
        own=[
            Stroke("2.00%", "71%", "50.00%", "71%"),
            Stroke("50.00%", "71%", "50.00%", "50%"),
            Stroke("50.00%", "50%", "98.00%", "50%"),
        ],
        manager=[],
        expected_y="29%",
    )


def test_without_ratings_there_is_no_drawing() -> None:
    assert draw_history(own=[], manager=[], expected=3, today=DAY) == SkillHistory()


POINTS = st.lists(st.tuples(st.dates(datetime.date(2024, 1, 1), DAY), st.integers(1, 5)), max_size=6).map(sorted)


@given(own=POINTS, manager=POINTS, expected=LEVELS)
def test_every_line_lies_inside_and_goes_forward(
    own: list[tuple[datetime.date, int]], manager: list[tuple[datetime.date, int]], expected: int | None
) -> None:
    history = draw_history(own=own, manager=manager, expected=expected, today=DAY)

    for line in [*history.own, *history.manager]:
        places = [float(place.rstrip("%")) for place in (line.x1, line.y1, line.x2, line.y2)]
        assert all(0 <= place <= 100 for place in places)
        assert places[0] <= places[2]
        assert line.x1 == line.x2 or line.y1 == line.y2
