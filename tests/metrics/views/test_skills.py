"""The pages of skill gaps."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_rls_tenants import tenant_context
from pytest_django import DjangoAssertNumQueries

from metrics import registry
from metrics.models import SkillRating
from metrics.services.skills import SkillInput, rate_skills
from people.enums import CompetencyLevel
from people.models import Competency, JobCompetency
from people.services.reporting_lines import rebuild_reporting_lines
from tests.cast import EmployeeFactory, JobDescriptionFactory, Person

ClientOf = Callable[[Person], Client]
SKILLS = "/o/harbor/metrics/skills/"
SKILLS_QUERIES = 12
TEAM_QUERIES = 12


@pytest.fixture
def competencies(alice: Person) -> list[Competency]:
    """Two competencies of the job everybody has: one at level 4, one at level 2."""
    with tenant_context(alice.organization.pk):
        made = [Competency.objects.create(name=name) for name in ("Listening", "Writing")]
        for competency, level in zip(made, (4, 2), strict=True):
            JobCompetency.objects.create(
                job_description=JobDescriptionFactory.create(), competency=competency, expected_level=level
            )
        return made


def rate(actor: Person, about: Any, competency: Competency, level: int) -> None:
    """Let the actor rate one competency."""
    with tenant_context(actor.organization.pk):
        rate_skills(
            actor=actor.member, employee=about, ratings=[SkillInput(competency.pk, CompetencyLevel(level), "Seen.")]
        )


def page_of(person: Person) -> str:
    """Return the address of the person's skills."""
    return f"{SKILLS}{person.employee.pk}/"


def test_both_views_stand_beside_what_the_job_expects(
    competencies: list[Competency], alice: Person, bob: Person, client_of: ClientOf
) -> None:
    rate(alice, alice.employee, competencies[0], 3)
    rate(bob, alice.employee, competencies[0], 2)

    response = client_of(bob).get(page_of(alice))

    assert [
        (row["skill"].competency.name, row["expected"], row["own"], row["manager"], row["gap"].words)
        for row in response.context["rows"]
    ] == [
        ("Listening", "4 · Advanced", "3 · Proficient", "2 · Developing", "2 levels below"),
        ("Writing", "2 · Developing", "", "", "Not rated yet"),
    ]
    assert "Own view 1 higher" in response.content.decode()
    assert "Seen." in response.content.decode()


def test_a_job_that_asks_nothing_says_what_to_do(alice: Person, client_of: ClientOf) -> None:
    text = client_of(alice).get(page_of(alice)).content.decode()

    assert "The job asks for no competency yet" in text


@pytest.mark.parametrize(("who", "offered"), [("alice", True), ("bob", True), ("hana", False)])
def test_rating_is_offered_to_those_who_may(
    who: str,
    offered: bool,
    competencies: list[Competency],
    alice: Person,
    client_of: ClientOf,
    request: pytest.FixtureRequest,
) -> None:
    text = client_of(request.getfixturevalue(who)).get(page_of(alice)).content.decode()

    assert (f'href="{page_of(alice)}rating/"' in text) is offered


@pytest.mark.parametrize("who", ["eve", "adam", "ines"])
def test_others_do_not_find_the_page(
    who: str, alice: Person, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(who))

    assert [client.get(page_of(alice) + part).status_code for part in ("", "rating/")] == [404, 404]


def test_a_gap_can_be_closed_by_what_the_rooms_above_offer(
    competencies: list[Competency],
    alice: Person,
    bob: Person,
    client_of: ClientOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(registry, "_skill_actions", {})
    registry.register_skill_action(
        registry.SkillAction(
            key="training",
            label="Find a training",
            order=1,
            visible=lambda member, employee: member == bob.member,
            url=lambda employee, competency: f"/training/{employee.pk}/{competency.pk}/",
        )
    )
    rate(bob, alice.employee, competencies[0], 2)
    rate(bob, alice.employee, competencies[1], 2)

    texts = [client_of(who).get(page_of(alice)).content.decode() for who in (bob, alice)]

    assert f'href="/training/{alice.employee.pk}/{competencies[0].pk}/"' in texts[0]
    assert [text.count("Find a training") for text in texts] == [1, 0]


def test_ratings_are_recorded_from_the_form(competencies: list[Competency], alice: Person, client_of: ClientOf) -> None:
    listening, writing = competencies

    response = client_of(alice).post(
        f"{page_of(alice)}rating/",
        {f"level_{listening.pk}": "3", f"note_{listening.pk}": "The Miller case.", f"level_{writing.pk}": ""},
    )

    assert (response.status_code, response["Location"]) == (302, page_of(alice))
    with tenant_context(alice.organization.pk):
        rating = SkillRating.objects.get()
        assert (rating.competency, rating.rater, rating.level, rating.note) == (
            listening,
            "self",
            3,
            "The Miller case.",
        )


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        ({}, "Rate at least one competency."),
        ({"level": "", "note": "Only words."}, "Choose the level the note is about."),
        ({"level": "6", "note": "x"}, "Select a valid choice."),
    ],
)
def test_a_form_that_rates_nothing_keeps_its_words(
    levels: dict[str, str], words: str, competencies: list[Competency], alice: Person, client_of: ClientOf
) -> None:
    typed = {f"{name}_{competencies[0].pk}": value for name, value in levels.items()}

    response = client_of(alice).post(f"{page_of(alice)}rating/", typed)

    assert (response.status_code, words in response.content.decode()) == (422, True)
    if levels:
        assert levels["note"] in response.content.decode()


