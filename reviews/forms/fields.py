"""Fields that recur in the forms of this room."""

from typing import Any

from django import forms

from pipcycle.ui.fields import WordsField

MOST_WORDS = 10_000


def words_field(label: Any, *, help_text: Any = "", required: bool = False, rows: int = 4) -> WordsField:
    """Return a field for running text."""
    return WordsField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
    )
