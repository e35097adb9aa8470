"""Growing: an employee makes the next job their aim, a manager approves, and the first action goes on."""

from collections.abc import Callable

from django_rls_tenants import tenant_context
from playwright.sync_api import expect

from development.enums import DevelopmentStatus
from development.models import DevelopmentPlan, JobStep
from people.models import Competency, JobCompetency, Organization
from tests.cast import JobDescriptionFactory, Person
from tests.journeys.conftest import Welcome


def test_an_employee_climbs_from_a_gap_to_an_action(
    welcome: Welcome, alice: Person, bob: Person, harbor: Organization, link_in_mail: Callable[[Person, str], str]
) -> None:
    with tenant_context(harbor.pk):
        lead, writing = JobDescriptionFactory.create(name="Lead analyst"), Competency.objects.create(name="Writing")
        JobCompetency.objects.create(job_description=lead, competency=writing, expected_level=4)
        own = alice.employee.job_description
        assert own is not None
        JobStep.objects.create(source=own, target=lead, note="Two years in the job")

    growing = welcome(alice)
    growing.open("/o/harbor/development/")
    growing.sees("Half an hour is enough for the first one")
    growing.follow("Career path")
    growing.sees("Two years in the job")
    growing.follow("Lead analyst")
    growing.press("Make it my aim")
    growing.page.get_by_role("button", name="Add an action").click()
    growing.page.get_by_label("What is done").fill("Write the weekly report")
    growing.page.get_by_label("How will success show?").fill("Nobody asks back.")
    growing.press("Save and submit")
    growing.sees("Bob Bailey is asked to answer it.")

    leading = welcome(bob)
    leading.open(link_in_mail(bob, "A development plan waits for your answer"))
    leading.follow("Answer the plan")
    leading.sees("Nobody asks back.")
    leading.press("Approve the plan")
    leading.sees("Running")

    growing.open(link_in_mail(alice, "Your development plan is approved"))
    growing.page.get_by_label("Progress in %: Write the weekly report").fill("40")
    growing.page.locator("#actions").get_by_role("button", name="Save").click()
    expect(growing.page.locator("#actions progress")).to_have_attribute("value", "40")
    growing.page.reload()
    growing.sees("Write the weekly report: 40 %")
    with tenant_context(harbor.pk):
        plan = DevelopmentPlan.objects.get()
        assert (plan.status, plan.aim, plan.actions.get().progress) == (DevelopmentStatus.RUNNING, lead, 40)
