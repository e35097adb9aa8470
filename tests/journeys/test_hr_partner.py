"""The HR partner's journey: the review queue, changes and approval, the outcome and the close."""

from collections.abc import Callable

from pips.enums import Outcome, PlanStatus
from pips.models import Plan
from pips.services.outcome import record_follow_up
from pips.services.plan import submit_plan, take_back_to_draft
from tests.cast import Person
from tests.journeys.conftest import PastStage, Welcome


def test_the_hr_partner_reviews_approves_decides_and_closes(
    welcome: Welcome, stage: PastStage, bob: Person, hana: Person, link_in_mail: Callable[[Person, str], str]
) -> None:
    plan = stage.in_review()
    visitor = welcome(hana)
    visitor.open("/o/harbor/")
    visitor.sees("Review the plan")
    visitor.open("/o/harbor/plans/")
    visitor.follow("Alice Archer")
    visitor.follow("Review")
    visitor.page.get_by_role("radio", name="Ask for changes").check()
    visitor.press("Record the decision", status=422)
    visitor.sees("There is a problem")
    visitor.page.get_by_label("Reasons").fill("Say who delivers the training.")
    visitor.press("Record the decision")
    visitor.sees("Changes requested")
    assert link_in_mail(bob, "").startswith("/o/harbor/plans/")

    plan.refresh_from_db()
    take_back_to_draft(actor=bob.member, plan=plan)
    submit_plan(actor=bob.member, plan=plan)
    visitor.open(f"/o/harbor/plans/{plan.pk}/review/")
    visitor.page.get_by_role("radio", name="Approve").check()
    for confirmation in visitor.page.locator("[name=confirmations]").all():
        confirmation.check()
    visitor.press("Record the decision")
    visitor.sees("Approved")
    assert Plan.objects.get().approved_by == hana.member


def test_the_hr_partner_decides_and_closes(welcome: Welcome, stage: PastStage, bob: Person, hana: Person) -> None:
    plan = stage.ended()
    visitor = welcome(hana)
    visitor.open(f"/o/harbor/plans/{plan.pk}/")
    visitor.follow("Decide the outcome")
    visitor.page.get_by_role("radio", name="Successful", exact=True).check()
    for verdict in visitor.page.locator("select[name^=verdict]").all():
        verdict.select_option("met")
    visitor.page.get_by_label("Reasons").fill("Every target was met and held for a month.")
    visitor.press("Decide and seal the letter")
    visitor.sees("Every target was met and held for a month.")

    plan.refresh_from_db()
    assert (plan.status, plan.outcome) == (PlanStatus.DECIDED, Outcome.SUCCESSFUL)
    for follow_up in plan.follow_ups.all():
        stage.to(follow_up.due_on)
        record_follow_up(
            actor=bob.member, follow_up=follow_up, held_on=follow_up.due_on, is_sustained=True, note="Still on time."
        )
    visitor.open(f"/o/harbor/plans/{plan.pk}/")
    visitor.sees("Followed up")
    visitor.follow("Close the plan")
    visitor.press("Close the plan")
    visitor.sees("Closed")
