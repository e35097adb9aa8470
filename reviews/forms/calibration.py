"""Moving a rating: the shape of input only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.forms.fields import words_field


class MoveForm(forms.Form):
    """Another rating, and why; ``seen`` is the rating the page showed."""

    to = forms.TypedChoiceField(label=_("Rating"), coerce=int)
    reason = words_field(
        _("Reason"), required=True, rows=3, help_text=_("What was compared. It stays with the rating.")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, levels: list[tuple[int, str]], rating: int | None) -> None:
        super().__init__(data, initial={"to": rating, "seen": rating})
        fields: dict[str, Any] = self.fields
        fields["to"].choices = [(level, f"{level} – {words}") for level, words in levels]
