"""The pages of job descriptions and competencies."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_rls_tenants import tenant_context
from pytest_django import DjangoAssertNumQueries

from goals.models import Goal
from people import registry
from people.enums import CompetencyLevel
from people.models import Competency, JobDescription
from people.services.jobs import ResponsibilityInput, create_job
from tests.cast import EmployeeFactory, JobDescriptionFactory, Person
from tests.tenancy.rows import make_object

ClientOf = Callable[[Person], Client]
JOBS = "/o/harbor/people/jobs/"
COMPETENCIES = "/o/harbor/people/competencies/"
HTMX = {"HX-Request": "true"}
LIST_QUERIES = 11
JOB_QUERIES = 16


@pytest.fixture
def clerk(adam: Person) -> JobDescription:
    """A job with a responsibility and a competency; Adam has it."""
    with tenant_context(adam.organization.pk):
        listening = Competency.objects.create(name="Listening", description="Asks back before answering.")
        job = create_job(
            actor=adam.member,
            name="Clerk",
            purpose="Keeps the books.",
            responsibilities=[ResponsibilityInput("Pay invoices", "On time.")],
            levels={listening.pk: CompetencyLevel.PROFICIENT},
        )
        type(adam.employee).objects.filter(pk=adam.employee.pk).update(job_description=job)
        return job


def typed(*titles: str, competencies: tuple[tuple[int, int], ...] = (), **changes: Any) -> dict[str, Any]:
    """Return a form as a browser sends it."""
    rows: dict[str, Any] = {
        "responsibilities-TOTAL_FORMS": len(titles),
        "responsibilities-INITIAL_FORMS": 0,
        "competencies-TOTAL_FORMS": len(competencies),
        "competencies-INITIAL_FORMS": 0,
    }
    for index, title in enumerate(titles):
        rows |= {f"responsibilities-{index}-title": title, f"responsibilities-{index}-description": ""}
    for index, (competency, level) in enumerate(competencies):
        rows |= {f"competencies-{index}-competency": competency, f"competencies-{index}-expected_level": level}
    return {"name": "Clerk", "purpose": "Keeps the books.", "save": "1", **rows, **changes}


def test_hr_sees_every_job_with_what_is_in_it(clerk: JobDescription, hana: Person, client_of: ClientOf) -> None:
    page = client_of(hana).get(JOBS).context["page"]

    assert [(job.name, job.people_count, job.responsibility_count, job.competency_count) for job in page] == [
        ("Analyst", 1, 0, 0),
        ("Clerk", 1, 1, 1),
    ]


@pytest.mark.usefixtures("clerk", "alice")
@pytest.mark.parametrize(("who", "jobs"), [("bob", ["Analyst"]), ("adam", ["Analyst", "Clerk"])])
def test_managers_see_the_jobs_of_their_people(
    who: str, jobs: list[str], client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    page = client_of(request.getfixturevalue(who)).get(JOBS).context["page"]

    assert [job.name for job in page] == jobs


@pytest.mark.parametrize(
    ("query", "jobs"),
    [("q=cle", ["Clerk"]), ("q=invoices", ["Clerk"]), ("missing=competencies", ["Analyst"]),
     ("sort=-name", ["Clerk", "Analyst"]), ("q=x", [])],
)  # fmt: skip
def test_the_list_is_searched_and_sorted(
    query: str, jobs: list[str], clerk: JobDescription, hana: Person, client_of: ClientOf
) -> None:
    assert [job.name for job in client_of(hana).get(f"{JOBS}?{query}").context["page"]] == jobs


def test_htmx_gets_the_rows_alone(clerk: JobDescription, hana: Person, client_of: ClientOf) -> None:
    text = client_of(hana).get(JOBS, headers=HTMX).content.decode()

    assert ("<html" in text, "Clerk" in text) == (False, True)


def test_the_list_is_downloaded(clerk: JobDescription, hana: Person, client_of: ClientOf) -> None:
    response = client_of(hana).get(f"{JOBS}export/?q=clerk")

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[1:] == [["Clerk", "Keeps the books.", "1", "Pay invoices", "Listening: 3"]]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_of_the_database_for_any_number_of_jobs(
    count: int, hana: Person, client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with tenant_context(hana.organization.pk):
        for number in range(count - 1):
            make_object(Competency)
            JobDescriptionFactory.create(name=f"Job {number}")
    client = client_of(hana)
    client.get(JOBS)

    with django_assert_num_queries(LIST_QUERIES):
        client.get(JOBS)


@pytest.mark.parametrize("count", [1, 3])
def test_a_job_asks_the_same_of_the_database_whatever_is_in_it(
    count: int, adam: Person, client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with tenant_context(adam.organization.pk):
        competencies = [Competency.objects.create(name=f"C{number}") for number in range(count)]
        job = create_job(
            actor=adam.member,
            name="Clerk",
            responsibilities=[ResponsibilityInput(f"R{number}") for number in range(count)],
            levels={competency.pk: CompetencyLevel.EXPERT for competency in competencies},
        )
        EmployeeFactory.create_batch(count, job_description=job)
    client = client_of(adam)
    client.get(JOBS)

    with django_assert_num_queries(JOB_QUERIES):
        assert client.get(f"{JOBS}{job.pk}/").status_code == 200


def test_an_employee_reads_their_own_job_and_no_other(
    alice: Person, clerk: JobDescription, client_of: ClientOf
) -> None:
    client = client_of(alice)

    assert client.get(f"{JOBS}{alice.employee.job_description_id}/").status_code == 200
    assert [client.get(path).status_code for path in (f"{JOBS}{clerk.pk}/", JOBS)] == [404, 403]


def test_the_page_tells_purpose_responsibilities_and_levels(
    clerk: JobDescription, adam: Person, client_of: ClientOf
) -> None:
    text = client_of(adam).get(f"{JOBS}{clerk.pk}/").content.decode()

    for words in ["Keeps the books.", "Pay invoices", "On time.", "Listening", "Proficient", "1 person has this job"]:
        assert words in text


def test_an_employee_is_told_how_many_share_the_job_and_not_who(
    alice: Person, bob: Person, client_of: ClientOf
) -> None:
    response = client_of(alice).get(f"{JOBS}{alice.employee.job_description_id}/")

    assert response.context["people"] == []
    assert response.context["people_count"] == 3


def test_the_profile_leads_to_the_job(alice: Person, client_of: ClientOf) -> None:
    text = client_of(alice).get("/o/harbor/people/me/").content.decode()

    assert f'href="{JOBS}{alice.employee.job_description_id}/"' in text


def test_rooms_above_add_their_part(
    clerk: JobDescription, adam: Person, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_job_sections", {})
    for key, order in (("later", 20), ("sooner", 10)):
        registry.register_job_section(
            registry.JobSection(
                key=key,
                title=key.title(),
                template="people/_status.html",
                order=order,
                visible=lambda member, job: True,
                context=lambda member, job: {"employee": adam.employee},
            )
        )

    parts = client_of(adam).get(f"{JOBS}{clerk.pk}/").context["parts"]

    assert [part["key"] for part in parts] == ["sooner", "later"]


def test_a_job_is_described(hana: Person, client_of: ClientOf) -> None:
    with tenant_context(hana.organization.pk):
        listening = Competency.objects.create(name="Listening")

    response = client_of(hana).post(
        f"{JOBS}new/", typed("Pay invoices", "", competencies=((listening.pk, 4),), name="Teller")
    )

    with tenant_context(hana.organization.pk):
        job = JobDescription.objects.get(name="Teller")
        assert [row.title for row in job.responsibilities.all()] == ["Pay invoices"]
        assert [(row.competency, row.expected_level) for row in job.competencies.all()] == [(listening, 4)]
    assert (response.status_code, response["Location"]) == (302, f"{JOBS}{job.pk}/")


def test_a_job_is_changed_and_goals_that_lose_their_anchor_are_counted(
    clerk: JobDescription, adam: Person, alice: Person, client_of: ClientOf
) -> None:
    with tenant_context(adam.organization.pk):
        make_object(Goal, employee=alice.employee, responsibility=clerk.responsibilities.get())
    client = client_of(adam)

    assert "1 goal is anchored here" in client.get(f"{JOBS}{clerk.pk}/change/").content.decode()
    response = client.post(f"{JOBS}{clerk.pk}/change/", typed("Chase payments"), follow=True)

    said = [str(message) for message in response.context["messages"]]
    assert said == [
        "The job description is saved.",
        "1 goal was anchored to a responsibility that is gone; it stays and needs a new anchor.",
    ]
    with tenant_context(adam.organization.pk):
        assert [row.title for row in clerk.responsibilities.all()] == ["Chase payments"]


def test_rows_come_and_go_by_buttons_and_no_word_is_lost(
    clerk: JobDescription, adam: Person, client_of: ClientOf
) -> None:
    client = client_of(adam)
    path = f"{JOBS}{clerk.pk}/change/"
    given = typed("Pay", "Chase", name="Half")
    del given["save"]

    more = client.post(path, {**given, "add": "responsibilities"}, headers=HTMX)
    fewer = client.post(path, {**given, "remove": "responsibilities-0"}, headers=HTMX)

    assert [row["title"].value() for row in more.context["forms"].responsibilities] == ["Pay", "Chase", None]
    assert [row["title"].value() for row in fewer.context["forms"].responsibilities] == ["Chase"]
    assert more.context["forms"].job["name"].value() == "Half"
    assert "<html" not in more.content.decode()
    with tenant_context(adam.organization.pk):
        assert JobDescription.objects.get(pk=clerk.pk).name == "Clerk"


@pytest.mark.parametrize(
    "button", [{"add": "no-such-rows"}, {"remove": "responsibilities-9"}, {"remove": "x"}, {"remove": ""}]
)
def test_a_button_that_names_no_row_changes_nothing(
    button: dict[str, str], clerk: JobDescription, adam: Person, client_of: ClientOf
) -> None:
    response = client_of(adam).post(f"{JOBS}{clerk.pk}/change/", {**typed("Pay"), **button})

    assert [row["title"].value() for row in response.context["forms"].responsibilities] == ["Pay"]


def test_a_form_that_cannot_be_saved_keeps_its_words(clerk: JobDescription, adam: Person, client_of: ClientOf) -> None:
    client = client_of(adam)
    with tenant_context(adam.organization.pk):
        listening = Competency.objects.get()

    answers = [
        client.post(f"{JOBS}new/", typed("Pay", name="")),
        client.post(f"{JOBS}new/", typed("Pay", name="CLERK")),
        client.post(f"{JOBS}new/", typed("Pay", "Pay", name="Teller")),
        client.post(f"{JOBS}new/", typed("Pay", competencies=((listening.pk, 4), (listening.pk, 5)), name="Teller")),
        client.post(f"{JOBS}new/", typed("Pay", competencies=((listening.pk, 6),), name="Teller")),
    ]

    assert [answer.status_code for answer in answers] == [422, 409, 409, 422, 422]
    assert all(answer.context["forms"].responsibilities.forms[0]["title"].value() == "Pay" for answer in answers)
    with tenant_context(adam.organization.pk):
        assert not JobDescription.objects.filter(name="Teller").exists()


def test_the_search_finds_a_job(clerk: JobDescription, adam: Person, client_of: ClientOf) -> None:
    text = client_of(adam).get("/o/harbor/search/?q=invoices").content.decode()

    assert f'href="{JOBS}{clerk.pk}/"' in text


def test_competencies_are_listed_described_and_changed(
    clerk: JobDescription, adam: Person, client_of: ClientOf
) -> None:
    client = client_of(adam)
    with tenant_context(adam.organization.pk):
        listening = Competency.objects.get()

    assert client.post(f"{COMPETENCIES}new/", {"name": "Writing", "description": ""}).status_code == 302
    assert client.post(f"{COMPETENCIES}{listening.pk}/", {"name": "Hearing", "description": "x"}).status_code == 302

    shown = client.get(COMPETENCIES).context["competencies"]
    assert [(row.name, row.job_count) for row in shown] == [("Hearing", 1), ("Writing", 0)]


def test_a_competency_in_use_stays_and_one_unused_goes(
    clerk: JobDescription, adam: Person, client_of: ClientOf
) -> None:
    client = client_of(adam)
    with tenant_context(adam.organization.pk):
        used = Competency.objects.get()
        unused = Competency.objects.create(name="Spare")

    refused = client.post(f"{COMPETENCIES}{used.pk}/", {"remove": "1"})
    done = client.post(f"{COMPETENCIES}{unused.pk}/", {"remove": "1"})

    assert (refused.status_code, done.status_code) == (422, 302)
    assert "“Listening” is asked for by a job" in refused.content.decode()


@pytest.mark.parametrize("form", [{"name": "", "description": "x"}, {"name": "LISTENING", "description": "x"}])
def test_a_competency_that_cannot_be_saved_keeps_its_words(
    form: dict[str, str], clerk: JobDescription, adam: Person, client_of: ClientOf
) -> None:
    response = client_of(adam).post(f"{COMPETENCIES}new/", form)

    assert (response.status_code, response.context["form"]["description"].value()) == (422, "x")


@pytest.mark.parametrize("path", ["", "export/"])
def test_lists_are_only_read(path: str, adam: Person, client_of: ClientOf) -> None:
    assert client_of(adam).post(f"{JOBS}{path}").status_code == 405


def test_an_anonymous_visitor_signs_in_first(clerk: JobDescription, client: Client) -> None:
    for path in [JOBS, f"{JOBS}{clerk.pk}/", f"{JOBS}new/", COMPETENCIES]:
        assert client.get(path)["Location"].startswith("/accounts/login/")
