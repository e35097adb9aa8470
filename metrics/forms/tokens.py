"""Making a token."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metrics.enums import ApiScope
from pipcycle.ui.fields import DayField

USUAL_DAYS = 365


def _in_a_year() -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=USUAL_DAYS)


class TokenForm(forms.Form):
    """What the token is for, what it may do and until when."""

    name = forms.CharField(
        label=_("What it is for"),
        max_length=100,
        help_text=_("The program that uses it: “Call centre, nightly”. Each batch it hands in carries this name."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("It may"),
        choices=ApiScope.choices,
        initial=[ApiScope.WRITE_OBSERVATIONS.value, ApiScope.READ_METRICS.value],
        widget=forms.CheckboxSelectMultiple,
    )
    expires_on = DayField(
        label=_("Last day"),
        required=False,
        initial=_in_a_year,
        help_text=_("After this day the token stops working. Leave it empty for one that never does."),
    )

    def chosen_scopes(self) -> list[ApiScope]:
        """Return what it may do."""
        return [ApiScope(scope) for scope in self.cleaned_data["scopes"]]

    def expires_at(self) -> datetime.datetime | None:
        """Return the end of the last day, at the reader's place."""
        day: datetime.date | None = self.cleaned_data["expires_on"]
        if day is None:
            return None
        return timezone.make_aware(datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time.min))
