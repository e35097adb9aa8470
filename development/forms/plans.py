"""A development plan as one form: words, rows of gaps, rows of actions; the shape of input only."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from development.enums import ActionKind
from development.forms.fields import date_field, words_field
from development.inputs import ActionInput, GapInput, PlanInput
from development.models import TrainingCourse
from people.enums import CompetencyLevel
from people.models import Competency, Employee, JobDescription
from pipcycle.ui.rows import FormWithRows, RowSet, row_set, typed_rows

USUAL_ACTION_DAYS = 90
_LEVELS = [("", _("Choose")), *CompetencyLevel.choices]


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What the selects of every row offer, looked up once for all of them."""

    competencies: Mapping[int, Competency]
    owners: Mapping[int, Employee]
    jobs: Mapping[int, JobDescription]
    courses: Mapping[int, TrainingCourse] = field(default_factory=dict)


def _in_ninety_days() -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=USUAL_ACTION_DAYS)


def _known(named: Mapping[int, Any], empty: Any) -> list[tuple[Any, Any]]:
    return [("", empty), *((pk, str(one)) for pk, one in named.items())]


class PlanForm(forms.Form):
    """The words of a plan."""

    aspiration = words_field(
        _("Where do you want to go?"),
        rows=4,
        help_text=_("A job, a kind of work, something you want to be asked for. In your own words."),
    )
    aim = forms.TypedChoiceField(label=_("Next job"), coerce=int, empty_value=None, required=False)
    strengths = words_field(_("What do you build on?"), help_text=_("What you do well already, and others rely on."))
    starts_on = date_field(_("From"))
    ends_on = date_field(_("Until"), help_text=_("Half a year is usual."))

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["aim"].choices = _known(choices.jobs, _("None in particular"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Hold the two dates against each other."""
        cleaned: dict[str, Any] = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("The plan ends before it begins. Correct one of the two dates."))
        return cleaned


class GapForm(forms.Form):
    """One competency to grow in."""

    competency = forms.TypedChoiceField(label=_("Competency"), coerce=int)
    current_level = forms.TypedChoiceField(
        label=_("Today"), coerce=int, empty_value=None, required=False, choices=[("", _("Not rated"))]
    )
    target_level = forms.TypedChoiceField(label=_("Wanted"), coerce=int, choices=_LEVELS)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, list[tuple[Any, Any]]] = {
            "competency": _known(choices.competencies, _("Choose")),
            "current_level": [("", _("Not rated")), *CompetencyLevel.choices],
        }
        for name, values in offered.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Refuse a gap that leads nowhere."""
        cleaned: dict[str, Any] = super().clean() or {}
        today, wanted = cleaned.get("current_level"), cleaned.get("target_level")
        if today and wanted and wanted <= today:
            self.add_error("target_level", _("Choose a level above that of today, or remove the row."))
        return cleaned


class ActionForm(forms.Form):
    """One action."""

    title = forms.CharField(label=_("What is done"), max_length=200)
    kind = forms.ChoiceField(label=_("How"), choices=ActionKind.choices, initial=ActionKind.EXPERIENCE)
    course = forms.TypedChoiceField(
        label=_("Course of the catalogue"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Its completion then shows here as the evidence."),
    )
    competency = forms.TypedChoiceField(label=_("For"), coerce=int, empty_value=None, required=False)
    owner = forms.TypedChoiceField(label=_("Who sees to it"), coerce=int)
    starts_on = date_field(_("From"), initial=timezone.localdate)
    due_on = date_field(_("Due"), initial=_in_ninety_days)
    measure = words_field(_("How will success show?"), rows=2)
    resources = words_field(_("What does it need?"), rows=2, help_text=_("Time, money, somebody's help."))

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices
        self.fields["competency"].choices = _known(choices.competencies, _("No gap in particular"))  # type: ignore[attr-defined]
        self.fields["course"].choices = _known(choices.courses, _("None of the catalogue"))  # type: ignore[attr-defined]
        self.fields["owner"].choices = [(pk, str(one)) for pk, one in choices.owners.items()]  # type: ignore[attr-defined]
        self.fields["owner"].initial = next(iter(choices.owners), None)

    def has_changed(self) -> bool:
        """Return whether there are words: a row with nothing but the usual dates is no row."""
        return bool({"title", "course", "measure", "resources"} & set(self.changed_data))

    def clean(self) -> dict[str, Any]:
        """Hold the two dates, and the course and the kind, against each other."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("course") and cleaned.get("kind") != ActionKind.COURSE:
            self.add_error("course", _("Choose “Course or reading” for an action that is a course, or no course."))
        starts_on, due_on = cleaned.get("starts_on"), cleaned.get("due_on")
        if starts_on and due_on and due_on < starts_on:
            self.add_error("due_on", _("It is due before it begins. Correct one of the two dates."))
        return cleaned

    def facts(self) -> ActionInput:
        """Return what the services take; only after ``is_valid``."""
        row = self.cleaned_data
        return ActionInput(
            **{
                **row,
                "kind": ActionKind(row["kind"]),
                "owner": self.choices.owners[row["owner"]],
                "competency": self.choices.competencies.get(row["competency"] or 0),
                "course": self.choices.courses.get(row["course"] or 0),
            }
        )


ROW_FORMS: dict[str, type[forms.Form]] = {"gaps": GapForm, "actions": ActionForm}
_SETS = {name: row_set(form) for name, form in ROW_FORMS.items()}


class PlanForms(FormWithRows):
    """Everything on the page of a draft, as one form: valid together, errors together."""

    def __init__(
        self,
        *,
        choices: Choices,
        initial: dict[str, Any] | None = None,
        rows: Mapping[str, list[dict[str, Any]]] | None = None,
        data: QueryDict | None = None,
        focus: str = "",
    ) -> None:
        self.choices = choices
        self.head = self.words = PlanForm(data, initial=initial or {}, choices=choices)
        self.sets: dict[str, RowSet] = {
            name: made(
                data,
                initial=None if data is not None else (rows or {}).get(name, []),
                prefix=name,
                form_kwargs={"choices": choices},
            )
            for name, made in _SETS.items()
        }
        self.focus(focus)

    @property
    def gaps(self) -> RowSet:
        """Return the rows of gaps."""
        return self.sets["gaps"]

    @property
    def actions(self) -> RowSet:
        """Return the rows of actions."""
        return self.sets["actions"]

    def facts(self) -> PlanInput:
        """Return what the services take; only after ``is_valid``."""
        words = self.words.cleaned_data
        return PlanInput(
            **{
                **words,
                "aim": self.choices.jobs.get(words["aim"] or 0),
                "gaps": [
                    GapInput(**{**row, "competency": self.choices.competencies[row["competency"]]})
                    for row in self.gaps.filled()
                ],
                "actions": [form.facts() for form in self.actions.forms if form.has_changed()],
            }
        )


def typed_plan(data: QueryDict, choices: Choices) -> PlanForms:
    """Return the forms exactly as typed, with the row added or removed that was asked for."""
    initial = {name: data.get(name, "") for name in PlanForm.base_fields}
    rows = typed_rows(data, ROW_FORMS)
    return PlanForms(choices=choices, initial=initial, rows=rows, focus=data.get("add", ""))
