"""Changing an issued plan: its content as it is today to be typed over, an extension, HR's answers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pipcycle.ui.rows import FormWithRows, RowSet, row_set, typed_rows
from pips.amending import AmendmentInput
from pips.amendment_enums import ExtensionReason
from pips.forms.draft import MAX_ROWS, ConcernForm, ExpectationForm, MilestoneForm, SupportForm
from pips.forms.fields import words_field
from pips.inputs import ConcernInput, ExpectationInput, SupportInput
from pips.models import Plan, SupportCommitment

MOST_DAYS = 365


class ChangeForm(forms.Form):
    """Why, how much more time, and the plan's own words."""

    reason = words_field(
        _("Why is the plan changed?"),
        required=True,
        help_text=_("HR reads it first. Once in force it is part of the new version, and the employee reads it."),
    )
    more_days = forms.IntegerField(
        label=_("Days more"),
        min_value=0,
        max_value=MOST_DAYS,
        required=False,
        help_text=_("Added to the end. Needed when the plan asks for more than before."),
    )
    last_goal = words_field(
        _("What should be reached by the new last day"),
        rows=2,
        help_text=_("Only with more days: a last review is held."),
    )
    success_consequence = words_field(_("If the plan succeeds"), required=True)
    failure_consequence = words_field(_("If the plan does not succeed"), required=True)


class KnownRow(forms.Form):
    """A row that remembers which part of the plan it changes."""

    key = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ExpectationChangeForm(ExpectationForm, KnownRow):
    """An expectation as it is today, or a new one."""


class SupportChangeForm(SupportForm, KnownRow):
    """A promise that is not delivered yet, or a new one."""


ROW_FORMS: dict[str, type[forms.Form]] = {
    "concerns": ConcernForm,
    "expectations": ExpectationChangeForm,
    "milestones": MilestoneForm,
    "support": SupportChangeForm,
}


ROW_SETS = {name: row_set(form, most=MAX_ROWS) for name, form in ROW_FORMS.items()}


class AmendmentForms(FormWithRows):
    """Everything on the page of a change, as one form: valid together, errors together."""

    def __init__(
        self,
        *,
        owners: Sequence[tuple[int, str]],
        metrics: Sequence[tuple[int, str]] = (),
        initial: dict[str, Any] | None = None,
        rows: dict[str, list[dict[str, Any]]] | None = None,
        data: QueryDict | None = None,
        focus: str = "",
    ) -> None:
        self.head = self.change = ChangeForm(data, initial=initial)
        offered = {"support": {"owners": owners}, "expectations": {"metrics": metrics}}
        self.sets: dict[str, RowSet] = {
            name: ROW_SETS[name](
                data,
                initial=None if rows is None else rows[name],
                prefix=name,
                form_kwargs=offered.get(name, {}),
            )
            for name in ROW_FORMS
        }
        self.focus(focus)

    @property
    def concerns(self) -> RowSet:
        """Return the rows of new examples."""
        return self.sets["concerns"]

    @property
    def expectations(self) -> RowSet:
        """Return the rows of expectations."""
        return self.sets["expectations"]

    @property
    def milestones(self) -> RowSet:
        """Return a row for each review that was not held."""
        return self.sets["milestones"]

    @property
    def support(self) -> RowSet:
        """Return the rows of promises that are not delivered."""
        return self.sets["support"]

    def change_of(self, plan: Plan) -> AmendmentInput:
        """Return what the services take; only after ``is_valid``. Delivered promises stay as they are."""
        words = self.change.cleaned_data
        delivered = [part for part in plan.support_commitments.all() if part.delivered_on is not None]
        return AmendmentInput(
            added_concerns=[ConcernInput(**row) for row in self.concerns.filled()],
            expectations=[(row.pop("key"), ExpectationInput(**row)) for row in _copies(self.expectations)],
            goals={row["day"]: row["goal"] for row in self.milestones.filled()},
            support=[
                *((part.pk, _as_input(part)) for part in delivered),
                *((row["key"], _as_promise(row)) for row in self.support.filled()),
            ],
            success_consequence=words["success_consequence"],
            failure_consequence=words["failure_consequence"],
            more_days=words["more_days"] or 0,
            last_goal=words["last_goal"],
        )


