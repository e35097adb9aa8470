"""From a file of figures to a signal, a goal that answers it, a change of that goal, and its end."""

import datetime
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone
from django_rls_tenants import tenant_context
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from goals.enums import GoalStatus, Measure, RevisionStatus
from goals.inputs import GoalInput
from goals.models import Cycle, Goal, Objective
from goals.services.cycles import open_cycle
from goals.services.goals import accept_goal, draft_goal, propose_goal
from metrics.enums import Direction
from metrics.models import Metric, Observation, Signal
from metrics.services.definitions import add_presets
from people.models import Organization, Responsibility
from tests.cast import Person
from tests.journeys.conftest import Visitor, Welcome

PATIENCE = 30_000
USUAL = (97.8, 98.1, 97.9, 98.0, 98.2, 97.7)
WORSE = (95.1, 95.4, 94.9)


def this_monday() -> datetime.date:
    """Return the first day of this week."""
    return timezone.localdate() - datetime.timedelta(days=timezone.localdate().weekday())


def mondays(count: int) -> list[datetime.date]:
    """Return the last Mondays, this week's not among them, in order."""
    return [this_monday() - datetime.timedelta(weeks=back) for back in range(count, 0, -1)]


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
    visitor.sees("Nobody has the employee number “NOBODY”.")
    visitor.follow(page.get_by_role("link", name="Record…"))
    page.locator("main").get_by_role("button", name="Record 23 figures").click()
    expect(page.get_by_role("link", name="See the batch")).to_be_visible(timeout=PATIENCE)
    visitor.look()


def find_the_signal(visitor: Visitor) -> None:
    """Open the signal from the home page, and read its chart point by point by keyboard."""
    page = visitor.page
    visitor.open("/o/harbor/")
    visitor.follow(page.get_by_role("table", name="New signals").get_by_role("link", name="Alice Archer").first)
    visitor.sees("Accuracy")
    chart = page.get_by_role("slider", name=re.compile("^Points of the chart: Accuracy"))
    expect(chart).to_be_visible(timeout=PATIENCE)
    chart.focus()
    page.keyboard.press("End")
    expect(page.locator("[data-chart-readout]")).to_contain_text("94.9")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[data-chart-readout]")).to_contain_text("95.4")
    visitor.look()


def listen_to_the_coach(visitor: Visitor) -> None:
    """Write vaguely, set one remark aside, and mend the rest until its words are no longer quoted."""
    page = visitor.page
    title, quoted = page.get_by_label("Goal", exact=True), page.locator("#coach-body mark")
    title.fill("Improve the accuracy as needed")
    expect(quoted.filter(has_text="Improve")).to_be_visible(timeout=PATIENCE)
    expect(quoted.filter(has_text="as needed")).to_be_visible()
    visitor.look()
    remark = page.locator(".coach__remark").filter(has=page.locator("mark", has_text="as needed"))
    remark.locator("summary").click()
    remark.get_by_label("Why? The other side reads it.").fill("It is the name of the queue.")
    remark.get_by_role("button", name=re.compile("^Set it aside")).click()
    reason = page.locator("#coach-body").get_by_text("Set aside, because: It is the name of the queue.")
    expect(reason).to_be_visible(timeout=PATIENCE)
    expect(quoted.filter(has_text="as needed")).to_have_count(0)
    title.fill("Bring the accuracy of my cases back to 98 % by spring")
    expect(quoted.filter(has_text="Improve")).to_have_count(0, timeout=PATIENCE)


def answer_with_a_goal(visitor: Visitor) -> None:
    """Start a goal from the signal, let the coach find what is vague and what is missing, mend it, and propose."""
    page = visitor.page
    summary = page.locator("#coach-summary")
    visitor.follow("Agree a goal")
    expect(page.get_by_label("Follows the metric").locator("option:checked")).to_have_text("Accuracy")
    expect(page.get_by_label("Target", exact=True)).to_have_value("98")
    expect(page.get_by_label("Today", exact=True)).not_to_have_value("")
    listen_to_the_coach(visitor)
    page.get_by_label("Today", exact=True).fill("95")
    page.get_by_label("From", exact=True).fill(this_monday().isoformat())
    expect(summary).to_have_text("1 thing is needed before both can agree.", timeout=PATIENCE)
    page.get_by_label("Responsibility of the job").select_option(label="Keep errors low")
    expect(summary).not_to_contain_text("needed", timeout=PATIENCE)
    visitor.look()
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


