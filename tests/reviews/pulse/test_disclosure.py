"""What is published of each round, attacked with every union of groups of every two rounds (rule 25)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from reviews.pulse_disclosure import NOBODY, REST, Cell, Moves, publishable
from reviews.pulse_figures import enps_of, mean_of

SMALLEST = 3
#: Up to fourteen people; each answers in one of three groups, in none, or not at all.
ROUND = st.dictionaries(st.integers(1, 14), st.sampled_from([REST, 1, 2, 3]), max_size=14)


def _everybody(first: int, last: int, group: Cell = 1) -> dict[int, Cell]:
    return dict.fromkeys(range(first, last + 1), group)


def _moves(before: Mapping[int, Cell], now: Mapping[int, Cell]) -> Moves:
    """Return how many people went from which cell to which group."""
    return Counter((before.get(one, NOBODY), now.get(one, NOBODY)) for one in before.keys() | now.keys())


def _shown(answered: Mapping[int, Cell]) -> frozenset[int] | None:
    """Return what is published of a first round."""
    return publishable(Counter(answered.values()), [])


def _publish(rounds: Sequence[Mapping[int, Cell]], smallest: int = 5) -> list[Mapping[int, Cell]]:
    """Return what stands in the open: for each published round, who is in which cell."""
    published: list[Mapping[int, Cell]] = []
    for answered in rounds:
        earlier = [_moves(before, answered) for before in published]
        shown = publishable(Counter(answered.values()), earlier, smallest=smallest)
        if shown is not None:
            published.append({person: group if group in shown else REST for person, group in answered.items()})
    return published


def _unions(cells: Mapping[int, Cell]) -> list[frozenset[int]]:
    groups = [frozenset(person for person, cell in cells.items() if cell == key) for key in set(cells.values())]
    chosen = chain.from_iterable(combinations(groups, number) for number in range(len(groups) + 1))
    return [frozenset().union(*some) for some in chosen]


def test_fewer_than_five_answers_are_not_published_at_all() -> None:
    assert _shown(_everybody(1, 4)) is None
    assert _shown(_everybody(1, 5)) == frozenset({1})


def test_a_small_group_and_its_complement_are_left_out() -> None:
    answered = {**_everybody(1, 3, 1), **_everybody(11, 16, 2), **_everybody(21, 40, 3)}

    assert _shown(answered) == frozenset({3})


def test_one_newcomer_between_two_rounds_holds_the_group_and_the_total_back() -> None:
    first = {**_everybody(1, 8, 1), **_everybody(11, 18, 2)}

    assert len(_publish([first, {**first, 9: 1}])) == 1


def test_a_round_held_back_does_not_open_the_way_round_it() -> None:
    first = _everybody(1, 12)
    far = {**_everybody(1, 6), **_everybody(21, 26)}

    assert len(_publish([first, far, _everybody(1, 13)])) == 2


def test_two_who_change_places_hold_back_both_groups_but_not_the_total() -> None:
    first = {**_everybody(1, 8, 1), **_everybody(11, 18, 2), **_everybody(21, 28, 3)}
    second = {**first, 1: 2, 11: 1}

    _first, later = _publish([first, second])

    assert set(later.values()) == {REST, 3}


def test_many_who_come_and_go_hold_nothing_back() -> None:
    assert len(_publish([_everybody(1, 20), _everybody(4, 23)])) == 2


def test_the_same_people_are_published_every_time() -> None:
    assert len(_publish([_everybody(1, 8)] * 4)) == 4


@settings(max_examples=150)
@given(st.lists(ROUND, min_size=1, max_size=4))
def test_no_two_unions_of_published_groups_ever_differ_by_a_few_people(rounds: list[dict[int, Cell]]) -> None:
    published = _publish(rounds, SMALLEST)

    for one, other in combinations([*published, {}], 2):
        for left in _unions(one):
            for right in _unions(other):
                assert not 0 < len(left ^ right) < SMALLEST


@settings(max_examples=100)
@given(ROUND)
def test_within_a_round_no_union_of_groups_is_small(answered: dict[int, Cell]) -> None:
    for published in _publish([answered], SMALLEST):
        assert all(len(union) == 0 or len(union) >= SMALLEST for union in _unions(published))


@given(st.lists(st.integers(0, 10), min_size=1))
def test_enps_lies_between_its_ends_and_turns_with_the_answers(scores: list[int]) -> None:
    score = enps_of(scores)

    assert score is not None
    assert -100 <= score <= 100
    assert enps_of([10] * len(scores)) == 100
    assert enps_of([6] * len(scores)) == -100


def test_figures_of_known_answers() -> None:
    assert enps_of([10, 9, 8, 7, 6]) == 20
    assert enps_of([]) is None
    assert str(mean_of([1, 2, 2])) == "1.7"
    assert mean_of([]) is None