def content_today(plan: Plan) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """Return the fields and rows of the plan as it is in force."""
    last = max(plan.milestones.all(), key=lambda milestone: milestone.day, default=None)
    initial = {
        "success_consequence": plan.success_consequence,
        "failure_consequence": plan.failure_consequence,
        "last_goal": last.goal if last else "",
    }
    rows: dict[str, list[dict[str, Any]]] = {
        "concerns": [],
        "expectations": [
            {"key": part.pk, **{name: getattr(part, name) for name in ExpectationForm.base_fields}}
            for part in plan.expectations.all()
        ],
        "milestones": [
            {"day": part.day, "goal": part.goal} for part in plan.milestones.all() if part.manager_recorded_at is None
        ],
        "support": [
            {"key": part.pk, "description": part.description, "owner": part.owner_id, "due_day": part.due_day}
            for part in plan.support_commitments.all()
            if part.delivered_on is None
        ],
    }
    return initial, rows


def typed_change(data: QueryDict) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """Return the fields and rows exactly as typed, valid or not, so that adding a row loses no word."""
    initial = {name: data.get(name, "") for name in ChangeForm.base_fields}
    return initial, typed_rows(data, ROW_FORMS, most=MAX_ROWS)


def as_handed_in(initial: dict[str, Any], rows: dict[str, list[dict[str, Any]]]) -> QueryDict:
    """Return typed fields and rows as a browser would send them."""
    data = QueryDict(mutable=True)
    data.update(initial)
    for name, typed in rows.items():
        data[f"{name}-TOTAL_FORMS"] = str(len(typed))
        data[f"{name}-INITIAL_FORMS"] = "0"
        for index, row in enumerate(typed):
            for field, value in row.items():
                data[f"{name}-{index}-{field}"] = value
    return data


class ExtensionForm(forms.Form):
    """More time for one of the reasons of rule 12."""

    reason_kind = forms.ChoiceField(label=_("What for"), choices=ExtensionReason.choices, widget=forms.RadioSelect)
    days = forms.IntegerField(label=_("Days more"), min_value=1, max_value=MOST_DAYS)
    last_goal = words_field(
        _("What should be reached by the new last day"),
        required=True,
        rows=2,
        help_text=_("A last review is held on it."),
    )
    reason = words_field(
        _("Reason"), required=True, help_text=_("What is there already, what is missing, and why this many days.")
    )


class AmendmentReviewForm(forms.Form):
    """HR's answer to a proposed change."""

    APPROVE = "approve"
    DECLINE = "decline"

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(APPROVE, _("Approve: it is in force at once")), (DECLINE, _("Decline: the plan stays as it is"))],
        widget=forms.RadioSelect,
    )
    note = words_field(_("Reasons"), help_text=_("Needed to decline. They stay with the proposal."))

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where the change is declined."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("decision") == self.DECLINE and not cleaned.get("note", "").strip():
            self.add_error("note", _("Say why not, so that another way can be found."))
        return cleaned


class LeaveProposalForm(forms.Form):
    """An answer to what recorded leave asks for."""

    ACCEPT = "accept"
    DECLINE = "decline"

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(ACCEPT, _("Accept")), (DECLINE, _("Decline"))],
        widget=forms.RadioSelect,
    )
    reason = words_field(_("Reasons"), help_text=_("Needed to decline. They stay on the record."))

    def __init__(self, *args: Any, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_reason:
            self.fields["reason"].required = True
            self.fields["reason"].help_text = _("They are part of the next version and stay for good.")

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where the proposal is declined."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("decision") == self.DECLINE and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say why not."))
        return cleaned


def _copies(rows: RowSet) -> list[dict[str, Any]]:
    return [dict(row) for row in rows.filled()]


def _as_promise(row: dict[str, Any]) -> SupportInput:
    return SupportInput(description=row["description"], owner_id=row["owner"], due_day=row["due_day"])


def _as_input(part: SupportCommitment) -> SupportInput:
    return SupportInput(description=part.description, owner_id=part.owner_id, due_day=part.due_day)
