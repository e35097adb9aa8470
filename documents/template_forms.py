"""Wording a template: the shape of input only. A plan's template has rows, the other forms a list of sections."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from documents.enums import QUESTION_KINDS, FormKind
from documents.form_content import (
    MOST_DAYS,
    Content,
    ExpectationPrompt,
    PlanContent,
    SectionContent,
    SectionsContent,
    SupportPrompt,
)
from documents.form_kinds import PLAN_STEPS, REQUIRABLE, SECTIONS
from documents.questions import LONGEST_KEY, AskedOf, Question, QuestionKind, QuestionsContent, plain_question
from pipcycle.ui.fields import WordsField
from pipcycle.ui.rows import FormWithRows, RowSet, focus_last, row_set, typed_rows

MOST_WORDS = 5000


def _words(label: Any, *, help_text: Any = "", rows: int = 2) -> WordsField:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return WordsField(label=label, help_text=help_text, required=False, max_length=MOST_WORDS, widget=widget)


class HeadForm(forms.Form):
    """What every template says about itself."""

    name = forms.CharField(label=_("Name of the template"), max_length=100)
    purpose = forms.CharField(
        label=_("When to use it"), max_length=300, required=False, help_text=_("Shown where a template is chosen.")
    )
    title = forms.CharField(label=_("Title the form begins with"), max_length=200)


class PlanTemplateForm(HeadForm):
    """What a plan begins with."""

    length_days = forms.IntegerField(label=_("Length in days"), min_value=7, max_value=MOST_DAYS)
    check_in_every_days = forms.IntegerField(label=_("Days between check-ins"), min_value=1, max_value=60)
    root_cause_prompt = _words(
        _("Root cause"), help_text=_("Put what the manager must replace in square brackets: [what makes work late].")
    )
    concern_prompt = _words(_("What happened"), help_text=_("Shown above the examples."))
    standard_prompt = _words(_("Standard expected"), help_text=_("Shown above the examples."))
    final_goal = _words(_("What should be reached by the last day"))
    success_consequence = _words(_("If the plan succeeds"), rows=3)
    failure_consequence = _words(_("If the plan does not succeed"), rows=3)
    rights = _words(_("Rights"), rows=8)
    required = forms.MultipleChoiceField(
        label=_("Ask for these as well"),
        choices=list(REQUIRABLE.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A plan cannot be submitted without them. What the rules ask for is asked for in any case."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for step, label in PLAN_STEPS.items():
            self.fields[f"guidance-{step}"] = _words(label)

    def guidance_fields(self) -> list[forms.BoundField]:
        """Return the fields for HR's word above each part of the draft."""
        return [self[f"guidance-{step}"] for step in PLAN_STEPS]


class ExpectationPromptForm(forms.Form):
    """An expectation the plan begins with."""

    title = forms.CharField(label=_("What is expected"), max_length=200)
    measure = forms.CharField(label=_("How it is measured"), max_length=300, required=False)
    direction = forms.ChoiceField(
        label=_("Better is"), choices=[("at_least", _("at least")), ("at_most", _("at most"))], initial="at_least"
    )
    target = forms.DecimalField(
        label=_("Target"),
        required=False,
        max_digits=12,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )
    unit = forms.CharField(label=_("Unit"), max_length=50, required=False)
    data_source = forms.CharField(label=_("Data source"), max_length=200, required=False)

    def has_changed(self) -> bool:
        """Return whether anything but the direction is filled in: it always has a value."""
        return any(name != "direction" for name in self.changed_data)


class MilestoneGoalForm(forms.Form):
    """What should be reached by a day before the last."""

    day = forms.IntegerField(label=_("Day"), min_value=1, max_value=MOST_DAYS)
    goal = _words(_("What should be reached"))


class SupportPromptForm(forms.Form):
    """A promise the plan begins with."""

    description = WordsField(
        label=_("Support"), max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )
    due_day = forms.IntegerField(label=_("By day"), min_value=0, max_value=MOST_DAYS)


ROW_FORMS: dict[str, type[forms.Form]] = {
    "expectations": ExpectationPromptForm,
    "milestones": MilestoneGoalForm,
    "support": SupportPromptForm,
}
_SETS = {name: row_set(form) for name, form in ROW_FORMS.items()}


