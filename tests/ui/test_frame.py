"""The frame of every page in a real browser: rail, bottom bar, palette, menu, and the same without JavaScript."""

from collections.abc import Callable

import pytest
from django.test import Client
from django_rls_tenants import tenant_context
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from people.models import Organization
from tests.cast import MembershipFactory, Person
from tests.ui.axe import quiet_console, sideways_scroll, violations

pytestmark = pytest.mark.django_db(transaction=True)
ClientOf = Callable[[Person], Client]
SEARCH = "/o/harbor/search/"


def cookie(client: Client, live_server: LiveServer) -> dict[str, str]:
    """Return the session of the client as a browser's cookie."""
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}


@pytest.fixture
def home(page: Page, live_server: LiveServer, bob: Person, alice: Person, client_of: ClientOf) -> Page:
    """Bob's browser, on the search page of Harbor."""
    page.context.add_cookies([cookie(client_of(bob), live_server)])  # type: ignore[list-item]  # a TypedDict of it
    page.emulate_media(reduced_motion="reduce")
    page.goto(live_server.url + SEARCH)
    return page


def test_title_names_page_organization_and_product(home: Page) -> None:
    expect(home).to_have_title("Search · Harbor · PIPCycle")


def test_frame_has_no_barrier_wide_and_narrow(home: Page) -> None:
    assert violations(home) == []

    # So tall that the bar at the bottom covers no link: what it covers in a lower window can be scrolled.
    home.set_viewport_size({"width": 360, "height": 2400})

    assert violations(home) == []
    assert sideways_scroll(home) == 0


def test_phone_has_a_bottom_bar_instead_of_the_rail(home: Page) -> None:
    expect(home.locator(".rail")).to_be_visible()
    expect(home.locator(".bottom-bar")).to_be_hidden()

    home.set_viewport_size({"width": 360, "height": 740})

    expect(home.locator(".rail")).to_be_hidden()
    expect(home.locator(".bottom-bar")).to_be_in_viewport()


@pytest.mark.parametrize("keys", ["/", "Control+k"])
def test_palette_finds_a_person_and_leads_there(home: Page, live_server: LiveServer, alice: Person, keys: str) -> None:
    with quiet_console(home):
        home.evaluate("document.activeElement.blur()")
        home.keyboard.press(keys)
        palette = home.get_by_role("dialog", name="Search or jump to")
        expect(palette.get_by_role("searchbox")).to_be_focused()

        with home.expect_response(lambda answer: answer.url.endswith("?q=alice")):  # the last search there will be
            home.keyboard.type("alice")
        expect(palette.get_by_role("link", name="Alice Archer")).to_be_visible()
        assert violations(home) == []
        home.keyboard.press("ArrowDown")
        home.keyboard.press("Enter")

        expect(home).to_have_url(f"{live_server.url}/o/harbor/people/{alice.employee.pk}/")


def test_palette_closes_with_escape_even_with_words_in_it(home: Page) -> None:
    home.evaluate("document.activeElement.blur()")
    home.keyboard.press("/")
    home.keyboard.type("ali")

    home.keyboard.press("Escape")

    expect(home.locator("#palette")).to_be_hidden()


def test_slash_stays_a_slash_while_one_writes(home: Page) -> None:
    home.locator("#search-query").fill("")
    home.locator("#search-query").press("/")

    expect(home.locator("#search-query")).to_have_value("/")
    expect(home.locator("#palette")).to_be_hidden()


def test_search_and_menu_work_without_javascript(
    browser: Browser, live_server: LiveServer, bob: Person, alice: Person, client_of: ClientOf
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    context.add_cookies([cookie(client_of(bob), live_server)])  # type: ignore[list-item]  # a TypedDict of it
    page = context.new_page()
    page.goto(live_server.url + SEARCH)

    page.locator("main input[type=search]").fill("alice")
    page.locator("main").get_by_role("button", name="Search").click()
    expect(page.locator("main").get_by_role("link", name="Alice Archer")).to_be_visible()
    page.locator(".rail .menu summary").click()
    page.get_by_role("button", name="Sign out").click()

    expect(page).to_have_title("Sign in · PIPCycle")
    context.close()


def test_member_of_two_organizations_can_change_between_them(
    page: Page, live_server: LiveServer, bob: Person, alder: Organization, client_of: ClientOf
) -> None:
    with tenant_context(alder.pk):
        MembershipFactory.create(user=bob.user)
    page.context.add_cookies([cookie(client_of(bob), live_server)])  # type: ignore[list-item]  # a TypedDict of it
    page.goto(live_server.url + SEARCH)

    page.locator(".rail .menu summary").click()
    page.locator(".rail").get_by_role("link", name="Alder").click()

    expect(page).to_have_url(f"{live_server.url}/o/alder/")
