"""The manager's journey: from a template to a plan handed over, and through its first milestone."""

import datetime

from django.utils import timezone

from pips.enums import PlanStatus
from pips.models import Plan
from pips.services.plan import approve_plan, request_changes
from tests.cast import Person
from tests.journeys.conftest import PastStage, Visitor, Welcome
from tests.pips.conftest import CONFIRMED


def write_the_draft(visitor: Visitor) -> None:
    """Go through the steps and fill in what the template leaves to the manager."""
    page = visitor.page
    page.get_by_label("Title").fill("Deliver on the agreed day")
    replace_prompts(visitor)
    visitor.press("Save and continue")
    if not page.locator("[name=concerns-0-occurred_on]").count():
        visitor.press("Add an example")
    page.locator("[name=concerns-0-occurred_on]").fill("2026-05-12")
    page.locator("[name=concerns-0-description]").fill("The April figures came eight days late.")
    page.locator("[name=concerns-0-standard]").fill("Figures are delivered on the agreed day.")
    visitor.press("Save and continue")
    for baseline in page.locator("[name^=expectations-][name$=-baseline]").all():
        row = str(baseline.get_attribute("name")).removesuffix("-baseline")
        is_at_least = page.locator(f"[name={row}-direction]").input_value() == "at_least"
        baseline.fill("55" if is_at_least else "9")
        page.locator(f"[name={row}-target]").fill("90" if is_at_least else "2")
        page.locator(f"[name={row}-unit]").fill("%")
        page.locator(f"[name={row}-data_source]").fill("Tracker, filter Due")
    for _step in ("milestones", "support", "consequences", "check"):
        visitor.press("Save and continue")
        replace_prompts(visitor)


def replace_prompts(visitor: Visitor) -> None:
    """Put facts where the template asks for them."""
    for words in visitor.page.locator("main textarea").all():
        if "[" in words.input_value():
            words.fill("Estimates are made alone and too early; both have looked at the last ten items.")


def test_the_manager_takes_a_plan_from_the_template_to_its_first_milestone(
    welcome: Welcome, stage: PastStage, bob: Person, hana: Person
) -> None:
    visitor = welcome(bob)
    visitor.open("/o/harbor/people/")
    visitor.follow("Alice Archer")

    visitor.open("/o/harbor/plans/")
    visitor.follow("New plan")
    visitor.page.get_by_label("For whom").select_option(label="Alice Archer")
    visitor.page.get_by_role("radio", name="Delivery").check()
    visitor.press("Start the draft")
    visitor.sees("Root cause")

    plan = Plan.objects.get()
    visitor.open(f"/o/harbor/plans/{plan.pk}/submission/")
    visitor.sees("Rule 2")
    visitor.open(f"/o/harbor/plans/{plan.pk}/draft/frame/")
    write_the_draft(visitor)
    visitor.follow("Submit for review")
    visitor.page.get_by_label("Note to HR").fill("The examples come from the weekly report.")
    visitor.press("Submit for review")
    visitor.sees("In review")

    request_changes(actor=hana.member, plan=Plan.objects.get(), reason="Say who delivers the training.")
    visitor.open("/o/harbor/")
    visitor.sees("Revise the plan")
    visitor.open(f"/o/harbor/plans/{plan.pk}/")
    visitor.sees("Say who delivers the training.")
    visitor.open(f"/o/harbor/plans/{plan.pk}/draft/consequences/")
    visitor.press("Save and continue")
    visitor.follow("Submit for review")
    visitor.press("Submit for review")
    approve_plan(actor=hana.member, plan=Plan.objects.get(), confirmations=CONFIRMED)

    visitor.open(f"/o/harbor/plans/{plan.pk}/")
    visitor.follow("Issue the plan")
    visitor.press("Issue the plan")
    visitor.sees("Version 1")
    assert Plan.objects.get().status == PlanStatus.ISSUED

    visitor.follow("Record a refusal")
    visitor.page.get_by_label("Witness").select_option(label="Carol Castellan")
    visitor.press("Record the refusal")
    visitor.sees("Refused, witnessed")

    _hold_the_first_meetings(visitor, stage)


def _hold_the_first_meetings(visitor: Visitor, stage: PastStage) -> None:
    plan = Plan.objects.get()
    check_in = plan.check_ins.first()
    milestone = plan.milestones.get(day=30)
    assert check_in is not None
    for meeting, word in ((check_in, "check-in"), (milestone, "milestone")):
        assert isinstance(meeting.due_on, datetime.date)
        stage.to(meeting.due_on)
        visitor.open(f"/o/harbor/plans/{plan.pk}/")
        for due in plan.check_ins.filter(due_on__lt=timezone.localdate(), manager_recorded_at=None):
            _record(visitor, f"/o/harbor/plans/{plan.pk}/check-ins/{due.pk}/", "check-in")
        kind = "check-ins" if word == "check-in" else "milestones"
        _record(visitor, f"/o/harbor/plans/{plan.pk}/{kind}/{meeting.pk}/", word)
    milestone.refresh_from_db()
    assert milestone.manager_view == "Seven of ten came on the agreed day."


def _record(visitor: Visitor, path: str, word: str) -> None:
    visitor.open(path)
    visitor.page.get_by_role("radio", name="On track").check()
    visitor.page.locator("[name=manager_view]").fill("Seven of ten came on the agreed day.")
    for reading in visitor.page.get_by_label("Reading:").all():
        reading.fill("70")
    visitor.press(f"Record the {word}")
    visitor.sees("Seven of ten came on the agreed day.")