class PlanTemplateForms(FormWithRows):
    """The page on which the template of a plan is worded."""

    template = "documents/_plan_template_fields.html"

    def __init__(
        self, *, initial: Mapping[str, Any], rows: Mapping[str, Any], data: QueryDict | None = None, focus: str = ""
    ) -> None:
        self.head = PlanTemplateForm(data, initial=initial)
        self.sets = {
            name: _SETS[name](data, initial=None if data is not None else rows[name], prefix=name) for name in ROW_FORMS
        }
        self.focus(focus)

    @classmethod
    def of(cls, content: PlanContent) -> "PlanTemplateForms":
        """Return the form filled with a version."""
        names = [name for name in PlanTemplateForm.base_fields if name != "required"]
        initial = {name: getattr(content, name) for name in names} | {"required": content.required}
        initial |= {f"guidance-{step}": content.guidance.get(step, "") for step in PLAN_STEPS}
        columns = tuple(ExpectationPromptForm.base_fields)
        rows = {
            "expectations": [{name: getattr(one, name) for name in columns} for one in content.expectations],
            "milestones": [{"day": day, "goal": goal} for day, goal in sorted(content.milestone_goals.items())],
            "support": [{"description": one.description, "due_day": one.due_day} for one in content.support],
        }
        return cls(initial=initial, rows=rows)

    @classmethod
    def typed(cls, data: QueryDict) -> "PlanTemplateForms":
        """Return the form as typed, with the row added or removed that a button asked for."""
        initial: dict[str, Any] = {name: data.get(name, "") for name in PlanTemplateForm().fields}
        initial["required"] = data.getlist("required")
        return cls(initial=initial, rows=typed_rows(data, ROW_FORMS), focus=data.get("add", ""))

    @property
    def expectations(self) -> RowSet:
        """Return the rows of expectations."""
        return self.sets["expectations"]

    @property
    def milestones(self) -> RowSet:
        """Return the rows of goals by day."""
        return self.sets["milestones"]

    @property
    def support(self) -> RowSet:
        """Return the rows of promises."""
        return self.sets["support"]

    def content(self) -> PlanContent:
        """Return what the version says now; only after ``is_valid``."""
        words = self.head.cleaned_data
        guidance = {step: words[f"guidance-{step}"] for step in PLAN_STEPS if words[f"guidance-{step}"].strip()}
        return PlanContent(
            **{name: words[name] for name in PlanTemplateForm.base_fields if name != "required"},
            required=tuple(words["required"]),
            guidance=guidance,
            expectations=tuple(ExpectationPrompt(**row) for row in self.expectations.filled()),
            milestone_goals={row["day"]: row["goal"] for row in self.milestones.filled()},
            support=tuple(SupportPrompt(**row) for row in self.support.filled()),
        )


class SectionForm(forms.Form):
    """One section of a form."""

    guidance = _words(_("Guidance"), help_text=_("Shown above the field, to whoever fills it in."))
    default = _words(_("Begins with"), help_text=_("The text that stands in the field at first."))
    is_required = forms.BooleanField(label=_("Must be filled in"), required=False)


class SectionsTemplateForms(FormWithRows):
    """The page on which a form made of sections is worded."""

    template = "documents/_sections_template_fields.html"

    def __init__(self, *, kind: str, content: SectionsContent | None = None, data: QueryDict | None = None) -> None:
        head = {} if content is None else {name: getattr(content, name) for name in HeadForm.base_fields}
        self.head = HeadForm(data, initial=head)
        self.labels = SECTIONS[kind]
        self.sections = {
            key: SectionForm(data, prefix=key, initial=_section_values(content, key)) for key in self.labels
        }

    def is_valid(self) -> bool:
        """Return whether every part is valid."""
        return all([super().is_valid(), *(form.is_valid() for form in self.sections.values())])

    def labelled(self) -> list[tuple[Any, SectionForm]]:
        """Return the sections with what the page calls them."""
        return [(self.labels[key], form) for key, form in self.sections.items()]

    def _parts(self) -> Iterator[forms.Form]:
        yield self.head
        yield from self.sections.values()

    def content(self) -> SectionsContent:
        """Return what the version says now; only after ``is_valid``."""
        sections = {key: SectionContent(**form.cleaned_data) for key, form in self.sections.items()}
        return SectionsContent(**self.head.cleaned_data, sections=sections)


