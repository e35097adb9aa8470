"""The forms of single steps: a reason, a look back, an update."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from development.enums import StepKind
from development.forms.fields import date_field, file_field, words_field
from development.models import DevelopmentAction, DevelopmentGap
from people.enums import CompetencyLevel
from people.models import JobDescription


class EmptyForm(forms.Form):
    """A step that asks nothing but to be taken."""


class ReasonForm(forms.Form):
    """A few words; the page says what for. With ``is_optional`` they may be left out."""

    reason = words_field(_("Reason"), required=True)

    def __init__(self, *args: Any, label: Any = None, is_optional: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label is not None:
            self.fields["reason"].label = label
        self.fields["reason"].required = not is_optional


class ClosingForm(forms.Form):
    """The look back, and for each gap the level reached."""

    reflection = words_field(
        _("Looking back"),
        rows=5,
        required=True,
        help_text=_("What has changed? What did you learn that you did not expect? What comes next?"),
    )

    def __init__(self, *args: Any, gaps: Iterable[DevelopmentGap], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gaps = list(gaps)
        for gap in self.gaps:
            self.fields[f"gap-{gap.pk}"] = forms.TypedChoiceField(
                label=gap.competency.name,
                coerce=int,
                empty_value=None,
                required=False,
                choices=[("", _("Leave open")), *CompetencyLevel.choices],
            )

    def reached(self) -> dict[int, int | None]:
        """Return the level of each gap; only after ``is_valid``."""
        return {gap.pk: self.cleaned_data[f"gap-{gap.pk}"] for gap in self.gaps}

    def gap_fields(self) -> list[forms.BoundField]:
        """Return the fields of the gaps, for the page."""
        return [self[f"gap-{gap.pk}"] for gap in self.gaps]


class ProgressForm(forms.Form):
    """How far an action is, in a row of the plan."""

    progress = forms.IntegerField(
        label=_("Progress in %"), min_value=0, max_value=100, widget=forms.NumberInput(attrs={"step": "5"})
    )

    def __init__(self, *args: Any, action: DevelopmentAction, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"progress": action.progress}, "auto_id": f"id_{action.pk}_%s", **kwargs})


class UpdateForm(forms.Form):
    """How far an action is, with words, a new date, and what shows the result."""

    progress = forms.IntegerField(
        label=_("Progress in %"),
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"step": "5"}),
        help_text=_("100 is done."),
    )
    note = words_field(_("In a few words"))
    due_on = date_field(_("Due"), help_text=_("A new date is on the record, with who set it."))
    evidence_text = words_field(_("What shows it?"), help_text=_("What is different now, and where others can see it."))
    evidence_link = forms.URLField(label=_("Link"), required=False, max_length=500, assume_scheme="https")
    evidence = file_field(_("Or a file"))

    def __init__(self, *args: Any, action: DevelopmentAction, **kwargs: Any) -> None:
        initial = {name: getattr(action, name) for name in ("progress", "due_on", "evidence_text", "evidence_link")}
        super().__init__(*args, **{"initial": initial, **kwargs})


class StepForm(forms.Form):
    """A step of the ladder of jobs."""

    source = forms.ModelChoiceField(label=_("From"), queryset=JobDescription.objects.none(), empty_label=_("Choose"))
    target = forms.ModelChoiceField(label=_("To"), queryset=JobDescription.objects.none(), empty_label=_("Choose"))
    kind = forms.ChoiceField(label=_("Kind"), choices=StepKind.choices)
    note = forms.CharField(
        label=_("What usually comes before"),
        required=False,
        max_length=300,
        help_text=_("Two years in the job, a project led … It is shown to everybody."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("source", "target"):
            self.fields[name].queryset = JobDescription.objects.order_by("name")  # type: ignore[attr-defined]


class SuccessForm(forms.Form):
    """The words under which somebody shows a success."""

    words = forms.CharField(
        label=_("In your words"), max_length=200, help_text=_("Only this sentence and the date are shown.")
    )