def token_for_a_program(visitor: Visitor) -> str:
    """Make a token and return its text, which is shown once."""
    visitor.open("/o/harbor/metrics/tokens/")
    visitor.follow("Make the first token")
    visitor.page.get_by_label("What it is for").fill("Case system, nightly")
    visitor.press("Make the token")
    visitor.sees("Copy it now: it is shown this once")
    text = visitor.page.get_by_label("Token", exact=True).input_value()
    visitor.follow("I have copied it")
    visitor.sees("Case system, nightly")
    assert text not in visitor.page.content()
    return text


def hand_in(visitor: Visitor, token: str, person: Person, value: float) -> None:
    """Hand a figure of this week in as a program does, in no session of the portal."""
    figure = {"employee": person.employee.number, "metric": "accuracy", "date": this_monday().isoformat()}
    answer = visitor.page.context.request.post(
        f"{visitor.address}/api/v1/observations",
        headers={"Authorization": f"Bearer {token}"},
        data={"observations": [{**figure, "value": value}]},
    )
    assert (answer.status, answer.json()["new"], answer.json()["refused"]) == (200, 1, [])


def target_of(organization: Organization, goal: Goal) -> tuple[float, int]:
    """Return the target in force and how often it was changed."""
    with tenant_context(organization.pk):
        goal.refresh_from_db()
        return float(goal.target or 0), goal.revision_number


def test_a_file_becomes_a_signal_and_the_signal_a_goal_both_agree(
    ready: Organization, welcome: Welcome, alice: Person, bob: Person, hana: Person, adam: Person, tmp_path: Path
) -> None:
    upload(welcome(hana), wide_file(tmp_path / "accuracy.csv", alice))
    with tenant_context(ready.pk):
        assert Observation.objects.filter(series__employee=alice.employee).count() == 23

    manager, employee = welcome(bob), welcome(alice)
    find_the_signal(manager)
    answer_with_a_goal(manager)
    with tenant_context(ready.pk):
        goal = Goal.objects.get()
        assert (goal.status, goal.signal is not None) == (GoalStatus.PROPOSED, True)
        assert Signal.objects.filter(status="supported", support_about_id=goal.pk).count() == 1

    employee.open("/o/harbor/")
    employee.follow(employee.page.get_by_role("link", name="Accept the goal, or return it"))
    employee.press("Accept the goal")
    employee.sees("Follows the metric")
    employee.sees("No value since the goal began.")

    propose_a_change(manager, goal)
    assert target_of(ready, goal) == (98.0, 0)
    employee.open(f"/o/harbor/goals/{goal.pk}/")
    employee.sees("98 %")
    employee.press("Acknowledge the change")
    assert target_of(ready, goal) == (97.5, 1)
    with tenant_context(ready.pk):
        assert (goal.status, goal.revisions.get().status) == (GoalStatus.ACTIVE, RevisionStatus.ACKNOWLEDGED)

    hand_in(welcome(None), token_for_a_program(welcome(adam)), alice, 96.5)
    employee.open(f"/o/harbor/goals/{goal.pk}/")
    employee.sees("96.5 %")
    employee.sees("60 % of the way")
    employee.open(f"/o/harbor/metrics/people/{alice.employee.pk}/")
    employee.sees("Accuracy")


def test_hr_says_what_is_measured_opens_a_cycle_and_names_an_objective(
    running: LiveServer, harbor: Organization, welcome: Welcome, hana: Person
) -> None:
    visitor, today = welcome(hana), timezone.localdate()
    page = visitor.page
    visitor.open("/o/harbor/metrics/definitions/")
    visitor.sees("Nothing is measured yet")
    for box in page.get_by_role("checkbox").all():
        box.set_checked(checked="Accuracy" in box.locator("xpath=..").inner_text())
    visitor.press("Add the chosen")
    visitor.follow("Accuracy")

    visitor.open("/o/harbor/goals/cycles/new/")
    page.get_by_label("Name", exact=True).fill("The next half-year")
    page.get_by_label("Length").select_option(label="Half-year")
    for label, days in (("First day", 0), ("Last day", 181), ("Goals proposed by", 14)):
        page.get_by_label(label).fill((today + datetime.timedelta(days=days)).isoformat())
    visitor.press("Open the cycle")
    expect(page.locator("body")).to_contain_text("The cycle is open.")

    visitor.open("/o/harbor/goals/objectives/")
    visitor.follow("Write the first objective")
    page.get_by_label("Whose objective").select_option(label="Organization")
    page.get_by_label("Objective", exact=True).fill("Customers get it right the first time")
    visitor.press("Save the objective")
    expect(page.locator("body")).to_contain_text("Goals can serve it from now on.")
    with tenant_context(harbor.pk):
        assert list(Metric.objects.values_list("key", flat=True)) == ["accuracy"]
        assert Objective.objects.get().cycle == Cycle.objects.get()


