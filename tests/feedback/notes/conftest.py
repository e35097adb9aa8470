"""Dora, a colleague of Alice's, and notes written through the services."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from feedback.models import FeedbackNote, FeedbackRequest
from feedback.note_enums import Readers
from feedback.services.feedback_notes import give_note
from feedback.services.requests import ask_for_feedback
from people.models import Organization
from tests.cast import Person, make_person

FEEDBACK = "/o/harbor/feedback/"
ClientOf = Callable[[Person], Client]
GiveNote = Callable[..., FeedbackNote]


@pytest.fixture
def dora(harbor: Organization, bob: Person) -> Person:
    """A teammate of Alice's."""
    return make_person(harbor, "Dora", "Dale", manager=bob)


@pytest.fixture
def browse(harbor_context: Organization, client_of: ClientOf) -> ClientOf:
    """Return a function that makes a browser in which the person is signed in."""
    return client_of


@pytest.fixture
def question(harbor_context: Organization, alice: Person, dora: Person) -> FeedbackRequest:
    """What Alice asks Dora."""
    return ask_for_feedback(
        actor=alice.member,
        asked=dora.employee,
        about=alice.employee,
        question="Which answer would you have written otherwise?",
        due_on=timezone.localdate() + datetime.timedelta(days=5),
    )


@pytest.fixture
def give(harbor_context: Organization, dora: Person, alice: Person) -> GiveNote:
    """Return a function by which Dora, or another, writes a note about Alice, or another."""

    def write(
        readers: Readers = Readers.RECEIVER,
        *,
        author: Person = dora,
        about: Person = alice,
        text: str = "Your summary saved us an hour on Monday.",
    ) -> FeedbackNote:
        return give_note(actor=author.member, about=about.employee, text=text, readers=readers)

    return write
