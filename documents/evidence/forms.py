"""What HR says when it asks for a bundle."""

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.registry import BundleSubject


class BundleForm(forms.Form):
    """What the bundle is to be about, and what it is for."""

    subject = forms.ChoiceField(label=_("What it holds"), required=False)
    purpose = forms.CharField(
        label=_("What it is for"),
        help_text=_("Such as “Hearing on 12 May” or “Request of the employee”. It stays on the record."),
        max_length=300,
    )

    def __init__(self, data: "dict[str, str] | None" = None, *, subjects: list[BundleSubject]) -> None:
        super().__init__(data)
        self._subjects = {f"{subject.about_type}:{subject.about_id}": subject for subject in subjects}
        choices = [("", _("The whole case file")), *((key, one.title) for key, one in self._subjects.items())]
        self.fields["subject"] = forms.ChoiceField(label=_("What it holds"), required=False, choices=choices)

    def chosen_subject(self) -> BundleSubject | None:
        """Return the one thing chosen, or None for the whole case file."""
        return self._subjects.get(self.cleaned_data["subject"])
