"""The pages of people and the administration in a real browser: accessible, and silent under the strict policy."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django_rls_tenants import tenant_context
from playwright.sync_api import Page

from people.enums import LeaveKind
from people.models import Leave
from people.services.leave import record_leave
from tests.cast import EmployeeFactory, Person
from tests.ui.axe import quiet_console, sideways_scroll, violations

PHONE = 390
WIDE = 1280


@pytest.fixture
def leave(transactional_db: None, alice: Person, hana: Person) -> Leave:
    """Alice's leave in June."""
    with tenant_context(alice.organization.pk):
        EmployeeFactory.create_batch(3, manager=alice.employee)
        return record_leave(
            actor=hana.member, employee=alice.employee, starts_on=datetime.date(2026, 6, 1), kind=LeaveKind.MEDICAL
        )


@pytest.fixture
def browse(live_server: Any, page: Page, client_of: Callable[[Person], Client]) -> Callable[[Person], Page]:
    """Return a function that signs a person in and gives the page."""

    def sign_in(person: Person) -> Page:
        session = client_of(person).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page.goto(live_server.url)
        return page

    return sign_in


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize(
    "path",
    [
        "people/",
        "people/?q=nobody-of-this-name",
        "people/{employee}/",
        "people/{employee}/leave/new/",
        "people/{employee}/leave/{leave}/",
        "people/{employee}/leave/{leave}/withdrawal/",
        "people/{employee}/leave/{leave}/reason/",
    ],
)
def test_a_page_of_people_is_accessible_and_silent(
    path: str, width: int, leave: Leave, hana: Person, live_server: Any, browse: Callable[[Person], Page]
) -> None:
    page = browse(hana)
    page.set_viewport_size({"width": width, "height": 2400})  # nothing lies under the bottom bar
    with quiet_console(page):
        page.goto(f"{live_server.url}/o/harbor/{path.format(employee=leave.employee_id, leave=leave.pk)}")
        assert violations(page) == []
    assert sideways_scroll(page) == 0


def test_the_list_is_filtered_without_leaving_the_page(
    leave: Leave, hana: Person, live_server: Any, browse: Callable[[Person], Page]
) -> None:
    page = browse(hana)
    with quiet_console(page):
        page.goto(f"{live_server.url}/o/harbor/people/")
        page.get_by_label("Name, number or e-mail").fill("archer")
        page.get_by_role("button", name="Apply").click()
        page.wait_for_url("**/people/?q=archer**")
        page.get_by_role("link", name="Bob Bailey").wait_for(state="detached")

    assert page.locator("tbody tr").count() == 1


@pytest.mark.parametrize(
    "path",
    ["", "people/employee/", "people/employee/{employee}/change/", "people/membership/add/", "people/accessrecord/"],
)
def test_the_administration_is_silent_under_the_strict_policy(
    path: str, leave: Leave, adam: Person, live_server: Any, browse: Callable[[Person], Page], tmp_path: Path
) -> None:
    page = browse(adam)
    with quiet_console(page):
        page.goto(f"{live_server.url}/admin/{path.format(employee=leave.employee_id)}")
        page.wait_for_load_state("networkidle")
        if page.locator(".select2-selection").count():
            page.locator(".field-manager .select2-selection").click()
            page.locator(".select2-results__option", has_text="Carol Castellan").click()
            chosen = page.locator(".field-manager .select2-selection__rendered")
            assert chosen.get_attribute("title") == "Carol Castellan"
