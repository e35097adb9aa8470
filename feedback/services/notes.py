"""Shared notes, which both write at once without losing a word, and private notes, which one alone reads."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from feedback.check_in_rules import takes_part
from feedback.merging import merge
from feedback.models import CheckIn, PrivateNote
from people.models import Membership
from pipcycle.errors import DomainError
from pipcycle.tenancy.writer import acting_as

MOST_WORDS = 50_000


@dataclass(frozen=True)
class Saved:
    """The text as it is kept now, and whether somebody else's words are in it that the writer has not seen."""

    body: str
    is_merged: bool


def save_shared_notes(*, actor: Membership, check_in: CheckIn, body: str, base: str) -> Saved:
    """Keep what the actor has made of the text they began from; what the other wrote meanwhile stays as well.

    Raises PermissionDenied for anybody but the two, DomainError for more than the page can hold.
    """
    _require_part(actor, check_in)
    with transaction.atomic():
        locked = CheckIn.objects.select_for_update(of=("self",), no_key=True).only("notes").get(pk=check_in.pk)
        saved = _merged(base, locked.notes, body)
        if saved.body != locked.notes:
            check_in.notes, check_in.notes_by, check_in.notes_at = saved.body, actor, timezone.now()
            check_in.save(update_fields=["notes", "notes_by", "notes_at"])
    return saved


@sensitive_variables("body", "base", "saved", "note")
def save_private_note(*, actor: Membership, check_in: CheckIn, body: str, base: str) -> Saved:
    """Keep what the actor writes for themself alone; an empty text leaves no trace. Two tabs of one writer both count.

    Raises PermissionDenied for anybody but the two, DomainError for more than the page can hold.
    """
    _require_part(actor, check_in)
    with transaction.atomic():
        CheckIn.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=check_in.pk)
        with acting_as(actor.pk):
            note = PrivateNote.objects.filter(check_in=check_in, writer=actor).first()
            saved = _merged(base, note.body if note else "", body)
            if not saved.body.strip():
                PrivateNote.objects.filter(check_in=check_in, writer=actor).delete()
            else:
                PrivateNote.objects.update_or_create(
                    check_in=check_in, writer=actor, defaults={"body": saved.body, "written_at": timezone.now()}
                )
    return saved


def erase_private_note(*, actor: Membership, note_id: int) -> bool:
    """Erase one of the actor's own private notes for good; return whether there was one."""
    with acting_as(actor.pk):
        return bool(PrivateNote.objects.filter(pk=note_id, writer=actor).delete()[0])


def _merged(base: str, now: str, body: str) -> Saved:
    merged = merge(base, now, body)
    if len(merged) > MOST_WORDS:
        raise DomainError(_("The notes are longer than 50,000 characters. Shorten them, or keep them elsewhere."))
    return Saved(merged, is_merged=merged != merge("", "", body))


def _require_part(actor: Membership, check_in: CheckIn) -> None:
    if not takes_part(actor, check_in.series):
        raise PermissionDenied
