"""A review from end to end: the employee on a phone, the manager, HR, and the receipt; each page walked by axe."""

import datetime

from django.utils import timezone
from django_rls_tenants import tenant_context
from playwright.sync_api import ViewportSize

from documents.models import FormTemplate
from documents.services.templates import provide_templates
from people.models import Organization
from reviews.enums import LateJoiners, ReviewStatus, StepKind
from reviews.models import Review, ReviewCycle
from reviews.services.cycles import launch_cycle, plan_cycle
from reviews.services.running import run_cycle
from tests.cast import Person
from tests.journeys.conftest import Visitor, Welcome

TYPED = {
    "goals-comment": "All of it.",
    "strengths-text": "Careful figures.",
    "ahead-text": "Lead a small project.",
}
PHONE = ViewportSize(width=390, height=844)


def _launched(harbor: Organization, hana: Person) -> None:
    today = timezone.localdate()
    with tenant_context(harbor.pk):
        provide_templates()
        cycle = plan_cycle(
            actor=hana.member,
            dates={
                kind: today + datetime.timedelta(days=14 * place)
                for place, kind in enumerate((StepKind.SELF, StepKind.MANAGER, StepKind.SHARE, StepKind.ACKNOWLEDGE), 1)
            },
            name="Review of the year",
            period_starts_on=today - datetime.timedelta(days=300),
            period_ends_on=today,
            template=FormTemplate.objects.get(kind="appraisal"),
            departments=[],
            jobs=[],
            hired_before=None,
            leaves_out_on_notice=True,
            late_joiners=LateJoiners.ADD,
            accepts_late=True,
        )
        launch_cycle(actor=hana.member, cycle=cycle)
        run_cycle(cycle_id=cycle.pk)


def test_a_review_is_written_by_both_shared_by_hr_and_acknowledged(
    welcome: Welcome, alice: Person, bob: Person, hana: Person, harbor: Organization
) -> None:
    _launched(harbor, hana)

    employee = welcome(alice)
    employee.page.set_viewport_size(PHONE)
    employee.open("/o/harbor/reviews/")
    employee.follow("Write your self-assessment")
    assert employee.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    _fill(employee, TYPED)
    employee.sees("Saved ")  # by itself, before anything was pressed
    employee.press("Look over and hand in")
    employee.sees("Careful figures.")
    employee.press("Hand in")
    employee.sees("Under way")

    manager = welcome(bob)
    manager.open("/o/harbor/reviews/")
    manager.follow("Write the review of Alice Archer")
    manager.sees("Alice says")
    _fill(manager, {**TYPED, "strengths-text": "Reliable, also on Mondays."})
    manager.page.locator("label[for$='overall-rating_2']").click()
    manager.press("Look over and hand in")
    manager.press("Hand in")
    manager.sees("Written")

    partner = welcome(hana)
    partner.open("/o/harbor/reviews/all/?q=Alice")
    partner.follow("Alice Archer")
    partner.follow("Share")
    partner.press("We have talked. Share it")
    partner.sees("The sealed document lies in the employee’s file.")

    employee.open("/o/harbor/")
    employee.open("/o/harbor/reviews/")
    employee.follow("Review of the year")
    employee.sees("Reliable, also on Mondays.")
    employee.follow("Acknowledge receipt")
    employee.page.get_by_label("Your comment").fill("I see the spring differently.")
    employee.press("Acknowledge receipt")
    employee.sees("I see the spring differently.")
    with tenant_context(harbor.pk):
        assert Review.objects.get(employee=alice.employee).status == ReviewStatus.ACKNOWLEDGED


def _fill(visitor: Visitor, words: dict[str, str]) -> None:
    page = visitor.page
    for question in ("work", "together"):
        page.locator(f"label[for$='{question}-rating_2']").click()
    for name, text in words.items():
        page.locator(f"[name='{name}']").fill(text)


def test_the_pages_of_a_cycle_are_open_to_everybody_who_reads_them(
    welcome: Welcome, alice: Person, bob: Person, hana: Person, harbor: Organization
) -> None:
    _launched(harbor, hana)
    partner = welcome(hana)

    with tenant_context(harbor.pk):
        cycle = ReviewCycle.objects.get().get_absolute_url()
    for page in (cycle, f"{cycle}people/", f"{cycle}dates/", f"{cycle}close/", "/o/harbor/reviews/cycles/new/"):
        partner.open(page)
    partner.page.set_viewport_size(PHONE)
    for page in (cycle, f"{cycle}people/", "/o/harbor/reviews/all/", "/o/harbor/reviews/cycles/new/"):
        partner.open(page)
        assert partner.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
