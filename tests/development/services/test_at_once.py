"""Two people at once: one wins, the other is told."""

import datetime

import pytest
from django.utils import timezone

from development.enums import DevelopmentStatus
from development.inputs import PlanInput
from development.learning_enums import MentorshipStatus
from development.learning_obligations import LearningOwed
from development.models import DevelopmentPlan, Enrolment, JobStep, Mentorship, TrainingCourse
from development.services.career import add_step
from development.services.completions import import_completions
from development.services.mentorship import accept_mentorship, request_mentorship, save_profile
from development.services.plans import approve_plan, draft_plan, return_plan, submit_plan
from development.services.training import approve_enrolment, decline_enrolment, enrol
from people.models import Competency, Employee
from people.services.reporting_lines import rebuild_reporting_lines
from pipcycle.errors import DomainError
from reminders.enums import ObligationStatus
from reminders.models import Obligation, OutboxMessage
from tests.cast import JobDescriptionFactory, Person
from tests.development.conftest import action_facts, plan_facts
from tests.support.at_once import at_once


@pytest.fixture
def committed(transactional_db: None) -> None:
    """Rows are committed, so that other connections see them."""


def facts_of(employee: Employee) -> PlanInput:
    """Return a whole plan for the days on which the test runs."""
    today = timezone.localdate()
    later = today + datetime.timedelta(days=90)
    return plan_facts(
        employee, starts_on=today, ends_on=later, actions=[action_facts(employee, starts_on=today, due_on=later)]
    )


@pytest.mark.usefixtures("committed")
def test_two_approvals_and_a_return_settle_a_plan_once(
    harbor_context: object, alice: Person, bob: Person, carol: Person
) -> None:
    plan = draft_plan(actor=alice.member, employee=alice.employee, facts=facts_of(alice.employee))
    submit_plan(actor=alice.member, plan=plan)

    def own() -> DevelopmentPlan:
        return DevelopmentPlan.objects.select_related("employee__manager", "organization").get(pk=plan.pk)

    results = at_once(
        bob.organization.pk,
        lambda: approve_plan(actor=bob.member, plan=own()),
        lambda: approve_plan(actor=carol.member, plan=own()),
        lambda: return_plan(actor=carol.member, plan=own(), reason="Later."),
    )

    assert results[0] == "done"
    assert len(results) == 3
    assert all("this plan" in refusal.lower() for refusal in results[1:])
    plan.refresh_from_db()
    is_agreed = plan.status in (DevelopmentStatus.APPROVED, DevelopmentStatus.RUNNING)
    assert plan.moves.filter(target=DevelopmentStatus.APPROVED).count() == int(is_agreed)
    answers = Obligation.objects.filter(kind="approve_development_plan", status=ObligationStatus.FULFILLED)
    assert answers.count() == 1


@pytest.mark.usefixtures("committed")
def test_a_plan_begun_from_both_sides_at_once_is_one(harbor_context: object, alice: Person, bob: Person) -> None:
    results = at_once(
        bob.organization.pk,
        lambda: draft_plan(actor=alice.member, employee=alice.employee, facts=facts_of(alice.employee)),
        lambda: draft_plan(actor=bob.member, employee=alice.employee, facts=facts_of(alice.employee)),
    )

    assert results[0] == "done"
    assert "has an open development plan already" in results[1]
    assert DevelopmentPlan.objects.count() == 1


@pytest.mark.usefixtures("committed")
def test_two_answers_settle_a_place_once(harbor_context: object, alice: Person, bob: Person, carol: Person) -> None:
    rebuild_reporting_lines()
    course = TrainingCourse.objects.create(code="S", name="Safety")
    made = enrol(actor=alice.member, employee=alice.employee, course=course)

    def own() -> Enrolment:
        return Enrolment.objects.select_related("employee", "course", "organization").get(pk=made.pk)

    results = at_once(
        bob.organization.pk,
        lambda: approve_enrolment(actor=bob.member, enrolment=own()),
        lambda: decline_enrolment(actor=carol.member, enrolment=own(), reason="No."),
    )

    assert results[0] == "done"
    assert "This enrolment is" in results[1]
    assert Obligation.objects.get(kind=LearningOwed.ANSWER_ENROLMENT).status == ObligationStatus.FULFILLED
    assert OutboxMessage.objects.filter(subject__startswith="Your course is").count() == 1


@pytest.mark.usefixtures("committed")
def test_a_mentor_who_accepts_two_at_once_has_no_more_people_than_they_said(
    harbor_context: object, alice: Person, bob: Person, eve: Person
) -> None:
    rebuild_reporting_lines()
    speaking = Competency.objects.create(name="Speaking")
    offer = save_profile(actor=eve.member, about="", is_open=True, capacity=1, offered=[speaking], wanted=[])
    first, second = (request_mentorship(actor=who.member, profile=offer, message="Please.").pk for who in (alice, bob))

    def accept(key: int) -> Mentorship:
        asked = Mentorship.objects.select_related("mentor", "mentee", "organization").get(pk=key)
        return accept_mentorship(actor=eve.member, mentorship=asked)

    results = at_once(eve.organization.pk, lambda: accept(first), lambda: accept(second))

    assert results[0] == "done"
    assert "no place left" in results[1]
    assert Mentorship.objects.filter(status=MentorshipStatus.ACTIVE).count() == 1


@pytest.mark.usefixtures("committed")
def test_a_file_of_completions_handed_in_twice_at_once_is_kept_once(
    harbor_context: object, alice: Person, adam: Person
) -> None:
    TrainingCourse.objects.create(code="S", name="Safety")
    content = f"number,course,completed_on\n{alice.employee.number},S,2026-01-05\n".encode()

    def bring() -> None:
        if not import_completions(actor=adam.member, content=content).kept:
            raise DomainError("on the record already")

    results = at_once(adam.organization.pk, bring, bring)

    assert results[0] == "done"
    assert "on the record already" in results[1]
    assert Enrolment.objects.count() == 1


@pytest.mark.usefixtures("committed")
def test_two_steps_that_would_lead_in_a_circle_are_one(harbor_context: object, alice: Person, adam: Person) -> None:
    low, high = JobDescriptionFactory.create(name="Writer"), JobDescriptionFactory.create(name="Editor")

    results = at_once(
        adam.organization.pk,
        lambda: add_step(actor=adam.member, source=low, target=high),
        lambda: add_step(actor=adam.member, source=high, target=low),
    )

    assert results[0] == "done"
    assert "already leads up" in results[1]
    assert JobStep.objects.count() == 1
