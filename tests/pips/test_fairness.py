"""The arithmetic of the equity check, against published examples and by its properties."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pips.fairness import SMALLEST_GROUP, Counts, break_down, compare, fishers_p

counts = st.integers(0, 40).flatmap(
    lambda people: st.builds(Counts, people=st.just(people), on_plan=st.integers(0, people))
)
some = counts.filter(lambda one: one.people > 0)


def test_fishers_tea_tasting() -> None:
    """R. A. Fisher, The Design of Experiments (1935): three of four cups right has two-sided p = 34/70."""
    assert fishers_p(Counts(people=4, on_plan=3), Counts(people=4, on_plan=1)) == pytest.approx(34 / 70)


def test_fishers_test_on_a_published_selection_table() -> None:
    """Fisher (1962) on convictions of like-sex twins, the second example of R's ``fisher.test``: p = 0.0005367."""
    monozygotic = Counts(people=13, on_plan=10)
    dizygotic = Counts(people=17, on_plan=2)
    assert fishers_p(monozygotic, dizygotic) == pytest.approx(0.0005367, rel=1e-3)


@given(first=some, second=some)
def test_p_is_a_probability_and_does_not_care_for_the_order(first: Counts, second: Counts) -> None:
    p_value = fishers_p(first, second)

    assert 0 < p_value <= 1
    assert p_value == pytest.approx(fishers_p(second, first))


@given(one=some)
def test_the_same_split_on_both_sides_is_pure_chance(one: Counts) -> None:
    assert fishers_p(one, one) == pytest.approx(1)


@given(first=some, second=some)
def test_the_shortfalls_of_both_sides_cancel_out(first: Counts, second: Counts) -> None:
    there, back = compare("a", first, second), compare("b", second, first)

    assert there.shortfall + back.shortfall == pytest.approx(0, abs=1e-9)
    assert (there.ratio is None) == (second.on_plan == 0)


def test_a_comparison_in_figures() -> None:
    found = compare("women", Counts(people=20, on_plan=4), Counts(people=30, on_plan=2))

    assert (found.people, found.others, found.rate) == (20, 30, 0.2)
    assert found.ratio == pytest.approx(3)
    assert found.shortfall == pytest.approx(4 - 20 * 6 / 50)


groups = st.dictionaries(st.sampled_from(["a", "b", "c", "d", "e", "f"]), counts, max_size=6)


@given(pool=groups)
def test_no_group_under_five_and_no_rest_under_five_can_be_read_off(pool: Mapping[str, Counts]) -> None:
    found = break_down(pool)

    everybody = sum(one.people for one in pool.values())
    shown = {comparison.group: comparison for comparison in found.comparisons}
    assert all(comparison.people >= SMALLEST_GROUP for comparison in shown.values())
    assert all(comparison.others >= SMALLEST_GROUP for comparison in shown.values())
    rest = everybody - sum(comparison.people for comparison in shown.values())
    assert rest == found.left_out
    small = [name for name, one in pool.items() if 0 < one.people < SMALLEST_GROUP]
    if small and shown:
        assert rest >= SMALLEST_GROUP
        assert len([name for name, one in pool.items() if one.people and name not in shown]) > 1


def test_two_groups_of_which_one_is_small_show_nothing() -> None:
    found = break_down({"women": Counts(people=4, on_plan=1), "men": Counts(people=30, on_plan=2)})

    assert (found.comparisons, found.left_out) == ((), 34)
