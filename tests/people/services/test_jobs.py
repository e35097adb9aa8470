"""Writing job descriptions: what is kept, what goes, who may."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django_rls_tenants import tenant_context

from goals.models import Goal
from people.enums import CompetencyLevel, Role
from people.models import Competency, JobCompetency, JobDescription, Organization, PartnerScope, Responsibility
from people.services.jobs import (
    ResponsibilityInput,
    change_competency,
    change_job,
    create_competency,
    create_job,
    remove_competency,
)
from pipcycle.errors import DomainError
from tests.cast import DepartmentFactory, JobDescriptionFactory, Person, make_person
from tests.tenancy.rows import make_object


@pytest.fixture
def listening(harbor_context: Organization) -> Competency:
    """A competency."""
    return Competency.objects.create(name="Listening")


@pytest.fixture
def clerk(harbor_context: Organization, adam: Person, listening: Competency) -> JobDescription:
    """A job with two responsibilities and a competency."""
    return create_job(
        actor=adam.member,
        name=" Clerk ",
        purpose="Keeps the books.",
        responsibilities=[ResponsibilityInput("Pay invoices", "On time."), ResponsibilityInput("Answer questions")],
        levels={listening.pk: CompetencyLevel.PROFICIENT},
    )


def contents(job: JobDescription) -> tuple[list[tuple[str, str]], dict[str, int]]:
    """Return what the job answers for, in order, and asks."""
    answers = [(row.title, row.description) for row in Responsibility.objects.filter(job_description=job)]
    asks = {row.competency.name: row.expected_level for row in JobCompetency.objects.filter(job_description=job)}
    return answers, asks


def as_given(job: JobDescription, **changes: Any) -> dict[str, Any]:
    """Return the facts of the job as saved, as ``change_job`` takes them, with some changed."""
    known = [ResponsibilityInput(row.title, row.description, row.pk) for row in job.responsibilities.all()]
    levels = {row.competency_id: CompetencyLevel(row.expected_level) for row in job.competencies.all()}
    return {"name": job.name, "purpose": job.purpose, "responsibilities": known, "levels": levels, **changes}


def test_a_new_job_holds_everything_in_order(clerk: JobDescription) -> None:
    assert (clerk.name, clerk.purpose) == ("Clerk", "Keeps the books.")
    assert contents(clerk) == ([("Pay invoices", "On time."), ("Answer questions", "")], {"Listening": 3})


def test_saving_a_job_as_it_is_changes_nothing(clerk: JobDescription, adam: Person) -> None:
    before = list(Responsibility.objects.values())

    change = change_job(actor=adam.member, job=clerk, **as_given(clerk))

    assert (change.unanchored, list(Responsibility.objects.values())) == (0, before)


def test_responsibilities_are_renamed_moved_and_added(clerk: JobDescription, adam: Person) -> None:
    first, second = clerk.responsibilities.all()

    change_job(
        actor=adam.member,
        job=clerk,
        **as_given(
            clerk,
            name="Bookkeeper",
            responsibilities=[
                ResponsibilityInput("Reconcile accounts"),
                ResponsibilityInput("Answer in a day", "", second.pk),
                ResponsibilityInput(first.title, "", first.pk),
            ],
        ),
    )

    assert contents(clerk)[0] == [("Reconcile accounts", ""), ("Answer in a day", ""), ("Pay invoices", "")]
    assert Responsibility.objects.get(title="Answer in a day").pk == second.pk


def test_two_responsibilities_may_change_titles(clerk: JobDescription, adam: Person) -> None:
    first, second = clerk.responsibilities.all()
    swapped = [ResponsibilityInput(second.title, "", first.pk), ResponsibilityInput(first.title, "", second.pk)]

    change_job(actor=adam.member, job=clerk, **as_given(clerk, responsibilities=swapped))

    assert [(row.pk, row.title) for row in clerk.responsibilities.all()] == [
        (first.pk, "Answer questions"),
        (second.pk, "Pay invoices"),
    ]


def test_a_removed_responsibility_leaves_its_goals_standing_without_the_anchor(
    clerk: JobDescription, adam: Person, alice: Person
) -> None:
    first, second = clerk.responsibilities.all()
    goal = make_object(Goal, employee=alice.employee, responsibility=first)
    kept = make_object(Goal, employee=alice.employee, responsibility=second)

    change = change_job(
        actor=adam.member,
        job=clerk,
        **as_given(clerk, responsibilities=[ResponsibilityInput(second.title, "", second.pk)]),
    )

    goal.refresh_from_db()
    kept.refresh_from_db()
    assert (change.unanchored, goal.responsibility_id, kept.responsibility_id) == (1, None, second.pk)


def test_competencies_are_those_given(clerk: JobDescription, adam: Person) -> None:
    writing = create_competency(actor=adam.member, name="Writing")

    change_job(actor=adam.member, job=clerk, **as_given(clerk, levels={writing.pk: CompetencyLevel.EXPERT}))

    assert contents(clerk)[1] == {"Writing": 5}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": "  "}, "Give it a name."),
        ({"name": "ANALYST"}, "There is one called “ANALYST” already."),
        ({"responsibilities": [ResponsibilityInput("Pay"), ResponsibilityInput(" Pay ")]}, "“Pay” is named twice."),
        ({"responsibilities": [ResponsibilityInput(" ")]}, "Give it a name."),
        ({"levels": {0: CompetencyLevel.EXPERT}}, "Choose competencies of this organization."),
    ],
)
def test_a_job_that_makes_no_sense_is_refused_whole(
    change: dict[str, Any], words: str, clerk: JobDescription, adam: Person
) -> None:
    JobDescriptionFactory.create(name="Analyst")
    before = contents(clerk)

    with pytest.raises(DomainError, match=words):
        change_job(actor=adam.member, job=clerk, **as_given(clerk, **change))

    assert contents(JobDescription.objects.get(pk=clerk.pk)) == before


def test_another_tenants_competency_is_refused(clerk: JobDescription, adam: Person, mallory: Person) -> None:
    with tenant_context(mallory.organization.pk):
        foreign = Competency.objects.create(name="Spying")

    with pytest.raises(DomainError):
        change_job(actor=adam.member, job=clerk, **as_given(clerk, levels={foreign.pk: CompetencyLevel.EXPERT}))


@pytest.mark.parametrize("who", ["alice", "bob", "carol", "eve", "ines"])
def test_only_hr_writes_jobs(
    who: str, clerk: JobDescription, listening: Competency, request: pytest.FixtureRequest
) -> None:
    actor = request.getfixturevalue(who).member
    attempts: list[Callable[[], Any]] = [
        lambda: create_job(actor=actor, name="Mine"),
        lambda: change_job(actor=actor, job=clerk, **as_given(clerk)),
        lambda: create_competency(actor=actor, name="Mine"),
        lambda: change_competency(actor=actor, competency=listening, name="Mine", description=""),
        lambda: remove_competency(actor=actor, competency=listening),
    ]

    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()


def test_a_partner_of_some_departments_does_not_write_for_all(harbor_context: Organization, hana: Person) -> None:
    partner = make_person(harbor_context, "Petra", "Pohl", roles=(Role.HR_PARTNER,), is_employed=False)
    PartnerScope.objects.create(membership=partner.member, department=DepartmentFactory.create(name="Sales"))

    assert create_job(actor=hana.member, name="Clerk").name == "Clerk"
    with pytest.raises(PermissionDenied):
        create_job(actor=partner.member, name="Mine")


def test_a_competency_gets_other_words(listening: Competency, adam: Person) -> None:
    changed = change_competency(actor=adam.member, competency=listening, name="Hearing", description=" Asks back. ")

    changed.refresh_from_db()
    assert (changed.name, changed.description) == ("Hearing", "Asks back.")


def test_a_competency_in_use_is_not_removed(clerk: JobDescription, listening: Competency, adam: Person) -> None:
    with pytest.raises(DomainError, match="“Listening” is asked for by a job"):
        remove_competency(actor=adam.member, competency=listening)

    assert Competency.objects.filter(pk=listening.pk).exists()


def test_a_competency_nobody_uses_is_removed(listening: Competency, adam: Person) -> None:
    remove_competency(actor=adam.member, competency=listening)

    assert Competency.objects.count() == 0
