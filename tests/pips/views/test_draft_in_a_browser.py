"""The draft in a real browser: it saves itself, outlives the session, and two tabs never overwrite each other."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django_rls_tenants import tenant_context
from playwright.sync_api import Page, expect

from people.models import Organization
from pips.drafts import STEPS
from pips.models import Plan
from pips.services.plan import draft_plan
from tests.cast import Person
from tests.ui.axe import quiet_console, sideways_scroll, violations

SignIn = Callable[[Page], None]


@pytest.fixture
def plan(transactional_db: None, harbor: Organization, alice: Person, bob: Person) -> Iterator[Plan]:
    """Alice's draft, as the template leaves it."""
    with tenant_context(harbor.pk):
        yield draft_plan(actor=bob.member, employee=alice.employee, template_key="delivery")


@pytest.fixture
def sign_in(live_server: Any, bob: Person, client_of: Callable[[Person], Client]) -> SignIn:
    """Return a function that gives a page's browser a fresh session of Bob."""

    def enter(page: Page) -> None:
        session = client_of(bob).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])

    return enter


def title_of(plan: Plan) -> str:
    """Return the title as it is in the database."""
    return Plan.objects.get(pk=plan.pk).title


@pytest.mark.parametrize("width", [1280, 390])
def test_every_step_is_accessible_and_fits(
    plan: Plan, page: Page, live_server: Any, sign_in: SignIn, width: int
) -> None:
    sign_in(page)
    page.set_viewport_size({"width": width, "height": 4000})  # nothing lies under the bottom bar
    with quiet_console(page):
        for path in (*(f"draft/{step}/" for step in STEPS), "draft/preview/"):
            page.goto(f"{live_server.url}/o/harbor/plans/{plan.pk}/{path}")

            assert violations(page) == [], path
            assert sideways_scroll(page) == 0, path


def test_a_manager_drafts_by_steps_through_an_ended_session_and_a_second_tab(
    plan: Plan, page: Page, live_server: Any, sign_in: SignIn
) -> None:
    frame = f"{live_server.url}/o/harbor/plans/{plan.pk}/draft/frame/"
    sign_in(page)
    page.goto(frame)
    page.get_by_label("Title").fill("Saved by itself")
    expect(page.locator("#draft-state")).to_have_text(re.compile(r"Saved \d\d:\d\d"), timeout=15_000)
    assert title_of(plan) == "Saved by itself"

    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Title").fill("Typed after the end")
    expect(page.locator("#draft-state")).to_contain_text("Not saved yet", timeout=15_000)
    sign_in(page)
    page.goto(frame)
    expect(page.get_by_label("Title")).to_have_value("Typed after the end")
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(re.compile("/draft/concerns/$"))
    assert title_of(plan) == "Typed after the end"

    page.goto(frame)
    second = page.context.new_page()
    second.goto(frame)
    second.get_by_label("Title").fill("From the second tab")
    expect(second.locator("#draft-state")).to_have_text(re.compile("Saved"), timeout=15_000)
    page.get_by_label("Title").fill("From the first tab")
    page.get_by_role("link", name="Compare both and choose").click(timeout=15_000)
    expect(page.locator("main")).to_contain_text("From the second tab")
    assert violations(page) == []
    page.get_by_role("button", name="Save what I chose").click()
    expect(page.get_by_label("Title")).to_have_value("From the first tab")
    assert title_of(plan) == "From the first tab"
