"""The shape of what people type into the pages of this room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.enums import LeaveKind, ProtectedActivityKind
from pipcycle.ui.fields import DayField


class LeaveDatesForm(forms.Form):
    """The days away, both included."""

    starts_on = DayField(label=_("First day away"))
    ends_on = DayField(label=_("Last day away"), required=False, help_text=_("Leave empty if it is not known yet."))


class LeaveForm(LeaveDatesForm):
    """The days away and, kept apart from them, why."""

    kind = forms.ChoiceField(label=_("Reason"), choices=LeaveKind.choices)
    is_protected = forms.BooleanField(
        label=_("Protected by law"),
        required=False,
        help_text=_("Such leave is never counted against anybody."),
    )
    note = forms.CharField(
        label=_("Note for HR"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only HR and the employee can read it; every read is recorded. Managers see the dates alone."),
    )


class ProtectedActivityForm(forms.Form):
    """What happened, and when; the detail is for HR alone."""

    kind = forms.ChoiceField(label=_("What"), choices=ProtectedActivityKind.choices)
    occurred_on = DayField(label=_("Date"))
    note = forms.CharField(
        label=_("Note for HR"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only HR partners who serve this person can read it; every read is recorded."),
    )
