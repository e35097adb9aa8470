"""The 70/20/10 hint: shares that add up, and words that never order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from development.balance import USUAL, balance_of
from development.enums import ActionKind

KINDS = st.lists(st.sampled_from(list(ActionKind)), max_size=30)


@given(KINDS)
def test_the_shares_add_up_to_a_hundred_or_to_nothing(kinds: list[ActionKind]) -> None:
    balance = balance_of(kinds)

    assert sum(share.percent for share in balance.shares) == (100 if kinds else 0)
    assert sum(share.count for share in balance.shares) == balance.total == len(kinds)


@given(KINDS)
def test_each_share_is_within_one_per_cent_of_the_truth(kinds: list[ActionKind]) -> None:
    for share in balance_of(kinds).shares:
        assert abs(share.percent - (100 * share.count / len(kinds) if kinds else 0)) < 1


@given(KINDS, st.randoms())
def test_the_order_of_the_actions_does_not_matter(kinds: list[ActionKind], chance: object) -> None:
    shuffled = sorted(kinds, key=lambda _kind: chance.random())  # type: ignore[attr-defined]  # a Random

    assert balance_of(shuffled) == balance_of(kinds)


@given(KINDS)
def test_the_parts_of_the_drawing_follow_each_other(kinds: list[ActionKind]) -> None:
    left = 0
    for share in balance_of(kinds).shares:
        assert share.left == left
        left += share.percent


@given(KINDS.filter(lambda kinds: len(kinds) < 2))
def test_one_action_says_nothing_about_how_somebody_learns(kinds: list[ActionKind]) -> None:
    assert balance_of(kinds).hint == ""


@pytest.mark.parametrize(
    ("kinds", "begins"),
    [
        (["course", "mentor"], "Most is learned by doing it."),
        (["course", "course", "experience"], "Courses are most of this plan."),
        (["experience", "experience"], "Nobody else is part of this plan yet."),
        (["experience", "experience", "mentor"], ""),
        (["experience", "mentor", "course"], ""),
    ],
)
def test_the_hint_names_what_is_missing(kinds: list[str], begins: str) -> None:
    hint = balance_of(kinds).hint

    assert hint.startswith(begins)
    assert bool(hint) is bool(begins)


def test_the_rule_of_thumb_is_whole() -> None:
    assert sum(USUAL.values()) == 100
    assert set(USUAL) == set(ActionKind)
