"""How HR words a check-in: what the shared notes begin with, and the guidance that stands beside them.

The notes are one text two people write in together, so that nothing in them is asked for section by section.
"""

from documents.enums import FormKind
from documents.form_content import SectionsContent
from documents.form_kinds import SECTIONS
from documents.selectors.templates import form_numbered
from feedback.models import CheckIn


def opening_words(form: SectionsContent) -> str:
    """Return what the notes of a new check-in begin with: each section HR gave a text, under its name."""
    labels = SECTIONS[FormKind.CHECK_IN]
    texts = {str(labels[key]): str(form.section(key).default).strip() for key in labels}
    return "\n\n".join(f"{label}\n{text}" for label, text in texts.items() if text)


def guidance_for(check_in: CheckIn) -> list[tuple[str, str]]:
    """Return the name and the guidance of each section that has any, as worded when the check-in was planned."""
    form = form_numbered(FormKind.CHECK_IN, check_in.form_version)
    if form is None:
        return []
    words = {str(label): str(form.section(key).guidance).strip() for key, label in SECTIONS[FormKind.CHECK_IN].items()}
    return [(label, guidance) for label, guidance in words.items() if guidance]
