"""Fields the forms of this room share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pipcycle.ui.fields import DayField, WordsField


def date_field(label: Any, **more: Any) -> DayField:
    """Return a field for a day."""
    return DayField(label=label, **more)


def words_field(label: Any, *, rows: int = 3, required: bool = False, **more: Any) -> WordsField:
    """Return a field for a few sentences."""
    return WordsField(
        label=label, max_length=5_000, required=required, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


def file_field(label: Any) -> forms.FileField:
    """Return a field for a file that shows something."""
    return forms.FileField(label=label, required=False, help_text=_("PDF, picture, text, Word or Excel, up to 5 MB."))
