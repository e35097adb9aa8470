"""Feedback all year: an employee asks, a colleague answers; a manager recognizes somebody in the open."""

from collections.abc import Callable

import pytest
from django_rls_tenants import tenant_context

from feedback.models import FeedbackNote, OrganizationValue
from feedback.note_enums import Readers
from people.models import Organization
from tests.cast import Person, make_person
from tests.journeys.conftest import Welcome


@pytest.fixture
def dora(harbor: Organization, bob: Person) -> Person:
    """A teammate of Alice's."""
    return make_person(harbor, "Dora", "Dale", manager=bob)


def test_an_employee_asks_and_a_colleague_answers(
    welcome: Welcome, alice: Person, dora: Person, harbor: Organization, link_in_mail: Callable[[Person, str], str]
) -> None:
    asking = welcome(alice)
    asking.open("/o/harbor/feedback/")
    asking.sees("Most people say nothing until they are asked.")
    asking.follow("Ask for feedback")
    asking.page.get_by_label("Whom do you ask?").fill("Dora Dale")
    asking.page.get_by_label("Your question").fill("Which of my answers would you have written otherwise?")
    asking.press("Send the question")
    asking.sees("Waiting for an answer")

    answering = welcome(dora)
    answering.open(link_in_mail(dora, "You are asked for feedback"))
    answering.sees("Which of my answers would you have written otherwise?")
    answering.follow("Answer")
    answering.sees("Only Alice Archer")
    answering.page.get_by_label("Your note").fill("Begin with the date on which the money arrives.")
    answering.page.get_by_role("radio", name="Alice Archer and Bob Bailey").check()
    answering.press("Send the answer")
    answering.sees("Alice Archer and Bob Bailey, who manages them, and Dora Dale, who wrote it.")

    asking.open("/o/harbor/")
    asking.sees("Dora Dale has written you a note")
    asking.follow(asking.page.get_by_role("link", name="Dora Dale has written you a note"))
    asking.sees("Begin with the date on which the money arrives.")
    asking.page.get_by_label("A word to the author").fill("I will.")
    asking.press("Thank")
    asking.press("Put it into my file")
    asking.sees("In the file")
    with tenant_context(harbor.pk):
        note = FeedbackNote.objects.get()
        assert (note.readers, note.reply, note.kept_at is not None) == (Readers.BOTH, "I will.", True)


def test_a_manager_opens_a_wall_and_recognizes_somebody(
    welcome: Welcome, alice: Person, bob: Person, dora: Person, harbor: Organization
) -> None:
    with tenant_context(harbor.pk):
        OrganizationValue.objects.create(name="Ask first", description="Ask before answering.")
    manager = welcome(bob)
    manager.open("/o/harbor/recognition/")
    manager.press("Open a wall for my team")
    manager.sees("Nothing on the wall yet")
    manager.follow("Recognize a colleague")
    manager.page.get_by_label("Colleague").fill("Alice Archer")
    manager.press("Go on")
    manager.page.get_by_label("What is it for?").fill("You asked the customer twice before answering.")
    manager.page.get_by_label("Value it shows").select_option(label="Ask first")
    manager.press("Put it in the open")
    manager.sees("You asked the customer twice before answering.")

    mate = welcome(dora)
    mate.open("/o/harbor/recognition/")
    mate.sees("recognized by Bob Bailey")

    praised = welcome(alice)
    praised.open("/o/harbor/recognition/appearing/")
    praised.press("I would rather not appear")
    praised.sees("You do not appear")
    mate.open("/o/harbor/recognition/")
    mate.sees_not("recognized by Bob Bailey")
