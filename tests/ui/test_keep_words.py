"""Words typed into a form are not lost when the session ends, and not offered once they are saved."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.cast import Person
from tests.ui.axe import quiet_console, violations

pytestmark = pytest.mark.django_db(transaction=True)
ClientOf = Callable[[Person], Client]
WORDS = "Recovering from an operation."
NOTICE = "Your words are back"


def enter(page: Page, live_server: LiveServer, client: Client) -> None:
    """Give the browser the session of the client."""
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([session])  # type: ignore[list-item]  # a TypedDict of it


@pytest.fixture
def form(page: Page, live_server: LiveServer, hana: Person, alice: Person, client_of: ClientOf) -> Page:
    """Hana's browser, on the form that records a leave of Alice, with a reason typed in."""
    enter(page, live_server, client_of(hana))
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{live_server.url}/o/harbor/people/{alice.employee.pk}/leave/new/")
    page.locator("main textarea").first.fill(WORDS)
    return page


def submit(page: Page) -> None:
    """Send the form."""
    page.locator("main form[method=post] button.button--primary").click()


def test_words_are_back_after_the_session_has_ended(
    form: Page, live_server: LiveServer, hana: Person, client_of: ClientOf
) -> None:
    address = form.url
    form.context.clear_cookies(name="sessionid")
    submit(form)
    expect(form).not_to_have_url(address)
    enter(form, live_server, client_of(hana))

    with quiet_console(form):
        form.goto(address)

        expect(form.locator("main textarea").first).to_have_value(WORDS)
        expect(form.get_by_text(NOTICE)).to_be_visible()
        assert violations(form) == []


def test_words_are_back_after_a_reload_and_can_be_thrown_away(form: Page) -> None:
    form.reload()
    expect(form.locator("main textarea").first).to_have_value(WORDS)

    form.get_by_role("button", name="Throw them away").click()

    expect(form.locator("main textarea").first).to_have_value("")
    form.reload()
    expect(form.get_by_text(NOTICE)).to_be_hidden()


def test_form_sent_back_with_errors_offers_nothing_twice(form: Page) -> None:
    submit(form)

    expect(form.locator(".form-errors")).to_be_visible()
    expect(form.locator("main textarea").first).to_have_value(WORDS)
    expect(form.get_by_text(NOTICE)).to_be_hidden()


def test_words_that_were_saved_are_forgotten(form: Page) -> None:
    address = form.url
    for date in form.locator("main input[type=date]").all():
        date.fill("2026-03-02")
    with form.expect_navigation():  # the page that follows is read to its end, so its scripts have run
        submit(form)
    expect(form).not_to_have_url(address)

    form.goto(address)

    expect(form.locator("main textarea").first).to_have_value("")
    expect(form.get_by_text(NOTICE)).to_be_hidden()


def test_words_are_not_shown_to_the_next_person(
    form: Page, live_server: LiveServer, adam: Person, client_of: ClientOf
) -> None:
    address = form.url
    form.context.clear_cookies()
    enter(form, live_server, client_of(adam))

    form.goto(address)

    expect(form.locator("main textarea").first).to_have_value("")
    expect(form.get_by_text(NOTICE)).to_be_hidden()
