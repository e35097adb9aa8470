"""Dots on the five-step scale: at their level, with the gap only where something is missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipcycle.ui.level_scale import LevelScale, draw_level_scale

LEVELS = st.integers(1, 5)
SOME = st.none() | LEVELS


def test_the_five_steps_are_evenly_spread() -> None:
    assert draw_level_scale().ticks == ("6%", "28%", "50%", "72%", "94%")


def test_everything_stands_at_its_level() -> None:
    scale = draw_level_scale(expected=4, own=3, manager=2)

    assert (scale.expected, scale.own, scale.manager) == ("72%", "50%", "28%")
    assert (scale.gap_from, scale.gap_to) == ("28%", "72%")


def test_the_own_view_alone_shows_the_gap() -> None:
    assert draw_level_scale(expected=3, own=1) == LevelScale(
        ticks=draw_level_scale().ticks, expected="50%", own="6%", gap_from="6%", gap_to="50%"
    )


@given(expected=SOME, own=SOME, manager=SOME)
def test_a_gap_is_drawn_only_below_what_is_expected(expected: int | None, own: int | None, manager: int | None) -> None:
    scale = draw_level_scale(expected=expected, own=own, manager=manager)

    view = manager or own
    assert bool(scale.gap_from) == (expected is not None and view is not None and view < expected)
    assert bool(scale.gap_from) == bool(scale.gap_to)


@pytest.mark.parametrize("level", [0, 6, -1])
def test_a_level_off_the_scale_is_an_error(level: int) -> None:
    with pytest.raises(ValueError, match=f"level {level} is not on a scale of 5"):
        draw_level_scale(own=level)
