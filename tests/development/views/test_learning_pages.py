"""The pages of training and mentorship: who may, what they show, and in how many statements."""

import csv
import io
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from development.learning_enums import EnrolmentStatus, MentorshipStatus, Provision
from development.models import Enrolment, Mentorship, TrainingCourse
from development.services.mentorship import accept_mentorship, request_mentorship, save_profile
from development.services.training import CourseInput, enrol, require_course, save_course
from people.models import Competency
from people.services.reporting_lines import rebuild_reporting_lines
from tests.cast import EmployeeFactory, Person
from tests.development.conftest import At

ROOT = "/o/harbor/development/"
TRAINING = f"{ROOT}training/"
ClientOf = Callable[[Person], Client]
#: Statements of the lists, session and member included.
CATALOGUE_QUERIES, COVERAGE_QUERIES = 12, 7
MENTORS_QUERIES = 15


@pytest.fixture
def browse(stage: At, alice: Person, bob: Person, carol: Person, client_of: ClientOf) -> ClientOf:
    """Return a function that makes a browser in which the person is signed in."""
    rebuild_reporting_lines()
    return client_of


@pytest.fixture
def safety(browse: ClientOf, adam: Person) -> TrainingCourse:
    """A course of the catalogue."""
    return save_course(actor=adam.member, facts=CourseInput(code="SAFE-1", name="Safety", provider="Red Cross"))


def test_hr_writes_a_course_and_what_was_typed_stays_when_it_is_refused(browse: ClientOf, adam: Person) -> None:
    facts = {"name": "First aid", "code": "AID", "provision": "external", "hours": "8", "cost": "90", "currency": ""}
    client = browse(adam)

    refused = client.post(f"{TRAINING}courses/new/", facts)
    assert (refused.status_code, "First aid" in refused.text) == (409, True)
    assert client.post(f"{TRAINING}courses/new/", {**facts, "hours": "x"}).status_code == 422
    assert client.post(f"{TRAINING}courses/new/", {**facts, "currency": "USD"}).status_code == 302
    assert TrainingCourse.objects.get().currency == "USD"


def test_the_catalogue_is_searched_and_sent_in_part(browse: ClientOf, safety: TrainingCourse, alice: Person) -> None:
    client = browse(alice)

    assert "Safety" in client.get(f"{TRAINING}?q=cross").text
    part = client.get(f"{TRAINING}?q=nothing", headers={"HX-Request": "true", "HX-Target": "courses"})
    assert "No course matches" in part.text
    assert "<html" not in part.text


def test_the_catalogue_is_narrowed_ordered_and_remembers_it(
    browse: ClientOf, safety: TrainingCourse, alice: Person, adam: Person
) -> None:
    first_aid = CourseInput(code="AID", name="First aid", provision=Provision.EXTERNAL, hours=Decimal(8))
    save_course(actor=adam.member, facts=first_aid)
    client = browse(alice)

    def named(query: str = "") -> list[str]:
        return re.findall(r'courses/\d+/">([^<]+)</a>', client.get(f"{TRAINING}{query}", follow=True).text)

    assert named("?sort=-name") == ["Safety", "First aid"]
    assert named() == ["Safety", "First aid"]
    assert named("?reset=1") == ["First aid", "Safety"]
    assert named("?sort=hours") == ["Safety", "First aid"]
    assert named("?provision=external") == ["First aid"]


