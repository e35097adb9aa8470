"""The shape of what people type about a disciplinary action; it may be incomplete, the gates say what is missing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.enums import AcknowledgementKind
from documents.form_content import SectionsContent
from documents.form_fields import guide_fields
from people.models import Employee
from pips.discipline_enums import (
    ActionCategory,
    ActionConfirmation,
    ActionLevel,
    AppealDecision,
    Hearing,
    ProbationStatus,
    Representation,
    UnionStatus,
)
from pips.forms.fields import date_field, words_field
from pips.forms.steps import ReceiptForm
from pips.inputs import ActionInput
from pips.models import DisciplinaryAction
from pips.models.discipline import CONTENT_FIELDS
from pips.selectors.forms import ACTION_SECTIONS
from pips.selectors.templates import templates_on_offer


def choice_field(label: Any, choices: Any, *, help_text: Any = "", as_radio: bool = False) -> forms.ChoiceField:
    """Return a choice that may still be open."""
    return forms.ChoiceField(
        label=label,
        choices=choices if as_radio else [("", _("Not chosen yet")), *choices],
        required=False,
        help_text=help_text,
        widget=forms.RadioSelect if as_radio else forms.Select,
    )


def line_field(label: Any, *, max_length: int = 200, help_text: Any = "") -> forms.CharField:
    """Return a field for one line."""
    return forms.CharField(label=label, max_length=max_length, required=False, help_text=help_text)


class NewActionForm(forms.Form):
    """Whom it is about; everything else is written in the draft."""

    employee = forms.ModelChoiceField(label=_("About whom"), queryset=Employee.objects.none(), empty_label=_("Choose"))

    def __init__(self, *args: Any, employees: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employee"].queryset = employees  # type: ignore[attr-defined]  # a ModelChoiceField


class ActionForm(forms.Form):
    """The draft of the letter."""

    category = choice_field(_("What it is about"), ActionCategory.choices)
    occurred_on = date_field(_("Date"))
    occurred_at = forms.TimeField(
        label=_("Time"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    place = line_field(_("Place"))
    facts = words_field(_("What happened"), rows=6, help_text=_("What was seen and heard, in order. No judgements."))
    witnesses = words_field(_("Witnesses"), rows=2, help_text=_("Who was there, or that nobody was."))
    policy_name = line_field(_("Policy that was broken"), help_text=_("Where the rule is written down."))
    policy_version = line_field(_("Its version"), max_length=50, help_text=_("The one in force that day."))
    investigation = words_field(_("How it was looked into"), help_text=_("Who, when, and what they looked at."))
    hearing = choice_field(_("Was the employee heard?"), Hearing.choices, as_radio=True)
    heard_on = date_field(_("Heard on"))
    employee_statement = words_field(_("The employee’s statement"), help_text=_("In their own words."), rows=4)
    union_status = choice_field(_("Union or works council"), UnionStatus.choices)
    probation_status = choice_field(_("Probation"), ProbationStatus.choices)
    representation = choice_field(
        _("Representative at the hearing"),
        Representation.choices,
        as_radio=True,
        help_text=_("Say it before the hearing: who asks for somebody is not heard without them."),
    )
    representative = line_field(_("Name of the representative"))
    has_no_prior_actions = forms.BooleanField(label=_("There are no prior actions"), required=False)
    prior_actions = words_field(
        _("Prior actions"), help_text=_("Those that still stand are filled in. Expired ones do not count.")
    )
    level = choice_field(_("Level"), ActionLevel.choices)
    proportionality = words_field(
        _("Why this level fits"), help_text=_("Weight of the facts, intent, the record, comparable cases.")
    )
    level_reason = words_field(_("Why levels are skipped"), rows=2, help_text=_("Only where one is."))
    corrective_action = words_field(_("What is to change"), help_text=_("Something both of you can see."))
    corrective_due_on = date_field(_("By when"))
    consequence = words_field(_("What follows if it happens again"))
    rights = words_field(
        _("Rights"), rows=6, help_text=_("What the employee may do. The day until which they may appeal is added.")
    )

    def __init__(self, *args: Any, form: SectionsContent | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guide_fields(self, form, ACTION_SECTIONS)

    def content(self) -> ActionInput:
        """Return what the service takes; only after ``is_valid``."""
        return ActionInput(**self.cleaned_data)


def saved_action(action: DisciplinaryAction) -> dict[str, Any]:
    """Return the draft as last saved."""
    return {field: getattr(action, field) for field in CONTENT_FIELDS}


class ActionReviewForm(forms.Form):
    """What HR makes of a submitted action."""

    APPROVE = "approve"
    SEND_BACK = "send_back"

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(APPROVE, _("Approve")), (SEND_BACK, _("Ask for changes"))],
        widget=forms.RadioSelect,
    )
    confirmations = forms.MultipleChoiceField(
        label=_("Before approving, confirm in your own name"),
        choices=ActionConfirmation.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = words_field(_("Reasons"), help_text=_("Needed when you ask for changes."))

    def __init__(self, *args: Any, may_approve: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_approve:  # a second thought after the approval
            del self.fields["confirmations"]
            self.fields["decision"].choices = [(self.SEND_BACK, _("Ask for changes"))]  # type: ignore[attr-defined]
            self.fields["decision"].initial = self.SEND_BACK

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where changes are asked for."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("decision") == self.SEND_BACK and not cleaned.get("note"):
            self.add_error("note", _("Say what should change."))
        return cleaned


class RecordReasonForm(forms.Form):
    """A step that needs nothing but a reason."""

    reason = words_field(_("Reason"), required=True, help_text=_("It stays on the record."))


class LegalReviewForm(forms.Form):
    """HR's legal review (rule 4)."""

    reason = words_field(
        _("What was looked at, and why the action may go on"),
        required=True,
        rows=5,
        help_text=_("Only HR reads this. Neither the manager nor the employee sees that it was asked for."),
    )


