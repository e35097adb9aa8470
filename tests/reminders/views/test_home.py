"""The home page."""

import datetime
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client
from django_rls_tenants import tenant_context
from pytest_django import DjangoAssertNumQueries

from people.models import Location, Organization
from reminders import registry
from reminders.registry import HomeSection, register_home_section, unregister_home_section
from reminders.services.obligations import fulfil, move
from tests.cast import Person, make_person
from tests.reminders.conftest import TODAY, OweAnswer

URL = "/o/harbor/"

ClientOf = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """Stop the clock at noon of the day."""
    with time_machine.travel(datetime.datetime(2027, 3, 3, 17, tzinfo=datetime.UTC), tick=False):
        yield


def days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)


def titles(client: Client) -> list[tuple[str, list[str]]]:
    """Return the groups of the page with their rows."""
    response = client.get(URL)
    assert response.status_code == 200
    return [(group.key, [str(row.title) for row in group.rows]) for group in response.context["groups"]]


def test_what_is_owed_stands_in_order_of_urgency(
    harbor_context: Organization, alice: Person, owe_answer: OweAnswer, client_of: ClientOf
) -> None:
    for number, distance in enumerate((8, -1, 0, 7, 1)):
        owe_answer(alice, about_id=number, due_on=TODAY + days(distance))

    response = client_of(alice).get(URL)
    assert [(group.key, len(group.rows)) for group in response.context["groups"]] == [
        ("overdue", 1),
        ("today", 1),
        ("week", 2),
        ("later", 1),
    ]
    text = response.content.decode()
    assert 'href="/o/harbor/things/1/"' in text
    assert "1 day overdue" in text
    assert "4 things to do by next week" in text
    assert "Wednesday, 3 March 2027" in text


def test_a_moved_date_says_why(
    harbor_context: Organization, alice: Person, owe_answer: OweAnswer, client_of: ClientOf
) -> None:
    owe_answer(alice)
    move(kind="test_answer", about_type="thing", about_id=1, due_on=TODAY + days(7), reason="7 days of leave")

    assert "<p>7 days of leave</p>" in client_of(alice).get(URL).content.decode()


def test_of_what_is_due_later_the_first_few_are_shown_at_once(
    harbor_context: Organization, alice: Person, owe_answer: OweAnswer, client_of: ClientOf
) -> None:
    for number in range(7):
        owe_answer(alice, about_id=number, due_on=TODAY + days(10 + number))

    response = client_of(alice).get(URL)
    [later] = response.context["groups"]
    assert (len(later.shown), len(later.folded)) == (5, 2)
    text = response.content.decode()
    assert "2 more" in text
    assert text.count("Answer the check-in") == 7


def test_the_day_is_the_readers_own(
    harbor_context: Organization, alice: Person, owe_answer: OweAnswer, client_of: ClientOf
) -> None:
    Location.objects.update(time_zone="Asia/Tokyo")
    owe_answer(alice)

    assert titles(client_of(alice)) == [("overdue", ["Answer the check-in"])]


def test_the_hr_partner_sees_the_queue_and_whom_it_is_about(
    harbor_context: Organization, alice: Person, hana: Person, owe_review: OweAnswer, client_of: ClientOf
) -> None:
    owe_review(alice)

    text = client_of(hana).get(URL).content.decode()
    assert "Review the draft" in text
    assert "About Alice Archer" in text
    assert "HR queue" in text


def test_a_manager_sees_what_is_overdue_below(
    harbor_context: Organization, alice: Person, carol: Person, owe_answer: OweAnswer, client_of: ClientOf
) -> None:
    owe_answer(alice, due_on=TODAY - days(2))

    text = client_of(carol).get(URL).content.decode()
    assert "Overdue in your team" in text
    assert "Owed by Alice Archer" in text


def test_a_colleague_is_not_named_to_somebody_who_may_not_look_them_up(
    harbor_context: Organization, alice: Person, owe_answer: OweAnswer, client_of: ClientOf
) -> None:
    nora = make_person(harbor_context, "Nora", "North")
    owe_answer(alice, employee=nora.employee)

    text = client_of(alice).get(URL).content.decode()
    assert "Answer the check-in" in text
    assert "Nora" not in text


def test_an_empty_list_says_what_will_stand_there(alice: Person, client_of: ClientOf) -> None:
    response = client_of(alice).get(URL)
    assert response.context["groups"] == []
    assert "Nothing is waiting for you" in response.content.decode()


def test_the_executive_sees_figures_and_no_names(
    harbor_context: Organization, alice: Person, eve: Person, owe_answer: OweAnswer, client_of: ClientOf
) -> None:
    for number in range(9):
        owe_answer(alice, about_id=number, due_on=TODAY - days(1 if number < 5 else 0))
    for number in range(5, 9):
        fulfil(kind="test_answer", about_type="thing", about_id=number, actor=alice.member)

    response = client_of(eve).get(URL)
    figures = response.context["figures"]
    assert (figures.kept, figures.kept_late, figures.overdue) == (None, None, 5)
    text = response.content.decode()
    assert "How promises are kept" in text
    assert "Fewer than 5" in text
    assert "Alice" not in text


def test_figures_are_for_executives_only(alice: Person, hana: Person, client_of: ClientOf) -> None:
    assert client_of(alice).get(URL).context["figures"] is None
    assert client_of(hana).get(URL).context["figures"] is None


def test_another_room_adds_a_section(alice: Person, bob: Person, client_of: ClientOf) -> None:
    register_home_section(
        HomeSection(
            key="test-section",
            title="A section",
            template="reminders/_figures.html",
            order=1,
            visible=lambda member: member.pk == alice.member.pk,
            context=lambda _member: {"figures": {"kept": 12, "kept_late": 7, "overdue": 6}},
        )
    )
    try:
        assert "How promises are kept" in client_of(alice).get(URL).content.decode()
        assert "How promises are kept" not in client_of(bob).get(URL).content.decode()
    finally:
        unregister_home_section("test-section")


def test_another_tenant_gets_404(harbor: Organization, mallory: Person, client_of: ClientOf) -> None:
    assert client_of(mallory).get(URL).status_code == 404


def test_an_anonymous_visitor_is_sent_to_sign_in(harbor: Organization, client: Client) -> None:
    response = client.get(URL)
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/o/harbor/")


def test_it_only_answers_reading(alice: Person, client_of: ClientOf) -> None:
    assert client_of(alice).post(URL).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_obligations(
    harbor: Organization,
    alice: Person,
    bob: Person,
    owe_answer: OweAnswer,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
    count: int,
) -> None:
    monkeypatch.setattr(registry, "_sections", {})  # what other rooms add is counted in their own tests
    with tenant_context(harbor.pk):
        for number in range(count):
            owe_answer(bob, about_id=number, employee=alice.employee)
            owe_answer(alice, about_id=number, due_on=TODAY - days(1))
    client = client_of(bob)
    client.get(URL)
    with django_assert_num_queries(12):
        client.get(URL)
