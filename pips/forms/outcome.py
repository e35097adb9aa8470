"""The forms of a plan's end: a result for each expectation, what follows, and what slipped later."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pips.enums import Consequence, Outcome, Verdict
from pips.forms.fields import figure_field, words_field
from pips.inputs import ResultInput
from pips.models import Expectation, Plan
from pips.snapshots import plain_figure


@dataclass(frozen=True)
class ResultRow:
    """The three fields of one expectation, for the page."""

    expectation: Expectation
    verdict: forms.BoundField
    final_value: forms.BoundField
    note: forms.BoundField


class OutcomeForm(forms.Form):
    """How the plan ended: a result for each expectation, the outcome, what is done now."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect)
    reason = words_field(
        _("Reasons"), required=True, rows=6, help_text=_("The employee and the manager read this; it is in the letter.")
    )
    early_reason = words_field(
        _("Why before the last day"), rows=2, help_text=_("Only for a success before the end: everything must be met.")
    )
    step = forms.ChoiceField(
        label=_("What is done now"),
        choices=[("", _("Nothing beyond the outcome")), *Consequence.choices],
        required=False,
    )
    step_note = words_field(_("In words"), rows=2, help_text=_("What it means in this case; it is in the letter."))
    harsher_reason = words_field(
        _("Why more than was announced"), rows=2, help_text=_("Only where it goes beyond the words of the plan.")
    )

    def __init__(self, *args: Any, plan: Plan, last: Mapping[int, Decimal | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expectations = list(plan.expectations.all())
        for one in self.expectations:
            self.fields[f"verdict-{one.pk}"] = forms.ChoiceField(
                label=_("Result"), choices=[("", _("Choose")), *Verdict.choices], required=False
            )
            final = figure_field(_("Final value"))
            reading = last.get(one.pk)
            final.initial = None if reading is None else plain_figure(reading)
            self.fields[f"value-{one.pk}"] = final
            self.fields[f"note-{one.pk}"] = forms.CharField(label=_("Note"), max_length=2000, required=False)

    def rows(self) -> Iterator[ResultRow]:
        """Yield the fields of each expectation."""
        for one in self.expectations:
            yield ResultRow(one, self[f"verdict-{one.pk}"], self[f"value-{one.pk}"], self[f"note-{one.pk}"])

    def clean(self) -> dict[str, Any]:
        """Ask for a result of each expectation, unless the plan is withdrawn."""
        cleaned: dict[str, Any] = super().clean() or {}
        for one in self.expectations:
            if cleaned.get("outcome") != Outcome.WITHDRAWN and not cleaned.get(f"verdict-{one.pk}"):
                self.add_error(f"verdict-{one.pk}", format_lazy(_("Say what became of “{title}”."), title=one.title))
        return cleaned

    def decision(self) -> dict[str, Any]:
        """Return what the service takes; only after ``is_valid``."""
        words = self.cleaned_data
        results = {
            one.pk: ResultInput(
                verdict=Verdict(words[f"verdict-{one.pk}"]),
                final_value=words[f"value-{one.pk}"],
                note=words[f"note-{one.pk}"],
            )
            for one in self.expectations
            if words[f"verdict-{one.pk}"]
        }
        names = ("outcome", "reason", "early_reason", "step", "step_note", "harsher_reason")
        return {"results": results, **{name: words[name] for name in names}}


class RelapseForm(forms.Form):
    """Which expectations of the earlier plan have slipped, and what was seen."""

    def __init__(self, *args: Any, earlier: Plan, known: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in earlier.expectations.all():
            self.fields[f"slip-{one.pk}"] = words_field(one.title, rows=2)
            self.fields[f"slip-{one.pk}"].initial = known.get(one.pk, "")

    def clean(self) -> dict[str, Any]:
        """Ask for at least one."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not any(cleaned.values()):
            raise forms.ValidationError(_("Write what was seen for at least one expectation."))
        return cleaned

    def slipped(self) -> dict[int, str]:
        """Return what was seen by the id of the expectation; only after ``is_valid``."""
        return {int(name.removeprefix("slip-")): words for name, words in self.cleaned_data.items() if words}


class ConversionForm(forms.Form):
    """The concern turned out to be about conduct."""

    reason = words_field(
        _("Why it is about conduct"), required=True, help_text=_("It stays on both records, and the employee reads it.")
    )
