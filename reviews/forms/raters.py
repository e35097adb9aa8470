"""360 feedback: naming a person, deciding, answering on the frequency scale."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews.forms.fields import words_field
from reviews.rating import FREQUENCIES, LONGEST_COMMENT, Behaviour


class NameForm(forms.Form):
    """Whom to ask, by name."""

    who = forms.CharField(
        label=_("Person"),
        max_length=200,
        help_text=_("Given name and family name, e-mail address or number."),
        widget=forms.TextInput(attrs={"list": "colleagues", "autocomplete": "off"}),
    )


class DecisionForm(forms.Form):
    """Why somebody is not asked."""

    reason = forms.CharField(
        label=_("Why not"), max_length=300, required=False, help_text=_("Needed to decline. The employee reads it.")
    )


class WithholdForm(forms.Form):
    """Why comments are kept back."""

    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("HR reads it, the others read that it is so."))


class RatingForm(forms.Form):
    """How often each behaviour is seen, and comments."""

    def __init__(
        self, data: Any = None, *, asked: tuple[Behaviour, ...], comments: Mapping[str, str | Promise]
    ) -> None:
        super().__init__(data)
        self.asked, self.words = asked, comments
        for one in asked:
            self.fields[one.key] = forms.TypedChoiceField(
                label=str(one.text),
                choices=list(FREQUENCIES.items()),
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose how often, or “Not observed”.")},
            )
        for key, label in comments.items():
            field = words_field(str(label), rows=3)
            field.max_length = LONGEST_COMMENT
            self.fields[f"comment-{key}"] = field

    def scales(self) -> Iterator[forms.BoundField]:
        """Yield the field of each behaviour."""
        return (self[one.key] for one in self.asked)

    def comments(self) -> Iterator[forms.BoundField]:
        """Yield the field of each comment."""
        return (self[f"comment-{key}"] for key in self.words)

    def rating(self) -> dict[str, dict[str, Any]]:
        """Return the answer in the shape of ``reviews.rating``; only after ``is_valid``."""
        given = self.cleaned_data
        return {
            "behaviours": {one.key: given[one.key] for one in self.asked},
            "comments": {key: given[f"comment-{key}"] for key in self.words},
        }
