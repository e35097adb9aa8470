"""Fields that recur in the forms of every room."""

import datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

#: Days outside are slips of the hand, and days counted from them would leave the calendar.
FIRST_DAY, LAST_DAY = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)
_CHECK = _("Check the year: it has four figures, from 1900 to 2199.")


class DayField(forms.DateField):
    """A day, with the browser's own calendar."""

    def __init__(self, label: Any = None, **options: Any) -> None:
        super().__init__(
            label=label,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            validators=[MinValueValidator(FIRST_DAY, _CHECK), MaxValueValidator(LAST_DAY, _CHECK)],
            **options,
        )


class WordsField(forms.CharField):
    """Running text; however a browser ends its lines, equal words are equal."""

    def to_python(self, value: Any) -> Any:
        """Return the text with plain line ends."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text
