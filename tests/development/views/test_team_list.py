"""The list of the people one follows, each with the latest plan one may read."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from development.enums import DevelopmentStatus
from people.services.reporting_lines import rebuild_reporting_lines
from tests.cast import EmployeeFactory, Person
from tests.development.conftest import At, MakePlan, days

TEAM = "/o/harbor/development/team/"
ClientOf = Callable[[Person], Client]
#: Statements of the list, session and member included.
QUERIES = 13


@pytest.fixture
def browse(stage: At, client_of: ClientOf) -> ClientOf:
    """Return a function that makes a browser in which the person is signed in."""
    return client_of


def names(client: Client, query: str = "") -> list[str]:
    """Return the people listed, in order."""
    return [row["person"].given_name for row in client.get(f"{TEAM}?{query or 'sort=person'}").context["rows"]]


def test_a_manager_sees_everyone_below_with_and_without_a_plan(
    browse: ClientOf, make_plan: MakePlan, alice: Person, bob: Person, carol: Person
) -> None:
    make_plan()

    answer = browse(carol).get(f"{TEAM}?sort=person")

    assert [(row["person"], row["plan"] is not None) for row in answer.context["rows"]] == [
        (alice.employee, True),
        (bob.employee, False),
    ]
    assert "0 of 1" in answer.text


def test_a_private_draft_is_not_in_the_list(browse: ClientOf, make_plan: MakePlan, bob: Person, hana: Person) -> None:
    make_plan(DevelopmentStatus.DRAFTED)

    for who in (bob, hana):
        rows = browse(who).get(f"{TEAM}?q=Alice").context["rows"]
        assert [row["plan"] for row in rows] == [None]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=running", ["Alice"]),
        ("state=none", ["Bob"]),
        ("state=closed", []),
        ("state=late", []),
        ("q=alice", ["Alice"]),
        ("q=nobody", []),
        ("whose=direct", ["Bob"]),
        ("sort=-person", ["Bob", "Alice"]),
        ("sort=done", ["Alice", "Bob"]),
        ("sort=-until", ["Alice", "Bob"]),
        ("sort=nonsense", ["Alice", "Bob"]),
    ],
)
def test_the_list_is_narrowed_and_ordered(
    query: str, found: list[str], browse: ClientOf, make_plan: MakePlan, carol: Person
) -> None:
    make_plan()

    assert names(browse(carol), query) == found


def test_what_is_late_is_found(browse: ClientOf, make_plan: MakePlan, stage: At, bob: Person) -> None:
    make_plan()
    stage(days(31))

    assert names(browse(bob), "state=late") == ["Alice"]


def test_the_filter_is_remembered_until_it_is_taken_away(browse: ClientOf, make_plan: MakePlan, carol: Person) -> None:
    client = browse(carol)
    client.get(f"{TEAM}?state=running")

    assert client.get(TEAM)["Location"] == f"{TEAM}?state=running"
    assert client.get(f"{TEAM}?reset=1").status_code == 200
    assert client.get(TEAM).status_code == 200


def test_htmx_gets_the_rows_alone(browse: ClientOf, make_plan: MakePlan, bob: Person) -> None:
    make_plan()

    part = browse(bob).get(f"{TEAM}?q=ali", headers={"HX-Request": "true"}).text

    assert "<html" not in part
    assert "Alice Archer" in part


def test_the_file_says_states_and_dates_and_no_word_anybody_wrote(
    browse: ClientOf, make_plan: MakePlan, bob: Person
) -> None:
    make_plan()

    text = browse(bob).get(f"{TEAM}export/").text

    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[1][1:] == ["Alice Archer", "Operations", "Running", "2026-10-26", "1", "0", "0", "2026-05-29"]
    assert "lead the reports" not in text


@pytest.mark.parametrize("who", ["alice", "adam", "eve"])
def test_whoever_follows_nobody_has_no_list(who: str, browse: ClientOf, request: pytest.FixtureRequest) -> None:
    client = browse(request.getfixturevalue(who))

    assert [client.get(page).status_code for page in (TEAM, f"{TEAM}export/")] == [403, 403]


def test_the_list_costs_the_same_with_three_rows(
    browse: ClientOf, make_plan: MakePlan, bob: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_plan()
    client = browse(bob)
    client.get(f"{TEAM}?sort=person")
    with django_assert_num_queries(QUERIES):
        assert len(client.get(f"{TEAM}?sort=person").context["rows"]) == 1
    EmployeeFactory.create_batch(2, manager=bob.employee)
    rebuild_reporting_lines()

    with django_assert_num_queries(QUERIES):
        assert len(client.get(f"{TEAM}?sort=person").context["rows"]) == 3
