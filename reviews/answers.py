"""Answers to the questions of a review: their shape in JSON, what is missing, how they read. Knows no database.

By the key of each question: ``{"rating": 3, "comment": "…"}``, ``{"text": "…"}``, ``{"goals": {"12": "reached"},
"comment": "…"}`` or ``{"levels": {"5": 3}, "comment": "…"}``. What nobody answered is not there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.questions import Question, QuestionKind, QuestionsContent
from people.enums import CompetencyLevel
from pipcycle.wordings import Choice

type Answer = Mapping[str, Any]
type Answers = Mapping[str, Answer]

#: How a goal ended, as it is said in a review.
GOAL_RESULTS: Mapping[str, str | Promise] = {
    "reached": _("Reached"),
    "partly": _("Partly reached"),
    "not_reached": _("Not reached"),
    "dropped": _("Dropped by agreement"),
}
LEVELS: Mapping[int, str | Promise] = dict(CompetencyLevel.choices)


@dataclass(frozen=True, kw_only=True)
class Item:
    """Something a question asks about one by one: a goal with its result on record, or a competency of the job."""

    pk: int
    title: str
    expected: int | None = None
    result: str = ""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What the questions of one review are about."""

    goals: tuple[Item, ...] = ()
    competencies: tuple[Item, ...] = ()

    def items(self, question: Question) -> tuple[Item, ...]:
        """Return what the question goes through one by one."""
        if question.kind == QuestionKind.GOALS:
            return self.goals
        return self.competencies if question.kind == QuestionKind.COMPETENCIES else ()


@dataclass(frozen=True, kw_only=True)
class Read:
    """An answer in words: a level with its sentence, lines of (what, words), and the text."""

    level: int | None = None
    anchor: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return not (self.level or self.lines or self.text)

    @property
    def as_text(self) -> str:
        """Return the whole answer as plain text."""
        level = f"{self.level} – {self.anchor}" if self.level else ""
        return "\n".join(filter(None, [level, *(f"{what}: {words}" for what, words in self.lines), self.text]))


def cleaned(content: QuestionsContent, role: str, answers: Answers) -> dict[str, dict[str, Any]]:
    """Return the answers to questions asked of the role, without what says nothing."""
    found = {one.key: _cleaned(one, answers.get(one.key, {})) for one in content.questions if one.is_asked_of(role)}
    return {key: answer for key, answer in found.items() if answer}


def _cleaned(question: Question, answer: Answer) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    match question.kind:
        case QuestionKind.RATING:
            level = answer.get("rating")
            kept["rating"] = level if isinstance(level, int) and 1 <= level <= len(question.anchors) else None
        case QuestionKind.GOALS:
            kept["goals"] = {key: word for key, word in answer.get("goals", {}).items() if word in GOAL_RESULTS}
        case QuestionKind.COMPETENCIES:
            kept["levels"] = {key: level for key, level in answer.get("levels", {}).items() if level in LEVELS}
    name = "text" if question.kind == QuestionKind.TEXT else "comment"
    kept[name] = str(answer.get(name, "")).replace("\x00", "").strip()
    return {key: value for key, value in kept.items() if value}


def missing(content: QuestionsContent, role: str, answers: Answers, subject: Subject) -> list[Question]:
    """Return the questions the role must still answer, in order. A question about nothing (no goals) asks nothing."""
    asked = [one for one in content.questions if one.is_asked_of(role) and one.is_required]
    return [one for one in asked if not is_answered(one, answers.get(one.key, {}), subject)]


def is_answered(question: Question, answer: Answer, subject: Subject) -> bool:
    """Return whether the question is answered in full."""
    items = subject.items(question)
    match question.kind:
        case QuestionKind.RATING:
            return answer.get("rating") is not None
        case QuestionKind.TEXT:
            return bool(str(answer.get("text", "")).strip())
        case QuestionKind.GOALS:
            return all(str(item.pk) in answer.get("goals", {}) for item in items)
    return all(str(item.pk) in answer.get("levels", {}) for item in items)


def overall_rating(content: QuestionsContent, answers: Answers) -> int | None:
    """Return the rating of the whole review, where the form asks for one and it was given."""
    question = content.overall
    rating = answers.get(question.key, {}).get("rating") if question else None
    return rating if isinstance(rating, int) else None


def read(question: Question, answer: Answer, subject: Subject) -> Read:
    """Return the answer in words, in the language of the moment."""
    titles = {str(item.pk): item.title for item in subject.items(question)}
    level = answer.get("rating")
    words = dict(question.levels)
    lines: Iterable[tuple[str, str]] = ()
    if question.kind == QuestionKind.GOALS:
        lines = ((titles.get(key, "–"), str(GOAL_RESULTS[word])) for key, word in answer.get("goals", {}).items())
    if question.kind == QuestionKind.COMPETENCIES:
        given = answer.get("levels", {}).items()
        lines = ((titles.get(key, "–"), f"{number} – {LEVELS[number]}") for key, number in given)
    return Read(
        level=level if isinstance(level, int) else None,
        anchor=words.get(level or 0, ""),
        lines=tuple(lines),
        text=str(answer.get("text", "") or answer.get("comment", "")),
    )


def differences(content: QuestionsContent, mine: Answers, saved: Answers, subject: Subject) -> list[Choice]:
    """Return where the two sets of answers differ, in the order of the form."""
    return [
        Choice(
            name=one.key,
            label=str(one.text),
            mine=read(one, mine.get(one.key, {}), subject).as_text,
            saved=read(one, saved.get(one.key, {}), subject).as_text,
        )
        for one in content.questions
        if mine.get(one.key, {}) != saved.get(one.key, {})
    ]
