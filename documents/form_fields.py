"""A form filled in as HR worded it: a word of guidance above each field, and the text a field begins with."""

from collections.abc import Iterable, Mapping, Sequence

from django import forms

from documents.form_content import SectionContent, SectionsContent, Text

#: The sections of the form that a field stands for.
type FieldSections = Mapping[str, Sequence[str]]


def guide_fields(form: forms.Form, content: SectionsContent | None, sections: FieldSections) -> None:
    """Show HR's guidance above the fields; a form begun before there were versions keeps the shipped words."""
    for name, worded in _fields(form, content, sections):
        form.fields[name].help_text = joined(one.guidance for one in worded) or form.fields[name].help_text


def word_fields(form: forms.Form, content: SectionsContent | None, sections: FieldSections) -> None:
    """Guide the fields, begin them with HR's text, and ask for what HR asks for."""
    guide_fields(form, content, sections)
    for name, worded in _fields(form, content, sections):
        field = form.fields[name]
        field.initial = joined(one.default for one in worded) or field.initial
        field.required = field.required or any(one.is_required for one in worded)


def joined(texts: Iterable[Text]) -> str:
    """Return the texts that say something, one below the other."""
    return "\n".join(filter(None, (str(text).strip() for text in texts)))


def _fields(
    form: forms.Form, content: SectionsContent | None, sections: FieldSections
) -> Iterable[tuple[str, list[SectionContent]]]:
    if content is None:
        return
    for name, keys in sections.items():
        if name in form.fields:
            yield name, [content.section(key) for key in keys]
