"""From a file of figures to a signal, a goal that answers it, and a change of that goal."""

import datetime
from pathlib import Path

import pytest
from django.utils import timezone
from django_rls_tenants import tenant_context
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from goals.enums import GoalStatus, RevisionStatus
from goals.models import Goal
from goals.services.cycles import open_cycle
from metrics.models import Observation, Signal
from metrics.services.definitions import add_presets
from people.models import Organization, Responsibility
from tests.cast import Person
from tests.journeys.conftest import Visitor, Welcome

PATIENCE = 30_000
USUAL = (97.8, 98.1, 97.9, 98.0, 98.2, 97.7)
WORSE = (95.1, 95.4, 94.9)


def mondays(count: int) -> list[datetime.date]:
    """Return the last Mondays, this week's not among them, in order."""
    this = timezone.localdate() - datetime.timedelta(days=timezone.localdate().weekday())
    return [this - datetime.timedelta(weeks=back) for back in range(count, 0, -1)]


def wide_file(path: Path, *people: Person) -> Path:
    """Write a column of accuracy: twenty usual weeks and three worse ones for each, and one row of a stranger."""
    values = [USUAL[place % len(USUAL)] for place in range(20)] + list(WORSE)
    lines = ["Employee number,Week,Accuracy"]
    for person in people:
        lines += [
            f"{person.employee.number},{day.isoformat()},{value}"
            for day, value in zip(mondays(len(values)), values, strict=True)
        ]
    lines.append(f"NOBODY,{mondays(1)[0].isoformat()},98.0")
    path.write_text("\n".join(lines))
    return path


@pytest.fixture
def ready(running: LiveServer, harbor: Organization, alice: Person, hana: Person) -> Organization:
    """Accuracy is measured, a cycle is open, and Alice's job answers for something."""
    today = timezone.localdate()
    with tenant_context(harbor.pk):
        add_presets(actor=hana.member, keys=["accuracy"])
        open_cycle(
            actor=hana.member,
            name="This half-year",
            kind="half",
            starts_on=today - datetime.timedelta(days=30),
            ends_on=today + datetime.timedelta(days=150),
            propose_by=today + datetime.timedelta(days=10),
        )
        job = alice.employee.job_description
        assert job is not None
        Responsibility.objects.create(job_description=job, title="Keep errors low")
    return harbor


def upload(visitor: Visitor, path: Path) -> None:
    """Take the file through the wizard, the checks and the writing done by the worker."""
    page = visitor.page
    visitor.open("/o/harbor/metrics/uploads/")
    page.locator("main input[type=file]").set_input_files(path)
    visitor.press("Upload and choose columns")
    visitor.press("Check the file")
    expect(page.get_by_role("link", name="Record…")).to_be_visible(timeout=PATIENCE)
    visitor.look()
    visitor.sees("NOBODY")
    visitor.follow(page.get_by_role("link", name="Record…"))
    page.locator("main").get_by_role("button", name="Record 23 figures").click()
    expect(page.get_by_role("link", name="See the batch")).to_be_visible(timeout=PATIENCE)
    visitor.look()


def answer_with_a_goal(visitor: Visitor) -> None:
    """Open the signal, start a goal from it, let the coach find a vague word, mend it, and propose."""
    page = visitor.page
    visitor.open("/o/harbor/metrics/signals/")
    visitor.follow("Alice Archer")
    visitor.sees("Accuracy")
    expect(page.locator("main svg[role=img], main .chart svg").first).to_be_visible(timeout=PATIENCE)
    visitor.follow("Agree a goal")
    expect(page.get_by_label("Target", exact=True)).to_have_value("98")
    page.get_by_label("Goal", exact=True).fill("Improve the accuracy as needed")
    expect(page.locator("#coach-body")).to_contain_text("as needed", timeout=PATIENCE)
    page.get_by_label("Goal", exact=True).fill("Bring the accuracy of my cases back to 98 % by spring")
    expect(page.locator("#coach-body")).not_to_contain_text("as needed", timeout=PATIENCE)
    page.get_by_label("Responsibility of the job").select_option(label="Keep errors low")
    page.get_by_label("Support needed").fill("A second look at five cases a day for four weeks.")
    visitor.press("Save and propose")
    visitor.sees("Proposed")


def propose_a_change(visitor: Visitor, goal: Goal) -> None:
    """Put a lower target to the other side, having looked at both."""
    visitor.open(f"/o/harbor/goals/{goal.pk}/revision/")
    visitor.page.get_by_label("Target", exact=True).fill("97.5")
    visitor.page.get_by_label("Why", exact=True).fill("The new form came three weeks late.")
    visitor.press("Compare with what is agreed")
    expect(visitor.page.locator("main ins")).to_have_text("97.5")
    visitor.press("Propose this change")
    visitor.sees("waits for an answer")


def test_a_file_becomes_a_signal_and_the_signal_a_goal_both_agree(
    ready: Organization, welcome: Welcome, alice: Person, bob: Person, hana: Person, tmp_path: Path
) -> None:
    upload(welcome(hana), wide_file(tmp_path / "accuracy.csv", alice))
    with tenant_context(ready.pk):
        assert Observation.objects.filter(series__employee=alice.employee).count() == 23

    manager, employee = welcome(bob), welcome(alice)
    answer_with_a_goal(manager)
    with tenant_context(ready.pk):
        goal = Goal.objects.get()
        assert (goal.status, goal.signal is not None) == (GoalStatus.PROPOSED, True)
        assert Signal.objects.filter(status="supported", support_about_id=goal.pk).count() == 1

    employee.open("/o/harbor/")
    employee.follow(employee.page.get_by_role("link", name="Accept the goal, or return it"))
    employee.press("Accept the goal")
    employee.sees("Follows the metric")

    propose_a_change(manager, goal)
    employee.open(f"/o/harbor/goals/{goal.pk}/")
    employee.sees("98 %")
    employee.press("Acknowledge the change")

    with tenant_context(ready.pk):
        goal.refresh_from_db()
        assert (float(goal.target or 0), goal.revision_number, goal.status) == (97.5, 1, GoalStatus.ACTIVE)
        assert goal.revisions.get().status == RevisionStatus.ACKNOWLEDGED
    employee.open(f"/o/harbor/metrics/people/{alice.employee.pk}/")
    employee.sees("Accuracy")
