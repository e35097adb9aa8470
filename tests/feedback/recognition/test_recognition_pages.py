"""The pages of recognition: the wall, giving, appearing, values."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from feedback.models import OrganizationValue, Recognition, RecognitionOptOut
from feedback.selectors.recognition import is_opted_out, wall_is_open, walls_open_for_all
from feedback.services.recognition import set_opted_out, set_wall_open
from people.models import Organization
from tests.cast import Person, make_person
from tests.feedback.recognition.conftest import Praise

RECOGNITION = "/o/harbor/recognition/"
ClientOf = Callable[[Person], Client]


@pytest.fixture
def browse(harbor_context: Organization, client_of: ClientOf) -> ClientOf:
    """Return a function that makes a browser in which the person is signed in."""
    return client_of


@pytest.fixture
def wall(bob: Person, harbor_context: Organization, alice: Person) -> str:
    """The open wall of Bob's team."""
    set_wall_open(actor=bob.member, manager=bob.employee, is_open=True)
    return f"{RECOGNITION}teams/{bob.employee.pk}/"


@pytest.mark.parametrize("who", ["alice", "bob", "dora"])
def test_the_team_is_led_to_its_wall(
    who: str, wall: str, praise: Praise, browse: ClientOf, request: pytest.FixtureRequest
) -> None:
    praise()
    client = browse(request.getfixturevalue(who))

    assert client.get(RECOGNITION).headers["Location"] == wall
    text = client.get(wall).text
    assert "You asked twice." in text
    assert "recognized by Dora Dale" in text
    assert "Ask first" in text


@pytest.mark.parametrize("who", ["adam", "eve", "ines"])
def test_others_find_no_wall(who: str, wall: str, browse: ClientOf, request: pytest.FixtureRequest) -> None:
    client = browse(request.getfixturevalue(who))

    assert client.get(wall).status_code == 404
    assert client.post(f"{wall}opening/").status_code == 404


def test_a_closed_wall_says_who_opens_it(
    praise: Praise, browse: ClientOf, alice: Person, bob: Person, carol: Person
) -> None:
    praise()
    path = f"{RECOGNITION}teams/{bob.employee.pk}/"
    assert "Bob Bailey decides whether the team has one" in browse(alice).get(path).text
    assert "You asked twice." not in browse(carol).get(path).text
    assert browse(alice).post(f"{path}opening/", {"turn": "on"}).status_code == 403
    client = browse(bob)
    assert "Open a wall for my team" in client.get(path).text

    client.post(f"{path}opening/", {"turn": "on"})
    assert wall_is_open(bob.employee)
    client.post(f"{path}opening/", {"turn": "off"})
    assert not wall_is_open(bob.employee)


WALL_QUERIES = 13


