"""Feedback notes as forms."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.readers import ReadersChoice, names_in
from goals.models import Goal
from people.models import Employee
from pipcycle.ui.fields import DayField

USUAL_DAYS = 7
LONGEST_NOTE = 10_000


class ColleagueForm(forms.Form):
    """Whom one writes to: a name typed, with those nearby offered."""

    who = forms.CharField(
        label=_("Colleague"),
        max_length=200,
        help_text=_("Name, e-mail address or employee number."),
        widget=forms.TextInput(attrs={"list": "colleagues", "autocomplete": "off", "autofocus": True}),
    )


class NoteForm(forms.Form):
    """What a note says, about which goal, and who reads it."""

    text = forms.CharField(
        label=_("Your note"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What did you see, when, and what did it lead to? One example says more than a judgement."),
    )
    goal = forms.ModelChoiceField(
        label=_("About a goal"), queryset=Goal.objects.none(), required=False, empty_label=_("In general")
    )
    readers = forms.ChoiceField(label=_("Who reads it besides you"), widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, choices: Sequence[ReadersChoice], goals: QuerySet[Goal] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["readers"].choices = names_in(choices)
        if goals is None or not goals.exists():
            del fields["goal"]
        else:
            fields["goal"].queryset = goals


class CorrectionForm(forms.Form):
    """The words of a note, once more."""

    text = forms.CharField(label=_("Your note"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 8}))


class AskForm(ColleagueForm):
    """A question to a colleague."""

    about = forms.ModelChoiceField(label=_("About whom"), queryset=Employee.objects.none(), empty_label=None)
    goal = forms.ModelChoiceField(
        label=_("About a goal"), queryset=Goal.objects.none(), required=False, empty_label=_("In general")
    )
    question = forms.CharField(
        label=_("Your question"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Something that can be answered: “What should I keep doing in our reviews, and what not?”"),
    )
    due_on = DayField(label=_("Answer by"))

    def __init__(
        self, *args: Any, people: QuerySet[Employee], goals: QuerySet[Goal], own: Employee, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["who"].label = _("Whom do you ask?")
        fields["about"].queryset = people
        fields["goal"].queryset = goals
        fields["goal"].label_from_instance = lambda goal: (
            goal.title if goal.employee_id == own.pk else f"{goal.employee.full_name}: {goal.title}"
        )
        fields["about"].label_from_instance = lambda one: _("Myself") if one.pk == own.pk else one.full_name
        if not goals.exists():
            del fields["goal"]
        self.initial.setdefault("due_on", timezone.localdate() + datetime.timedelta(days=USUAL_DAYS))
        self.initial.setdefault("about", own.pk)


class WordForm(forms.Form):
    """A few words, if there are any; the page says what for."""

    words = forms.CharField(
        label=_("A word, if you like"), max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, label: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label is not None:
            self.fields["words"].label = label
