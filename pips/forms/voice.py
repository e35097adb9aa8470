"""The forms of the employee's side: words, checks, accommodations, representatives, appeals, support."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from pips.enums import CompanionKind, SupportAnswer
from pips.forms.fields import date_field, figure_field, words_field
from pips.models import MilestoneReading


class CommentForm(forms.Form):
    """A comment."""

    body = words_field(_("Your words"), required=True, rows=6)


class RebuttalForm(forms.Form):
    """A rebuttal, and the sealed document it answers."""

    document = forms.ChoiceField(label=_("Which document it answers"), required=False)
    body = words_field(
        _("Your rebuttal"),
        required=True,
        rows=10,
        help_text=_("What is wrong or missing, and where somebody else can see that."),
    )

    def __init__(self, *args: Any, documents: Sequence[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._documents = {str(document.pk): document for document in documents}
        if len(self._documents) < 2:
            del self.fields["document"]
            return
        self.fields["document"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (key, _("%(title)s, version %(version)d") % {"title": document.title, "version": document.version})
            for key, document in self._documents.items()
        ]

    def answered_document(self) -> Document | None:
        """Return the document chosen, None where there is no choice; only after ``is_valid``."""
        return self._documents.get(self.cleaned_data.get("document", ""))


class ChallengeForm(forms.Form):
    """Which figure is wrong, and why."""

    LATEST = "metric"

    which = forms.ChoiceField(label=_("Which figure"), widget=forms.RadioSelect)
    words = words_field(
        _("What is wrong with it"),
        required=True,
        rows=5,
        help_text=_("What was counted that should not be, or the other way round. HR checks it against the source."),
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["which"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        if choices:
            self.fields["which"].initial = choices[0][0]

    def reading(self, readings: Sequence[MilestoneReading]) -> MilestoneReading | None:
        """Return the reading chosen, None for the metric's own figure; only after ``is_valid``."""
        return next((one for one in readings if str(one.pk) == self.cleaned_data["which"]), None)


class CheckAnswerForm(forms.Form):
    """HR's answer: the figure is corrected, or it stands."""

    decision = forms.ChoiceField(
        label=_("What you found"),
        choices=[("stands", _("The figure stands")), ("corrected", _("The figure is wrong; this is the right one"))],
        widget=forms.RadioSelect,
    )
    corrected_value = figure_field(_("Right figure"), help_text=_("Only when it is corrected."))
    answer = words_field(
        _("Reason"), required=True, rows=5, help_text=_("What you looked at and what it says. Both sides read it.")
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the figure where it is corrected, and forget it where it stands."""
        cleaned = super().clean() or {}
        if cleaned.get("decision") == "corrected" and cleaned.get("corrected_value") is None:
            self.add_error("corrected_value", _("Give the right figure."))
        if cleaned.get("decision") == "stands":
            cleaned["corrected_value"] = None
        return cleaned


class AccommodationForm(forms.Form):
    """What would help, in the employee's own words; HR alone reads them."""

    words = words_field(
        _("What would help you, and why"),
        required=True,
        rows=8,
        help_text=_("Write as much or as little as you like. Only HR reads this, and each reading is recorded."),
    )


class AccommodationDecisionForm(forms.Form):
    """HR's answer; what is granted is what the manager sees."""

    decision = forms.ChoiceField(
        label=_("Answer"),
        choices=[("granted", _("Granted")), ("declined", _("Not granted"))],
        widget=forms.RadioSelect,
    )
    granted = words_field(
        _("What is granted"), help_text=_("The manager reads this. Say what is done, not why: no medical word.")
    )
    restrictions = words_field(
        _("What the employee cannot be asked to do"), rows=2, help_text=_("The manager reads this as well.")
    )
    starts_on = date_field(_("From"))
    ends_on = date_field(_("Until"), help_text=_("Leave empty while it holds."))
    reason = words_field(_("Reasons"), required=True, rows=4, help_text=_("For the employee and HR, nobody else."))

    def clean(self) -> dict[str, Any]:
        """Ask for what is granted and from when."""
        cleaned = super().clean() or {}
        if cleaned.get("decision") == "granted":
            for name in ("granted", "starts_on"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Say this when something is granted."))
        return cleaned


class CompanionForm(forms.Form):
    """Whom the employee asks in, or HR for them: a colleague by address, somebody from outside by name as well."""

    email = forms.EmailField(
        label=_("Their e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("For a colleague the address they sign in with at your organization."),
    )
    name = forms.CharField(
        label=_("Their name"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("For somebody from outside, such as a union officer. They get a sign-in for this plan alone."),
    )
    kind = forms.ChoiceField(label=_("As"), choices=CompanionKind.choices, widget=forms.RadioSelect)
    is_asked_for = forms.BooleanField(label=_("The employee asked for this person"))

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_own:
            del self.fields["is_asked_for"]

    def invitation(self) -> dict[str, str]:
        """Return whom to invite; only after ``is_valid``."""
        return {name: self.cleaned_data[name] for name in ("email", "name", "kind")}


class AppealForm(forms.Form):
    """Why the outcome is wrong."""

    words = words_field(
        _("Why the outcome is wrong"),
        required=True,
        rows=8,
        help_text=_("Which readings, which promises, which facts. The person who decides reads the whole plan."),
    )


class AppealAssignmentForm(forms.Form):
    """Whom HR asks to look at the appeal."""

    email = forms.EmailField(
        label=_("E-mail address of a manager or HR partner who had no part in the plan"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("They read this one plan until they have decided, and nothing else."),
    )


class AppealDecisionForm(forms.Form):
    """What the appeal comes to."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("upheld", _("The outcome stands")), ("changed", _("The outcome is withdrawn"))],
        widget=forms.RadioSelect,
    )
    reasons = words_field(_("Reasons"), required=True, rows=8, help_text=_("Both sides and HR read them."))


class SupportAnswerForm(forms.Form):
    """Whether support has arrived."""

    answer = forms.ChoiceField(label=_("Did it arrive?"), choices=SupportAnswer.choices, widget=forms.RadioSelect)
    words = words_field(_("Your words"), help_text=_("Needed when it did not arrive: what is missing?"))

    def clean(self) -> dict[str, Any]:
        """Ask for words where something is missing."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") == SupportAnswer.NOT_RECEIVED and not cleaned.get("words", "").strip():
            self.add_error("words", _("Write what did not arrive."))
        return cleaned


class SupportResolutionForm(forms.Form):
    """Why the employee is not worse off without the support."""

    reason = words_field(
        _("Reason"),
        required=True,
        rows=5,
        help_text=_("Why nothing is held against the employee, or what they got instead. Both sides read it."),
    )


def today_as_start(form: AccommodationDecisionForm, today: datetime.date) -> None:
    """Offer today as the first day."""
    form.fields["starts_on"].initial = today
