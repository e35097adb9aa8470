"""Feedback and recognition in a real browser: accessible, silent under the strict policy, no wider than a phone."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_rls_tenants import tenant_context
from playwright.sync_api import Page

from feedback.models import OrganizationValue
from feedback.note_enums import Readers
from feedback.services.feedback_notes import correct_note, reply_to_note
from feedback.services.recognition import give_recognition, set_wall_open
from feedback.services.requests import ask_for_feedback
from people.models import Organization
from tests.cast import Person
from tests.feedback.notes.conftest import GiveNote
from tests.ui.axe import quiet_console, sideways_scroll, violations


@pytest.fixture
def harbor_context(transactional_db: None, harbor: Organization) -> Iterator[Organization]:
    """Harbor, with rows that are committed, so that the server sees them."""
    with tenant_context(harbor.pk):
        yield harbor


@pytest.fixture
def keys(give: GiveNote, alice: Person, bob: Person, dora: Person) -> dict[str, int]:
    """A note with a full record, and a wall with one line."""
    note = give(Readers.BOTH)
    correct_note(actor=dora.member, note=note, text="Your summary saved us two hours on Monday.")
    reply_to_note(actor=alice.member, note=note, reply="I will keep it up.")
    give(Readers.MANAGER)
    value = OrganizationValue.objects.create(name="Ask first")
    set_wall_open(actor=bob.member, manager=bob.employee, is_open=True)
    give_recognition(actor=bob.member, receiver=alice.employee, text="You asked twice.", value=value)
    question = ask_for_feedback(
        actor=alice.member,
        asked=dora.employee,
        about=alice.employee,
        question="What should I keep doing?",
        due_on=timezone.localdate(),
    )
    return {"question": question.pk, "note": note.pk, "alice": alice.employee.pk, "bob": bob.employee.pk}


def arrive(page: Page, live_server: Any, client: Client, path: str) -> None:
    """Open an address of Harbor, signed in as the client is."""
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"{live_server.url}/o/harbor/{path}")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("alice", "feedback/?tab=received"),
        ("alice", "feedback/ask/"),
        ("dora", "feedback/give/?to={alice}"),
        ("alice", "feedback/{note}/"),
        ("dora", "feedback/{note}/"),
        ("bob", "recognition/teams/{bob}/"),
        ("dora", "recognition/give/?to={alice}"),
        ("alice", ""),
        ("dora", "feedback/give/"),
        ("dora", "feedback/?tab=asked"),
        ("alice", "feedback/questions/{question}/"),
        ("dora", "feedback/questions/{question}/answer/"),
        ("alice", "recognition/appearing/"),
        ("alice", "people/me/"),
        ("adam", "recognition/values/"),
    ],
)
def test_a_page_of_feedback_is_accessible_and_silent(
    who: str,
    path: str,
    width: int,
    keys: dict[str, int],
    live_server: Any,
    page: Page,
    client_of: Callable[[Person], Client],
    request: pytest.FixtureRequest,
) -> None:
    page.set_viewport_size({"width": width, "height": 2400})  # nothing lies under the bottom bar
    with quiet_console(page):
        arrive(page, live_server, client_of(request.getfixturevalue(who)), path.format(**keys))
        assert violations(page) == []
    assert sideways_scroll(page) == 0


def test_the_help_with_words_speaks_while_one_writes(
    keys: dict[str, int], live_server: Any, page: Page, client_of: Callable[[Person], Client], dora: Person
) -> None:
    arrive(page, live_server, client_of(dora), f"feedback/give/?to={keys['alice']}")

    page.get_by_label("Your note").press_sequentially("You never ask.")

    page.locator("#words-body mark", has_text="never").wait_for()
