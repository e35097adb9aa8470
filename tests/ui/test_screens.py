"""Drawing the pages: one picture a look, and complaints about pages that are not as they should be."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from pipcycle.ui import screens
from pipcycle.ui.screens import LIGHT, NOBODY, PAPER, Screen, draw_screens, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def no_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty list of pages to draw."""
    monkeypatch.setattr(screens, "SCREENS", {})


@pytest.mark.usefixtures("no_screens")
def test_page_is_drawn_once_in_each_look(browser: Browser, live_server: LiveServer, tmp_path: Path) -> None:
    screens.register(Screen(name="sign-in", path="/accounts/login/", roles=(NOBODY,), looks=(LIGHT, PAPER)))

    drawn = list(draw_screens(base_url=live_server.url, browser=browser, folder=tmp_path))

    assert [picture.file.name for picture in drawn] == ["sign-in.visitor.light.png", "sign-in.visitor.print.png"]
    assert [picture.complaints for picture in drawn] == [(), ()]
    assert all(picture.file.read_bytes().startswith(b"\x89PNG") for picture in drawn)


@pytest.mark.usefixtures("no_screens")
def test_page_that_answers_with_an_error_is_reported(browser: Browser, live_server: LiveServer, tmp_path: Path) -> None:
    screens.register(Screen(name="missing", path="/nowhere/", roles=(NOBODY,), looks=(LIGHT,)))

    (drawn,) = draw_screens(base_url=live_server.url, browser=browser, folder=tmp_path)

    assert "answered 404 instead of 200" in drawn.complaints


@pytest.mark.usefixtures("no_screens")
def test_only_the_pages_asked_for_are_drawn(browser: Browser, live_server: LiveServer, tmp_path: Path) -> None:
    screens.register(Screen(name="sign-in", path="/accounts/login/", roles=(NOBODY,), looks=(LIGHT,)))

    assert list(draw_screens(base_url=live_server.url, browser=browser, folder=tmp_path, only="plan")) == []


def test_missing_demo_is_said_in_words(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url)

    with pytest.raises(RuntimeError, match="is the demo seeded"):
        sign_in(context, "hr@harbor.example")
    context.close()