def test_an_employee_asks_a_manager_approves_and_the_certificate_is_kept(
    browse: ClientOf, safety: TrainingCourse, alice: Person, bob: Person, hana: Person, adam: Person
) -> None:
    assert browse(alice).post(f"{TRAINING}courses/{safety.pk}/enrolment/", {"purpose": "Line 3"}).status_code == 302
    page = f"{TRAINING}enrolments/{Enrolment.objects.get().pk}/"

    assert browse(alice).post(f"{page}answer/", {"answer": "approve"}).status_code == 403
    assert browse(bob).post(f"{page}answer/", {"answer": "decline"}).status_code == 422
    assert browse(bob).post(f"{page}answer/", {"answer": "approve"}).status_code == 302
    assert browse(bob).post(f"{page}answer/", {"answer": "approve"}).status_code == 409
    file = SimpleUploadedFile("proof.pdf", b"%PDF-1.7")
    done = browse(alice).post(f"{page}completion/", {"completed_on": "2026-04-20", "certificate": file})
    assert done.status_code == 302
    shown = browse(hana).get(page)
    assert "proof.pdf" in shown.text
    kept = Enrolment.objects.get().certificates.get()
    handed = browse(hana).get(f"{TRAINING}certificates/{kept.pk}/")
    assert (handed.content, handed.headers["Content-Disposition"]) == (
        b"%PDF-1.7", 'attachment; filename="proof.pdf"',
    )  # fmt: skip
    assert browse(adam).get(page).status_code == 404


def test_a_manager_enrols_somebody_below_and_nobody_else(
    browse: ClientOf, safety: TrainingCourse, alice: Person, bob: Person, carol: Person
) -> None:
    address = f"{TRAINING}courses/{safety.pk}/enrolment/?employee="

    assert browse(bob).post(f"{address}{carol.employee.pk}", {}).status_code == 404
    assert browse(bob).post(f"{address}{alice.employee.pk}", {}).status_code == 302
    assert Enrolment.objects.get().status == EnrolmentStatus.APPROVED


def test_refused_rows_of_a_file_are_shown_with_their_lines(
    browse: ClientOf, safety: TrainingCourse, alice: Person, adam: Person
) -> None:
    text = f"number,course,completed_on\n{alice.employee.number},SAFE-1,2026-01-05\n=1+1,SAFE-1,2026-01-05\n"

    answer = browse(adam).post(f"{TRAINING}completions/", {"file": SimpleUploadedFile("done.csv", text.encode())})

    assert "1 completion kept" in answer.text
    assert [(row.line, row.reason) for row in answer.context["report"].refused] == [
        (3, "No employee has the number “=1+1”.")
    ]
    broken = browse(adam).post(f"{TRAINING}completions/", {"file": SimpleUploadedFile("x.csv", b"a,b\n1,2\n")})
    assert (broken.status_code, "no column" in broken.text) == (422, True)


def test_the_coverage_is_handed_over_as_csv(
    browse: ClientOf, safety: TrainingCourse, alice: Person, bob: Person, adam: Person
) -> None:
    job = alice.employee.job_description
    assert job is not None
    require_course(actor=adam.member, course=safety, job=job)

    shown = browse(bob).get(f"{TRAINING}coverage/?course={safety.pk}")
    rows = list(csv.reader(io.StringIO(browse(bob).get(f"{TRAINING}coverage/export/").content.decode("utf-8-sig"))))

    assert alice.employee.full_name in shown.text
    assert [alice.employee.number, alice.employee.full_name] in [row[:2] for row in rows]
    assert browse(alice).get(f"{TRAINING}coverage/").status_code == 403
    assert browse(bob).get(f"{TRAINING}coverage/?course={'9' * 5000}").status_code == 200


def test_a_job_is_required_and_let_go_by_hr_alone(
    browse: ClientOf, safety: TrainingCourse, alice: Person, bob: Person, adam: Person
) -> None:
    job = alice.employee.job_description
    assert job is not None
    address = f"{TRAINING}courses/{safety.pk}/jobs/"

    assert browse(bob).post(address, {"job": job.pk}).status_code == 403
    assert browse(adam).post(address, {"job": ""}).status_code == 422
    assert browse(adam).post(address, {"job": job.pk}).status_code == 302
    assert browse(adam).post(f"{TRAINING}required/{safety.required_by.get().pk}/removal/").status_code == 302
    assert not safety.required_by.exists()


