"""What is left out of a breakdown, attacked with subtraction (rule 25)."""

from hypothesis import given
from hypothesis import strategies as st

from metrics.suppression import hidden_groups

SIZES = st.dictionaries(st.integers(0, 30), st.integers(0, 12), max_size=12)


def test_groups_of_five_and_more_are_all_shown() -> None:
    assert hidden_groups({"Sales": 5, "Operations": 40}) == frozenset()


def test_one_small_group_takes_the_next_smallest_with_it() -> None:
    assert hidden_groups({"Sales": 4, "Legal": 6, "Operations": 40}) == {"Sales", "Legal"}


def test_two_small_groups_that_are_five_together_need_no_third() -> None:
    assert hidden_groups({"Sales": 3, "Legal": 2, "Operations": 40}) == {"Sales", "Legal"}


def test_two_small_groups_under_five_together_take_a_third() -> None:
    assert hidden_groups({"Sales": 1, "Legal": 2, "Finance": 9, "Operations": 40}) == {"Sales", "Legal", "Finance"}


def test_people_without_a_department_count_as_left_out() -> None:
    assert hidden_groups({None: 3, "Sales": 6, "Operations": 40}, never_shown=[None]) == {None, "Sales"}
    assert hidden_groups({None: 8, "Sales": 6}, never_shown=[None]) == {None}


def test_a_group_of_nobody_hides_nobody() -> None:
    assert hidden_groups({"Sales": 0, "Operations": 9}) == frozenset()


@given(SIZES)
def test_no_small_group_is_ever_shown(sizes: dict[int, int]) -> None:
    hidden = hidden_groups(sizes)

    assert [size for key, size in sizes.items() if key not in hidden and 0 < size < 5] == []


@given(SIZES, st.sampled_from([(), (0,)]))
def test_the_total_minus_the_groups_shown_never_isolates_a_small_group(
    sizes: dict[int, int], never_shown: tuple[int, ...]
) -> None:
    hidden = hidden_groups(sizes, never_shown=never_shown)
    total = sum(sizes.values())

    rest = total - sum(size for key, size in sizes.items() if key not in hidden)

    assert rest == 0 or rest >= min(total, 5)
    if any(0 < sizes[key] < 5 for key in hidden) and len([size for size in sizes.values() if size]) > 1:
        assert len(hidden) >= 2


@given(SIZES)
def test_no_more_is_hidden_than_it_takes(sizes: dict[int, int]) -> None:
    hidden = hidden_groups(sizes)
    extra = [key for key in hidden if sizes[key] >= 5]

    if extra:
        small = [size for size in sizes.values() if 0 < size < 5]
        assert sum(small) < 5 or len(small) < 2
        assert len(extra) == (1 if small else 0)
