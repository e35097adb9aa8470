"""A note after it was sent: corrected, shown, withdrawn, answered, kept; its record is only added to."""

import datetime
from collections.abc import Callable

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction

from feedback.models import FeedbackNote, NoteVersion
from feedback.note_enums import Readers
from feedback.selectors.notes import earlier_versions
from feedback.services.feedback_notes import (
    correct_note,
    give_note,
    keep_note,
    mark_seen,
    reply_to_note,
    show_note,
    withdraw_note,
)
from goals.models import Goal
from people.enums import LeavingKind
from people.services.employees import end_employment
from pipcycle.errors import DomainError
from reminders.models import OutboxMessage
from tests.cast import Person
from tests.feedback.notes.conftest import GiveNote
from tests.tenancy.rows import make_object


def test_a_note_is_announced_to_its_readers_without_a_name_or_a_word(
    give: GiveNote, alice: Person, bob: Person
) -> None:
    give(Readers.BOTH)

    mails = list(OutboxMessage.objects.order_by("recipient"))
    assert [mail.recipient for mail in mails] == [alice.email, bob.email]
    for mail in mails:
        assert mail.subject == "A feedback note for you"
        assert not [word for word in ("Dora", "summary") if word in mail.text_body + mail.html_body]


def test_who_does_not_read_a_note_gets_no_mail_of_it(give: GiveNote, bob: Person) -> None:
    give(Readers.MANAGER)

    assert [mail.recipient for mail in OutboxMessage.objects.all()] == [bob.email]


