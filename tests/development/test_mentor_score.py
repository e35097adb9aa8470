"""How well a mentor fits: a sum anybody can follow, the same for everybody."""

import dataclasses
import random

from hypothesis import given
from hypothesis import strategies as st

from development.mentor_score import MentorFacts, fit_of, ranked

type Skills = frozenset[int]
type Mentors = list[MentorFacts]
SKILLS = st.frozensets(st.integers(1, 6), max_size=6)
MENTORS = st.lists(
    st.builds(
        MentorFacts,
        key=st.integers(1, 10_000),
        competencies=SKILLS,
        hours_apart=st.floats(0, 14),
        is_elsewhere=st.booleans(),
        free_places=st.integers(-1, 3),
        is_above=st.booleans(),
    ),
    max_size=12,
    unique_by=lambda facts: facts.key,
)


def one(**changes: object) -> MentorFacts:
    """Return a mentor who offers the competency 1, far away, in the same department."""
    whole = MentorFacts(key=1, competencies=frozenset({1}), hours_apart=9, is_elsewhere=False, free_places=1)
    return dataclasses.replace(whole, **changes)  # type: ignore[arg-type]  # given by name, of the field's type


@given(SKILLS, MENTORS, st.randoms())
def test_the_order_does_not_depend_on_the_order_of_the_question(
    wanted: Skills, mentors: Mentors, chance: random.Random
) -> None:
    shuffled = list(mentors)
    chance.shuffle(shuffled)

    assert ranked(wanted, mentors) == ranked(wanted, shuffled)


@given(SKILLS, MENTORS)
def test_managers_above_and_full_mentors_are_never_suggested(wanted: Skills, mentors: Mentors) -> None:
    suggested = {fit.key for fit in ranked(wanted, mentors)}

    assert not suggested & {facts.key for facts in mentors if facts.is_above or facts.free_places <= 0}


@given(SKILLS, MENTORS)
def test_every_suggestion_offers_something_wanted_and_the_best_stands_first(wanted: Skills, mentors: Mentors) -> None:
    fits = ranked(wanted, mentors)

    assert all(fit.shared and fit.shared <= wanted for fit in fits)
    assert [fit.score for fit in fits] == sorted((fit.score for fit in fits), reverse=True)


@given(SKILLS, MENTORS)
def test_offering_one_more_wanted_competency_never_costs_points(wanted: Skills, mentors: Mentors) -> None:
    for facts in mentors:
        more = dataclasses.replace(facts, competencies=facts.competencies | wanted)
        assert fit_of(wanted, more).score >= fit_of(wanted, facts).score


def test_a_shared_competency_counts_more_than_everything_else_together() -> None:
    convenient = one(hours_apart=0, is_elsewhere=True, free_places=3)
    able = one(competencies=frozenset({1, 2}))

    assert fit_of(frozenset({1, 2}), able).score > fit_of(frozenset({1, 2}), convenient).score


def test_the_points_of_each_reason_are_shown() -> None:
    fit = fit_of(frozenset({1}), one(hours_apart=4, is_elsewhere=True, free_places=2))

    assert [(part.reason, part.points) for part in fit.points] == [
        ("shared", 10), ("near_day", 1), ("elsewhere", 2), ("free", 1),
    ]  # fmt: skip
    assert fit.score == 14


def test_the_score_is_given_nothing_that_the_law_protects() -> None:
    """Age, sex, origin, health, leave and pay cannot count: there is no place to hand them over."""
    assert {field.name for field in dataclasses.fields(MentorFacts)} == {
        "key", "competencies", "hours_apart", "is_elsewhere", "free_places", "is_above",
    }  # fmt: skip
