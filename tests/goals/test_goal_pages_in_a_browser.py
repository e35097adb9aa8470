"""The pages of a goal in a real browser: accessible, silent under the strict policy, no wider than a phone."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django_rls_tenants import tenant_context
from playwright.sync_api import Page

from goals.enums import GoalStatus, Measure
from goals.inputs import StepInput
from goals.models import Goal
from goals.services.revisions import propose_revision
from goals.services.updates import record_update
from people.models import Organization
from tests.cast import Person
from tests.goals.conftest import MakeGoal
from tests.ui.axe import quiet_console, sideways_scroll, violations


@pytest.fixture
def harbor_context(transactional_db: None, harbor: Organization) -> Iterator[Organization]:
    """Harbor, with rows that are committed, so that the server sees them."""
    with tenant_context(harbor.pk):
        yield harbor


@pytest.fixture
def goals(make_goal: MakeGoal, alice: Person, bob: Person) -> dict[str, Goal]:
    """A goal with a full record and a change that waits, one of milestones, and a proposal of Alice."""
    full = make_goal(support_needed="Two afternoons with the team that writes the rules.")
    record_update(actor=alice.member, goal=full, value=Decimal(4), confidence="at_risk", comment="Mondays are hard.")
    propose_revision(
        actor=bob.member, goal=full, changes={"target": Decimal(3)}, reason="The volume has doubled since May."
    )
    steps = [StepInput(title="Enrol"), StepInput(title="Finish the course")]
    return {
        "full": full,
        "milestones": make_goal(measure=Measure.MILESTONES, steps=steps),
        "proposed": make_goal(GoalStatus.PROPOSED),
        "draft": make_goal(GoalStatus.DRAFT),
    }


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("alice", "{full}/"),
        ("alice", "{full}/update/"),
        ("alice", "{full}/revision/"),
        ("alice", "{milestones}/"),
        ("alice", "{draft}/edit/"),
        ("alice", "{proposed}/"),
        ("bob", "{proposed}/answer/"),
        ("bob", "{milestones}/completion/"),
        ("bob", "{full}/cancellation/"),
    ],
)
def test_a_page_of_a_goal_is_accessible_and_silent(
    who: str,
    path: str,
    width: int,
    goals: dict[str, Goal],
    live_server: Any,
    page: Page,
    client_of: Callable[[Person], Client],
    request: pytest.FixtureRequest,
) -> None:
    session = client_of(request.getfixturevalue(who)).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.set_viewport_size({"width": width, "height": 3200})  # nothing lies under the bottom bar
    keys = {name: goal.pk for name, goal in goals.items()}
    with quiet_console(page):
        page.goto(f"{live_server.url}/o/harbor/goals/{path.format(**keys)}")
        assert violations(page) == []
    assert sideways_scroll(page) == 0


def test_a_change_is_compared_and_answered_by_keyboard_alone(
    goals: dict[str, Goal], live_server: Any, page: Page, client_of: Callable[[Person], Client], alice: Person
) -> None:
    session = client_of(alice).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"{live_server.url}/o/harbor/goals/{goals['full'].pk}/")

    page.get_by_role("link", name="Answer the change").press("Enter")
    page.get_by_role("button", name="Acknowledge the change").press("Enter")

    page.get_by_text("The change is in force from now on.").wait_for()
    goals["full"].refresh_from_db()
    assert (goals["full"].target, goals["full"].revision_number) == (Decimal(3), 1)