@pytest.mark.parametrize("count", [1, 3])
def test_a_wall_costs_the_same_at_one_and_at_three_rows(
    count: int,
    wall: str,
    praise: Praise,
    browse: ClientOf,
    alice: Person,
    bob: Person,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(count):
        praise(author=make_person(alice.organization, f"Pal{number}", "Park", manager=bob))
    client = browse(alice)
    client.get(wall)

    with django_assert_num_queries(WALL_QUERIES):
        assert client.get(wall).text.count("You asked twice.") >= count


def test_a_manager_recognizes_somebody_of_the_team(
    wall: str, value: OrganizationValue, browse: ClientOf, alice: Person, bob: Person
) -> None:
    client = browse(bob)
    found = client.get(f"{RECOGNITION}give/?who=Alice+Archer")
    assert found.headers["Location"] == f"{RECOGNITION}give/?to={alice.employee.pk}"
    assert "on the wall of the team" in client.get(found.headers["Location"]).text

    sent = client.post(found.headers["Location"], {"text": "You asked twice.", "value": value.pk})

    assert sent.headers["Location"] == wall
    assert Recognition.objects.get().receiver == alice.employee
    assert "You asked twice." in browse(alice).get("/o/harbor/").text
    assert "You asked twice." in browse(alice).get("/o/harbor/people/me/").text


def test_without_a_value_or_a_goal_the_words_are_kept(
    wall: str, value: OrganizationValue, browse: ClientOf, alice: Person, bob: Person
) -> None:
    answer = browse(bob).post(f"{RECOGNITION}give/?to={alice.employee.pk}", {"text": "Words to keep."})

    assert answer.status_code == 409
    assert "Words to keep." in answer.text
    assert "Choose a value it shows, or a goal it served." in answer.text


def test_where_nothing_can_be_named_the_page_leads_to_a_note(
    harbor_context: Organization, browse: ClientOf, alice: Person, dora: Person
) -> None:
    text = browse(dora).get(f"{RECOGNITION}give/?to={alice.employee.pk}").text

    assert "nothing to tie it to yet" in text
    assert f"/feedback/give/?to={alice.employee.pk}" in text


def test_a_wish_not_to_appear_is_one_click_and_respected(
    wall: str, praise: Praise, browse: ClientOf, alice: Person, dora: Person
) -> None:
    praise()
    client = browse(alice)
    client.post(f"{RECOGNITION}appearing/", {"turn": "off"})

    assert is_opted_out(alice.employee)
    for path in (wall, "/o/harbor/", "/o/harbor/people/me/"):
        assert "You asked twice." not in client.get(path).text
    assert "prefers not to appear" in browse(dora).get(f"{RECOGNITION}give/?to={alice.employee.pk}").text

    client.post(f"{RECOGNITION}appearing/", {"turn": "on"})
    assert not RecognitionOptOut.objects.exists()
    assert "You asked twice." in client.get(wall).text


def test_the_goal_is_named_to_those_who_may_read_it(wall: str, praise: Praise, browse: ClientOf, alice: Person) -> None:
    praise()

    assert "Goal:" not in browse(alice).get(wall).text


def test_it_is_taken_off_with_a_word(wall: str, praise: Praise, browse: ClientOf, alice: Person, hana: Person) -> None:
    given = praise()
    path = f"{RECOGNITION}{given.pk}/withdrawal/"
    assert browse(hana).post(path).status_code == 403
    client = browse(alice)
    assert "You asked twice." in client.get(path).text

    client.post(path, {"words": "Too much honour."})

    assert client.get(path).status_code == 404
    assert "You asked twice." not in client.get(wall).text


def test_the_hr_admin_writes_values_and_gives_every_team_a_wall(
    harbor_context: Organization, browse: ClientOf, adam: Person
) -> None:
    client = browse(adam)
    assert "Three to five are enough" in client.get(f"{RECOGNITION}values/").text

    client.post(f"{RECOGNITION}values/new/", {"name": "Ask first", "description": "", "position": "1"})
    value = OrganizationValue.objects.get()
    again = client.post(f"{RECOGNITION}values/new/", {"name": "ask first", "description": "", "position": "1"})
    assert again.status_code == 409
    client.post(
        f"{RECOGNITION}values/{value.pk}/", {"name": "Ask", "description": "", "position": "2", "is_retired": "on"}
    )
    value.refresh_from_db()
    assert (value.name, value.position, value.is_retired) == ("Ask", 2, True)

    client.post(f"{RECOGNITION}walls/", {"turn": "on"})
    assert walls_open_for_all()
    client.post(f"{RECOGNITION}walls/", {"turn": "off"})
    assert not walls_open_for_all()


@pytest.mark.parametrize("who", ["alice", "bob", "hana", "eve", "ines"])
def test_nobody_else_defines_values(
    who: str, harbor_context: Organization, browse: ClientOf, request: pytest.FixtureRequest
) -> None:
    client = browse(request.getfixturevalue(who))

    assert client.get(f"{RECOGNITION}values/").status_code == 403
    assert client.post(f"{RECOGNITION}values/new/", {"name": "Obey", "position": "1"}).status_code == 403
    assert client.post(f"{RECOGNITION}walls/", {"turn": "on"}).status_code == 403


def test_who_is_in_no_team_is_told_what_a_wall_is(harbor_context: Organization, browse: ClientOf, eve: Person) -> None:
    set_opted_out(actor=eve.member, is_opted_out=False)

    assert "in no team with a wall" in browse(eve).get(RECOGNITION).text
