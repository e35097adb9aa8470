"""Recognition as forms."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from feedback.models import OrganizationValue
from goals.models import Goal


class RecognitionForm(forms.Form):
    """For what, and which value or goal it served."""

    text = forms.CharField(
        label=_("What is it for?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What was done, and what it made possible. Others learn from it."),
    )
    value = forms.ModelChoiceField(
        label=_("Value it shows"),
        queryset=OrganizationValue.objects.none(),
        required=False,
        empty_label=_("None"),
    )
    goal = forms.ModelChoiceField(
        label=_("Goal it served"), queryset=Goal.objects.none(), required=False, empty_label=_("None")
    )

    def __init__(self, *args: Any, values: QuerySet[OrganizationValue], goals: QuerySet[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["value"].queryset = values
        fields["goal"].queryset = goals
        for name, rows in (("value", values), ("goal", goals)):
            if not rows.exists():
                del fields[name]


class ValueForm(forms.Form):
    """A value of the organization."""

    name = forms.CharField(label=_("Value"), max_length=200, help_text=_("A few words everybody remembers."))
    description = forms.CharField(
        label=_("What it looks like at work"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    position = forms.IntegerField(label=_("Place in the list"), min_value=1, max_value=99, initial=1)
    is_retired = forms.BooleanField(
        label=_("No longer offered"),
        required=False,
        help_text=_("What was recognized before keeps the value."),
    )


class SwitchForm(forms.Form):
    """A choice between on and off, sent by its own button."""

    turn = forms.ChoiceField(choices=[("on", "on"), ("off", "off")])
