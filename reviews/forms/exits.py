"""The exit interview: the shape of input only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.forms.fields import words_field
from reviews.pulse_enums import ExitReason, WouldReturn


class ExitForm(forms.Form):
    """Why, what worked, what did not, and whether they would come back."""

    reason = forms.ChoiceField(
        label=_("What is the main reason for leaving?"), choices=[("", _("Choose")), *ExitReason.choices]
    )
    worked = words_field(_("What worked well here?"))
    did_not_work = words_field(_("What did not work?"))
    would_return = forms.ChoiceField(
        label=_("Would you work here again?"), choices=WouldReturn.choices, widget=forms.RadioSelect
    )
    recommends = forms.TypedChoiceField(
        label=_("How likely are you to recommend this organization as a place to work?"),
        choices=[(str(level), str(level)) for level in range(11)],
        coerce=int,
        widget=forms.RadioSelect,
    )
    words = words_field(_("What else should be known?"))

    def answers(self) -> dict[str, Any]:
        """Return what the service takes; only after ``is_valid``."""
        return dict(self.cleaned_data)
