"""Pages of the calibration room and of 360 feedback."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from people.models import Organization
from reviews.enums import FormRole
from reviews.models import RaterReport, RatingMove, Review
from reviews.services.rater_reports import make_report
from tests.cast import Person, make_person
from tests.reviews.services.test_calibration import rated
from tests.reviews.services.test_raters import about, answer, asked, form_of, peers, said

__all__ = ["about", "asked", "peers", "rated"]
HTMX = {"HX-Request": "true"}
REVIEWS = "/o/harbor/reviews/"


def test_a_rating_is_moved_beside_its_evidence(client_of: Any, rated: Review, hana: Person) -> None:
    client: Client = client_of(hana)
    table = f"{REVIEWS}calibration/{rated.cycle_id}/"

    page = client.get(table)
    drawer = client.get(f"{table}{rated.pk}/", headers=HTMX)
    refused = client.post(f"{table}{rated.pk}/", {"to": "4", "reason": "x", "seen": "2"})
    moved = client.post(f"{table}{rated.pk}/", {"to": "4", "reason": "Took over the desk.", "seen": "3"})

    assert "Alice Archer" in page.text
    assert "<html" not in drawer.text
    assert "How was the work done?" in drawer.text
    assert refused.status_code == 409
    assert moved.status_code == 302
    assert "given: 3" in client.get(table).text
    assert RatingMove.objects.get().moved_by == hana.member


def test_the_table_is_narrowed_remembered_and_handed_over(client_of: Any, rated: Review, hana: Person) -> None:
    client: Client = client_of(hana)
    table = f"{REVIEWS}calibration/{rated.cycle_id}/"

    part = client.get(f"{table}?q=archer&rating=3&moved=no", headers=HTMX)
    again = client.get(table)
    export = client.get(f"{table}export/?q=archer").content.decode("utf-8-sig")

    assert "1 rating" in part.text
    assert again["Location"] == f"{table}?q=archer&rating=3&moved=no"
    assert export.splitlines()[1].endswith(",3,3")
    assert len(export.splitlines()) == 2
    assert client.get(f"{REVIEWS}calibration/")["Location"] == table


@pytest.mark.parametrize("number", [1, 3])
def test_the_table_costs_the_same_whatever_its_length(
    client_of: Any, rated: Review, hana: Person, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Review.objects.filter(cycle=rated.cycle).update(rating=3)
    Review.objects.exclude(pk__in=Review.objects.order_by("pk").values_list("pk", flat=True)[:number]).delete()
    client = client_of(hana)
    table = f"{REVIEWS}calibration/{rated.cycle_id}/"
    client.get(table)

    with django_assert_num_queries(TABLE_QUERIES):
        assert client.get(table).status_code == 200


#: Session, user, organization, member and scope; cycle and steps; count, rows, how they lie, raters; departments.
TABLE_QUERIES = 13


def test_people_are_named_and_decided_on_the_page(
    client_of: Any, about: Review, alice: Person, bob: Person, peers: list[Person]
) -> None:
    page = f"{REVIEWS}{about.pk}/raters/"
    employee, manager = client_of(alice), client_of(bob)

    unknown = employee.post(page, {"who": "Nobody Here"})
    employee.post(page, {"who": "Dora Dale"})
    rater = about.raters.get()
    manager.post(f"{REVIEWS}raters/{rater.pk}/", {"decline": "1", "reason": ""})
    manager.post(f"{REVIEWS}raters/{rater.pk}/", {"agree": "1"})

    assert unknown.status_code == 409
    assert "Dora Dale" in employee.get(page).text
    assert form_of(about, peers[0]).role == FormRole.PEER
    assert client_of(peers[0]).get(page).status_code == 404


def test_the_form_is_answered_once_and_opened_by_nobody_else(
    client_of: Any, asked: Review, bob: Person, peers: list[Person]
) -> None:
    form = form_of(asked, peers[0])
    page, client = f"{REVIEWS}feedback/{form.pk}/", client_of(peers[0])
    typed = {**dict.fromkeys(said(4)["behaviours"], "4"), "comment-goes_on": "Go on."}

    empty = client.post(page, {"listens": "4"})
    done = client.post(page, typed)
    twice = client.post(page, typed)

    assert empty.status_code == 422
    assert done.status_code == 302
    assert twice.status_code == 409
    assert "Go on." not in client.get(page).text
    assert client_of(bob).get(page).status_code == 404
    assert client.get(f"{REVIEWS}forms/{form.pk}/").status_code == 404
    assert client.post(f"{REVIEWS}forms/{form.pk}/", {}).status_code == 404


def test_the_report_is_read_by_the_manager_and_by_the_employee_once_shared(
    client_of: Any, asked: Review, alice: Person, bob: Person, hana: Person, peers: list[Person]
) -> None:
    answer(asked, peers)
    page = f"{REVIEWS}{asked.pk}/feedback/"
    client_of(bob).post(f"{page}making/", {})
    report = RaterReport.objects.get()

    shown = client_of(bob).get(page)
    withheld = client_of(hana).post(f"{page}comments/", {"reason": "Names a third person"})

    assert report.content["raters"] == 6
    assert "Dora!" in shown.text
    assert client_of(alice).get(page).status_code == 403
    assert withheld.status_code == 302
    hidden = client_of(bob).get(page).text
    assert "Dora!" not in hidden
    assert "Names a third person" not in hidden


def test_too_few_answers_say_so(client_of: Any, asked: Review, bob: Person, peers: list[Person]) -> None:
    answer(asked, peers[:4])
    make_report(actor=bob.member, review=asked)

    page = client_of(bob).get(f"{REVIEWS}{asked.pk}/feedback/")

    assert "Too few people answered" in page.text
    assert "Dora!" not in page.text


def test_an_employee_without_a_team_does_not_enter_the_room(
    client_of: Any, rated: Review, alice: Person, bob: Person, harbor: Organization
) -> None:
    make_person(harbor, "Lee", "Dale", manager=bob)
    refused = client_of(alice).get(f"{REVIEWS}calibration/{rated.cycle_id}/")

    assert refused.status_code == 403
    assert client_of(bob).get(f"{REVIEWS}calibration/{rated.cycle_id}/").status_code == 200
    assert client_of(bob).get(f"{REVIEWS}calibration/{rated.cycle_id}/999/").status_code == 404
