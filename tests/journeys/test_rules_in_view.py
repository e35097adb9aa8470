"""A plan written with its rules in view: remarks and gates while drafting, reasons, HR's looks, and its receipt."""

from playwright.sync_api import expect

from people.models import Employee
from pips.enums import LegalReviewStatus, PlanStatus
from pips.models import EquitySnapshot, GateAnswer, LegalReview, Plan
from tests.cast import Person, make_person
from tests.journeys.conftest import PastStage, Visitor, Welcome

REASON = "She was asked to look at the words: they are a customer’s own."


def test_a_plan_is_written_with_its_rules_in_view_weighed_by_hr_and_received(
    welcome: Welcome, stage: PastStage, alice: Person, bob: Person, hana: Person
) -> None:
    make_person(bob.organization, "Dora", "Dale", manager=bob)
    Employee.objects.filter(manager=bob.employee).update(
        last_rating="Below", job_description=alice.employee.job_description_id
    )
    manager = welcome(bob)
    plan = _draft(manager, stage)
    _submit_with_reasons(manager, plan)
    _weigh(welcome(hana), plan)

    manager.open(f"/o/harbor/plans/{plan.pk}/issue/")
    manager.press("Issue the plan")
    manager.sees("Version 1")
    manager.sees_not("Equity check")

    employee = welcome(alice)
    employee.open(f"/o/harbor/plans/{plan.pk}/")
    employee.sees_not("Equity check")
    employee.sees_not(REASON)
    employee.follow("Acknowledge receipt")
    employee.page.locator("[name=kind][value=received]").check()
    employee.press("Acknowledge receipt")
    assert Plan.objects.get().acknowledged_at is not None


def _draft(manager: Visitor, stage: PastStage) -> Plan:
    """Write what is missing, step by step; what blocks the plan and what its words ask for stand beside the typing."""
    page = manager.page
    manager.open("/o/harbor/plans/new/")
    page.get_by_label("For whom").select_option(label="Alice Archer")
    page.get_by_role("radio", name="Delivery").check()
    manager.press("Start the draft")
    plan = stage.fill(Plan.objects.get(), concerns=[])
    page.reload()
    expect(page.locator("#readiness")).to_contain_text("it cannot be submitted yet")

    page.locator("[name=employment_effects][value=adds_duties]").check()
    page.locator("[name=root_cause]").fill("A customer wrote of her bad attitude in May.")
    page.locator("[name=root_cause]").press("Tab")
    expect(page.locator("#wording mark")).to_contain_text("attitude")
    expect(page.locator("#readiness")).to_contain_text("As typed, not saved yet.")
    manager.look()
    manager.press("Save and continue")
    page.locator("[name=concerns-0-occurred_on]").fill("2026-05-12")
    page.locator("[name=concerns-0-description]").fill("The April figures came eight days late.")
    page.locator("[name=concerns-0-standard]").fill("Figures are delivered on the agreed day.")
    manager.press("Check")
    expect(page.locator("#readiness")).to_contain_text("Nothing blocks the submission")
    return plan


def _submit_with_reasons(manager: Visitor, plan: Plan) -> None:
    manager.follow("Submit for review")
    for field in manager.page.locator("[name^=reason-]").all():
        field.fill(REASON)
    manager.press("Submit for review")
    manager.sees("In review")
    manager.sees_not("adds duties")
    assert {answer.reason for answer in GateAnswer.objects.filter(plan=plan)} == {REASON}


def _weigh(partner: Visitor, plan: Plan) -> None:
    """HR reads the reasons, answers what was routed to it, sees who else is comparable, and approves."""
    partner.open(f"/o/harbor/plans/{plan.pk}/review/")
    partner.sees("Equity check")
    partner.sees("1 of them is not on a plan.")
    partner.sees(REASON)
    partner.follow("Open the review")
    partner.sees("The plan adds duties")
    partner.page.locator("[name=may_go_on][value=yes]").check()
    partner.page.get_by_label("Reasons").fill("The duty was agreed with her before the first example.")
    partner.press("Record the decision")
    assert LegalReview.objects.get().status == LegalReviewStatus.CLEARED

    partner.open(f"/o/harbor/plans/{plan.pk}/review/")
    partner.page.get_by_role("radio", name="Approve").check()
    for confirmation in partner.page.locator("[name=confirmations]").all():
        confirmation.check()
    partner.press("Record the decision")
    plan.refresh_from_db()
    assert plan.status == PlanStatus.APPROVED
    assert EquitySnapshot.objects.get().plan == plan
