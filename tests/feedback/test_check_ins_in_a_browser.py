"""Check-ins in a real browser: accessible, silent under the strict policy, no wider than a phone, no word lost."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_rls_tenants import tenant_context
from playwright.sync_api import Page, expect

from feedback.models import CheckIn, CheckInSeries
from feedback.next_date import propose
from feedback.selectors.private_notes import private_note_of
from feedback.services.actions import add_action
from feedback.services.agenda import add_item, mark_talked
from feedback.services.dates import diaries_of
from feedback.services.notes import save_private_note, save_shared_notes
from feedback.services.series import start_series
from people.models import Organization
from tests.cast import Person
from tests.ui.axe import quiet_console, sideways_scroll, violations

SignIn = Callable[[Person], Page]


@pytest.fixture
def check_in(transactional_db: None, harbor: Organization, alice: Person, bob: Person) -> Iterator[CheckIn]:
    """A check-in of Alice and Bob with an agenda, notes and something to do."""
    with tenant_context(harbor.pk):
        today = timezone.localdate()
        pair = CheckInSeries(employee=alice.employee, leader=bob.employee)
        day = propose(today + datetime.timedelta(days=3), diaries_of(pair), not_before=today).day
        series = start_series(actor=bob.member, other=alice.employee, every_weeks=2, first_on=day)
        add_item(actor=alice.member, series=series, title="Two quiet afternoons")
        add_item(actor=bob.member, series=series, title="Goals for the next quarter")
        mark_talked(actor=bob.member, item=add_item(actor=bob.member, series=series, title="How it goes"))
        add_action(actor=bob.member, series=series, title="Ask finance", owner=bob.employee, due_on=day)
        found = CheckIn.objects.select_related("series").get()
        save_shared_notes(actor=alice.member, check_in=found, body="The form works.", base="")
        save_private_note(actor=bob.member, check_in=found, body="For me alone.", base="")
        yield found


@pytest.fixture
def visit(live_server: Any, page: Page, client_of: Callable[[Person], Client]) -> SignIn:
    """Return a function that signs the person in to the browser."""

    def sign_in(person: Person) -> Page:
        session = client_of(person).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return page

    return sign_in


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "path",
    [
        "", "new/", "{series}/", "{series}/change/", "{series}/end/", "private-notes/",
        "meetings/{check_in}/", "meetings/{check_in}/record/", "meetings/{check_in}/date/",
    ],
)  # fmt: skip
def test_a_page_of_check_ins_is_accessible_and_silent(
    path: str, width: int, check_in: CheckIn, visit: SignIn, live_server: Any, bob: Person
) -> None:
    page = visit(bob)
    page.set_viewport_size({"width": width, "height": 2600})  # nothing lies under the bottom bar
    keys = {"series": check_in.series_id, "check_in": check_in.pk}
    with quiet_console(page):
        page.goto(f"{live_server.url}/o/harbor/check-ins/{path.format(**keys)}")
        assert violations(page) == []
    assert sideways_scroll(page) == 0


def test_notes_save_themselves_and_both_writers_words_stay(
    check_in: CheckIn, visit: SignIn, live_server: Any, alice: Person, bob: Person
) -> None:
    page = visit(bob)
    page.goto(f"{live_server.url}{check_in.get_absolute_url()}")
    shared = page.get_by_role("textbox", name="Shared notes")
    shared.press("Control+End")
    shared.press_sequentially("\nAsk finance first.")
    expect(page.locator("#notes-state")).to_contain_text("Saved at")

    save_shared_notes(actor=alice.member, check_in=check_in, body="The form works well.", base="The form works.")
    shared.press_sequentially(" And soon.")
    expect(page.locator("#notes-state")).to_contain_text("both texts are kept")

    check_in.refresh_from_db()
    assert check_in.notes == "The form works well.\nAsk finance first. And soon."
    page.get_by_role("link", name="Show both").click()
    expect(page.get_by_role("textbox", name="Shared notes")).to_have_value(check_in.notes)
    assert page.get_by_text("Your words are back").count() == 0


def test_private_notes_save_themselves(check_in: CheckIn, visit: SignIn, live_server: Any, bob: Person) -> None:
    page = visit(bob)
    page.goto(f"{live_server.url}{check_in.get_absolute_url()}")
    page.get_by_role("textbox", name="Private notes").fill("Ask again in a month.")
    expect(page.locator("#private-state")).to_contain_text("Saved at")

    assert private_note_of(bob.member, check_in) == "Ask again in a month."


def test_words_typed_after_the_session_has_ended_are_not_lost(
    check_in: CheckIn, visit: SignIn, live_server: Any, bob: Person
) -> None:
    page = visit(bob)
    page.goto(f"{live_server.url}{check_in.get_absolute_url()}")
    page.context.clear_cookies()
    page.get_by_role("textbox", name="Private notes").fill("Typed too late.")
    expect(page.locator("#private-state")).to_contain_text("Not saved yet")

    visit(bob).goto(f"{live_server.url}{check_in.get_absolute_url()}")

    expect(page.get_by_text("Your words are back").first).to_be_visible()
    expect(page.get_by_role("textbox", name="Private notes")).to_have_value("Typed too late.")


def test_the_agenda_is_worked_by_keyboard_alone(
    check_in: CheckIn, visit: SignIn, live_server: Any, bob: Person
) -> None:
    page = visit(bob)
    page.goto(f"{live_server.url}{check_in.get_absolute_url()}")
    field = page.get_by_label("Add a point")
    field.press_sequentially("A course in writing")
    field.press("Enter")
    expect(page.locator("#agenda")).to_contain_text("A course in writing")
    expect(page.get_by_label("Add a point")).to_be_focused()

    page.get_by_role("button", name="Talked about: A course in writing").press("Enter")

    done = page.locator(".agenda__item--done", has_text="A course in writing")
    expect(done.get_by_role("button", name="Not yet")).to_be_visible()
