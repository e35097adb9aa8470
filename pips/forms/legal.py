"""HR's decision on a legal review, and the organization's settings for plans."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from pips.enums import WorksCouncil
from pips.forms.fields import words_field
from pips.models import PlanPolicy

MOST_LENGTHS = 5
LONGEST_PLAN = 365


class LegalReviewForm(forms.Form):
    """May the plan go on, and why."""

    may_go_on = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[
            ("yes", _("The plan may go on: it would be the same without what is listed here")),
            ("no", _("The plan may not go on as it is")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reasons = words_field(
        _("Privileged reasons"),
        required=True,
        rows=6,
        help_text=_("What you looked at and why you decide so. They stay with HR and are left out of every bundle."),
    )


class PlanPolicyForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """The settings, each with the rule it belongs to."""

    extra_lengths = forms.CharField(
        label=_("More lengths, in days"),
        required=False,
        help_text=_("30, 60 and 90 days are always allowed (rule 2). Separate others with commas: 45, 120."),
    )

    class Meta:
        model = PlanPolicy
        fields = (
            "extra_lengths",
            "extension_cap_days",
            "amendment_more_time_days",
            "legal_review_window_days",
            "ramp_up_after_days",
            "ramp_up_days",
            "relapse_window_days",
            "appeal_days",
            "accommodation_response_days",
            "negative_entry_notice_days",
            "warning_expiry_days",
            "employee_representation",
            "representation_agreement",
        )

        labels: ClassVar[dict[str, Any]] = {
            "ramp_up_after_days": _("Days of leave after which a ramp-up is offered (rule 8)"),
            "representation_agreement": _("Its agreement"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "employee_representation": _(
                "Until its agreement is in force, every plan goes to a legal review before HR can approve it. "
                "In Germany that is so until you say here that there is none."
            ),
            "representation_agreement": _("What it is called and since when it is in force."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = self.fields["employee_representation"]
        said.choices = [("", _("Not said yet")), *WorksCouncil.choices]  # type: ignore[attr-defined]  # a ChoiceField
        self.initial["extra_lengths"] = ", ".join(map(str, self.instance.extra_lengths))

    def clean(self) -> dict[str, Any]:
        """Ask which agreement it is where one is in force."""
        cleaned: dict[str, Any] = super().clean() or {}
        is_agreed = cleaned.get("employee_representation") == WorksCouncil.AGREED
        if is_agreed and not cleaned.get("representation_agreement", "").strip():
            self.add_error("representation_agreement", _("Name the agreement, so that it can be found again."))
        return cleaned

    def clean_extra_lengths(self) -> list[int]:
        """Return the lengths as numbers of days, in order, each once."""
        parts = [part.strip() for part in self.cleaned_data["extra_lengths"].split(",") if part.strip()]
        if not all(part.isdecimal() and 1 <= int(part) <= LONGEST_PLAN for part in parts):
            raise forms.ValidationError(_("Write whole numbers of days between 1 and 365, with commas between them."))
        if len(parts) > MOST_LENGTHS:
            raise forms.ValidationError(_("Choose at most five lengths."))
        return sorted({int(part) for part in parts})
