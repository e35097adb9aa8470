"""Forms of check-ins."""

import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from feedback.check_in_enums import Attendance, Rhythm
from feedback.models import CheckInSeries
from people.models import Employee
from pipcycle.ui.fields import DayField


class _RhythmForm(forms.Form):
    every_weeks = forms.TypedChoiceField(
        label=_("How often"), choices=Rhythm.choices, coerce=int, initial=Rhythm.TWO_WEEKS
    )


class StartForm(_RhythmForm):
    """With whom, how often, and from when."""

    other = forms.ModelChoiceField(label=_("With"), queryset=Employee.objects.none(), empty_label=_("Choose a person"))
    first_on = DayField(
        _("First check-in"), help_text=_("Later dates follow on the same weekday, around leave and holidays of both.")
    )

    field_order = ("other", "every_weeks", "first_on")

    def __init__(self, *args: Any, partners: QuerySet[Employee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["other"].queryset = partners


class ChangeForm(_RhythmForm):
    """How often, and from which day on."""

    next_on = DayField(_("Next check-in"), help_text=_("The rhythm is counted from this day on."))


class EndForm(forms.Form):
    """Why a series ends; a reason is kind and not required."""

    reason = forms.CharField(label=_("Why"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class RecordForm(forms.Form):
    """What became of a check-in, and when the next one is."""

    attendance = forms.ChoiceField(label=_("Who was there"), widget=forms.RadioSelect, initial=Attendance.BOTH)
    held_on = DayField(_("Held on"), required=False)
    reason = forms.CharField(
        label=_("Why it did not take place"),
        required=False,
        max_length=300,
        help_text=_("Only if you did not meet. Both of you read it, and nobody else."),
    )
    next_on = DayField(_("Next check-in"), required=False)

    def __init__(self, *args: Any, series: CheckInSeries, proposal_words: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        names = {"employee": series.employee.full_name, "leader": series.leader.full_name}
        fields["attendance"].choices = [
            (Attendance.BOTH, _("Both of us: we met")),
            (Attendance.LEADER, _("%(leader)s came, %(employee)s did not") % names),
            (Attendance.EMPLOYEE, _("%(employee)s came, %(leader)s did not") % names),
            (Attendance.NOBODY, _("Nobody: it does not take place")),
        ]
        fields["next_on"].help_text = proposal_words

    def clean(self) -> dict[str, Any]:
        """Ask for the day of a meeting that took place."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("attendance") == Attendance.BOTH and not cleaned.get("held_on") and "held_on" not in self.errors:
            self.add_error("held_on", _("Say on which day you met."))
        return cleaned


class DayForm(forms.Form):
    """Another day for one check-in."""

    day = DayField(_("New day"), help_text=_("The rhythm stays: the check-in after this one keeps its date."))


class AgendaForm(forms.Form):
    """One more point."""

    title = forms.CharField(label=_("What do you want to talk about?"), max_length=300, strip=True)


class ActionForm(forms.Form):
    """What one of the two does until a day."""

    title = forms.CharField(label=_("What is to be done"), max_length=300)
    owner = forms.ChoiceField(label=_("Who does it"))
    due_on = DayField(_("Until"))

    def __init__(self, *args: Any, series: CheckInSeries, **kwargs: Any) -> None:
        kwargs["initial"] = {"owner": series.employee_id, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        self.two = {str(person.pk): person for person in (series.employee, series.leader)}
        fields["owner"].choices = [(key, person.full_name) for key, person in self.two.items()]

    def facts(self) -> dict[str, Any]:
        """Return what the services take."""
        words = self.cleaned_data
        due_on: datetime.date = words["due_on"]
        return {"title": words["title"], "owner": self.two[words["owner"]], "due_on": due_on}
