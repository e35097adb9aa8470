"""The forms of the upload wizard: the shape of input only."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from metrics.uploads.columns import PARTS, Choice, NamedMetric, problems_of
from people.import_forms import table_file_input
from people.imports.dates import DateOrder
from people.models import ImportBatch

_DATE_ORDERS = [
    ("", _("Let the column decide")),
    (DateOrder.MONTH_FIRST.value, _("Month first: 12/31/2026")),
    (DateOrder.DAY_FIRST.value, _("Day first: 31.12.2026")),
]


class UploadForm(forms.Form):
    """One file."""

    upload = forms.FileField(
        label=_("File with figures"),
        help_text=_("CSV or a spreadsheet (XLSX, XLS, ODS), with a row of headings. Nothing is recorded yet."),
        allow_empty_file=True,
        widget=table_file_input(),
    )


class MeaningsForm(forms.Form):
    """What each column of the file means, the order of day and month, and whether one bad row refuses the file."""

    date_order = forms.ChoiceField(label=_("Day and month in dates"), choices=_DATE_ORDERS, required=False)
    is_strict = forms.BooleanField(
        label=_("All rows or none: if one is refused, record nothing"),
        required=False,
    )

    def __init__(self, data: Any = None, *, batch: ImportBatch, metrics: Sequence[NamedMetric]) -> None:
        choice = Choice.from_json(batch.mapping)
        super().__init__(data, initial={"date_order": choice.date_order or "", "is_strict": choice.is_strict})
        self.batch = batch
        choices = [
            ("", _("Not used")),
            (_("Parts of a row"), [(part.key, part.label) for part in PARTS.values()]),
            (_("Values of a metric"), [(metric.meaning, metric.name) for metric in metrics]),
        ]
        for place, heading in enumerate(batch.headings):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=heading["name"],
                choices=choices,
                required=False,
                initial=choice.meanings.get(heading["name"], ""),
            )

    def columns(self) -> list[dict[str, Any]]:
        """Return each column with its samples and its meaning, for the page."""
        unsure = self.batch.mapping.get("unsure", [])
        return [
            {
                "heading": heading["name"],
                "samples": heading["samples"],
                "field": self[f"column_{place}"],
                "is_unsure": heading["name"] in unsure,
            }
            for place, heading in enumerate(self.batch.headings)
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse one meaning for two columns, and a file that lacks a part."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            for problem in problems_of(self.choice()):
                self.add_error(None, str(problem))
        return cleaned

    def choice(self) -> Choice:
        """Return what was chosen."""
        order = self.cleaned_data.get("date_order")
        meanings = {
            heading["name"]: self.cleaned_data.get(f"column_{place}", "")
            for place, heading in enumerate(self.batch.headings)
        }
        return Choice(
            {heading: meaning for heading, meaning in meanings.items() if meaning},
            DateOrder(order) if order else None,
            bool(self.cleaned_data.get("is_strict")),
        )


class TakingBackForm(forms.Form):
    """Why a batch is taken back."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("Kept with the batch: “The export of week 23 was filtered wrongly.”"),
    )