class LetterReceiptForm(ReceiptForm):
    """The employee's own acknowledgement of a letter (rule 14)."""

    kind = forms.ChoiceField(
        label=_("How"),
        choices=[
            (AcknowledgementKind.RECEIVED.value, _("I have received the letter")),
            (AcknowledgementKind.RECEIVED_WITH_COMMENT.value, _("I have received the letter and add a comment")),
        ],
        widget=forms.RadioSelect,
        initial=AcknowledgementKind.RECEIVED.value,
    )
    comment = words_field(
        _("Your comment or rebuttal"),
        rows=5,
        help_text=_("It stays attached to the letter for good, in your words. Nobody can change or remove it."),
    )


class AppealForm(forms.Form):
    """The employee's grounds."""

    grounds = words_field(
        _("Why it should not stand as it is"),
        required=True,
        rows=7,
        help_text=_("Facts that are wrong or missing, how you were heard, why the level does not fit."),
    )


class HearerForm(forms.Form):
    """Who hears the appeal."""

    hearer = forms.ModelChoiceField(label=_("Heard by"), queryset=Employee.objects.none(), empty_label=_("Choose"))

    def __init__(self, *args: Any, hearers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hearer"].queryset = hearers  # type: ignore[attr-defined]  # a ModelChoiceField


class AppealDecisionForm(forms.Form):
    """The decision on an appeal with its reasons."""

    decision = forms.ChoiceField(label=_("Decision"), choices=AppealDecision.choices, widget=forms.RadioSelect)
    reduced_level = choice_field(_("Reduced to"), ActionLevel.choices, help_text=_("Only where it is reduced."))
    reasons = words_field(_("Reasons"), required=True, rows=6, help_text=_("Everybody in the case reads them."))

    def __init__(self, *args: Any, level: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lighter = [one for one in ActionLevel if one.rank < ActionLevel(level).rank]
        choices: Any = [("", _("Not chosen yet")), *((one.value, one.label) for one in lighter)]
        self.fields["reduced_level"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        if not lighter:
            del self.fields["reduced_level"]
            kept = [(one.value, one.label) for one in AppealDecision if one != AppealDecision.REDUCED]
            self.fields["decision"].choices = kept  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Ask for the level where it is reduced."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("decision") == AppealDecision.REDUCED and not cleaned.get("reduced_level"):
            self.add_error("reduced_level", _("Choose the lighter level."))
        return cleaned


class ActionToPlanForm(forms.Form):
    """It was about performance after all."""

    template = forms.ChoiceField(label=_("Start the plan from"))
    reason = words_field(_("Why it is about performance"), required=True, help_text=_("It stays on both records."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (template.key, template.name) for template in templates_on_offer()
        ]
