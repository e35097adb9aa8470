"""The ladder of jobs: HR keeps it, everybody reads it, and a person makes a job on it their aim."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from development.enums import DevelopmentStatus, StepKind
from development.models import DevelopmentPlan, JobStep
from development.selectors.career import ladder_of
from development.services.career import add_step, make_aim, remove_step
from metrics.models import SkillRating
from metrics.selectors.skills import skills_of
from people.models import Competency, JobCompetency, JobDescription
from pipcycle.errors import DomainError
from tests.cast import JobDescriptionFactory, Person
from tests.development.conftest import At, MakePlan, days

ROOT = "/o/harbor/development/"
ClientOf = Callable[[Person], Client]
#: Statements of the page of somebody's ladder, session and member included.
QUERIES = 13


@pytest.fixture
def lead(writing: Competency, alice: Person, adam: Person) -> JobDescription:
    """A job above Alice's that asks for more of what hers does, and for something new."""
    job: JobDescription = JobDescriptionFactory.create(name="Lead analyst")
    leading = Competency.objects.create(name="Leading people")
    JobCompetency.objects.create(job_description=job, competency=writing, expected_level=5)
    JobCompetency.objects.create(job_description=job, competency=leading, expected_level=3)
    add_step(actor=adam.member, source=job_of(alice), target=job, note="Two years in the job")
    return job


def job_of(person: Person) -> JobDescription:
    """Return the person's job."""
    job: JobDescription | None = person.employee.job_description
    assert job is not None
    return job


def rate(person: Person, competency: Competency, level: int) -> None:
    """Let the manager have rated the person."""
    SkillRating.objects.create(
        employee=person.employee, competency=competency, rater="manager", level=level, rated_on=days(-5)
    )


@pytest.fixture
def browse(stage: At, client_of: ClientOf) -> ClientOf:
    """Return a function that makes a browser in which the person is signed in."""
    return client_of


def test_a_step_that_leads_back_up_is_refused(lead: JobDescription, alice: Person, adam: Person) -> None:
    with pytest.raises(DomainError, match="already leads up"):
        add_step(actor=adam.member, source=lead, target=job_of(alice))

    assert add_step(actor=adam.member, source=lead, target=job_of(alice), kind=StepKind.ACROSS).pk


@pytest.mark.parametrize("case", ["double", "itself"])
def test_a_step_that_says_nothing_is_refused(case: str, lead: JobDescription, alice: Person, adam: Person) -> None:
    target = lead if case == "double" else job_of(alice)

    with pytest.raises(DomainError):
        add_step(actor=adam.member, source=job_of(alice), target=target)


@pytest.mark.parametrize("who", ["alice", "bob", "eve", "ines"])
def test_others_do_not_change_the_ladder(
    who: str, lead: JobDescription, alice: Person, request: pytest.FixtureRequest
) -> None:
    member = request.getfixturevalue(who).member

    with pytest.raises(PermissionDenied):
        add_step(actor=member, source=lead, target=JobDescriptionFactory.create(name="Head"))
    with pytest.raises(PermissionDenied):
        remove_step(actor=member, step=JobStep.objects.get())


def test_a_rung_says_how_far_away_it_is(lead: JobDescription, writing: Competency, alice: Person) -> None:
    rate(alice, writing, 4)

    ((one,),) = ladder_of(alice.employee, skills_of(alice.employee))

    assert (one.job, one.note, one.met, one.missing, one.unknown) == (lead, "Two years in the job", 0, 1, 1)


def test_an_aim_begins_a_plan_with_what_is_missing(lead: JobDescription, writing: Competency, alice: Person) -> None:
    rate(alice, writing, 4)

    plan = make_aim(actor=alice.member, employee=alice.employee, job=lead)

    assert (plan.status, plan.aim) == (DevelopmentStatus.DRAFTED, lead)
    assert "“Lead analyst”" in plan.aspiration
    assert [(gap.competency.name, gap.current_level, gap.target_level) for gap in plan.gaps.all()] == [
        ("Writing", 4, 5),
        ("Leading people", None, 3),
    ]


def test_an_aim_leaves_the_words_of_a_draft_and_raises_its_gaps(
    lead: JobDescription, make_plan: MakePlan, writing: Competency, alice: Person
) -> None:
    plan = make_plan(DevelopmentStatus.DRAFTED)

    make_aim(actor=alice.member, employee=alice.employee, job=lead)
    make_aim(actor=alice.member, employee=alice.employee, job=lead)

    plan.refresh_from_db()
    assert (plan.aim, plan.aspiration) == (lead, "I want to lead the reports.")
    assert {(gap.competency.name, gap.target_level) for gap in plan.gaps.all()} == {
        ("Writing", 5),
        ("Leading people", 3),
    }
    assert plan.actions.count() == 1


