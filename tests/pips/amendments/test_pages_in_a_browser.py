"""The pages of changes in a real browser: accessible, silent under the strict policy, no wider than a phone."""

import datetime
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django_rls_tenants import tenant_context
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from people.enums import LeaveKind
from people.models import Organization
from people.services.leave import record_leave
from pips.amending import AmendmentInput
from pips.inputs import ConcernInput
from pips.models import Amendment, LeaveProposal, Plan
from pips.services.amendments import approve_amendment, propose_amendment
from tests.cast import Person
from tests.pips.amendments.conftest import Changes
from tests.pips.conftest import START, Stage
from tests.ui.axe import quiet_console, sideways_scroll, violations

D = datetime.date


@pytest.fixture
def harbor_context(transactional_db: None, harbor: Organization) -> Iterator[Organization]:
    """Harbor, with rows that are committed, so that the server sees them."""
    with tenant_context(harbor.pk):
        yield harbor


@pytest.fixture
def changed(stage: Stage, changes: Changes) -> Plan:
    """A plan with a version in force, a proposal that waits, and a ramp-up on offer."""
    plan = stage.active()
    concern = ConcernInput(occurred_on=START, description="The figures came late again.", standard="The agreed day.")
    first = propose_amendment(
        actor=stage.bob.member, plan=plan, change=AmendmentInput(added_concerns=[concern]), reason="It happened again."
    )
    approve_amendment(actor=stage.hana.member, amendment=first)
    Plan.objects.filter(pk=plan.pk).update(receipt_owed_for=None)
    changes.lower(plan)
    record_leave(
        actor=stage.hana.member,
        employee=stage.alice.employee,
        starts_on=D(2027, 2, 10),
        ends_on=D(2027, 2, 23),
        kind=LeaveKind.VACATION,
    )
    return plan


@pytest.fixture
def sign_in(page: Page, live_server: LiveServer, client_of: Callable[[Person], Client]) -> Callable[[Person], None]:
    """Return a function that gives the browser a person's session."""

    def enter(person: Person) -> None:
        cookie = client_of(person).cookies["sessionid"]
        page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])

    return enter


def paths(plan: Plan) -> dict[str, str]:
    """Return the pages of the plan by name."""
    base = f"/o/harbor/plans/{plan.pk}/"
    waiting = Amendment.objects.get(status="proposed")
    in_force = Amendment.objects.get(status="in_force")
    return {
        "plan": base,
        "change": f"{base}amendments/new/",
        "extension": f"{base}extension/",
        "proposal": f"{base}amendments/{waiting.pk}/",
        "version": f"{base}amendments/{in_force.pk}/",
        "review": f"{base}amendments/{waiting.pk}/review/",
        "withdrawal": f"{base}amendments/{waiting.pk}/withdrawal/",
        "ramp-up": f"{base}after-leave/{LeaveProposal.objects.get().pk}/",
    }


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("bob", ["plan", "change", "extension", "proposal", "withdrawal", "ramp-up"]),
        ("hana", ["review", "version"]),
        ("alice", ["plan", "version"]),
    ],
)
def test_the_pages_of_changes_are_accessible(
    page: Page,
    live_server: LiveServer,
    sign_in: Callable[[Person], None],
    changed: Plan,
    request: pytest.FixtureRequest,
    who: str,
    names: list[str],
    width: int,
) -> None:
    sign_in(request.getfixturevalue(who))
    page.set_viewport_size({"width": width, "height": 900})
    known = paths(changed)

    with quiet_console(page):
        for name in names:
            page.goto(f"{live_server.url}{known[name]}")
            assert (name, violations(page)) == (name, [])
            assert (name, sideways_scroll(page)) == (name, 0)


def test_what_would_change_follows_the_typing(
    page: Page, live_server: LiveServer, sign_in: Callable[[Person], None], stage: Stage
) -> None:
    plan = stage.running()
    sign_in(stage.bob)

    with quiet_console(page):
        page.goto(f"{live_server.url}/o/harbor/plans/{plan.pk}/amendments/new/")
        page.locator("#id_expectations-0-target").fill("95")
        expect(page.locator("#preview ins").first).to_have_text("95%")
        expect(page.locator("#preview")).to_contain_text("needs at least 14 days more")
        page.locator("#id_change-more_days, #id_more_days").first.fill("14")
        expect(page.locator("#preview")).to_contain_text("Nothing stands in its way")
        assert violations(page) == []
