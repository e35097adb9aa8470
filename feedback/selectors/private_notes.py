"""The one door to private notes: only with the writer acting, and only to the writer (docs/adr/0018-private-notes.md).

Nothing here returns a query: what is read is read while the writer acts, and a query would be run later.
"""

from django.views.decorators.debug import sensitive_variables

from feedback.models import CheckIn, PrivateNote
from people.models import Membership
from pipcycle.tenancy.writer import acting_as

MOST_SHOWN = 500


@sensitive_variables("note")
def private_note_of(member: Membership, check_in: CheckIn) -> str:
    """Return what the member has written for themself at the check-in; an empty text without any."""
    with acting_as(member.pk):
        note = PrivateNote.objects.filter(check_in=check_in, writer=member).first()
    return note.body if note else ""


def private_notes_of(member: Membership, *, most: int | None = MOST_SHOWN) -> list[PrivateNote]:
    """Return what the member has written for themself, the latest first; also of check-ins of former pairs.

    A page shows the latest ones; ``most=None`` returns all, for the member to take along.
    """
    with acting_as(member.pk):
        notes = PrivateNote.objects.select_related(
            "check_in__series__employee", "check_in__series__leader", "check_in__organization"
        )
        return list(notes.filter(writer=member).order_by("-written_at", "-pk")[:most])


def has_private_note(member: Membership, note_id: int) -> bool:
    """Return whether the note is one of the member's own."""
    with acting_as(member.pk):
        return PrivateNote.objects.filter(pk=note_id, writer=member).exists()
