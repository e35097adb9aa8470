"""The questions of a review as fields; everything may be left open until the form is handed in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.questions import Question, QuestionKind, QuestionsContent
from people.enums import CompetencyLevel
from reviews.answers import GOAL_RESULTS, Answers, Item, Subject
from reviews.forms.fields import words_field


@dataclass(frozen=True)
class Block:
    """One question on the page: its fields, and those of each thing it goes through."""

    question: Question
    fields: tuple[forms.BoundField, ...]
    items: tuple[tuple[Item, forms.BoundField], ...] = field(default_factory=tuple)

    @property
    def has_nothing_to_ask(self) -> bool:
        """Whether the question goes through goals or competencies of which there are none."""
        return self.question.kind in {QuestionKind.GOALS, QuestionKind.COMPETENCIES} and not self.items


class AnswersForm(forms.Form):
    """A field for each answer; names begin with the key of the question."""

    def __init__(
        self, data: Any = None, *, content: QuestionsContent, role: str, subject: Subject, answers: Answers
    ) -> None:
        super().__init__(data)
        self.content, self.role, self.subject, self.saved = content, role, subject, answers
        for question in self.asked():
            self._add(question, answers.get(question.key, {}))

    def asked(self) -> list[Question]:
        """Return the questions of the role."""
        return [one for one in self.content.questions if one.is_asked_of(self.role)]

    def blocks(self) -> Iterator[Block]:
        """Yield each question with its fields."""
        for one in self.asked():
            items = tuple((item, self[_item_name(one, item)]) for item in self.subject.items(one))
            names = [f"{one.key}-rating"] if one.kind == QuestionKind.RATING else []
            names.append(f"{one.key}-text" if one.kind == QuestionKind.TEXT else f"{one.key}-comment")
            yield Block(one, tuple(self[name] for name in names), items)

    def answers(self) -> dict[str, dict[str, Any]]:
        """Return the answers in the shape of ``reviews.answers``; where one is not valid, the saved one stays."""
        return {
            block.question.key: dict(self.saved.get(block.question.key, {}))
            if self._is_wrong(block)
            else self._answer(block.question)
            for block in self.blocks()
        }

    def _is_wrong(self, block: Block) -> bool:
        return any(field.errors for field in (*block.fields, *(field for _item, field in block.items)))

    def _add(self, question: Question, answer: Any) -> None:
        key = question.key
        if question.kind == QuestionKind.RATING:
            self.fields[f"{key}-rating"] = forms.TypedChoiceField(
                label=str(question.text),
                choices=[(level, f"{level}  {words}") for level, words in question.levels],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                initial=answer.get("rating"),
            )
        for item in self.subject.items(question):
            self.fields[_item_name(question, item)] = _item_field(question, item, answer)
        if question.kind == QuestionKind.TEXT:
            words = words_field(str(question.text), rows=5)
            words.initial, name = answer.get("text", ""), f"{key}-text"
        else:
            words = words_field(_("In words"), rows=3)
            words.initial, name = answer.get("comment", ""), f"{key}-comment"
        self.fields[name] = words

    def _answer(self, question: Question) -> dict[str, Any]:
        given, key = self.cleaned_data, question.key
        chosen = {str(item.pk): given.get(_item_name(question, item)) for item in self.subject.items(question)}
        chosen = {pk: value for pk, value in chosen.items() if value}
        answer: dict[str, Any] = {"text" if question.kind == QuestionKind.TEXT else "comment": ""}
        answer = {name: given.get(f"{key}-{name}") or "" for name in answer}
        match question.kind:
            case QuestionKind.RATING:
                answer["rating"] = given.get(f"{key}-rating")
            case QuestionKind.GOALS:
                answer["goals"] = chosen
            case QuestionKind.COMPETENCIES:
                answer["levels"] = chosen
        return answer


def _item_name(question: Question, item: Item) -> str:
    return f"{question.key}-item-{item.pk}"


def _item_field(question: Question, item: Item, answer: Any) -> forms.ChoiceField:
    if question.kind == QuestionKind.GOALS:
        return forms.ChoiceField(
            label=item.title,
            choices=[("", _("Choose")), *GOAL_RESULTS.items()],
            required=False,
            initial=answer.get("goals", {}).get(str(item.pk), item.result),
        )
    return forms.TypedChoiceField(
        label=item.title,
        choices=[("", _("Choose")), *((level.value, level.label) for level in CompetencyLevel)],
        coerce=int,
        empty_value=None,
        required=False,
        initial=answer.get("levels", {}).get(str(item.pk), ""),
    )


class ReturnForm(forms.Form):
    """What HR asks to change."""

    reason = words_field(_("What should be changed"), required=True, help_text=_("The manager reads it."))