@pytest.mark.parametrize("who", ["ines"])
def test_who_is_not_employed_writes_no_notes(who: str, give: GiveNote, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        give(author=request.getfixturevalue(who))


def test_nobody_writes_to_themself_or_to_somebody_who_has_left(give: GiveNote, alice: Person, dora: Person) -> None:
    with pytest.raises(PermissionDenied):
        give(author=alice)
    end_employment(actor=None, employee=alice.employee, left_on=datetime.date(2026, 1, 5), kind=LeavingKind.OTHER)
    with pytest.raises(PermissionDenied):
        give()


def test_a_note_says_something(give: GiveNote) -> None:
    with pytest.raises(DomainError, match="Say what you saw"):
        give(text=" \n ")
    assert not FeedbackNote.objects.exists()


def test_a_manager_named_as_reader_must_be_one(give: GiveNote, bob: Person) -> None:
    with pytest.raises(DomainError, match="among those offered"):
        give(Readers.MANAGER, author=bob)


def test_words_are_corrected_within_a_day_and_what_they_were_stays(give: GiveNote, dora: Person) -> None:
    note = give(text="You was quick.")

    correct_note(actor=dora.member, note=note, text="You were quick.")

    assert note.text == "You were quick."
    assert note.corrected_at is not None
    assert [version.text for version in earlier_versions(note)] == ["You was quick."]


def test_the_same_words_are_no_correction(give: GiveNote, dora: Person) -> None:
    note = give(text="You were quick.")

    correct_note(actor=dora.member, note=note, text="You were quick. ")

    assert (note.corrected_at, note.versions.count()) == (None, 1)


def test_after_a_day_the_words_stand(give: GiveNote, dora: Person) -> None:
    note = give()

    with (
        time_machine.travel(note.sent_at + datetime.timedelta(hours=24, seconds=1)),
        pytest.raises(DomainError, match="within 24 hours"),
    ):
        correct_note(actor=dora.member, note=note, text="Something else.")


def test_the_database_keeps_what_was_said(give: GiveNote, alice: Person) -> None:
    note = give()

    with pytest.raises(ProgrammingError, match=r"Cannot update"), transaction.atomic():
        NoteVersion.objects.filter(note=note).update(text="Something nicer.")
    with pytest.raises(ProgrammingError, match=r"Cannot update"), transaction.atomic():
        FeedbackNote.objects.filter(pk=note.pk).update(sent_at=note.sent_at - datetime.timedelta(days=30))


def test_showing_a_note_adds_a_reader_and_is_on_its_record(give: GiveNote, dora: Person, alice: Person) -> None:
    note = give(Readers.MANAGER)

    show_note(actor=dora.member, note=note)

    assert note.readers == Readers.BOTH
    assert [version.readers for version in earlier_versions(note)] == [Readers.MANAGER]
    assert OutboxMessage.objects.filter(recipient=alice.email).count() == 1
    with pytest.raises(DomainError, match="reads this note already"):
        show_note(actor=dora.member, note=note)


def test_a_withdrawn_note_keeps_its_trace(give: GiveNote, dora: Person) -> None:
    note = give()

    withdraw_note(actor=dora.member, note=note, reason="I mixed up two meetings.")

    assert (note.is_withdrawn, note.withdrawn_reason) == (True, "I mixed up two meetings.")
    with pytest.raises(DomainError):
        correct_note(actor=dora.member, note=note, text="Again.")


def test_what_is_kept_cannot_be_withdrawn_until_it_is_out_of_the_file(
    give: GiveNote, dora: Person, alice: Person
) -> None:
    note = give()
    keep_note(actor=alice.member, note=note, is_kept=True)

    with pytest.raises(DomainError, match="keeps this note in their file"):
        withdraw_note(actor=dora.member, note=note)
    keep_note(actor=alice.member, note=note, is_kept=False)
    withdraw_note(actor=dora.member, note=note)

    with pytest.raises(DomainError, match="withdrawn meanwhile"):
        keep_note(actor=alice.member, note=note, is_kept=True)


def test_thanks_are_said_once(give: GiveNote, alice: Person, dora: Person) -> None:
    note = give()

    reply_to_note(actor=alice.member, note=note, reply="I did not know it helped.")

    assert note.reply == "I did not know it helped."
    assert OutboxMessage.objects.filter(recipient=dora.email, subject="Thanks for your feedback").count() == 1
    with pytest.raises(DomainError, match="answered it already"):
        reply_to_note(actor=alice.member, note=note)


def test_the_manager_thanks_for_what_only_they_read(give: GiveNote, bob: Person, alice: Person) -> None:
    note = give(Readers.MANAGER)

    with pytest.raises(PermissionDenied):
        reply_to_note(actor=alice.member, note=note)
    reply_to_note(actor=bob.member, note=note)

    assert note.thanked_at is not None


ACTS: dict[str, Callable[[Person, FeedbackNote], object]] = {
    "correct": lambda who, note: correct_note(actor=who.member, note=note, text="Other words."),
    "show": lambda who, note: show_note(actor=who.member, note=note),
    "withdraw": lambda who, note: withdraw_note(actor=who.member, note=note),
    "keep": lambda who, note: keep_note(actor=who.member, note=note, is_kept=True),
    "reply": lambda who, note: reply_to_note(actor=who.member, note=note),
}


@pytest.mark.parametrize("act", list(ACTS))
@pytest.mark.parametrize("who", ["carol", "hana", "adam", "eve", "ines"])
def test_nobody_else_does_anything_with_a_note(
    act: str, who: str, give: GiveNote, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied):
        ACTS[act](request.getfixturevalue(who), give(Readers.HR))


@pytest.mark.parametrize(
    ("who", "acts"),
    [("dora", {"correct", "withdraw"}), ("alice", {"keep", "reply"}), ("bob", set[str]())],
)
def test_each_side_has_its_own_part(who: str, acts: set[str], give: GiveNote, request: pytest.FixtureRequest) -> None:
    person, done = request.getfixturevalue(who), set()
    for name, act in ACTS.items():
        try:
            act(person, give(Readers.BOTH))
        except (PermissionDenied, DomainError):
            continue
        done.add(name)

    assert done == acts


def test_a_note_is_seen_when_whom_it_was_written_to_opens_it(give: GiveNote, alice: Person, bob: Person) -> None:
    note = give(Readers.BOTH)

    mark_seen(actor=bob.member, note=note)
    assert note.seen_at is None
    mark_seen(actor=alice.member, note=note)

    first = FeedbackNote.objects.get(pk=note.pk).seen_at
    assert first is not None
    mark_seen(actor=alice.member, note=FeedbackNote.objects.get(pk=note.pk))
    assert FeedbackNote.objects.get(pk=note.pk).seen_at == first


def test_a_goal_of_somebody_else_is_no_subject(give: GiveNote, dora: Person, alice: Person) -> None:
    with pytest.raises(DomainError, match="belongs to somebody else"):
        give_note(
            actor=dora.member,
            about=alice.employee,
            text="Well done.",
            readers=Readers.RECEIVER,
            goal=make_object(Goal, employee=dora.employee),
        )
