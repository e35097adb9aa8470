"""The pages of development in a real browser, light and dark: no barrier, no noise, no sideways scroll."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django_rls_tenants import tenant_context
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from development.inputs import GapInput
from development.models import JobStep
from development.services.actions import propose_action, update_action
from development.services.plans import approve_plan, draft_plan, submit_plan
from people.models import Competency, JobCompetency, Organization
from tests.cast import JobDescriptionFactory, Person
from tests.development.conftest import action_facts, plan_facts
from tests.ui.axe import quiet_console, sideways_scroll, violations

PAGES: dict[str, tuple[str, ...]] = {
    "alice": (
        "", "plans/{plan}/", "plans/{plan}/closing/", "plans/{plan}/acknowledgement/", "plans/{plan}/actions/new/",
        "actions/{action}/",
        "actions/{action}/ending/", "actions/{proposed}/answer/", "career/{employee}/", "career/{employee}/{job}/",
        "milestones/",
    ),
    "carol": ("team/?sort=person", "plans/{other}/answer/", "plans/{other}/withdrawal/", "plans/new/"),
    "hana": ("ladder/", "team/?q=nothing"),
}  # fmt: skip


@pytest.fixture
def growth(transactional_db: None, harbor: Organization, alice: Person, bob: Person) -> Iterator[dict[str, Any]]:
    """A running plan of Alice with a proposal in it, a plan of Bob that waits for Carol, and a ladder."""
    today = timezone.localdate()
    period: dict[str, Any] = {"starts_on": today, "ends_on": today + datetime.timedelta(days=90)}
    due: dict[str, Any] = {"starts_on": today, "due_on": today + datetime.timedelta(days=30)}
    with tenant_context(harbor.pk):
        own, lead = alice.employee.job_description, JobDescriptionFactory.create(name="Lead analyst")
        assert own is not None
        writing = Competency.objects.create(name="Writing", description="Others know what to do next.")
        JobCompetency.objects.create(job_description=lead, competency=writing, expected_level=4)
        JobStep.objects.create(source=own, target=lead, note="Two years in the job")
        gap = GapInput(competency=writing, current_level=2, target_level=4)
        plans = []
        for person in (alice, bob):
            facts = plan_facts(person.employee, gap, actions=[action_facts(person.employee, **due)], **period)
            plan = draft_plan(actor=person.member, employee=person.employee, facts=facts)
            plans.append(submit_plan(actor=person.member, plan=plan))
        running, waiting = plans
        approve_plan(actor=bob.member, plan=running)
        action = running.actions.get()
        action.plan = running
        update_action(actor=alice.member, action=action, progress=40, note="Half of it.")
        proposed = propose_action(actor=bob.member, plan=running, facts=action_facts(alice.employee, **due))
        yield {
            "plan": running.pk, "other": waiting.pk, "action": action.pk, "proposed": proposed.pk,
            "employee": alice.employee.pk, "job": lead.pk,
        }  # fmt: skip


@pytest.mark.parametrize("who", PAGES)
def test_pages_have_no_barrier_in_either_scheme(
    who: str,
    growth: dict[str, Any],
    page: Page,
    live_server: LiveServer,
    client_of: Callable[[Person], Client],
    request: pytest.FixtureRequest,
) -> None:
    name = settings.SESSION_COOKIE_NAME
    session = client_of(request.getfixturevalue(who)).cookies[name].value
    page.context.add_cookies([{"name": name, "value": session, "url": live_server.url}])
    for pattern in PAGES[who]:
        path = pattern.format(**growth)
        page.set_viewport_size({"width": 1280, "height": 1200})
        with quiet_console(page):
            page.emulate_media(color_scheme="light", reduced_motion="reduce")
            answer = page.goto(f"{live_server.url}/o/harbor/development/{path}")
            assert answer is not None
            assert (answer.status, page.url.endswith(path)) == (200, True), path
            assert violations(page) == [], path
            page.emulate_media(color_scheme="dark", reduced_motion="reduce")
            assert violations(page) == [], f"{path} in the dark"
        page.set_viewport_size({"width": 390, "height": 1200})
        assert sideways_scroll(page) == 0, f"{path} on a phone"
