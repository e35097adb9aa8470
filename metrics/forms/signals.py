"""What people say of a signal."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from metrics.enums import SignalCause
from pipcycle.ui.fields import DayField


def _words(label: Any, help_text: Any = "", *, is_required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=is_required,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )


class AcknowledgementForm(forms.Form):
    """Why the signal came about."""

    cause = forms.ChoiceField(label=_("Cause"), choices=SignalCause.choices, widget=forms.RadioSelect)
    note = _words(_("Note"), _("What you found, in a sentence or two. The employee reads it; leave out health."))


class DismissalForm(forms.Form):
    """Why the signal means nothing."""

    reason = _words(_("Reason"), _("The employee reads it too."), is_required=True)


class ShiftForm(forms.Form):
    """From when on the process is another one, and what changed."""

    starts_on = DayField(
        label=_("Changed from"),
        help_text=_("The limits are computed afresh from the first value on or after this day."),
    )
    reason = forms.CharField(
        label=_("What changed"), max_length=300, help_text=_("A new tool, another shift, other tasks …")
    )

    def __init__(self, *args: Any, starts_on: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"starts_on": starts_on, **self.initial}


class CommentForm(forms.Form):
    """The employee's own view."""

    comment = _words(_("Your view"), _("Everybody who sees this signal reads it. Leave it empty to take it back."))


class NothingForm(forms.Form):
    """A step that only asks "are you sure?"."""
