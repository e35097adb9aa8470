"""Rating competencies: whose view it is, what a second rating does, who may."""

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django_rls_tenants import tenant_context

from metrics.enums import Rater
from metrics.models import SkillRating
from metrics.rules import rater_of
from metrics.selectors.skills import skills_of, team_gaps, team_of
from metrics.services.skills import SkillInput, rate_skills
from people.enums import CompetencyLevel, EmployeeStatus
from people.models import Competency, JobCompetency, Organization
from pipcycle.errors import DomainError
from tests.cast import JobDescriptionFactory, Person

FIRST = datetime.datetime(2026, 3, 2, 15, tzinfo=datetime.UTC)
SECOND = datetime.datetime(2026, 4, 6, 15, tzinfo=datetime.UTC)


@pytest.fixture
def listening(harbor_context: Organization, alice: Person) -> Competency:
    """A competency Alice's job asks for at level 4."""
    competency = Competency.objects.create(name="Listening")
    JobCompetency.objects.create(
        job_description=JobDescriptionFactory.create(), competency=competency, expected_level=CompetencyLevel.ADVANCED
    )
    return competency


def rate(actor: Person, about: Person, competency: Competency, level: int, note: str = "") -> None:
    """Let the actor rate one competency."""
    rating = SkillInput(competency.pk, CompetencyLevel(level), note)
    rate_skills(actor=actor.member, employee=about.employee, ratings=[rating])


def views() -> list[tuple[str, int, str]]:
    """Return rater, level and note of every rating, oldest first."""
    return list(SkillRating.objects.order_by("rated_on", "rater").values_list("rater", "level", "note"))


@pytest.mark.parametrize(
    ("who", "rater"),
    [
        ("alice", Rater.SELF), ("bob", Rater.MANAGER), ("carol", Rater.MANAGER),
        ("hana", None), ("adam", None), ("eve", None), ("ines", None),
    ],
)  # fmt: skip
def test_the_person_and_the_managers_above_rate_and_nobody_else(
    who: str, rater: Rater | None, listening: Competency, alice: Person, request: pytest.FixtureRequest
) -> None:
    actor: Person = request.getfixturevalue(who)

    assert rater_of(actor.member, alice.employee) is rater
    if rater is None:
        with pytest.raises(PermissionDenied):
            rate(actor, alice, listening, 3)
    else:
        rate(actor, alice, listening, 3)
        assert views() == [(rater.value, 3, "")]


def test_a_manager_rates_themself_as_a_person(listening: Competency, bob: Person) -> None:
    rate(bob, bob, listening, 2)

    assert views() == [("self", 2, "")]


def test_a_second_rating_of_the_day_replaces_the_first(listening: Competency, alice: Person, bob: Person) -> None:
    rate(alice, alice, listening, 2, "At first.")
    rate(bob, alice, listening, 3)
    rate(alice, alice, listening, 4, " On second thought. ")

    assert views() == [("manager", 3, ""), ("self", 4, "On second thought.")]


def test_two_managers_share_the_managers_view_of_a_day(
    listening: Competency, alice: Person, bob: Person, carol: Person
) -> None:
    rate(bob, alice, listening, 2)
    rate(carol, alice, listening, 3)

    assert SkillRating.objects.get().rated_by == carol.member


def test_another_day_adds_a_rating_and_the_latest_counts(listening: Competency, alice: Person, bob: Person) -> None:
    with time_machine.travel(FIRST):
        rate(bob, alice, listening, 2)
    with time_machine.travel(SECOND):
        rate(bob, alice, listening, 3)

    (skill,) = skills_of(alice.employee)
    assert [(rating.rated_on.isoformat(), rating.level) for rating in skill.ratings] == [
        ("2026-04-06", 3),
        ("2026-03-02", 2),
    ]
    assert (skill.expected, skill.gap.manager, skill.gap.levels) == (4, 3, 1)


def test_what_was_rated_stays_in_sight_after_a_change_of_job(listening: Competency, alice: Person) -> None:
    rate(alice, alice, listening, 5)
    alice.employee.job_description = JobDescriptionFactory.create(name="Clerk")
    alice.employee.save(update_fields=["job_description"])

    (skill,) = skills_of(alice.employee)

    assert (skill.expected, skill.gap.words) == (None, "Not asked by the job")


def test_one_who_has_left_is_not_rated(listening: Competency, alice: Person, bob: Person) -> None:
    alice.employee.status = EmployeeStatus.LEFT

    with pytest.raises(DomainError, match="Alice Archer has left"):
        rate(bob, alice, listening, 3)


@pytest.mark.parametrize("count", [0, 2])
def test_nothing_and_twice_the_same_are_refused(count: int, listening: Competency, alice: Person) -> None:
    with pytest.raises(DomainError):
        rate_skills(
            actor=alice.member,
            employee=alice.employee,
            ratings=[SkillInput(listening.pk, CompetencyLevel.EXPERT)] * count,
        )

    assert views() == []


def test_another_tenants_competency_is_refused(harbor_context: Organization, alice: Person, mallory: Person) -> None:
    with tenant_context(mallory.organization.pk):
        foreign = Competency.objects.create(name="Spying")

    with pytest.raises(DomainError, match="of this organization"):
        rate(alice, alice, foreign, 3)


def test_the_team_is_who_reports_directly_and_works_here(
    harbor_context: Organization, alice: Person, bob: Person, carol: Person
) -> None:
    def names(*, is_direct: bool) -> list[str]:
        return [person.full_name for person in team_of(carol.member, is_direct=is_direct)]

    assert (names(is_direct=True), names(is_direct=False)) == (["Bob Bailey"], ["Alice Archer", "Bob Bailey"])
    bob.employee.status, bob.employee.left_on = EmployeeStatus.LEFT, datetime.date(2026, 1, 1)
    bob.employee.save(update_fields=["status", "left_on"])
    assert (names(is_direct=True), names(is_direct=False)) == ([], ["Alice Archer"])


def test_the_teams_gaps_stand_under_their_competencies(
    listening: Competency, alice: Person, bob: Person, carol: Person
) -> None:
    rate(alice, alice, listening, 5)
    rate(bob, alice, listening, 3)
    bob.employee.job_description = JobDescriptionFactory.create(name="Foreman")
    bob.employee.save(update_fields=["job_description"])

    columns, rows = team_gaps(list(team_of(carol.member, is_direct=False)))

    assert columns == [listening]
    assert [[gap and gap.levels for gap in row.gaps] for row in rows] == [[1], [None]]
    assert rows[1].gaps == [None]
