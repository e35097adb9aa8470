"""A form made of questions: what each asks, of whom, and the answers it offers, to and from JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Text = str | Promise

FEWEST_LEVELS, MOST_LEVELS = 3, 7
LONGEST_KEY = 40


class QuestionKind(TextChoices):
    """What is asked for."""

    RATING = "rating", _("Rating with described levels")
    TEXT = "text", _("Text")
    GOALS = "goals", _("Result of each goal")
    COMPETENCIES = "competencies", _("Level in each competency of the job")
    BEHAVIOUR = "behaviour", _("How often others see it")


class AskedOf(TextChoices):
    """Who answers."""

    BOTH = "both", _("Employee and manager")
    SELF = "self", _("Employee only")
    MANAGER = "manager", _("Manager only")
    RATERS = "raters", _("Everybody who gives feedback")
    REPORTS = "reports", _("Direct reports who give feedback")


#: Whoever gives feedback for the review of somebody else; behaviour is asked of them and of nobody else.
FOR_RATERS = frozenset({AskedOf.RATERS, AskedOf.REPORTS})


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question. ``anchors`` describe the levels of a rating from the lowest up: behaviour that can be seen.

    ``key`` names its answers and never changes. ``is_overall``: the answer is the rating of the whole review.
    """

    key: str
    kind: str
    text: Text
    guidance: Text = ""
    asked_of: str = AskedOf.BOTH
    is_required: bool = True
    anchors: tuple[Text, ...] = ()
    is_overall: bool = False

    @property
    def levels(self) -> list[tuple[int, str]]:
        """Return the levels of a rating with their words, from the lowest up."""
        return [(level, str(words)) for level, words in enumerate(self.anchors, start=1)]

    def is_asked_of(self, role: str) -> bool:
        """Return whether whoever has that role answers it."""
        return self.asked_of in {AskedOf.BOTH, role}


@dataclass(frozen=True, kw_only=True)
class QuestionsContent:
    """A form that is a list of questions."""

    name: Text
    purpose: Text
    title: Text
    questions: tuple[Question, ...]

    def question(self, key: str) -> Question | None:
        """Return the question of that key."""
        return next((one for one in self.questions if one.key == key), None)

    @property
    def overall(self) -> Question | None:
        """Return the question whose answer is the rating of the whole review."""
        return next((one for one in self.questions if one.is_overall), None)

    @property
    def behaviours(self) -> tuple[Question, ...]:
        """Return what others are asked how often they see it."""
        return tuple(one for one in self.questions if one.kind == QuestionKind.BEHAVIOUR)


def questions_content_from(data: Mapping[str, Any]) -> QuestionsContent:
    """Return the content JSON data describes. Raises KeyError, TypeError or ValueError for another shape."""
    return QuestionsContent(
        **{name: _text(data[name]) for name in ("name", "purpose", "title")},
        questions=tuple(_question(row) for row in data["questions"]),
    )


def plain_questions(content: QuestionsContent) -> list[dict[str, Any]]:
    """Return the questions as JSON-able data, every text in the language of the moment."""
    return [plain_question(one) for one in content.questions]


def plain_question(question: Question) -> dict[str, Any]:
    """Return one question as JSON-able data."""
    columns = {one.name: getattr(question, one.name) for one in fields(Question)}
    columns |= {name: str(columns[name]) for name in ("key", "kind", "text", "guidance", "asked_of")}
    return columns | {"anchors": [str(words) for words in question.anchors]}


def problems_of(content: QuestionsContent) -> Iterator[str | Promise]:
    """Yield what the form cannot be published with."""
    keys = [one.key for one in content.questions]
    if not keys:
        yield _("Ask at least one question.")
    if len(set(keys)) < len(keys) or "" in keys:
        yield _("Two questions have the same key. Remove one of them and add it again.")
    if any(not str(one.text).strip() for one in content.questions):
        yield _("Word every question.")
    yield from _problems_with_behaviours(content)
    if sum(one.is_overall for one in content.questions) > 1:
        yield _("Only one question is the overall rating.")
    if any(one.is_overall and one.kind != QuestionKind.RATING for one in content.questions):
        yield _("The overall rating is a rating with described levels.")
    if any(one.is_overall and one.asked_of == AskedOf.SELF for one in content.questions):
        yield _("The overall rating is given by the manager.")
    ratings = [one for one in content.questions if one.kind == QuestionKind.RATING]
    if any(not FEWEST_LEVELS <= len(one.anchors) <= MOST_LEVELS for one in ratings):
        yield _("Describe 3 to 7 levels for every rating, one a line, the lowest first.")


def _problems_with_behaviours(content: QuestionsContent) -> Iterator[str | Promise]:
    if any((one.kind == QuestionKind.BEHAVIOUR) != (one.asked_of in FOR_RATERS) for one in content.questions):
        yield _("How often others see something is asked of those who give feedback, and nothing else is.")
    if content.behaviours and all(one.asked_of == AskedOf.REPORTS for one in content.behaviours):
        yield _("Ask everybody who gives feedback about one behaviour at least.")


def _question(row: Mapping[str, Any]) -> Question:
    return Question(
        key=_text(row["key"])[:LONGEST_KEY],
        kind=QuestionKind(row["kind"]).value,
        text=_text(row["text"]),
        guidance=_text(row["guidance"]),
        asked_of=AskedOf(row["asked_of"]).value,
        is_required=row["is_required"] is True,
        anchors=tuple(_text(words) for words in row["anchors"]),
        is_overall=row["is_overall"] is True,
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        message = f"{value!r} is no text"
        raise TypeError(message)
    return value