class QuestionForm(forms.Form):
    """One question."""

    key = forms.SlugField(required=False, max_length=LONGEST_KEY, widget=forms.HiddenInput)
    text = forms.CharField(label=_("Question"), max_length=300)
    kind = forms.ChoiceField(label=_("Answered by"), choices=QuestionKind.choices, initial=QuestionKind.TEXT)
    asked_of = forms.ChoiceField(label=_("Asked of"), choices=AskedOf.choices, initial=AskedOf.BOTH)
    guidance = _words(_("Guidance"), help_text=_("Shown below the question."))
    anchors = _words(
        _("Levels of a rating"),
        help_text=_("One a line, the lowest first: what is seen at this level. Leave it empty for other answers."),
        rows=5,
    )
    is_required = forms.BooleanField(label=_("Must be answered"), required=False)
    is_overall = forms.BooleanField(label=_("This is the rating of the whole review"), required=False)

    def has_changed(self) -> bool:
        """Return whether anything but the choices is filled in: they always have a value."""
        return bool({"text", "guidance", "anchors"} & set(self.changed_data))


class QuestionsTemplateForms(FormWithRows):
    """The page on which a form made of questions is worded."""

    template = "documents/_questions_template_fields.html"

    def __init__(
        self,
        *,
        initial: dict[str, Any] | None = None,
        rows: Sequence[Mapping[str, Any]] = (),
        data: QueryDict | None = None,
        focus: bool = False,
    ) -> None:
        self.head = HeadForm(data, initial=initial)
        self.sets = {
            "questions": _QUESTIONS(data, initial=None if data is not None else list(rows), prefix="questions")
        }
        if focus:
            focus_last(self.questions.forms)

    @classmethod
    def of(cls, content: QuestionsContent) -> "QuestionsTemplateForms":
        """Return the form filled with a version."""
        initial = {name: str(getattr(content, name)) for name in HeadForm.base_fields}
        rows = [plain_question(one) for one in content.questions]
        return cls(initial=initial, rows=[{**row, "anchors": "\n".join(row["anchors"])} for row in rows])

    @classmethod
    def typed(cls, data: QueryDict) -> "QuestionsTemplateForms":
        """Return the form as typed, with the row added or removed that a button asked for."""
        initial = {name: data.get(name, "") for name in HeadForm.base_fields}
        rows = typed_rows(data, {"questions": QuestionForm})["questions"]
        return cls(initial=initial, rows=rows, focus="add" in data)

    @property
    def questions(self) -> RowSet:
        """Return the rows of questions."""
        return self.sets["questions"]

    def content(self) -> QuestionsContent:
        """Return what the version says now; only after ``is_valid``. A new question gets a key of its own."""
        rows = self.questions.filled()
        taken = {row["key"] for row in rows}
        free = (key for number in count(1) if (key := f"q{number}") not in taken)
        return QuestionsContent(
            **self.head.cleaned_data,
            questions=tuple(
                Question(**{**row, "key": row["key"] or next(free), "anchors": _lines(row["anchors"])}) for row in rows
            ),
        )


_QUESTIONS = row_set(QuestionForm)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


type TemplateForms = PlanTemplateForms | SectionsTemplateForms | QuestionsTemplateForms


def forms_of(kind: str, content: Content) -> TemplateForms:
    """Return the form filled with a version."""
    if isinstance(content, PlanContent):
        return PlanTemplateForms.of(content)
    if isinstance(content, QuestionsContent):
        return QuestionsTemplateForms.of(content)
    return SectionsTemplateForms(kind=kind, content=content)


def forms_handed_in(kind: str, data: QueryDict) -> TemplateForms:
    """Return the form bound to what was typed."""
    if kind == FormKind.PLAN:
        return PlanTemplateForms(initial={}, rows={}, data=data)
    if kind in QUESTION_KINDS:
        return QuestionsTemplateForms(data=data)
    return SectionsTemplateForms(kind=kind, data=data)


def forms_typed(kind: str, data: QueryDict) -> TemplateForms | None:
    """Return the form as typed with a row added or removed; None for a kind without rows."""
    if kind == FormKind.PLAN:
        return PlanTemplateForms.typed(data)
    return QuestionsTemplateForms.typed(data) if kind in QUESTION_KINDS else None


class CopyForm(forms.Form):
    """The name of a copy."""

    name = forms.CharField(label=_("Name of the copy"), max_length=100)


def _section_values(content: SectionsContent | None, key: str) -> dict[str, Any]:
    if content is None:
        return {}
    section = content.section(key)
    return {"guidance": section.guidance, "default": section.default, "is_required": section.is_required}
