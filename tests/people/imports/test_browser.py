"""The wizard in a real browser with a real worker: from a file to the report, without a barrier on any page."""

import subprocess
from pathlib import Path

import pytest
from django.test import Client
from django_rls_tenants import tenant_context
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from people.models import Employee, Organization
from tests.cast import Person
from tests.people.imports.dirty_file import dirty_file
from tests.ui.axe import quiet_console, sideways_scroll, violations

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60_000


def expect_no_barrier(page: Page) -> None:
    """Look for barriers, wide and narrow; nothing may stick out sideways."""
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        # In a window as high as the page the bottom bar covers nothing one could not scroll free.
        height = int(page.evaluate("document.documentElement.scrollHeight"))
        page.set_viewport_size({"width": width, "height": height})
        assert violations(page) == []
        assert sideways_scroll(page) == 0


def test_file_becomes_people(
    page: Page,
    live_server: LiveServer,
    harbor: Organization,
    adam: Person,
    worker: subprocess.Popen[bytes],
    tmp_path: Path,
) -> None:
    client = Client()
    client.force_login(adam.user)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.emulate_media(reduced_motion="reduce")
    path = tmp_path / "people.csv"
    path.write_bytes(dirty_file())

    with quiet_console(page):
        page.goto(f"{live_server.url}/o/harbor/people/import/")
        expect_no_barrier(page)
        page.get_by_label("File with employees").set_input_files(path)
        page.get_by_role("button", name="Upload and choose columns").click()

        expect(page.get_by_label("ManagerID")).to_have_value("manager_key")
        expect_no_barrier(page)
        page.get_by_role("button", name="Check the file").click()

        # The page of the running check turns into its result by itself.
        expect(page.get_by_role("heading", name="What the file would change")).to_be_visible(timeout=PATIENCE)
        expect_no_barrier(page)
        page.get_by_role("link", name="Apply…").click()
        expect_no_barrier(page)
        page.get_by_role("button", name="Write 12 people").click()

        expect(page.get_by_role("heading", name="Import report")).to_be_visible(timeout=PATIENCE)
        expect_no_barrier(page)

    with tenant_context(harbor.pk):
        assert Employee.objects.filter(number__startswith="200").count() == 12
