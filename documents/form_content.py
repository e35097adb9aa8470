"""What a version of a template says: one shape per kind of form, to and from JSON.

A plan is filled from its template, so its content has rows and figures. The review of a cycle is a list of questions
(``documents.questions``). The other forms are lists of sections, each with a word of guidance and a text to begin with.
Texts in square brackets are prompts: facts must replace them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise

from documents.enums import QUESTION_KINDS, FormKind
from documents.questions import Question, QuestionsContent, plain_question, questions_content_from

type Text = str | Promise

_PROMPT = re.compile(r"\[[^\]]+\]")
MOST_DAYS = 365


class ContentError(ValueError):
    """The data has not the shape of a form."""


@dataclass(frozen=True, kw_only=True)
class ExpectationPrompt:
    """An expectation to fill in: what, how measured, which unit, where the figure comes from."""

    title: Text
    measure: Text
    unit: Text
    direction: str
    data_source: Text
    target: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class SupportPrompt:
    """Support the employer usually owes, with the day by which it is of use."""

    description: Text
    due_day: int


@dataclass(frozen=True, kw_only=True)
class PlanContent:
    """What a plan begins with. ``milestone_goals`` are by day and cumulative: each builds on the one before.

    ``guidance`` is HR's word above a part of the draft; ``required`` names the fields of ``REQUIRABLE`` that must be
    filled before a plan from this template is submitted.
    """

    name: Text
    purpose: Text
    title: Text
    length_days: int
    check_in_every_days: int
    root_cause_prompt: Text
    concern_prompt: Text
    standard_prompt: Text
    expectations: tuple[ExpectationPrompt, ...]
    milestone_goals: Mapping[int, Text]
    final_goal: Text
    support: tuple[SupportPrompt, ...]
    success_consequence: Text
    failure_consequence: Text
    rights: Text
    guidance: Mapping[str, Text] = field(default_factory=dict)
    required: tuple[str, ...] = ()

    def milestone_goal(self, day: int, length_days: int) -> str:
        """Return the goal of a milestone: the last day of a plan, however long, is when the full target is held."""
        if day == length_days:
            return str(self.final_goal)
        return str(self.milestone_goals.get(day, self.final_goal))

    def texts(self) -> set[str]:
        """Return the template's own wording, which the linter leaves alone while nobody has changed it."""
        return {
            str(text)
            for text in (
                self.title,
                self.standard_prompt,
                *(text for one in self.expectations for text in (one.title, one.measure, one.data_source)),
                *self.milestone_goals.values(),
                self.final_goal,
                *(one.description for one in self.support),
                self.success_consequence,
                self.failure_consequence,
                self.rights,
            )
        }

    def prompts(self) -> list[str]:
        """Return the texts in square brackets that facts must replace before the plan is submitted."""
        texts = [
            self.root_cause_prompt,
            self.concern_prompt,
            self.standard_prompt,
            *(text for prompt in self.expectations for text in (prompt.measure, prompt.unit, prompt.data_source)),
            *(prompt.description for prompt in self.support),
        ]
        return [prompt for text in texts for prompt in _PROMPT.findall(str(text))]


@dataclass(frozen=True, kw_only=True)
class SectionContent:
    """One section of a form: HR's guidance, the text it begins with, and whether it must be filled."""

    guidance: Text = ""
    default: Text = ""
    is_required: bool = False


@dataclass(frozen=True, kw_only=True)
class SectionsContent:
    """A form that is a list of sections; which ones there are is fixed for its kind (``form_kinds``)."""

    name: Text
    purpose: Text
    title: Text
    sections: Mapping[str, SectionContent]

    def section(self, key: str) -> SectionContent:
        """Return the section, an empty one where the form says nothing about it."""
        return self.sections.get(key, SectionContent())

    def required(self) -> list[str]:
        """Return the keys of the sections that must be filled in."""
        return [key for key, section in self.sections.items() if section.is_required]

    def prompts(self) -> list[str]:
        """Return the texts in square brackets that facts must replace."""
        return [prompt for section in self.sections.values() for prompt in _PROMPT.findall(str(section.default))]


type Content = PlanContent | SectionsContent | QuestionsContent


