"""The forms of mentorship; the shape of input only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from development.forms.fields import date_field, words_field
from people.models import Competency


class ProfileForm(forms.Form):
    """What somebody offers and looks for."""

    wanted = forms.ModelMultipleChoiceField(
        label=_("What I would like to learn"),
        queryset=Competency.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )
    is_open = forms.BooleanField(
        label=_("I am open to be a mentor"),
        required=False,
        help_text=_("Others then see your name, what you offer and the words below."),
    )
    offered = forms.ModelMultipleChoiceField(
        label=_("What I can help others with"),
        queryset=Competency.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )
    capacity = forms.IntegerField(label=_("People at a time"), min_value=1, max_value=10, initial=1)
    about = words_field(_("About me as a mentor"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("wanted", "offered"):
            self.fields[name].queryset = Competency.objects.order_by("name")  # type: ignore[attr-defined]


class RequestForm(forms.Form):
    """Asking somebody to be one's mentor."""

    message = words_field(
        _("What would you like to learn?"), required=True, help_text=_("Only the two of you read it.")
    )


class AnswerForm(forms.Form):
    """Words with an answer, which may be left out."""

    answer = words_field(_("A word with it"))


class GoalsForm(forms.Form):
    """What the two want to reach, and which words the page showed before."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    goals = words_field(_("What we want to reach"), rows=4)


class SessionForm(forms.Form):
    """One time the two met."""

    held_on = date_field(_("Date"))
    notes = words_field(_("Notes"), help_text=_("Only the two of you read them."))


class FeedbackForm(forms.Form):
    """A word at the end."""

    feedback = words_field(_("What has it brought?"), required=True, help_text=_("Only the two of you read it."))
