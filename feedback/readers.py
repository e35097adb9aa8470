"""Who reads a note, in plain words: before it is sent, and on the note for ever after."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from feedback.note_enums import Readers
from people.models import Employee


@dataclass(frozen=True)
class ReadersChoice:
    """One choice of readers, with the names it means and what follows from it."""

    readers: Readers
    names: str
    note: str


def choices_for(
    *, author: Employee, about: Employee, manager: Employee | None, asked_by: Employee | None = None
) -> list[ReadersChoice]:
    """Return the choices that are true for this note: who asked always reads the answer, nobody is named twice."""
    offered: list[Readers] = [Readers.RECEIVER]
    if manager is not None and manager.pk != author.pk:
        offered += [Readers.BOTH, Readers.MANAGER]
    offered.append(Readers.HR)
    if asked_by is not None:
        is_own = asked_by.pk == about.pk
        offered = [one for one in offered if one != (Readers.MANAGER if is_own else Readers.RECEIVER)]
    return [_choice(readers, about, manager if manager and manager.pk != author.pk else None) for readers in offered]


def named_manager(*, author: Employee, about: Employee, asked_by: Employee | None = None) -> Employee | None:
    """Return the manager a note can name as a reader: who asked about somebody below, else the direct manager."""
    if asked_by is not None and asked_by.pk != about.pk:
        return asked_by
    manager: Employee | None = about.manager
    if manager is None or manager.has_left or manager.pk == author.pk:
        return None
    return manager


def readers_of(*, readers: str, about: Employee, manager: Employee | None) -> ReadersChoice:
    """Return who reads a note that has been sent."""
    return _choice(Readers(readers), about, manager)


def names_in(choices: Sequence[ReadersChoice]) -> list[tuple[str, SafeString]]:
    """Return the choices as a form offers them: the names, and below them what follows."""
    words = '<span class="readers"><strong>{}</strong> <span class="readers__note">{}</span></span>'
    return [(choice.readers.value, format_html(words, choice.names, choice.note)) for choice in choices]


def _choice(readers: Readers, about: Employee, manager: Employee | None) -> ReadersChoice:
    words = {"name": about.full_name, "manager": manager.full_name if manager else ""}
    if readers == Readers.RECEIVER:
        return ReadersChoice(readers, _("Only %(name)s") % words, _("No manager and nobody in HR."))
    if readers == Readers.MANAGER:
        return ReadersChoice(readers, _("Only %(manager)s, who manages %(name)s") % words, _secret(words))
    if readers == Readers.BOTH:
        note = _("Nobody in HR, and no manager who comes later.")
        return ReadersChoice(readers, _("%(name)s and %(manager)s, who manages them") % words, note)
    names = _("%(name)s, %(manager)s and the HR partners") if manager else _("%(name)s and the HR partners")
    return ReadersChoice(readers, names % words, _("HR partners who serve %(name)s, and no other manager.") % words)


def _secret(words: dict[str, str]) -> str:
    return (
        _(
            "%(name)s does not read it, but is told that such a note exists, neither what it says nor by whom. "
            "It counts for nothing in a plan, a review or a file until you show it to %(name)s."
        )
        % words
    )