def plain_content(content: Content) -> dict[str, Any]:
    """Return the content as JSON-able data, every text in the language of the moment."""
    shapes: tuple[type[Content], ...] = (PlanContent, QuestionsContent, SectionsContent)
    shape = next(shape for shape in shapes if isinstance(content, shape))
    return {one.name: _plain(getattr(content, one.name)) for one in fields(shape)}


def content_from(kind: FormKind | str, data: Mapping[str, Any]) -> Content:
    """Return the content that JSON data describes. Raises ContentError when a part is missing or of the wrong shape."""
    try:
        if kind in QUESTION_KINDS:
            return questions_content_from(data)
        return plan_content_from(data) if kind == FormKind.PLAN else sections_content_from(data)
    except (KeyError, TypeError, AttributeError, ValueError, InvalidOperation) as error:
        message = f"This is not the content of a form of the kind {kind}: {error!r}"
        raise ContentError(message) from error


def plan_content_from(data: Mapping[str, Any], **more: Any) -> PlanContent:
    """Return the content of a plan's template."""
    return PlanContent(**plan_columns(data), **more)


def plan_columns(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of the content of a plan's template, checked."""
    texts = {
        one.name: _text(data[one.name])
        for one in fields(PlanContent)
        if one.name not in {*_DAYS, "expectations", "milestone_goals", "support", "guidance", "required"}
    }
    return {
        **texts,
        **{name: _days(data[name]) for name in _DAYS},
        "expectations": tuple(_expectation(row) for row in data["expectations"]),
        "milestone_goals": {_days(int(day)): _text(goal) for day, goal in data["milestone_goals"].items()},
        "support": tuple(
            SupportPrompt(description=_text(row["description"]), due_day=_days(row["due_day"], least=0))
            for row in data["support"]
        ),
        "guidance": {_text(step): _text(words) for step, words in data.get("guidance", {}).items()},
        "required": tuple(_text(name) for name in data.get("required", [])),
    }


def sections_content_from(data: Mapping[str, Any]) -> SectionsContent:
    """Return the content of a form made of sections."""
    return SectionsContent(
        name=_text(data["name"]),
        purpose=_text(data["purpose"]),
        title=_text(data["title"]),
        sections={
            _text(key): SectionContent(
                guidance=_text(row["guidance"]), default=_text(row["default"]), is_required=row["is_required"] is True
            )
            for key, row in data["sections"].items()
        },
    )


_DAYS = ("length_days", "check_in_every_days")


def _expectation(row: Mapping[str, Any]) -> ExpectationPrompt:
    target = row.get("target")
    return ExpectationPrompt(
        **{name: _text(row[name]) for name in ("title", "measure", "unit", "direction", "data_source")},
        target=None if target in {None, ""} else Decimal(str(target)),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        message = f"{value!r} is no text"
        raise TypeError(message)
    return value


def _days(value: Any, *, least: int = 1) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= MOST_DAYS:
        message = f"{value!r} is no number of days"
        raise ValueError(message)
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, Question):
        value = plain_question(value)
    match value:
        case None | bool() | int():
            return value
        case Decimal():
            text = f"{value:f}"
            return text.rstrip("0").rstrip(".") if "." in text else text
        case ExpectationPrompt() | SupportPrompt() | SectionContent():
            return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
        case tuple() | list():
            return [_plain(one) for one in value]
        case Mapping():
            return {str(key): _plain(one) for key, one in value.items()}
    return str(value)


@dataclass(frozen=True)
class Passage:
    """One thing a form says: where it stands, what it is called, and the words."""

    path: str
    label: str
    text: str


def changed_passages(old: Iterator[Passage], new: Iterator[Passage]) -> list[tuple[str, str, str]]:
    """Return what differs between two versions as (label, before, after), in the order of the form."""
    before, after = {one.path: one for one in old}, {one.path: one for one in new}
    paths = [*after, *(path for path in before if path not in after)]
    nothing = Passage("", "", "")
    pairs = [(before.get(path, nothing), after.get(path, nothing)) for path in paths]
    return [(now.label or was.label, was.text, now.text) for was, now in pairs if was.text != now.text]
