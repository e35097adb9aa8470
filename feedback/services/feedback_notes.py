"""A feedback note from the first word to the last: sent, corrected, shown, withdrawn, answered, kept."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback import note_rules as rules
from feedback.models import FeedbackNote, FeedbackRequest, NoteVersion
from feedback.note_enums import Readers, RequestStatus
from feedback.note_obligations import ABOUT_REQUEST, ANSWER
from feedback.readers import choices_for, named_manager
from feedback.services.note_notices import tell
from feedback.services.requests import close_request
from goals.models import Goal
from people.models import Employee, Membership
from people.selectors.accounts import employee_of
from pipcycle.errors import DomainError
from reminders.services.obligations import fulfil


def give_note(
    *, actor: Membership, about: Employee, text: str, readers: Readers, goal: Goal | None = None
) -> FeedbackNote:
    """Write a colleague a note nobody asked for. Raises PermissionDenied, or DomainError for what cannot be sent."""
    if not rules.can_write_to(actor, about):
        raise PermissionDenied
    with transaction.atomic():
        return _send(actor, about=about, text=text, readers=readers, goal=goal, request=None)


def answer_request(*, actor: Membership, request: FeedbackRequest, text: str, readers: Readers) -> FeedbackNote:
    """Answer a question with a note; who asked always reads it. Raises PermissionDenied or DomainError."""
    if not rules.is_asked(actor, request):
        raise PermissionDenied
    if request.about.has_left:
        raise DomainError(_("%(name)s has left the organization meanwhile.") % {"name": request.about.full_name})
    with transaction.atomic():
        close_request(request, RequestStatus.ANSWERED)
        note = _send(actor, about=request.about, text=text, readers=readers, goal=request.goal, request=request)
        fulfil(kind=ANSWER, about_type=ABOUT_REQUEST, about_id=request.pk, actor=actor)
    return note


def correct_note(*, actor: Membership, note: FeedbackNote, text: str) -> FeedbackNote:
    """Change the words of a note within a day; what it said before stays beside it."""
    _require(rules.is_author(actor, note))
    with transaction.atomic():
        _lock(note)
        if not rules.may_correct(note):
            raise DomainError(_("A note can be corrected within 24 hours. Write another one to add something."))
        text = _words(text)
        if text == note.text:
            return note
        note.text, note.corrected_at = text, timezone.now()
        note.save(update_fields=["text", "corrected_at"])
        _keep_version(note)
    return note


def show_note(*, actor: Membership, note: FeedbackNote) -> FeedbackNote:
    """Show the person a note their manager alone has read so far. Raises PermissionDenied or DomainError."""
    _require(rules.is_author(actor, note))
    with transaction.atomic():
        _lock(note)
        if not rules.may_show(note):
            raise DomainError(_("The person reads this note already, or it was withdrawn."))
        note.readers = Readers.BOTH
        note.save(update_fields=["readers"])
        _keep_version(note)
        _announce(note, note.about)
    return note


def withdraw_note(*, actor: Membership, note: FeedbackNote, reason: str = "") -> FeedbackNote:
    """Take a note back: its words go, that there was one stays. Raises PermissionDenied or DomainError."""
    _require(rules.is_author(actor, note))
    with transaction.atomic():
        _lock(note)
        if not rules.may_withdraw(note):
            raise DomainError(
                _("Its receiver keeps this note in their file, or it was withdrawn already. Write another one instead.")
            )
        note.withdrawn_at, note.withdrawn_reason = timezone.now(), reason.strip()
        note.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    return note


def reply_to_note(*, actor: Membership, note: FeedbackNote, reply: str = "") -> FeedbackNote:
    """Thank for a note; whoever reads the note reads the words. Raises PermissionDenied or DomainError."""
    _require(rules.is_addressee(actor, note))
    with transaction.atomic():
        _lock(note)
        if note.is_withdrawn or note.thanked_at is not None:
            raise DomainError(_("This note was withdrawn, or you have answered it already."))
        note.thanked_at, note.reply = timezone.now(), reply.strip()
        note.save(update_fields=["thanked_at", "reply"])
        tell(
            note.author,
            key=f"thanked:{note.pk}",
            subject=_("Thanks for your feedback"),
            line=_("Somebody has answered a note you wrote."),
            url=note.get_absolute_url(),
        )
    return note


def keep_note(*, actor: Membership, note: FeedbackNote, is_kept: bool) -> FeedbackNote:
    """Put a note into one's own file or take it out; it adds no reader. Raises PermissionDenied or DomainError."""
    _require(rules.is_receiver(actor, note))
    with transaction.atomic():
        _lock(note)
        if note.is_withdrawn:
            raise DomainError(_("This note was withdrawn meanwhile."))
        note.kept_at = timezone.now() if is_kept else None
        note.save(update_fields=["kept_at"])
    return note


def mark_seen(*, actor: Membership, note: FeedbackNote) -> None:
    """Remember when the note was first read by whom it was written to."""
    if note.seen_at is None and rules.is_addressee(actor, note):
        note.seen_at = timezone.now()
        FeedbackNote.objects.filter(pk=note.pk, seen_at__isnull=True).update(seen_at=note.seen_at)


def _send(
    actor: Membership,
    *,
    about: Employee,
    text: str,
    readers: Readers,
    goal: Goal | None,
    request: FeedbackRequest | None,
) -> FeedbackNote:
    author = employee_of(actor)
    assert author is not None  # noqa: S101  # as the rules ask; narrows the type
    asked_by = request.asked_by if request is not None else None
    manager = named_manager(author=author, about=about, asked_by=asked_by)
    offered = [choice.readers for choice in choices_for(author=author, about=about, manager=manager, asked_by=asked_by)]
    if readers not in offered:
        raise DomainError(_("Choose who reads the note among those offered; the people may have changed meanwhile."))
    if goal is not None and goal.employee_id != about.pk:
        raise DomainError(_("This goal belongs to somebody else. Choose one of the person the note is about."))
    facts: dict[str, Any] = {"author": author, "about": about, "manager": manager, "request": request, "goal": goal}
    note = FeedbackNote.objects.create(**facts, text=_words(text), readers=readers)
    _keep_version(note)
    if note.is_read_by_receiver:
        _announce(note, about)
    if note.is_read_by_manager:
        _announce(note, manager)
    return note


def _announce(note: FeedbackNote, reader: Employee | None) -> None:
    tell(
        reader,
        key=f"note:{note.pk}:{note.readers}",
        subject=_("A feedback note for you"),
        line=_("A colleague has written it and put their name under it. Who else reads it stands on the note."),
        url=note.get_absolute_url(),
    )


def _keep_version(note: FeedbackNote) -> None:
    number = NoteVersion.objects.filter(note=note).count() + 1
    NoteVersion.objects.create(note=note, number=number, text=note.text, readers=note.readers)


def _lock(note: FeedbackNote) -> None:
    note.refresh_from_db(from_queryset=FeedbackNote.objects.select_for_update(of=("self",), no_key=True))


def _words(text: str) -> str:
    text = text.strip()
    if not text:
        raise DomainError(_("Say what you saw, and what it led to."))
    return text


def _require(allowed: bool) -> None:  # noqa: FBT001  # reads as a sentence
    if not allowed:
        raise PermissionDenied
