"""The shape of what a stranger hands in to verify a document, and of a receipt."""

import hashlib
import re
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from documents.enums import AcknowledgementKind
from people.models import Employee
from pipcycle.ui.fields import WordsField

MAX_UPLOAD_BYTES = 20 * 1024 * 1024

_SHA256 = re.compile(r"^[0-9a-f]{64}$")


class VerifyForm(forms.Form):
    """Either the file or its SHA-256; the file is hashed and never kept."""

    file = forms.FileField(
        label=_("The PDF file you were given"),
        help_text=_("It is compared and thrown away; nothing is kept. Up to 20 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )
    sha256 = forms.CharField(
        label=_("Or its SHA-256"),
        help_text=_("64 characters, 0–9 and a–f. Spaces do not matter."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_file(self) -> "UploadedFile[bytes] | None":
        """Refuse a file no sealed document can be."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > MAX_UPLOAD_BYTES:
            raise forms.ValidationError(_("This file is larger than 20 MB. A sealed document is never that large."))
        return file

    def clean_sha256(self) -> str:
        """Return the hash in lower case without spaces."""
        value = re.sub(r"\s+", "", self.cleaned_data["sha256"]).lower()
        if value and not _SHA256.match(value):
            raise forms.ValidationError(_("A SHA-256 has 64 characters, each 0–9 or a–f. Copy it again."))
        return value

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("sha256"):
            raise forms.ValidationError(_("Choose the file, or paste its SHA-256."))
        return cleaned

    def digest(self) -> str:
        """Return the hash to compare; the file wins when both are given."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is None:
            return str(self.cleaned_data["sha256"])
        digest = hashlib.sha256()
        for chunk in file.chunks():
            digest.update(chunk)
        return digest.hexdigest()


def _words_field(label: Any, **more: Any) -> WordsField:
    return WordsField(label=label, max_length=5_000, required=False, widget=forms.Textarea(attrs={"rows": 3}), **more)


class ReceiptForm(forms.Form):
    """Receipt of a document, with or without a comment."""

    comment = _words_field(_("Your comment"), help_text=_("Kept with the document for good. You may leave it empty."))

    @property
    def kind(self) -> AcknowledgementKind:
        """Return how receipt is recorded; only after ``is_valid``."""
        has_words = self.cleaned_data["comment"].strip()
        return AcknowledgementKind.RECEIVED_WITH_COMMENT if has_words else AcknowledgementKind.RECEIVED


class RefusalForm(forms.Form):
    """A refusal and who has witnessed it."""

    witness = forms.ModelChoiceField(
        label=_("Witness"), queryset=Employee.objects.none(), empty_label=_("Choose a person")
    )
    comment = _words_field(_("What was said"))

    def __init__(self, *args: Any, witnesses: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["witness"].queryset = witnesses