@pytest.fixture
def agreed(ready: Organization, alice: Person, bob: Person) -> Goal:
    """A goal of Alice that both have agreed; she reports its value herself."""
    today = timezone.localdate()
    with tenant_context(ready.pk):
        facts = GoalInput(
            title="Answer every case within 2 days",
            measure=Measure.NUMBER,
            baseline=Decimal(6),
            target=Decimal(2),
            unit="days",
            direction=Direction.LOWER,
            responsibility=Responsibility.objects.get(),
            starts_on=today,
            due_on=today + datetime.timedelta(days=60),
        )
        goal = draft_goal(actor=alice.member, employee=alice.employee, cycle=Cycle.objects.get(), facts=facts)
        propose_goal(actor=alice.member, goal=goal)
        return accept_goal(actor=bob.member, goal=goal)


def report_in_the_row(visitor: Visitor, goal: Goal) -> None:
    """Say where the goal stands without leaving the list; the row is shown again in its place."""
    page = visitor.page
    visitor.open("/o/harbor/goals/")
    row = page.locator(f"#goal-{goal.pk}")
    row.get_by_role("link", name=re.compile(f"^Update ?: {goal.title}$")).click()
    row.get_by_label("Today").fill("4")
    row.get_by_label("Confidence").select_option(label="At risk")
    row.get_by_label("In a word").fill("Mondays are still too full.")
    visitor.look()
    row.get_by_role("button", name="Save", exact=True).click()
    expect(row).to_contain_text("4, target 2 days")
    expect(row).to_contain_text("At risk")
    assert page.url.endswith("/o/harbor/goals/")
    visitor.look()


def test_the_employee_reports_with_evidence_and_the_manager_completes_the_goal_with_a_word(
    agreed: Goal, ready: Organization, welcome: Welcome, alice: Person, bob: Person, tmp_path: Path
) -> None:
    employee, manager = welcome(alice), welcome(bob)
    report_in_the_row(employee, agreed)

    evidence = tmp_path / "cases.txt"
    evidence.write_text("All cases of the week were answered within two days.")
    employee.follow(agreed.title)
    employee.follow("Give an update")
    employee.page.get_by_label("Value today").fill("2")
    employee.page.get_by_role("radio", name="On track").check()
    employee.page.get_by_label("Or a file").set_input_files(evidence)
    employee.press("Put it on the record")
    employee.sees("100 % of the way")

    manager.open(f"/o/harbor/goals/{agreed.pk}/")
    manager.sees("Mondays are still too full.")
    with manager.page.expect_download() as download:
        manager.page.get_by_role("link", name="cases.txt").click()
    assert download.value.path().read_text() == evidence.read_text()
    manager.follow("Complete the goal")
    manager.page.get_by_role("radio", name="Reached", exact=True).check()
    manager.page.get_by_label("What the result rests on").fill("Every case of the last week, in the tracker.")
    manager.press("Complete the goal")

    manager.open("/o/harbor/")
    manager.follow(manager.page.get_by_role("link", name="Say something about the completed goal"))
    manager.page.get_by_label("Your words").fill("You moved the Monday calls yourself; keep that.")
    manager.press("Put it on the record")
    employee.open(f"/o/harbor/goals/{agreed.pk}/")
    employee.sees("You moved the Monday calls yourself; keep that.")
    manager.open("/o/harbor/")
    manager.sees_not("Say something about the completed goal")
    with tenant_context(ready.pk):
        agreed.refresh_from_db()
        assert (agreed.status, agreed.result) == (GoalStatus.COMPLETED, "reached")
