"""Answers to the questions of a review: their shape, what is missing, how they read."""

from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.form_content import content_from, plain_content
from documents.questions import AskedOf, Question, QuestionKind, QuestionsContent, problems_of
from reviews.answers import Item, Subject, cleaned, differences, is_answered, missing, overall_rating, read
from reviews.enums import FormRole
from reviews.rating import BEHAVIOURS, behaviours_for, behaviours_in
from reviews.wording import SHIPPED

CONTENT = cast("QuestionsContent", SHIPPED.content)
KEYS = [one.key for one in CONTENT.questions]
SUBJECT = Subject(goals=(Item(pk=1, title="Fewer errors"),), competencies=(Item(pk=7, title="Accuracy", expected=3),))
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
RAW = st.fixed_dictionaries(
    {},
    optional={
        "rating": st.none() | st.integers(-3, 9),
        "comment": st.text(max_size=8),
        "text": st.text(max_size=8),
        "goals": st.dictionaries(st.sampled_from(["1", "2"]), st.sampled_from(["reached", "nonsense", ""])),
        "levels": st.dictionaries(st.sampled_from(["7"]), st.integers(-1, 9)),
        "more": ANYTHING,
    },
)


@given(answers=st.dictionaries(st.sampled_from([*KEYS, "unknown"]), RAW), role=st.sampled_from(["self", "manager"]))
def test_cleaning_keeps_only_what_was_asked_of_the_role_and_is_settled_at_once(answers: Any, role: str) -> None:
    once = cleaned(CONTENT, role, answers)

    assert cleaned(CONTENT, role, once) == once
    assert set(once) <= {one.key for one in CONTENT.questions if one.is_asked_of(role)}
    assert all(1 <= one.get("rating", 1) <= 5 for one in once.values())


@given(answers=st.dictionaries(st.sampled_from(KEYS), RAW))
def test_what_is_missing_is_what_is_asked_required_and_unanswered(answers: Any) -> None:
    said = cleaned(CONTENT, "manager", answers)

    left = missing(CONTENT, "manager", said, SUBJECT)

    for one in CONTENT.questions:
        wanted = one.is_asked_of("manager") and one.is_required
        assert (one in left) == (wanted and not is_answered(one, said.get(one.key, {}), SUBJECT))


@given(first=st.dictionaries(st.sampled_from(KEYS), RAW), second=st.dictionaries(st.sampled_from(KEYS), RAW))
def test_two_sets_of_answers_differ_exactly_where_they_are_not_equal(first: Any, second: Any) -> None:
    mine, saved = cleaned(CONTENT, "self", first), cleaned(CONTENT, "self", second)

    found = {one.name for one in differences(CONTENT, mine, saved, SUBJECT)}

    assert found == {key for key in KEYS if mine.get(key) != saved.get(key)}


def test_a_question_about_goals_nobody_has_asks_nothing() -> None:
    goals = CONTENT.questions[0]

    assert is_answered(goals, {}, Subject())
    assert not is_answered(goals, {}, SUBJECT)
    assert is_answered(goals, {"goals": {"1": "reached"}}, SUBJECT)


def test_answers_read_with_the_words_of_their_levels() -> None:
    goals, work = CONTENT.questions[:2]

    assert read(goals, {"goals": {"1": "partly"}, "comment": "Nearly."}, SUBJECT).as_text == (
        "Fewer errors: Partly reached\nNearly."
    )
    assert read(work, {"rating": 3}, SUBJECT).anchor.startswith("Finishes agreed work on time")
    assert read(work, {}, SUBJECT).is_empty


def test_the_overall_rating_is_that_of_its_question() -> None:
    assert overall_rating(CONTENT, {"overall": {"rating": 4}, "work": {"rating": 1}}) == 4
    assert overall_rating(CONTENT, {"work": {"rating": 1}}) is None


def test_the_shipped_questions_are_complete_and_survive_json() -> None:
    assert list(problems_of(CONTENT)) == []
    again = content_from("appraisal", plain_content(CONTENT))
    assert plain_content(again) == plain_content(CONTENT)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ([], "Ask at least one question."),
        ([{"text": " "}], "Word every question."),
        ([{}, {}], "Two questions have the same key."),
        ([{"kind": QuestionKind.RATING, "anchors": ("low", "high")}], "Describe 3 to 7 levels"),
        ([{"is_overall": True}], "is a rating with described levels"),
        (
            [{"is_overall": True, "kind": QuestionKind.RATING, "asked_of": AskedOf.SELF, "anchors": "abc"}],
            "by the manager",
        ),
        ([{"asked_of": AskedOf.RATERS}], "asked of those who give feedback"),
        ([{"kind": QuestionKind.BEHAVIOUR}], "asked of those who give feedback"),
        ([{"kind": QuestionKind.BEHAVIOUR, "asked_of": AskedOf.REPORTS}], "about one behaviour at least"),
    ],
)
def test_a_form_that_cannot_be_answered_is_not_published(changed: list[dict[str, Any]], said: str) -> None:
    usual = {"key": "one", "kind": QuestionKind.TEXT, "text": "What went well?"}
    questions = tuple(Question(**{**usual, **change}) for change in changed)
    content = QuestionsContent(name="A", purpose="", title="A", questions=questions)

    assert any(said in str(problem) for problem in problems_of(content))


def _form(*questions: Question) -> QuestionsContent:
    return QuestionsContent(name="A", purpose="", title="A", questions=questions)


def test_an_organization_words_itself_how_it_wants_people_to_behave() -> None:
    worded = _form(
        Question(key="calm", kind=QuestionKind.BEHAVIOUR, text="Stays calm.", asked_of=AskedOf.RATERS),
        Question(key="backs", kind=QuestionKind.BEHAVIOUR, text="Backs the team.", asked_of=AskedOf.REPORTS),
    )

    def asked(role: FormRole, *, manages: bool = True) -> list[str]:
        return [str(one.text) for one in behaviours_for(role, manages=manages, content=worded)]

    assert asked(FormRole.PEER) == ["Stays calm."]
    assert asked(FormRole.UPWARD) == asked(FormRole.OWN_VIEW) == ["Stays calm.", "Backs the team."]
    assert asked(FormRole.OWN_VIEW, manages=False) == ["Stays calm."]


def test_the_shipped_behaviours_stand_where_none_are_worded() -> None:
    assert behaviours_in(_form()) == behaviours_in(CONTENT) == BEHAVIOURS
