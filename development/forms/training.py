"""The forms of training; the shape of input only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from development.forms.fields import date_field, file_field, words_field
from development.learning_enums import Provision
from development.models import TrainingCourse
from development.services.training import CourseInput
from people.models import Competency, JobDescription


class CourseForm(forms.Form):
    """A course of the catalogue."""

    name = forms.CharField(label=_("Name"), max_length=200)
    code = forms.CharField(label=_("Code"), max_length=40, help_text=_("How files name it, for example SAFE-1."))
    description = words_field(_("What one learns"))
    teaches = forms.ModelMultipleChoiceField(
        label=_("Competencies taught"),
        queryset=Competency.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )
    provision = forms.ChoiceField(label=_("Kind"), choices=Provision.choices)
    provider = forms.CharField(label=_("Provider"), max_length=200, required=False)
    hours = forms.DecimalField(label=_("Hours"), min_value=0, max_digits=6, decimal_places=1, initial=0)
    cost = forms.DecimalField(label=_("Cost"), min_value=0, max_digits=10, decimal_places=2, initial=0)
    currency = forms.RegexField(
        r"^[A-Z]{3}$",
        label=_("Currency"),
        required=False,
        help_text=_("Three letters, for example USD."),
        error_messages={"invalid": _("Write the currency in three capital letters, for example USD.")},
    )
    link = forms.URLField(label=_("Link"), required=False, max_length=500, assume_scheme="https")
    recertification_months = forms.IntegerField(
        label=_("Valid for (months)"),
        min_value=1,
        max_value=240,
        required=False,
        help_text=_("Empty: what is learned once is not asked for again."),
    )
    is_offered = forms.BooleanField(label=_("Offered at present"), required=False, initial=True)

    def __init__(self, *args: Any, course: TrainingCourse | None = None, **kwargs: Any) -> None:
        if course is not None:
            names = [name for name in self.base_fields if name != "teaches"]
            taught = [one.competency_id for one in course.teaches.all()]
            kwargs["initial"] = {**{name: getattr(course, name) for name in names}, "teaches": taught}
        super().__init__(*args, **kwargs)
        self.fields["teaches"].queryset = Competency.objects.order_by("name")  # type: ignore[attr-defined]

    def facts(self) -> CourseInput:
        """Return what the form says; only after ``is_valid``."""
        return CourseInput(**self.cleaned_data)


class EnrolForm(forms.Form):
    """Asking for a place."""

    purpose = words_field(_("What for?"), help_text=_("Your manager reads it before they answer."))


class CompletionForm(forms.Form):
    """When it was completed, until when that counts, and what shows it."""

    completed_on = date_field(_("Completed on"))
    expires_on = date_field(
        _("Valid until"), required=False, help_text=_("Empty: as long as the catalogue says for this course.")
    )
    certificate = file_field(_("Certificate"))


class RequirementForm(forms.Form):
    """A job that needs the course."""

    job = forms.ModelChoiceField(label=_("Job"), queryset=JobDescription.objects.none(), empty_label=_("Choose"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["job"].queryset = JobDescription.objects.order_by("name")  # type: ignore[attr-defined]


class CompletionsFileForm(forms.Form):
    """A file of completions."""

    file = forms.FileField(
        label=_("File"), help_text=_("CSV or XLSX with the columns number, course, completed_on and expires_on.")
    )
