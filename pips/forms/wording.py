"""What is said to the linter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pipcycle.writing.aside import LONGEST_REASON
from pips.forms.fields import words_field


class SetAsideForm(forms.Form):
    """Which remark, and why it can stay as it is."""

    field = forms.CharField(max_length=60, widget=forms.HiddenInput)
    start = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    code = forms.CharField(max_length=60, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why can it stay?"), max_length=LONGEST_REASON)


class TakeBackForm(forms.Form):
    """Which remark stands again."""

    code = forms.CharField(max_length=60, widget=forms.HiddenInput)
    words = forms.CharField(max_length=20_000, required=False, widget=forms.HiddenInput)


class AnyTextForm(forms.Form):
    """A text to read."""

    text = words_field(_("Your text"), required=True, rows=10, help_text=_("It is read here and kept nowhere."))
