"""The forms of the import wizard: the shape of input only."""

from collections import Counter
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from people.imports.dates import DateOrder
from people.imports.fields import FIELDS, field_label
from people.imports.mapping import missing_fields
from people.models import ImportBatch

_DATE_ORDERS = [
    ("", _("Let each column decide")),
    (DateOrder.MONTH_FIRST.value, _("Month first: 12/31/2026")),
    (DateOrder.DAY_FIRST.value, _("Day first: 31.12.2026")),
]


def table_file_input() -> forms.ClearableFileInput:
    """Return the control for a table; the browser itself says so when the file is too large to be sent at all."""
    limit = settings.IMPORT_MAX_BYTES
    too_large = _("This file is too large: at most {limit} MB. Split it into several files.")
    return forms.ClearableFileInput(
        attrs={
            "accept": ".csv,.tsv,.txt,.xlsx,.xls,.ods,text/csv",
            "data-max-bytes": limit,
            "data-too-large": format_lazy(too_large, limit=limit // 1_000_000),
        }
    )


class UploadForm(forms.Form):
    """One file."""

    upload = forms.FileField(
        label=_("File with employees"),
        help_text=_("CSV or a spreadsheet (XLSX, XLS, ODS), with a row of headings. Nobody is changed yet."),
        allow_empty_file=True,
        widget=table_file_input(),
    )


def _field_choices() -> list[tuple[Any, Any]]:
    groups: dict[str, list[tuple[str, Any]]] = {}
    for field in FIELDS:
        groups.setdefault(str(field.group), []).append((field.key, field.label))
    return [("", _("Not imported")), *groups.items()]


class ColumnsForm(forms.Form):
    """What each column of the file means, and the order of day and month."""

    date_order = forms.ChoiceField(label=_("Day and month in dates"), choices=_DATE_ORDERS, required=False)

    def __init__(self, data: Any = None, *, batch: ImportBatch) -> None:
        super().__init__(data, initial={"date_order": batch.mapping.get("date_order", "")})
        self.batch = batch
        meanings = {heading: key for key, heading in batch.mapping.get("columns", {}).items()}
        for place, heading in enumerate(batch.headings):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=heading["name"],
                choices=_field_choices,
                required=False,
                initial=meanings.get(heading["name"], ""),
            )

    def columns(self) -> list[dict[str, Any]]:
        """Return each column with its samples and its choice, for the page."""
        confidence = self.batch.mapping.get("confidence", {})
        return [
            {
                "heading": heading["name"],
                "samples": heading["samples"],
                "field": self[f"column_{place}"],
                "is_unsure": 0 < confidence.get(self.fields[f"column_{place}"].initial or "", 0) < 0.9,
            }
            for place, heading in enumerate(self.batch.headings)
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse one fact from two columns, and a file without numbers or names."""
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = [key for name, key in cleaned.items() if name.startswith("column_") and key]
        for key, count in Counter(chosen).items():
            if count > 1:
                self.add_error(
                    None, _("“%(fact)s” is chosen for two columns. Keep one of them.") % {"fact": field_label(key)}
                )
        for key in missing_fields(dict.fromkeys(chosen, "chosen")):
            self.add_error(None, _("Choose the column that holds: %(fact)s.") % {"fact": field_label(key)})
        return cleaned

    def chosen_columns(self) -> dict[str, str]:
        """Return the heading chosen for each fact."""
        return {
            self.cleaned_data[f"column_{place}"]: heading["name"]
            for place, heading in enumerate(self.batch.headings)
            if self.cleaned_data[f"column_{place}"]
        }

    def chosen_order(self) -> DateOrder | None:
        """Return the order of day and month, if one was chosen."""
        order = self.cleaned_data["date_order"]
        return DateOrder(order) if order else None
