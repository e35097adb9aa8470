"""A change of a running plan: the manager proposes, HR compares and approves, the employee receives the new version."""

from pips.models import Plan
from tests.cast import Person
from tests.journeys.conftest import PastStage, Welcome


def test_a_change_goes_from_the_manager_over_hr_to_the_employee(
    welcome: Welcome, stage: PastStage, alice: Person, bob: Person, hana: Person
) -> None:
    plan = stage.active()

    manager = welcome(bob)
    manager.open(f"/o/harbor/plans/{plan.pk}/")
    manager.follow("Change the plan")
    manager.page.get_by_label("Why is the plan changed?").fill("The team agreed on the higher figure.")
    manager.page.locator("#id_expectations-0-target").fill("95")
    manager.press("Propose to HR", status=409)
    manager.sees("Then the plan needs at least 14 days more")
    manager.page.get_by_label("Days more").fill("14")
    manager.press("Propose to HR")
    manager.sees("Proposal for version 2")

    partner = welcome(hana)
    partner.open("/o/harbor/")
    partner.follow("Review the change")
    partner.follow("Review the change")
    partner.sees("The target of “Work is delivered on the agreed day” is harder")
    partner.page.get_by_role("radio", name="Approve: it is in force at once").check()
    partner.press("Record the decision")
    partner.sees("In force, receipt open")

    employee = welcome(alice)
    employee.open("/o/harbor/")
    employee.follow("Acknowledge the plan")
    employee.follow("Acknowledge receipt")
    employee.sees("You confirm that you have received version 2 of the plan.")
    employee.follow("See what changed, side by side")
    employee.sees("95%")
    employee.open(f"/o/harbor/plans/{plan.pk}/acknowledgement/")
    employee.press("Acknowledge receipt")
    employee.sees("In force")

    changed = Plan.objects.get()
    assert (changed.version, changed.receipt_owed_for, changed.extension_days) == (2, None, 14)
