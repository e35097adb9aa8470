"""The pages of pulses and exit interviews, through the browser's own requests."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from people.models import AccessRecord, Employee, Organization
from reviews.models import ExitInterview, PulseAnswer, PulseRound, PulseSurvey
from reviews.services.exits import follow_leavers
from tests.cast import EmployeeFactory, Person
from tests.reviews.pulse.conftest import ASKED, answer_for, closed, crowd, next_round

PULSES = "/o/harbor/reviews/pulses/"
EXITS = "/o/harbor/reviews/exits/"
ClientOf = Callable[[Person], Client]


def test_an_employee_answers_once_and_finds_nothing_of_it_again(
    client_of: ClientOf, opened: PulseRound, alice: Person
) -> None:
    client, page = client_of(alice), f"{PULSES}rounds/{opened.pk}/"
    assert page in client.get("/o/harbor/").text

    typed = {"satisfaction": "4", "enps": "9", "comment": "Fewer meetings."}
    refused = client.post(page, typed)
    sent = client.post(page, {**typed, "morale": "3"})
    after = client.get(page)

    assert refused.status_code == 422
    assert "Fewer meetings." in refused.text
    assert sent.status_code == 302
    assert "You have answered this round." in after.text
    assert "Fewer meetings." not in after.text
    assert client.post(page, {**typed, "morale": "3"}).status_code == 409
    assert PulseAnswer.objects.count() == 1


def test_hr_plans_a_pulse_and_a_refusal_keeps_what_was_typed(
    client_of: ClientOf, survey: PulseSurvey, hana: Person
) -> None:
    typed = {
        "name": "Monthly pulse",
        "questions": ASKED,
        "opens_on": timezone.localdate().isoformat(),
        "days_open": "7",
        "every_weeks": "2",
    }

    refused = client_of(hana).post(f"{PULSES}new/", typed)
    planned = client_of(hana).post(f"{PULSES}new/", {**typed, "name": "Fortnightly"})

    assert refused.status_code == 409
    assert 'value="Monthly pulse"' in refused.text
    assert planned["Location"] == PulseSurvey.objects.get(name="Fortnightly").get_absolute_url()


def test_hr_ends_a_pulse_after_being_asked(client_of: ClientOf, survey: PulseSurvey, hana: Person) -> None:
    page = f"{survey.get_absolute_url()}end/"

    assert "No further round opens." in client_of(hana).get(page).text
    assert client_of(hana).post(page).status_code == 302
    assert client_of(hana).post(page).status_code == 409


def test_hr_changes_and_drops_a_pulse_nobody_was_asked_in(
    client_of: ClientOf, survey: PulseSurvey, hana: Person
) -> None:
    client, page = client_of(hana), survey.get_absolute_url()
    typed = {"name": "Monthly pulse", "questions": ["morale"], "days_open": "5", "every_weeks": ""}
    shown = client.get(f"{page}change/").text

    refused = client.post(f"{page}change/", {**typed, "opens_on": "2020-01-01"})
    changed = client.post(f"{page}change/", {**typed, "opens_on": timezone.localdate().isoformat()})

    survey.refresh_from_db()
    assert 'value="Monthly pulse"' in shown
    assert (refused.status_code, changed.status_code) == (409, 302)
    assert (survey.questions, survey.days_open, survey.every_weeks) == (["morale"], 5, None)
    assert client.post(f"{page}discard/")["Location"] == PULSES
    assert not PulseSurvey.objects.exists()


def test_a_pulse_that_was_asked_keeps_its_questions_and_stays(
    client_of: ClientOf, opened: PulseRound, hana: Person
) -> None:
    client, page = client_of(hana), opened.survey.get_absolute_url()
    later = opened.closes_on + datetime.timedelta(days=1)
    typed = {"name": "Weekly pulse", "questions": ["morale"], "days_open": "5", "every_weeks": "1"}

    refused = client.post(f"{page}change/", {**typed, "opens_on": opened.closes_on.isoformat()})
    client.post(f"{page}change/", {**typed, "opens_on": later.isoformat()})

    survey = PulseSurvey.objects.get()
    assert "A round is open until" in refused.text
    assert (survey.name, survey.next_opens_on, survey.every_weeks) == ("Weekly pulse", later, 1)
    assert survey.questions == ASKED
    assert client.post(f"{page}discard/").status_code == 409


def test_the_file_holds_what_the_page_shows_and_is_on_the_record(
    client_of: ClientOf, opened: PulseRound, hana: Person
) -> None:
    answer_for(opened, Employee.objects.filter(department__name="Sales"))
    answer_for(opened, Employee.objects.filter(department__name="Finance")[:3])
    closed(opened)

    lines = client_of(hana).get(f"{opened.survey.get_absolute_url()}export/").text.splitlines()

    day = opened.closes_on.isoformat()
    assert lines[0].lstrip("\ufeff") == "Closed on,Group,Answers,Satisfaction,eNPS,Mood"
    assert lines[1:] == [f"{day},Everybody,15,4.0,100,3.0"]
    assert AccessRecord.objects.filter(about_type="pulse", action="export", member=hana.member).exists()


def test_no_page_and_no_parameter_narrows_results_to_fewer_people(
    client_of: ClientOf, opened: PulseRound, hana: Person
) -> None:
    answer_for(opened, Employee.objects.filter(department__name="Sales"), comment="Quieter rooms.")
    closed(opened)
    page = opened.survey.get_absolute_url()
    person = Employee.objects.filter(department__name="Sales").first()
    assert person is not None

    plain = client_of(hana).get(page).context["found"]
    asked = client_of(hana).get(f"{page}?employee={person.pk}&department={person.department_id}&q=x").context["found"]

    assert asked == plain


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_much_for_three_pulses_as_for_one(
    client_of: ClientOf,
    survey: PulseSurvey,
    hana: Person,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for place in range(number - 1):
        PulseSurvey.objects.create(name=f"Other {place}", questions=ASKED)
    client = client_of(hana)

    with django_assert_num_queries(LIST_QUERIES):
        assert client.get(PULSES).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_results_ask_as_much_for_three_rounds_as_for_one(
    client_of: ClientOf,
    survey: PulseSurvey,
    hana: Person,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _place in range(number):
        found = next_round(survey)
        answer_for(found, Employee.objects.filter(department__name="Sales"))
        closed(found)
        crowd(5, "Sales")
    client = client_of(hana)

    with django_assert_num_queries(RESULT_QUERIES):
        assert len(client.get(survey.get_absolute_url()).context["found"].rounds) == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_exit_interviews_asks_as_much_for_three_as_for_one(
    client_of: ClientOf,
    harbor_context: Organization,
    hana: Person,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for one in EmployeeFactory.create_batch(number):
        ExitInterview.objects.create(employee=one, left_on=timezone.localdate())
    client = client_of(hana)

    with django_assert_num_queries(EXIT_QUERIES):
        assert client.get(EXITS).status_code == 200


#: Session, user, organization, member …, then whether the member serves everybody, and the rows.
LIST_QUERIES, RESULT_QUERIES, EXIT_QUERIES = 11, 16, 12


def test_a_leaver_answers_hr_reads_it_and_the_manager_finds_nothing(
    client_of: ClientOf, harbor_context: Organization, alice: Person, bob: Person, hana: Person
) -> None:
    Employee.objects.filter(pk=alice.employee.pk).update(left_on=timezone.localdate() + datetime.timedelta(days=9))
    follow_leavers()
    page = ExitInterview.objects.get().get_absolute_url()
    typed = {"reason": "pay", "worked": "The team.", "would_return": "yes", "recommends": "8"}

    refused = client_of(alice).post(page, {**typed, "reason": ""})
    sent = client_of(alice).post(page, typed)

    assert refused.status_code == 422
    assert "The team." in refused.text
    assert sent["Location"] == page
    assert "The team." in client_of(alice).get(page).text
    assert "The team." in client_of(hana).get(page).text
    assert "Alice Archer" in client_of(hana).get(EXITS).text
    assert client_of(bob).get(page).status_code == 404
    assert client_of(bob).get(EXITS).status_code == 403
    for path in ("", "case-file/"):
        assert "Exit" not in client_of(bob).get(f"/o/harbor/people/{alice.employee.pk}/{path}").text


def test_the_executive_sees_themes_and_no_name(client_of: ClientOf, harbor_context: Organization, eve: Person) -> None:
    one = EmployeeFactory.create()
    ExitInterview.objects.create(employee=one, left_on=timezone.localdate())

    answer = client_of(eve).get(EXITS)

    assert answer.status_code == 200
    assert one.full_name not in answer.text
