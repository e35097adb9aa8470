"""The small forms of a plan's way from review to follow-up."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.enums import AcknowledgementKind
from pips.enums import Confirmation, Outcome
from pips.forms.fields import date_field, held_on_field, not_in_the_future, words_field


class StepForm(forms.Form):
    """A step that only asks "are you sure?"."""


class SubmissionForm(forms.Form):
    """A word to HR on the way."""

    note = words_field(
        _("Note to HR"), help_text=_("Anything the reviewer should know. It stays on the plan’s record.")
    )


class ReviewForm(forms.Form):
    """What HR makes of a submitted plan (rules 1 and 3)."""

    APPROVE = "approve"
    REQUEST_CHANGES = "request_changes"

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(APPROVE, _("Approve")), (REQUEST_CHANGES, _("Ask for changes"))],
        widget=forms.RadioSelect,
    )
    confirmations = forms.MultipleChoiceField(
        label=_("Before approving, confirm in your own name (rule 1)"),
        choices=Confirmation.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = words_field(
        _("Reasons"), help_text=_("Needed when you ask for changes: say what, so that one more round is enough.")
    )

    def __init__(self, *args: Any, may_approve: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_approve:  # a second thought after the approval
            del self.fields["confirmations"]
            self.fields["decision"].choices = [(self.REQUEST_CHANGES, _("Ask for changes"))]  # type: ignore[attr-defined]
            self.fields["decision"].initial = self.REQUEST_CHANGES

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where changes are asked for."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("decision") == self.REQUEST_CHANGES and not cleaned.get("note"):
            self.add_error("note", _("Say what should change."))
        return cleaned


class IssueForm(forms.Form):
    """The day the clock starts."""

    starts_on = date_field(
        _("Starts on"),
        help_text=_("Day 0. The employee should have read the plan by then. Leave it empty for the next working day."),
    )


class ReceiptForm(forms.Form):
    """The employee's own acknowledgement of receipt (rule 14)."""

    kind = forms.ChoiceField(
        label=_("How"),
        choices=[
            (AcknowledgementKind.RECEIVED.value, _("I have received the plan")),
            (AcknowledgementKind.RECEIVED_WITH_COMMENT.value, _("I have received the plan and add a comment")),
        ],
        widget=forms.RadioSelect,
        initial=AcknowledgementKind.RECEIVED.value,
    )
    comment = words_field(
        _("Your comment or rebuttal"),
        rows=5,
        help_text=_("It stays attached to the plan for good, in your words. Nobody can change or remove it."),
    )

    def clean(self) -> dict[str, Any]:
        """Keep a comment from being lost because the wrong line was chosen."""
        cleaned: dict[str, Any] = super().clean() or {}
        has_comment = bool(cleaned.get("comment", "").strip())
        if cleaned.get("kind") == AcknowledgementKind.RECEIVED_WITH_COMMENT and not has_comment:
            self.add_error("comment", _("Write your comment, or choose to acknowledge without one."))
        if has_comment and cleaned.get("kind") == AcknowledgementKind.RECEIVED:
            cleaned["kind"] = AcknowledgementKind.RECEIVED_WITH_COMMENT.value
        return cleaned


class RefusalForm(forms.Form):
    """A refusal, recorded by somebody else before a witness (rule 14)."""

    witness = forms.TypedChoiceField(
        label=_("Witness"), coerce=int, help_text=_("Somebody who was there: neither the employee nor you.")
    )
    comment = words_field(
        _("What was said"), help_text=_("The employee’s reasons in their own words, if they gave any.")
    )

    def __init__(self, *args: Any, witnesses: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["witness"].choices = [("", _("Choose")), *witnesses]  # type: ignore[attr-defined]  # a ChoiceField


class ReasonForm(forms.Form):
    """A step that needs nothing but a reason."""

    reason = words_field(_("Reason"), required=True, help_text=_("It stays on the plan’s record."))


class OutcomeForm(forms.Form):
    """How the plan ended, and why."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect)
    reason = words_field(
        _("Reasons"),
        required=True,
        rows=6,
        help_text=_("Go through the expectations one by one. The employee and the manager read this."),
    )


class FollowUpForm(forms.Form):
    """A look back: did the improvement last?"""

    held_on = held_on_field()
    is_sustained = forms.TypedChoiceField(
        label=_("Sustained?"),
        choices=[("yes", _("Yes, the improvement has lasted")), ("no", _("No, it has not"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    note = words_field(_("Note"), help_text=_("What you looked at, and what happens next."))

    def clean_held_on(self) -> datetime.date:
        """Refuse a day that is still to come."""
        return not_in_the_future(self.cleaned_data["held_on"])
