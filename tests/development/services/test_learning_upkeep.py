"""Courses and mentorships follow the people: who leaves gives back, and a new manager answers."""

import pytest

from development.learning_enums import EnrolmentStatus, MentorshipStatus
from development.models import Enrolment, MentorProfile, Mentorship, TrainingCourse
from development.services.learning_upkeep import hand_on_requests, learner_left, release_leavers
from development.services.mentorship import accept_mentorship, request_mentorship, save_profile
from development.services.training import CourseInput, approve_enrolment, enrol, save_course
from people.enums import EmployeeStatus
from people.models import Competency, Employee
from people.services.reporting_lines import rebuild_reporting_lines
from reminders.enums import ObligationStatus
from reminders.models import Obligation
from tests.cast import Person
from tests.development.conftest import TODAY, At


def owed() -> set[tuple[str, str]]:
    """Return what is open, and who owes it."""
    return set(Obligation.objects.filter(status=ObligationStatus.OPEN).values_list("kind", "owner__given_name"))


@pytest.fixture
def asked(stage: At, alice: Person, bob: Person, carol: Person, adam: Person) -> Enrolment:
    """Alice has asked Bob for a place in a course."""
    rebuild_reporting_lines()
    course: TrainingCourse = save_course(actor=adam.member, facts=CourseInput(code="SAFE-1", name="Safety"))
    return enrol(actor=alice.member, employee=alice.employee, course=course)


@pytest.fixture
def mentorship(asked: Enrolment, alice: Person, eve: Person) -> Mentorship:
    """Eve is Alice's mentor."""
    competency = Competency.objects.create(name="Speaking")
    profile = save_profile(actor=eve.member, about="Ask me.", is_open=True, capacity=1, offered=[competency], wanted=[])
    return accept_mentorship(
        actor=eve.member, mentorship=request_mentorship(actor=alice.member, profile=profile, message="To speak.")
    )


def test_whoever_leaves_gives_the_place_back_and_nobody_owes_an_answer(asked: Enrolment, alice: Person) -> None:
    assert owed() == {("answer_enrolment", "Bob")}

    learner_left(alice.employee, None)

    asked.refresh_from_db()
    assert (asked.status, owed()) == (EnrolmentStatus.CANCELLED, set())


def test_a_mentor_who_left_by_an_import_is_found_later(mentorship: Mentorship, eve: Person, alice: Person) -> None:
    Employee.objects.filter(pk=eve.employee.pk).update(status=EmployeeStatus.LEFT, left_on=TODAY)

    assert [release_leavers(), release_leavers()] == [1, 0]

    mentorship.refresh_from_db()
    assert mentorship.status == MentorshipStatus.CLOSED
    assert not MentorProfile.objects.get(employee=eve.employee).is_open
    assert Enrolment.objects.get().status == EnrolmentStatus.REQUESTED  # Alice is still there


def test_a_new_manager_answers_what_the_former_one_was_asked(
    asked: Enrolment, alice: Person, bob: Person, carol: Person
) -> None:
    Employee.objects.filter(pk=alice.employee.pk).update(manager=carol.employee)
    rebuild_reporting_lines()

    assert [hand_on_requests(), hand_on_requests()] == [1, 0]

    assert owed() == {("answer_enrolment", "Carol")}
    assert approve_enrolment(actor=carol.member, enrolment=asked).status == EnrolmentStatus.APPROVED
    assert owed() == set()
