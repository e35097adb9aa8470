"""Who may do what with a feedback note; in the state it has, the services say."""

import datetime

from django.utils import timezone

from feedback.models import FeedbackNote, FeedbackRequest
from feedback.note_enums import Readers, RequestStatus
from people.models import Employee, Membership
from people.rules import is_manager_of, is_self
from people.selectors.accounts import employee_of

#: How long an author may correct the words of a note.
TIME_TO_CORRECT = datetime.timedelta(hours=24)


def can_write_notes(member: Membership) -> bool:
    """Return whether the member may give feedback and ask for it: everybody employed here."""
    own = employee_of(member)
    return member.is_active and own is not None and not own.has_left


def can_write_to(member: Membership, employee: Employee) -> bool:
    """Return whether the member may give the employee feedback: a colleague who works here."""
    return can_write_notes(member) and not employee.has_left and not is_self(member, employee)


def can_ask_about(member: Membership, employee: Employee) -> bool:
    """Return whether the member may ask others about the employee: about oneself, or somebody below."""
    if not can_write_notes(member) or employee.has_left:
        return False
    return is_self(member, employee) or is_manager_of(member, employee)


def is_asked(member: Membership, request: FeedbackRequest) -> bool:
    """Return whether the member is who is asked; only they answer or decline."""
    return _is(member, request.asked_id)


def is_asker(member: Membership, request: FeedbackRequest) -> bool:
    """Return whether the member asked; only they take the question back."""
    return _is(member, request.asked_by_id)


def is_author(member: Membership, note: FeedbackNote) -> bool:
    """Return whether the member wrote the note; only they correct it, withdraw it or show it to more people."""
    return _is(member, note.author_id)


def is_addressee(member: Membership, note: FeedbackNote) -> bool:
    """Return whether the note was written to the member, who alone may thank and answer."""
    return _is(member, note.addressee_id)


def is_receiver(member: Membership, note: FeedbackNote) -> bool:
    """Return whether the member is the person the note is about, and reads it; only they put it into their file."""
    return note.is_read_by_receiver and _is(member, note.about_id)


def may_correct(note: FeedbackNote) -> bool:
    """Return whether the time in which the words may be corrected still runs."""
    return not note.is_withdrawn and timezone.now() < note.sent_at + TIME_TO_CORRECT


def may_withdraw(note: FeedbackNote) -> bool:
    """Return whether the note can be withdrawn: not once its receiver keeps it in their file."""
    return not note.is_withdrawn and note.kept_at is None


def may_show(note: FeedbackNote) -> bool:
    """Return whether the note can be shown to the person it is about, who does not read it yet."""
    return not note.is_withdrawn and note.readers == Readers.MANAGER


def is_open(request: FeedbackRequest) -> bool:
    """Return whether the question waits for an answer."""
    return request.status == RequestStatus.OPEN


def _is(member: Membership, employee_id: int | None) -> bool:
    own = employee_of(member)
    return member.is_active and own is not None and own.pk == employee_id