def test_a_mentor_is_found_asked_and_the_two_write_together(
    browse: ClientOf, alice: Person, eve: Person, bob: Person, hana: Person
) -> None:
    speaking = Competency.objects.create(name="Speaking")
    chosen = {"capacity": "1", "about": ""}
    assert browse(alice).post(f"{ROOT}mentors/profile/", {**chosen, "wanted": [speaking.pk]}).status_code == 302
    assert browse(eve).post(f"{ROOT}mentors/profile/", {**chosen, "is_open": "on"}).status_code == 409
    offer = {**chosen, "is_open": "on", "offered": [speaking.pk]}
    assert browse(eve).post(f"{ROOT}mentors/profile/", offer).status_code == 302
    assert "offers Speaking: 10 points" in browse(alice).get(f"{ROOT}mentors/").text

    ask = f"{ROOT}mentors/{eve.employee.mentor_profiles.get().pk}/request/"
    assert browse(alice).post(ask, {"message": ""}).status_code == 422
    assert browse(alice).post(ask, {"message": "To speak freely."}).status_code == 302
    page = f"{ROOT}mentorships/{Mentorship.objects.get().pk}/"
    assert browse(alice).post(f"{page}answer/", {"answer_is": "accept"}).status_code == 403
    assert browse(eve).post(f"{page}answer/", {"answer_is": "accept"}).status_code == 302
    before = Mentorship.objects.get().goals_mark
    assert browse(alice).post(f"{page}goals/", {"goals": "One talk.", "seen": before}).status_code == 302
    late = browse(eve).post(f"{page}goals/", {"goals": "Two talks.", "seen": before})
    assert (late.status_code, "One talk." in late.text, "Two talks." in late.text) == (409, True, True)
    assert f'name="seen" value="{Mentorship.objects.get().goals_mark}"' in late.text
    assert browse(eve).post(f"{page}sessions/", {"held_on": "2026-04-28", "notes": "Breathe."}).status_code == 302
    assert browse(eve).post(f"{page}sessions/", {"held_on": "2026-05-28", "notes": "Later"}).status_code == 409
    assert "Breathe." in browse(alice).get(page).text
    assert browse(eve).post(f"{page}closing/", {"feedback": "Good."}).status_code == 302
    assert Mentorship.objects.get().status == MentorshipStatus.CLOSED
    for who in (bob, hana):
        assert browse(who).get(page).status_code == 404
    listed = browse(hana).get(f"{ROOT}mentors/overview/").text
    assert (alice.employee.full_name in listed, "Breathe." in listed) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_the_catalogue_takes_the_same_statements_however_long_it_is(
    count: int, browse: ClientOf, alice: Person, adam: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        made = save_course(actor=adam.member, facts=CourseInput(code=f"C{number}", name=f"Course {number}"))
        enrol(actor=alice.member, employee=alice.employee, course=made)
    client = browse(alice)
    client.get(TRAINING)

    with django_assert_num_queries(CATALOGUE_QUERIES):
        client.get(TRAINING)


@pytest.mark.parametrize("count", [1, 3])
def test_the_coverage_takes_the_same_statements_however_many_people(
    count: int, safety: TrainingCourse, browse: ClientOf, alice: Person, bob: Person, adam: Person,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    job = alice.employee.job_description
    assert job is not None
    require_course(actor=adam.member, course=safety, job=job)
    EmployeeFactory.create_batch(count, manager=bob.employee, job_description=job)
    rebuild_reporting_lines()
    client = browse(bob)
    client.get(f"{TRAINING}coverage/")

    with django_assert_num_queries(COVERAGE_QUERIES):
        client.get(f"{TRAINING}coverage/")


@pytest.mark.parametrize("count", [2, 3])
def test_suggestions_take_the_same_statements_however_many_mentors(
    count: int, browse: ClientOf, alice: Person, eve: Person, hana: Person, adam: Person,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    speaking = Competency.objects.create(name="Speaking")
    save_profile(actor=alice.member, about="", is_open=False, capacity=1, offered=[], wanted=[speaking])
    mentors = [
        save_profile(actor=who.member, about="", is_open=True, capacity=2, offered=[speaking], wanted=[])
        for who in (eve, hana, adam)[:count]
    ]
    accept_mentorship(
        actor=eve.member, mentorship=request_mentorship(actor=alice.member, profile=mentors[0], message="Please.")
    )
    client = browse(alice)
    client.get(f"{ROOT}mentors/")

    with django_assert_num_queries(MENTORS_QUERIES):
        client.get(f"{ROOT}mentors/")
