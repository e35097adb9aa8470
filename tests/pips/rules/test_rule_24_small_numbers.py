"""Rule 24: the four-fifths rule alone misleads at small n; Fisher's exact test and the shortfall stand beside it."""

import pytest

from pips.fairness import Counts, compare


def test_a_ratio_far_from_four_fifths_may_be_chance_at_small_numbers() -> None:
    """One of six against one of thirty: a ratio of five that one person makes."""
    found = compare("over 55", Counts(people=6, on_plan=1), Counts(people=30, on_plan=1))

    assert found.ratio == pytest.approx(5)
    assert found.p_value > 0.05
    assert found.shortfall < 1


def test_the_same_ratio_is_no_chance_at_large_numbers() -> None:
    found = compare("over 55", Counts(people=600, on_plan=100), Counts(people=3000, on_plan=100))

    assert found.ratio == pytest.approx(5)
    assert found.p_value < 0.001
    assert found.shortfall > 60
