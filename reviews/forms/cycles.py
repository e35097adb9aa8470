"""Planning a cycle and moving its dates: the shape of input only."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.models import FormTemplate
from people.models import Department, JobDescription
from pipcycle.ui.fields import DayField
from reviews.enums import ALWAYS_TAKEN, LateJoiners, StepKind
from reviews.models import ReviewCycle

_PREFIX = "due-"


class DatesForm(forms.Form):
    """A day for each step; while the cycle is planned, a step without one is left out of it."""

    def __init__(self, *args: Any, kinds: tuple[StepKind, ...] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds or tuple(StepKind)
        for kind in self.kinds:
            self.fields[f"{_PREFIX}{kind}"] = DayField(kind.label, required=kinds is not None or kind in ALWAYS_TAKEN)

    def days(self) -> list[forms.BoundField]:
        """Return the field of each step, in order."""
        return [self[f"{_PREFIX}{kind}"] for kind in self.kinds]

    def dates(self) -> dict[StepKind, datetime.date | None]:
        """Return the day of each step; only after ``is_valid``."""
        return {kind: self.cleaned_data[f"{_PREFIX}{kind}"] for kind in self.kinds}


class CycleForm(DatesForm):
    """The facts of a cycle: name, period, questions, audience, days."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("For example “Review of 2027”."))
    period_starts_on = DayField(_("Period under review: first day"))
    period_ends_on = DayField(_("Last day"))
    template = forms.ModelChoiceField(
        label=_("Questions"),
        queryset=FormTemplate.objects.none(),
        empty_label=None,
        help_text=_("Launching freezes the published version."),
    )
    departments = forms.ModelMultipleChoiceField(
        label=_("Departments"),
        queryset=Department.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all of them."),
    )
    jobs = forms.ModelMultipleChoiceField(
        label=_("Jobs"),
        queryset=JobDescription.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("None chosen: all of them. Hold Ctrl or Cmd to choose several."),
    )
    hired_before = DayField(_("Hired before"), required=False, help_text=_("Leave it empty to ask everybody."))
    leaves_out_on_notice = forms.BooleanField(
        label=_("Leave out who is on notice"), required=False, help_text=_("Whoever has a last day on record.")
    )
    late_joiners = forms.ChoiceField(
        label=_("Who comes to fit the audience later"),
        choices=LateJoiners.choices,
        help_text=_("Whoever joins late gets two weeks at least."),
    )
    accepts_late = forms.BooleanField(
        label=_("Take forms after their day"), required=False, help_text=_("They are marked as late.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["template"].queryset = FormTemplate.objects.filter(kind="appraisal", is_active=True)
        fields["departments"].queryset = Department.objects.all()
        fields["jobs"].queryset = JobDescription.objects.all()

    def facts(self) -> dict[str, Any]:
        """Return what the service takes besides the days; only after ``is_valid``."""
        facts = {name: self.cleaned_data[name] for name in self.base_fields}
        return facts | {name: [row.pk for row in facts[name]] for name in ("departments", "jobs")}


class LaunchForm(forms.Form):
    """Confirm, also where another cycle asks the same people."""

    accepts_overlap = forms.BooleanField(
        label=_("I know that another cycle asks some of the same people"), required=False
    )


class ConfirmForm(forms.Form):
    """Nothing but the decision to go on."""


def values_of(cycle: ReviewCycle) -> dict[str, Any]:
    """Return the cycle as initial values of its form."""
    values = {name: getattr(cycle, name) for name in CycleForm.base_fields}
    return values | days_of(cycle)


def days_of(cycle: ReviewCycle) -> dict[str, Any]:
    """Return the days of the cycle's steps as initial values."""
    return {f"{_PREFIX}{step.kind}": step.due_on for step in cycle.steps.all()}


def suggested_days(today: datetime.date) -> dict[str, Any]:
    """Return days to begin with: two weeks for each of the first steps."""
    weeks = {StepKind.SELF: 2, StepKind.MANAGER: 4, StepKind.SHARE: 6, StepKind.ACKNOWLEDGE: 7}
    return {f"{_PREFIX}{kind}": today + datetime.timedelta(weeks=number) for kind, number in weeks.items()}