def test_what_is_met_is_no_gap(lead: JobDescription, writing: Competency, alice: Person) -> None:
    rate(alice, writing, 5)

    plan = make_aim(actor=alice.member, employee=alice.employee, job=lead)

    assert [gap.competency.name for gap in plan.gaps.all()] == ["Leading people"]


def test_an_agreed_plan_keeps_its_aim(lead: JobDescription, make_plan: MakePlan, alice: Person) -> None:
    make_plan()

    with pytest.raises(DomainError, match="Your development plan is “Running”"):
        make_aim(actor=alice.member, employee=alice.employee, job=lead)


def test_nobody_else_chooses_an_aim(lead: JobDescription, alice: Person, bob: Person) -> None:
    with pytest.raises(PermissionDenied):
        make_aim(actor=bob.member, employee=alice.employee, job=lead)


def test_the_pages_lead_from_the_ladder_to_the_aim(
    browse: ClientOf, lead: JobDescription, writing: Competency, alice: Person
) -> None:
    client = browse(alice)
    career = client.get(f"{ROOT}career/", follow=True)
    job = client.get(f"{ROOT}career/{alice.employee.pk}/{lead.pk}/")

    answer = client.post(f"{ROOT}career/{alice.employee.pk}/{lead.pk}/aim/")

    plan = DevelopmentPlan.objects.get()
    assert [words for words in ("Lead analyst", "Two years in the job", "Next step") if words not in career.text] == []
    assert [words for words in ("5 · Expert", "Make it my aim") if words not in job.text] == []
    assert answer["Location"] == f"{ROOT}plans/{plan.pk}/draft/"
    assert "Aim" in client.get(f"{ROOT}career/{alice.employee.pk}/").text


def test_an_aim_refused_is_said_on_the_page(
    browse: ClientOf, lead: JobDescription, make_plan: MakePlan, alice: Person
) -> None:
    make_plan()

    answer = browse(alice).post(f"{ROOT}career/{alice.employee.pk}/{lead.pk}/aim/", follow=True)

    assert "Your development plan is “Running”" in answer.text


def test_a_manager_reads_the_gap_and_cannot_choose(
    browse: ClientOf, lead: JobDescription, alice: Person, bob: Person
) -> None:
    client = browse(bob)

    assert "Make it my aim" not in client.get(f"{ROOT}career/{alice.employee.pk}/{lead.pk}/").text
    assert client.post(f"{ROOT}career/{alice.employee.pk}/{lead.pk}/aim/").status_code == 403


def test_the_ladder_opens_no_job_that_is_not_on_it(browse: ClientOf, lead: JobDescription, alice: Person) -> None:
    other = JobDescriptionFactory.create(name="Chief of everything")

    assert browse(alice).get(f"{ROOT}career/{alice.employee.pk}/{other.pk}/").status_code == 404


def test_without_a_ladder_the_page_says_who_keeps_it(browse: ClientOf, alice: Person) -> None:
    assert "HR keeps the ladder of jobs." in browse(alice).get(f"{ROOT}career/{alice.employee.pk}/").text


def test_hr_adds_and_removes_steps_on_the_page(
    browse: ClientOf, lead: JobDescription, alice: Person, hana: Person
) -> None:
    client, head = browse(hana), JobDescriptionFactory.create(name="Head of analysis")

    client.post(f"{ROOT}ladder/", {"source": lead.pk, "target": head.pk, "kind": "up", "note": ""})
    circle = client.post(f"{ROOT}ladder/", {"source": head.pk, "target": lead.pk, "kind": "up", "note": "Kept words"})
    client.post(f"{ROOT}ladder/{JobStep.objects.get(target=lead).pk}/removal/")

    assert (circle.status_code, "Kept words" in circle.text) == (409, True)
    assert [step.target for step in JobStep.objects.all()] == [head]
    assert browse(alice).post(f"{ROOT}ladder/", {}).status_code == 403
    assert browse(alice).post(f"{ROOT}ladder/{JobStep.objects.get().pk}/removal/").status_code == 403


def test_the_page_of_a_job_names_its_steps(browse: ClientOf, lead: JobDescription, hana: Person) -> None:
    text = browse(hana).get(f"/o/harbor/people/jobs/{lead.pk}/").text

    assert [words for words in ("On the ladder", "People come here from", "Analyst") if words not in text] == []


def test_the_ladder_costs_the_same_with_three_jobs(
    browse: ClientOf,
    lead: JobDescription,
    alice: Person,
    adam: Person,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client, address = browse(alice), f"{ROOT}career/{alice.employee.pk}/"
    client.get(address)
    with django_assert_num_queries(QUERIES):
        client.get(address)
    for name in ("Head", "Chief"):
        add_step(actor=adam.member, source=lead, target=JobDescriptionFactory.create(name=name))

    with django_assert_num_queries(QUERIES):
        client.get(address)
