"""The gallery in a real browser: every component, in light, dark, print and at phone width."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.ui.axe import quiet_console, sideways_scroll, violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def gallery(page: Page, live_server: LiveServer) -> Iterator[Page]:
    """The gallery, opened; the console must stay silent throughout."""
    with quiet_console(page):
        page.goto(f"{live_server.url}/gallery/")
        yield page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_gallery_has_no_barrier(gallery: Page, scheme: Literal["light", "dark"]) -> None:
    gallery.emulate_media(color_scheme=scheme, reduced_motion="reduce")

    assert violations(gallery) == []


def test_gallery_has_no_barrier_on_paper(gallery: Page) -> None:
    gallery.emulate_media(media="print")

    assert violations(gallery) == []
    expect(gallery.locator(".page-header__actions")).to_be_hidden()
    expect(gallery.get_by_role("heading", level=1)).to_be_visible()


def test_gallery_has_no_barrier_on_a_phone(gallery: Page) -> None:
    gallery.set_viewport_size({"width": 360, "height": 740})

    assert violations(gallery) == []


@pytest.mark.parametrize("width", [320, 360, 390, 768, 1024, 1440])
def test_gallery_never_scrolls_sideways(gallery: Page, width: int) -> None:
    gallery.set_viewport_size({"width": width, "height": 800})

    assert sideways_scroll(gallery) == 0


def test_first_stop_of_the_keyboard_is_the_skip_link(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/accounts/login/?next=/")
    page.evaluate("document.activeElement.blur()")

    page.keyboard.press("Tab")

    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to content")).to_be_in_viewport()


def test_every_stop_of_the_keyboard_shows_where_it_is(gallery: Page) -> None:
    unmarked = gallery.evaluate(
        """() => {
          const kinds = "a[href], button, input, select, textarea, summary, [tabindex='0']";
          const stops = [...document.querySelectorAll(kinds)]
            .filter((stop) => stop.checkVisibility() && !stop.disabled);
          const bare = [];
          for (const stop of stops) {
            stop.focus({ focusVisible: true, preventScroll: true });
            const ring = (element, pseudo) => getComputedStyle(element, pseudo).outlineStyle !== "none";
            if (!ring(stop) && !ring(stop, "::after")) bare.push(stop.outerHTML.slice(0, 120));
          }
          return { bare, count: stops.length };
        }"""
    )

    assert unmarked["count"] > 30
    assert unmarked["bare"] == []


def test_targets_are_large_enough_for_a_thumb(gallery: Page) -> None:
    small = gallery.evaluate(
        """() => [...document.querySelectorAll(
            ".button, .icon-button, select, input:not([type=hidden]), summary, .sort-link"
          )]
          .filter((target) => target.checkVisibility())
          .map((target) => [target.outerHTML.slice(0, 80), target.getBoundingClientRect()])
          .filter(([, box]) => box.height < 24 && !(box.height >= 16 && box.width <= 20))
          .map(([html, box]) => `${html} ${box.width}x${box.height}`)"""
    )

    assert small == []


def test_error_summary_takes_the_focus_and_leads_to_the_control(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    page.locator("form.form").get_by_role("button", name="Sign in").click()
    expect(page.locator(".form-errors")).to_be_focused()

    page.locator(".form-errors a").first.click()

    expect(page.locator("#id_login")).to_be_focused()


def test_dialog_opens_and_gives_the_focus_back(gallery: Page) -> None:
    opener = gallery.get_by_role("link", name="Open the dialog")
    opener.focus()

    gallery.keyboard.press("Enter")
    expect(gallery.get_by_role("dialog", name="Issue this plan?")).to_be_visible()
    gallery.keyboard.press("Escape")

    expect(gallery.get_by_role("dialog")).to_be_hidden()
    expect(opener).to_be_focused()


def test_menu_closes_with_escape(gallery: Page) -> None:
    menu = gallery.locator("details.menu").filter(has_text="One")
    menu.locator("summary").click()
    expect(menu.get_by_role("link", name="One")).to_be_visible()

    gallery.keyboard.press("Escape")

    expect(menu.get_by_role("link", name="One")).to_be_hidden()


def test_motion_stops_for_those_who_ask(gallery: Page) -> None:
    gallery.emulate_media(reduced_motion="reduce")

    longest = gallery.evaluate(
        """() => Math.max(...[...document.querySelectorAll("*")].map(
          (element) => parseFloat(getComputedStyle(element).transitionDuration)
        ))"""
    )

    assert longest <= 0.001


def test_forced_colors_keep_buttons_and_states_apart(gallery: Page) -> None:
    gallery.emulate_media(forced_colors="active", reduced_motion="reduce")

    assert violations(gallery) == []
