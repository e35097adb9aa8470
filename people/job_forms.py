"""The forms of job descriptions and competencies: the shape of input only."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from people.enums import CompetencyLevel
from people.models import Competency, JobDescription
from people.services.jobs import ResponsibilityInput
from pipcycle.ui.rows import FormWithRows, RowSet, row_set, typed_rows


class JobForm(forms.Form):
    """The name and the purpose of a job."""

    name = forms.CharField(label=_("Job"), max_length=200)
    purpose = forms.CharField(
        label=_("Purpose"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences: what would be missing if nobody did this job?"),
    )


class ResponsibilityForm(forms.Form):
    """One thing the job answers for."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Responsibility"), max_length=200)
    description = forms.CharField(
        label=_("What it means"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def has_changed(self) -> bool:
        """Return whether anything but the hidden id is filled in: a known row that was emptied is no row."""
        return any(name != "id" for name in self.changed_data)


class ExpectedLevelForm(forms.Form):
    """One competency and the level the job asks for."""

    competency = forms.ModelChoiceField(
        label=_("Competency"), queryset=Competency.objects.none(), empty_label=_("Choose")
    )
    expected_level = forms.TypedChoiceField(
        label=_("Expected level"), coerce=int, choices=[("", _("Choose")), *CompetencyLevel.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["competency"].queryset = Competency.objects.all()  # type: ignore[attr-defined]


class CompetencyForm(forms.Form):
    """A competency in words."""

    name = forms.CharField(label=_("Competency"), max_length=200)
    description = forms.CharField(
        label=_("What it means"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What somebody who masters it does, so that others can see it."),
    )


ROW_FORMS: dict[str, type[forms.Form]] = {"responsibilities": ResponsibilityForm, "competencies": ExpectedLevelForm}
_SETS = {name: row_set(form) for name, form in ROW_FORMS.items()}


class JobForms(FormWithRows):
    """Everything on the page of a job, as one form: valid together, errors together."""

    def __init__(
        self,
        *,
        initial: dict[str, Any],
        rows: dict[str, list[dict[str, Any]]],
        data: QueryDict | None = None,
        focus: str = "",
    ) -> None:
        self.head = self.job = JobForm(data, initial=initial)
        self.sets: dict[str, RowSet] = {
            name: made(data, initial=None if data is not None else rows[name], prefix=name)
            for name, made in _SETS.items()
        }
        self.focus(focus)

    @property
    def responsibilities(self) -> RowSet:
        """Return the rows of responsibilities."""
        return self.sets["responsibilities"]

    @property
    def competencies(self) -> RowSet:
        """Return the rows of competencies."""
        return self.sets["competencies"]

    def is_valid(self) -> bool:
        """Return whether every part is valid, and no competency is asked for twice."""
        return super().is_valid() and self._levels_are_single()

    def _levels_are_single(self) -> bool:
        chosen = [row["competency"] for row in self.competencies.filled()]
        if len(set(chosen)) == len(chosen):
            return True
        self.add_error(None, _("A competency is asked for twice. Keep one of the two."))
        return False

    def facts(self) -> dict[str, Any]:
        """Return what ``create_job`` and ``change_job`` take; only after ``is_valid``."""
        return {
            **self.job.cleaned_data,
            "responsibilities": [ResponsibilityInput(**row) for row in self.responsibilities.filled()],
            "levels": {
                row["competency"].pk: CompetencyLevel(row["expected_level"]) for row in self.competencies.filled()
            },
        }


def saved_job(job: JobDescription | None) -> JobForms:
    """Return the forms of the job as saved, or of a new one with a row to start with."""
    if job is None:
        return JobForms(initial={}, rows={"responsibilities": [{}], "competencies": [{}]})
    rows: dict[str, list[dict[str, Any]]] = {
        "responsibilities": [
            {"id": row.pk, "title": row.title, "description": row.description} for row in job.responsibilities.all()
        ],
        "competencies": [
            {"competency": row.competency_id, "expected_level": row.expected_level} for row in job.competencies.all()
        ],
    }
    return JobForms(initial={"name": job.name, "purpose": job.purpose}, rows=rows)


def typed_job(data: QueryDict) -> JobForms:
    """Return the forms exactly as typed, with the row added or removed that was asked for."""
    initial = {name: data.get(name, "") for name in JobForm.base_fields}
    return JobForms(initial=initial, rows=typed_rows(data, ROW_FORMS), focus=data.get("add", ""))
