"""The small forms of a plan's way from review to follow-up."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.enums import AcknowledgementKind
from pips.enums import Confirmation
from pips.forms.fields import date_field, words_field
from pips.gates.catalogue import unanswered
from pips.gates.gate import Finding


class StepForm(forms.Form):
    """A step that only asks "are you sure?"."""


class ReasonsForm(forms.Form):
    """A step with a field for the written reason of each warning.

    A field is named by the code of what it answers: findings that change while the page is open move no reason.
    """

    def __init__(self, *args: Any, findings: Sequence[Finding] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = {f"reason-{finding.code}": finding for finding in unanswered(findings)}
        self._codes = {name: finding.code for name, finding in waiting.items()}
        for name, finding in waiting.items():
            self.fields[name] = words_field(finding.message, help_text=finding.how)

    def reasons(self) -> dict[str, str]:
        """Return the reasons written, by the code of what they answer; only after ``is_valid``."""
        return {code: self.cleaned_data[name] for name, code in self._codes.items() if self.cleaned_data[name]}

    def reason_fields(self) -> list[forms.BoundField]:
        """Return the fields for the reasons."""
        return [self[name] for name in self._codes]


class SubmissionForm(ReasonsForm):
    """A word to HR on the way, and the reasons that the warnings ask for."""

    note = words_field(
        _("Note to HR"), help_text=_("Anything the reviewer should know. It stays on the plan’s record.")
    )


class ReviewForm(ReasonsForm):
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


class VersionForm(forms.Form):
    """A page about one version of the plan; its template writes the version, so that an outdated page is noticed."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ReceiptForm(VersionForm):
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


class RefusalForm(VersionForm):
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
