"""The pages of goals and of metrics in a real browser, light and dark: no barrier, no noise, no sideways scroll.

The rooms' own browser tests use the pages; this one opens each of them once, the steps of an upload among them.
"""

import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django_rls_tenants import tenant_context
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from goals.enums import GoalStatus
from goals.models import Cycle, GoalTemplate
from goals.services.revisions import propose_revision
from goals.services.updates import record_update
from metrics.enums import ApiScope, BatchKind
from metrics.ingest.report import ObservationInput
from metrics.models import Metric
from metrics.services.observations import record_observations
from metrics.services.rollups import refresh_group_rollups
from metrics.services.tokens import create_token
from people.models import Organization
from people.services.upload_run import run_now
from tests.cast import DepartmentFactory, EmployeeFactory, Person
from tests.goals.conftest import MakeGoal, anchor, cycle, make_goal
from tests.metrics.factories import make_series
from tests.metrics.signal_stage import drop_of, weeks_ago
from tests.metrics.uploads.figures import LONG, make_metrics, uploaded
from tests.ui.axe import quiet_console, sideways_scroll, violations

__all__ = ["anchor", "cycle", "make_goal"]  # fixtures of the goals' tests

OPEN_EVERYTHING = """() => {
  for (const closed of document.querySelectorAll("main details")) closed.open = true;
  window.dispatchEvent(new Event("scroll"));
}"""
PAGES: dict[str, tuple[str, ...]] = {
    "alice": (
        "goals/", "goals/new/", "goals/{goal}/", "goals/{goal}/update/", "goals/{goal}/revision/",
        "goals/{goal}/words/", "goals/objectives/", "metrics/people/{employee}/", "metrics/people/{employee}/{metric}/",
        "metrics/signals/{signal}/comment/",
    ),
    "bob": (
        "goals/new/", "goals/{proposed}/answer/", "goals/{goal}/completion/", "goals/{goal}/cancellation/",
        "goals/{goal}/feedback/", "goals/templates/", "goals/templates/{template}/goals/", "metrics/teams/",
        "metrics/signals/", "metrics/signals/{signal}/", "metrics/signals/{signal}/dismissal/",
        "metrics/people/{employee}/{metric}/new/", "metrics/skills/",
    ),
    "hana": (
        "goals/cycles/", "goals/cycles/{cycle}/", "goals/templates/{template}/", "metrics/definitions/",
        "metrics/definitions/new/", "metrics/definitions/{metric}/", "metrics/definitions/{metric}/targets/",
        "metrics/uploads/", "metrics/uploads/{uploaded}/columns/", "metrics/uploads/{checked}/",
        "metrics/uploads/{checked}/application/", "metrics/uploads/{applied}/", "metrics/batches/",
        "metrics/batches/?q=nothing", "metrics/batches/{batch}/", "metrics/batches/{batch}/taking-back/",
        "metrics/people/{employee}/{metric}/{day}/",
    ),
    "eve": ("metrics/organization/", "metrics/departments/{department}/", "metrics/organization/{metric}/"),
    "adam": ("metrics/tokens/", "metrics/tokens/new/", "metrics/tokens/{token}/revocation/"),
}  # fmt: skip


@pytest.fixture
def harbor_context(transactional_db: None, harbor: Organization) -> Iterator[Organization]:
    """Harbor, with rows that are committed, so that the server sees them."""
    with tenant_context(harbor.pk):
        yield harbor


@pytest.fixture
def figures(harbor_context: Organization, alice: Person, adam: Person) -> dict[str, Any]:
    """A metric of Alice with a signal, files on every step of the upload, a batch, a department, a token."""
    metric = make_metrics()[0]
    signal = drop_of(alice.employee, metric)
    department = DepartmentFactory.create(name="Claims")
    for number, person in enumerate(EmployeeFactory.create_batch(6, department=department)):
        make_series(person, metric, [90 + number, 91 + number], start=weeks_ago(8))
    refresh_group_rollups(organization_id=harbor_context.pk)
    EmployeeFactory.create(number="N1")
    checked, applied = (run_now(actor=None, batch=uploaded(LONG), is_applied=False) for _place in range(2))
    run_now(actor=None, batch=applied, is_applied=True)
    token, _text = create_token(actor=adam.member, name="Nightly", scopes=tuple(ApiScope), expires_at=None)
    return {
        "employee": alice.employee.pk,
        "metric": metric.pk,
        "signal": signal.pk,
        "day": signal.ends_on.isoformat(),
        "department": department.pk,
        "uploaded": uploaded(LONG).pk,
        "checked": checked.pk,
        "applied": applied.pk,
        "batch": corrected(alice, metric, signal.ends_on),
        "token": token.pk,
    }


def corrected(person: Person, metric: Metric, day: datetime.date) -> int:
    """Hand in another value for the day; return the batch, which shows a value and a correction."""
    row = ObservationInput(2, metric.key, person.employee.number, day.isoformat(), "3")
    report = record_observations(actor=None, kind=BatchKind.FILE, source="recount.csv", rows=[row])
    assert report.batch is not None
    return int(report.batch.pk)


@pytest.fixture
def goals(make_goal: MakeGoal, cycle: Cycle, alice: Person, bob: Person) -> dict[str, Any]:
    """A goal with values, words and a change that waits; a proposal; a template."""
    goal = make_goal(support_needed="Two afternoons with the team.")
    for value, confidence in ((5, "at_risk"), (4, "on_track")):
        record_update(actor=alice.member, goal=goal, value=Decimal(value), confidence=confidence, comment="Mondays.")
    propose_revision(actor=bob.member, goal=goal, changes={"target": Decimal(3)}, reason="The volume has doubled.")
    template = GoalTemplate.objects.create(name="Errors", title="Bring errors down to 2 %", target=2, unit="%")
    proposed = make_goal(GoalStatus.PROPOSED)
    return {"goal": goal.pk, "proposed": proposed.pk, "cycle": cycle.pk, "template": template.pk}


@pytest.mark.parametrize("who", PAGES)
def test_pages_have_no_barrier_in_either_scheme(
    who: str,
    figures: dict[str, Any],
    goals: dict[str, Any],
    page: Page,
    live_server: LiveServer,
    client_of: Callable[[Person], Client],
    request: pytest.FixtureRequest,
) -> None:
    name = settings.SESSION_COOKIE_NAME
    session = client_of(request.getfixturevalue(who)).cookies[name].value
    page.context.add_cookies([{"name": name, "value": session, "url": live_server.url}])
    page.set_viewport_size({"width": 1280, "height": 2400})  # charts that come into view are all in view
    assert timezone.localdate().isoformat() >= figures["day"]
    for pattern in PAGES[who]:
        path = pattern.format(**figures, **goals)
        with quiet_console(page):
            page.emulate_media(color_scheme="light", reduced_motion="reduce")
            answer = page.goto(f"{live_server.url}/o/harbor/{path}")
            assert answer is not None
            assert (answer.status, page.url.endswith(path)) == (200, True), path
            page.evaluate(OPEN_EVERYTHING)
            expect(page.locator("[data-chart-place]")).to_have_count(0)
            assert violations(page) == [], path
            page.emulate_media(color_scheme="dark", reduced_motion="reduce")
            assert violations(page) == [], f"{path} in the dark"
        page.set_viewport_size({"width": 390, "height": 2400})
        assert sideways_scroll(page) == 0, f"{path} on a phone"
        page.set_viewport_size({"width": 1280, "height": 2400})
