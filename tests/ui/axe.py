"""Accessibility and console checks shared by the browser tests."""

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


#: What passes is not described: to name each of those places, and to hand the names over, takes most of the time.
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}


def violations(page: Page) -> list[str]:
    """Return what axe finds on the page, one line a place."""
    page.evaluate(f"if (!window.axe) {{ {AXE_SCRIPT} }}")
    found = page.evaluate("options => axe.run(options).then(results => results.violations)", OPTIONS)
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]


@contextmanager
def quiet_console(page: Page) -> Iterator[None]:
    """Fail when the page reports an error, a warning or a breach of the content security policy."""
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    yield
    loud = [line for line in said if line.startswith(("error", "warning"))]
    assert not loud, "\n".join(loud)


def sideways_scroll(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
