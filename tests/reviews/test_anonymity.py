"""Nobody can be worked out of a report of 360 feedback, and a rater is not called strict by chance."""

import random
from statistics import fmean
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from metrics.suppression import SMALLEST_GROUP
from reviews.anonymity import GROUPS, build_report, shuffled
from reviews.rating import BEHAVIOURS, COMMENTS, FREQUENCIES, NOT_OBSERVED, Rating, cleaned_rating, unanswered
from reviews.severity import FEWEST_RATINGS, severities_of

ASKED = BEHAVIOURS[:3]
SEED = b"forgotten"
_ratings = st.fixed_dictionaries(
    {
        "behaviours": st.fixed_dictionaries({one.key: st.sampled_from(sorted(FREQUENCIES)) for one in ASKED}),
        "comments": st.dictionaries(st.sampled_from(sorted(COMMENTS)), st.text(min_size=1, max_size=5)),
    }
)
_answers = st.fixed_dictionaries({group: st.lists(_ratings, max_size=9) for group in GROUPS})


def _observed(answers: dict[str, list[Rating]], group: str, key: str) -> int:
    return sum(one["behaviours"][key] != NOT_OBSERVED for one in answers[group])


@given(_answers)
def test_every_mean_shown_stands_on_five_who_observed_it(answers: dict[str, list[Rating]]) -> None:
    report = build_report(ASKED, answers, own=None, seed=SEED)

    for row in report["rows"]:
        for name in ("all", *GROUPS):
            assert row[name] is None or row[name]["n"] >= SMALLEST_GROUP


@given(_answers)
def test_what_is_left_of_the_total_without_the_groups_shown_is_nobody_or_five(answers: dict[str, list[Rating]]) -> None:
    report = build_report(ASKED, answers, own=None, seed=SEED)

    for row in report["rows"]:
        total = sum(_observed(answers, group, row["key"]) for group in GROUPS)
        shown = sum(row[group]["n"] for group in GROUPS if row[group])
        assert row["all"] is not None or not shown
        assert not shown or total - shown == 0 or total - shown >= SMALLEST_GROUP


@given(_answers)
def test_under_five_raters_not_even_their_number_or_their_words_are_in_the_report(
    answers: dict[str, list[Rating]],
) -> None:
    report = build_report(ASKED, answers, own=None, seed=SEED)

    if sum(map(len, answers.values())) < SMALLEST_GROUP:
        assert report["raters"] is None
        assert not any(report["comments"].values())
        assert all(row["all"] is None for row in report["rows"])


@given(_answers, st.randoms())
def test_the_report_is_the_same_in_whatever_order_people_answered(
    answers: dict[str, list[Rating]], chance: random.Random
) -> None:
    mixed = {group: chance.sample(given, len(given)) for group, given in answers.items()}

    assert build_report(ASKED, mixed, own=None, seed=SEED) == build_report(ASKED, answers, own=None, seed=SEED)


@given(st.lists(st.text(max_size=5), max_size=12), st.binary(min_size=1, max_size=32))
def test_comments_lose_no_word_in_the_shuffle(texts: list[str], seed: bytes) -> None:
    assert sorted(shuffled(texts, seed)) == sorted(texts)


def test_another_seed_gives_another_order() -> None:
    texts = [str(number) for number in range(30)]

    assert shuffled(texts, b"one") != shuffled(texts, b"other")


def test_an_answer_keeps_what_was_asked_and_not_observed_counts_as_answered() -> None:
    said = cleaned_rating(
        {"behaviours": {"listens": 0, "shares": 9, "x": 1}, "comments": {"goes_on": " a\x00 ", "y": "z"}}
    )

    assert said == {"behaviours": {"listens": 0}, "comments": {"goes_on": "a"}}
    assert [one.key for one in unanswered(said, ASKED)] == ["keeps_word", "shares"]


_by_rater = st.dictionaries(st.integers(0, 9), st.lists(st.integers(1, 5), max_size=12), max_size=8)


@given(_by_rater)
def test_a_hint_needs_five_ratings_on_both_sides_and_lies_in_its_interval(ratings: dict[int, list[int]]) -> None:
    everybody = sum(map(len, ratings.values()))

    for one in severities_of(ratings):
        given_by = ratings[one.rater]
        assert FEWEST_RATINGS <= len(given_by) <= everybody - FEWEST_RATINGS
        assert one.low <= one.difference <= one.high
        assert abs(one.mean - fmean(given_by)) < 1e-9
        assert not (one.is_stricter and one.is_milder)


@given(_by_rater, st.integers(1, 5))
def test_raters_who_all_give_the_same_are_never_pointed_at(ratings: dict[int, list[int]], level: int) -> None:
    same = {rater: [level] * len(given_by) for rater, given_by in ratings.items()}

    assert not any(one.is_stricter or one.is_milder for one in severities_of(same))


def test_a_rater_far_below_everybody_is_the_first_and_stricter() -> None:
    ratings: dict[str, list[int]] = {"strict": [1] * 12, "a": [4] * 30, "b": [4, 5] * 15, "few": [1]}

    found = severities_of(ratings)

    assert [one.rater for one in found if one.is_stricter] == ["strict"]
    assert "few" not in [one.rater for one in found]


def test_chance_alone_seldom_points_at_anybody() -> None:
    chance = random.Random(7)  # a test's dice
    pointed_at = 0
    for _round in range(200):
        ratings: dict[Any, list[int]] = {rater: chance.choices(range(1, 6), k=8) for rater in range(10)}
        pointed_at += any(one.is_stricter or one.is_milder for one in severities_of(ratings))

    assert pointed_at <= 24  # one in twenty, with room for the dice
