"""One incident from its facts to the decision on the appeal; a plan from its outcome to the letter's receipt."""

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone
from django_rls_tenants import tenant_context
from playwright.sync_api import expect

from pips.discipline_enums import ActionStatus
from pips.enums import PlanStatus, TrackStatus
from pips.models import DisciplinaryAction, Plan
from pips.services.progress import record_milestone
from tests.cast import Person, make_person
from tests.journeys.conftest import PastStage, Visitor, Welcome

DISCIPLINE = "/o/harbor/discipline/"


@pytest.fixture
def nora(stage: PastStage) -> Person:
    """A manager of another team."""
    nora = make_person(stage.alice.organization, "Nora", "North")
    make_person(stage.alice.organization, "Oleg", "Olsen", manager=nora)
    return nora


def day(ago: int) -> str:
    """Return the date that many days before today, as a date field takes it."""
    return (timezone.localdate() - datetime.timedelta(days=ago)).isoformat()


def write_the_draft(visitor: Visitor, name: str) -> None:
    """Begin an action and fill in what the gates ask for, choice by choice."""
    page = visitor.page
    visitor.open(DISCIPLINE)
    visitor.follow("New disciplinary action")
    page.get_by_label("About whom").select_option(label=name)
    visitor.press("Start the draft")
    visitor.sees("It does not say what happened and on which day.")
    words = {
        "What happened": "The guard of the press was off for an hour.",
        "Policy that was broken": "Safety at machines",
        "Its version": "4.1",
        "How it was looked into": "The shift lead read the log.",
        "The employee’s statement": "It had jammed again.",
        "Why this level fits": "The first time; nobody was hurt.",
        "What is to change": "The guard stays on.",
        "What follows if it happens again": "A written warning.",
        "Heard on": day(3),
        "By when": day(-30),
    }
    page.get_by_label("Date", exact=True).fill(day(5))
    for label, value in words.items():
        page.get_by_label(label, exact=True).fill(value)
    for label, option in {
        "What it is about": "Safety",
        "Union or works council": "Not covered by a union or works council",
        "Probation": "Not on probation",
        "Level": "Verbal warning",
    }.items():
        page.get_by_label(label, exact=True).select_option(label=option)
    page.get_by_label("Gave a statement").check()
    page.get_by_label("Told of the right, did not ask for anybody").check()
    page.get_by_label("There are no prior actions").check()
    visitor.press("Save draft")
    visitor.sees("Nothing stands in the way")


def test_an_incident_from_its_facts_to_the_appeal(
    stage: PastStage, welcome: Welcome, alice: Person, bob: Person, hana: Person, nora: Person
) -> None:
    manager, hr, employee = welcome(bob), welcome(hana), welcome(alice)
    write_the_draft(manager, "Alice Archer")
    manager.follow(manager.page.locator("main aside").get_by_role("link", name="Submit for review"))
    manager.press("Submit for review")
    manager.sees("HR is reviewing it.")

    with tenant_context(alice.organization.pk):
        action = DisciplinaryAction.objects.get()
    path = f"{DISCIPLINE}{action.pk}/"
    employee.open(path, status=404)
    hr.open(f"{path}review/")
    hr.page.get_by_label("Approve", exact=True).check()
    for box in hr.page.locator("main").get_by_role("checkbox").all():
        box.check()
    hr.press("Record the decision")
    manager.open(f"{path}issue/")
    manager.press("Hand it over")

    employee.open("/o/harbor/")
    employee.follow(employee.page.get_by_role("link", name="Acknowledge the letter"))
    employee.sees("The guard of the press was off for an hour.")
    employee.follow("Appeal")
    employee.page.get_by_label("Why it should not stand as it is").fill("I had reported the guard twice.")
    employee.press("File the appeal")
    hr.open(f"{path}hearer/")
    hr.page.get_by_label("Heard by").select_option(label="Nora North")
    hr.press("Ask them to hear it")

    hearer = welcome(nora)
    hearer.open(path)
    hearer.follow("Decide the appeal")
    hearer.sees("I had reported the guard twice.")
    hearer.page.get_by_label("The action is withdrawn").check()
    hearer.page.get_by_label("Reasons").fill("The reports are on file; nobody acted on them.")
    hearer.press("Decide")
    employee.open(path)
    employee.sees("The reports are on file; nobody acted on them.")
    with tenant_context(alice.organization.pk):
        action.refresh_from_db()
    assert action.status == ActionStatus.WITHDRAWN


def test_an_outcome_from_its_results_to_the_receipt_of_the_letter(
    stage: PastStage, welcome: Welcome, alice: Person, hana: Person, link_in_mail: Callable[[Person, str], str]
) -> None:
    plan = stage.active()
    stage.deliver(plan)
    record_every_milestone(stage, plan)
    hr = welcome(hana)
    hr.open(f"/o/harbor/plans/{plan.pk}/outcome/")
    for choice in hr.page.locator("main").get_by_label("Result").all():
        choice.select_option(label="Met")
    hr.page.get_by_label("Successful", exact=True).check()
    hr.page.get_by_label("Reasons", exact=True).fill("Both targets were held for a month.")
    hr.press("Decide and seal the letter")
    hr.sees("Relapse window")

    employee = welcome(alice)
    employee.open(link_in_mail(alice, "A decision is on record"))
    employee.follow("Acknowledge the outcome letter")
    employee.press("Acknowledge receipt")
    expect(employee.page.locator("main")).to_contain_text("This confirms receipt and does not mean that I agree")
    with tenant_context(alice.organization.pk):
        plan.refresh_from_db()
    assert plan.status == PlanStatus.DECIDED


def record_every_milestone(stage: PastStage, plan: Plan) -> None:
    """Record every milestone on its day."""
    for milestone in plan.milestones.all():
        assert milestone.due_on is not None
        stage.to(milestone.due_on)
        record_milestone(
            actor=stage.bob.member,
            milestone=milestone,
            held_on=milestone.due_on,
            track_status=TrackStatus.ON_TRACK,
            manager_view="The target is held.",
            readings={one.pk: one.target for one in plan.expectations.all()},
        )