def test_hr_reads_and_does_not_rate(alice: Person, hana: Person, client_of: ClientOf) -> None:
    client = client_of(hana)

    assert [client.get(page_of(alice)).status_code, client.get(f"{page_of(alice)}rating/").status_code] == [200, 403]
    assert client.post(f"{page_of(alice)}rating/").status_code == 403


@pytest.mark.parametrize("path", ["", "export/"])
def test_the_team_is_for_managers_and_is_only_read(path: str, alice: Person, bob: Person, client_of: ClientOf) -> None:
    assert client_of(alice).get(SKILLS + path).status_code == 403
    assert client_of(bob).post(SKILLS + path).status_code == 405


def test_a_manager_sees_the_gaps_of_the_team(
    competencies: list[Competency], alice: Person, bob: Person, client_of: ClientOf
) -> None:
    rate(bob, alice.employee, competencies[0], 1)
    rate(alice, alice.employee, competencies[1], 2)

    response = client_of(bob).get(SKILLS)

    assert [gap.words for _column, gap in response.context["rows"][0][1]] == ["3 levels below", "As expected"]
    assert response.context["below"] == [{"below": 1, "rated": 1}, {"below": 0, "rated": 1}]


def test_everyone_below_is_one_step_away(
    competencies: list[Competency], alice: Person, bob: Person, carol: Person, client_of: ClientOf
) -> None:
    client = client_of(carol)

    shown = [client.get(SKILLS + query).context["rows"] for query in ("", "?level=everyone")]

    assert [[employee.full_name for employee, _cells in rows] for rows in shown] == [
        ["Bob Bailey"],
        ["Alice Archer", "Bob Bailey"],
    ]


def test_a_team_whose_jobs_ask_nothing_says_what_to_do(alice: Person, bob: Person, client_of: ClientOf) -> None:
    assert "ask for no competency yet" in client_of(bob).get(SKILLS).content.decode()


def test_the_gaps_of_the_team_are_downloaded(
    competencies: list[Competency], alice: Person, bob: Person, client_of: ClientOf
) -> None:
    rate(bob, alice.employee, competencies[0], 1)

    response = client_of(bob).get(f"{SKILLS}export/")

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows == [
        ["Number", "Name", "Job description", "Listening", "Writing"],
        [alice.employee.number, "Alice Archer", "Analyst", "3", ""],
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_a_persons_skills_ask_the_same_of_the_database_for_any_number_of_ratings(
    count: int,
    competencies: list[Competency],
    alice: Person,
    bob: Person,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    rate(alice, alice.employee, competencies[0], 3)
    with tenant_context(alice.organization.pk):
        for day in range(2, count + 1):
            SkillRating.objects.create(
                employee=alice.employee,
                competency=competencies[0],
                rater="manager",
                level=2,
                rated_on=f"2026-01-0{day}",
                rated_by=bob.member,
            )
    client = client_of(alice)
    client.get(page_of(alice))

    with django_assert_num_queries(SKILLS_QUERIES):
        client.get(page_of(alice))


@pytest.mark.parametrize("count", [1, 3])
def test_a_teams_skills_ask_the_same_of_the_database_for_any_number_of_people(
    count: int,
    competencies: list[Competency],
    alice: Person,
    bob: Person,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with tenant_context(bob.organization.pk):
        EmployeeFactory.create_batch(count - 1, manager=bob.employee)
        rebuild_reporting_lines()
    rate(bob, alice.employee, competencies[0], 3)
    client = client_of(bob)
    client.get(SKILLS)

    with django_assert_num_queries(TEAM_QUERIES):
        assert len(client.get(SKILLS).context["rows"]) == count


def test_the_profile_names_the_widest_gaps(
    competencies: list[Competency], alice: Person, bob: Person, client_of: ClientOf
) -> None:
    client = client_of(bob)
    before = client.get(f"/o/harbor/people/{alice.employee.pk}/").content.decode()
    rate(bob, alice.employee, competencies[0], 2)

    after = client.get(f"/o/harbor/people/{alice.employee.pk}/").content.decode()

    assert "Nothing is rated yet." in before
    assert "2 levels below" in after
    assert "2 competencies, 1 rated" in after


def test_the_hr_admin_sees_no_skills_on_a_profile(
    competencies: list[Competency], alice: Person, adam: Person, client_of: ClientOf
) -> None:
    text = client_of(adam).get(f"/o/harbor/people/{alice.employee.pk}/").content.decode()

    assert 'id="skills"' not in text
