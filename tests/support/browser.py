"""A real Chromium for pytest-playwright; a browser test that cannot run fails, it is never skipped."""

import os
import shutil
from typing import Any

import pytest
from playwright.sync_api import expect

#: A busy machine is no failure: what a page is to show may take its time, and a page that never shows it still fails.
SECONDS_TO_SHOW = 20
expect.set_options(timeout=SECONDS_TO_SHOW * 1000)

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]


def installed_chromium() -> str | None:
    """Return the path of the machine's Chromium; none means the one Playwright may have installed itself."""
    chosen = os.environ.get("PIPCYCLE_CHROMIUM")
    return chosen or next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the machine's Chromium without what a test machine lacks."""
    # Playwright's synchronous interface runs an event loop in this thread, where Django would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    found = installed_chromium()
    chosen = {"executable_path": found} if found else {}
    return {**browser_type_launch_args, **chosen, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Give every test the same window, language and clock."""
    return {
        **browser_context_args,
        "viewport": {"width": 1280, "height": 900},
        "locale": "en-US",
        "timezone_id": "America/New_York",
    }
