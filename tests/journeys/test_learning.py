"""Learning from others: a course asked for and completed, and a mentor found, asked and met."""

from collections.abc import Callable

import pytest
from django_rls_tenants import tenant_context

from development.models import Enrolment, MentorSession
from development.services.mentorship import save_profile
from development.services.training import CourseInput, save_course
from people.models import Competency, Organization
from tests.cast import Person
from tests.journeys.conftest import Welcome
from tests.ui.axe import sideways_scroll, violations


@pytest.fixture
def on_offer(harbor: Organization, adam: Person, eve: Person) -> None:
    """A course in the catalogue, and a mentor."""
    with tenant_context(harbor.pk):
        speaking = Competency.objects.create(name="Speaking")
        save_course(actor=adam.member, facts=CourseInput(code="S", name="Safety", recertification_months=12))
        save_profile(actor=eve.member, about="", is_open=True, capacity=1, offered=[speaking], wanted=[])


@pytest.mark.usefixtures("on_offer")
def test_an_employee_takes_a_course_and_finds_a_mentor(
    welcome: Welcome, alice: Person, bob: Person, eve: Person, harbor: Organization,
    link_in_mail: Callable[[Person, str], str],
) -> None:  # fmt: skip
    growing = welcome(alice)
    growing.open("/o/harbor/development/")
    growing.follow("Training")
    growing.follow("Safety")
    growing.page.get_by_label("What for?").fill("For line 3")
    growing.press("Ask for a place")
    growing.sees("Requested")

    leading = welcome(bob)
    leading.open(link_in_mail(bob, "A course waits for your answer"))
    leading.sees("For line 3")
    leading.press("Approve")

    growing.open(link_in_mail(alice, "Your course is approved"))
    growing.page.set_input_files(
        "input[type=file]", {"name": "proof.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    growing.press("Record the completion")
    growing.sees("proof.pdf")
    assert (violations(growing.page), sideways_scroll(growing.page)) == ([], 0)

    growing.open("/o/harbor/development/mentors/profile/")
    growing.page.get_by_role("group", name="What I would like to learn").get_by_label("Speaking").check()
    growing.press("Save my profile")
    growing.sees("offers Speaking: 10 points")
    assert (violations(growing.page), sideways_scroll(growing.page)) == ([], 0)
    growing.follow(f"Ask {eve.employee.full_name}")
    growing.page.get_by_label("What would you like to learn?").fill("To speak freely")
    growing.press("Send the request")

    helping = welcome(eve)
    helping.open(link_in_mail(eve, "Somebody asks you to be their mentor"))
    helping.press("Accept")
    helping.follow("Add a session")
    helping.page.get_by_label("Notes").fill("Breathe first")
    helping.press("Keep the session")
    helping.sees("Breathe first")
    helping.sees_not("Your words are back")
    assert (violations(helping.page), sideways_scroll(helping.page)) == ([], 0)
    with tenant_context(harbor.pk):
        assert (Enrolment.objects.get().certificates.count(), MentorSession.objects.count()) == (1, 1)
