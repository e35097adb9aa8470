"""HR in a real browser: reads the case file, builds a bundle, downloads and verifies it; no barrier, light and dark."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django_rls_tenants import tenant_context
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from documents.models import EvidenceBundle
from people.models import Organization
from pips.models import Plan
from tests.cast import Person
from tests.documents.evidence.conftest import Check
from tests.ui.axe import quiet_console, sideways_scroll, violations


@pytest.fixture
def harbor_context(transactional_db: None, harbor: Organization) -> Iterator[Organization]:
    """Harbor, with rows that are committed, so that the server sees them."""
    with tenant_context(harbor.pk):
        yield harbor


def sign_in(page: Page, live_server: LiveServer, person: Person) -> None:
    client = Client()
    client.force_login(person.user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])


def look(page: Page, name: str, folder: Path) -> None:
    """Fail on a barrier or a sideways scroll, light, dark and on a phone."""
    for scheme, width in (("light", 1280), ("dark", 1280), ("light", 390)):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two
        page.screenshot(path=folder / f"{name}.{scheme}.{width}.png", full_page=True)
        assert (name, scheme, width, violations(page)) == (name, scheme, width, [])
        assert sideways_scroll(page) == 0
    page.set_viewport_size({"width": 1280, "height": 900})


def test_hr_builds_downloads_and_verifies_a_bundle(
    harbor_context: Organization,
    plan: Plan,
    hana: Person,
    page: Page,
    live_server: LiveServer,
    worker: "subprocess.Popen[bytes]",
    tmp_path: Path,
    check: Check,
) -> None:
    assert worker.poll() is None
    sign_in(page, live_server, hana)
    with quiet_console(page):
        page.goto(f"{live_server.url}/o/harbor/people/{plan.employee_id}/")
        page.get_by_role("link", name="Case file").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Case file")
        look(page, "case-file", tmp_path)
        page.get_by_label("What", exact=True).select_option("document")
        expect(page.locator("#case-file")).not_to_contain_text("HR review opened")
        expect(page.locator("#case-file")).to_contain_text("Document sealed: Reports on time, version 1")

        page.get_by_role("link", name="Bundle of evidence").click()
        look(page, "ask", tmp_path)
        page.get_by_label("What it is for").fill("Hearing in May")
        page.get_by_role("button", name="Build the bundle").click()
        expect(page.get_by_role("link", name="Download the ZIP file")).to_be_visible(timeout=60_000)
        look(page, "bundle", tmp_path)
        with page.expect_download() as coming:
            page.get_by_role("link", name="Download the ZIP file").click()
        coming.value.save_as(tmp_path / "evidence.zip")

    shown = EvidenceBundle.objects.get().manifest_sha256
    expect(page.locator("main")).to_contain_text(shown)
    found = check(tmp_path / "evidence.zip", "--manifest-sha256", shown)
    assert (found.returncode, found.stderr) == (0, "")
