"""The list of goals: who sees which, filters, groups, order, the update in the row, the download."""

import csv
import datetime
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_rls_tenants import tenant_context

from goals.enums import Confidence, GoalStatus
from goals.models import Cycle, Goal
from people.models import AccessRecord
from tests.cast import Person
from tests.goals.structure.conftest import TODAY, MakeGoal, MakeObjective

GOALS = "/o/harbor/goals/"
ClientOf = Callable[[Person], Client]


def titles(page: Any) -> list[str]:
    return [goal.title for goal in page.context["page"]]


@pytest.fixture
def goals(cycle: Cycle, alice: Person, bob: Person, carol: Person, make_goal: MakeGoal) -> list[Goal]:
    """One goal each of Alice, Bob and Carol, in the order of their due dates."""
    return [
        make_goal(person, cycle, title=f"Of {name}", due_on=datetime.date(2027, 3, day))
        for day, (name, person) in enumerate((("Alice", alice), ("Bob", bob), ("Carol", carol)), start=1)
    ]


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("alice", ["Of Alice"]),
        ("bob", ["Of Alice", "Of Bob"]),
        ("carol", ["Of Alice", "Of Bob", "Of Carol"]),
        ("hana", ["Of Alice", "Of Bob", "Of Carol"]),
        ("adam", []),
        ("eve", []),
        ("ines", []),
    ],
)
def test_each_sees_their_own_and_their_team_s(
    who: str, seen: list[str], goals: list[Goal], client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    assert titles(client_of(request.getfixturevalue(who)).get(GOALS)) == seen


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("whose=mine", ["Of Carol"]),
        ("whose=team", ["Of Alice", "Of Bob"]),
        ("q=alice", ["Of Alice"]),
        ("q=of+bail", ["Of Bob"]),
        ("status=completed", []),
        ("status=all", ["Of Alice", "Of Bob", "Of Carol"]),
        ("objective=none", ["Of Alice", "Of Bob", "Of Carol"]),
        ("sort=-due", ["Of Carol", "Of Bob", "Of Alice"]),
        ("sort=person", ["Of Alice", "Of Bob", "Of Carol"]),
        ("sort=nonsense", ["Of Alice", "Of Bob", "Of Carol"]),
        ("purpose=development", []),
        ("confidence=at_risk", []),
        ("cycle=999999", ["Of Alice", "Of Bob", "Of Carol"]),
        ("overdue=1", []),
    ],
)
def test_the_list_is_narrowed_and_ordered(
    query: str, seen: list[str], goals: list[Goal], carol: Person, client_of: ClientOf
) -> None:
    assert titles(client_of(carol).get(f"{GOALS}?{query}")) == seen


def test_late_updates_are_found(cycle: Cycle, alice: Person, make_goal: MakeGoal, client_of: ClientOf) -> None:
    day = datetime.timedelta(days=1)
    make_goal(alice, cycle, title="Late", next_update_on=TODAY - day)
    make_goal(alice, cycle, title="Today", next_update_on=TODAY)

    assert titles(client_of(alice).get(f"{GOALS}?overdue=1")) == ["Late"]


def test_ended_goals_are_left_out_until_asked_for(
    cycle: Cycle, alice: Person, make_goal: MakeGoal, client_of: ClientOf
) -> None:
    for status in GoalStatus:
        make_goal(alice, cycle, title=status.label, status=status, created_by=alice.member)
    browser = client_of(alice)

    usual, every = titles(browser.get(f"{GOALS}?sort=status")), titles(browser.get(f"{GOALS}?status=all&sort=status"))

    assert usual == ["Draft", "Proposed", "Active"]
    assert every == ["Draft", "Proposed", "Active", "Completed", "Cancelled"]


def test_groups_have_headings(
    cycle: Cycle, alice: Person, bob: Person, make_goal: MakeGoal, make_objective: MakeObjective, client_of: ClientOf
) -> None:
    make_goal(alice, cycle, title="A", objective=make_objective(cycle))
    make_goal(bob, cycle, title="B")
    make_goal(alice, cycle, title="C")
    browser = client_of(bob)

    def headings(group: str) -> list[tuple[str, str]]:
        rows = browser.get(f"{GOALS}?group={group}&sort=title").context["rows"]
        return [(row["heading"], row["goal"].title) for row in rows]

    assert headings("person") == [("Alice Archer", "A"), ("", "C"), ("Bob Bailey", "B")]
    assert headings("objective") == [("Customers stay", "A"), ("Serve no objective", "B"), ("", "C")]
    assert headings("nonsense") == [("", "A"), ("", "B"), ("", "C")]


def test_the_list_costs_the_same_at_one_and_at_three_rows(
    cycle: Cycle, alice: Person, bob: Person, make_goal: MakeGoal, client_of: ClientOf
) -> None:
    browser = client_of(bob)
    browser.get(GOALS)
    counts = []
    for number in (1, 2):
        for _count in range(number):
            make_goal(alice, cycle)
        with CaptureQueriesContext(connection) as captured:
            browser.get(GOALS)
        counts.append(len(captured))

    assert counts == [17, 17]


def test_the_list_comes_back_as_it_was_left(goals: list[Goal], carol: Person, client_of: ClientOf) -> None:
    browser = client_of(carol)
    browser.get(f"{GOALS}?whose=mine")

    assert browser.get(GOALS)["Location"] == f"{GOALS}?whose=mine"
    assert titles(browser.get(f"{GOALS}?reset=1")) == ["Of Alice", "Of Bob", "Of Carol"]


def test_htmx_gets_the_rows_alone(goals: list[Goal], alice: Person, client_of: ClientOf) -> None:
    page = client_of(alice).get(GOALS, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in page
    assert "Of Alice" in page


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("alice", "Three to five goals are enough for 2027, first half. Propose them by 29 January"),
        ("bob", "Begin with one that many share"),
        ("hana", "Goals appear here as people propose them."),
        ("ines", "Nobody does at the moment."),
    ],
)
def test_an_empty_list_teaches_the_next_step(
    who: str, words: str, cycle: Cycle, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    assert words in client_of(request.getfixturevalue(who)).get(GOALS).content.decode()


def test_the_download_has_the_same_rows_and_is_on_the_record(
    goals: list[Goal], carol: Person, client_of: ClientOf
) -> None:
    answer = client_of(carol).get(f"{GOALS}export/?whose=team&sort=-due")

    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["Employee"], row["Goal"], row["Status"]) for row in rows] == [
        ("Bob Bailey", "Of Bob", "Active"),
        ("Alice Archer", "Of Alice", "Active"),
    ]
    with tenant_context(carol.organization.pk):
        assert AccessRecord.objects.filter(about_type="goal", about_id="list", action="export").count() == 1


HTMX = {"HX-Request": "true"}


def test_an_update_is_given_in_the_row(goals: list[Goal], alice: Person, client_of: ClientOf) -> None:
    browser = client_of(alice)
    address = f"{GOALS}{goals[0].pk}/row/"
    form = browser.get(address, headers=HTMX).content.decode()
    words = {"value": "40", "confidence": Confidence.AT_RISK, "comment": "Two are stuck."}
    row = browser.post(address, words, headers=HTMX)

    assert (f'<tr id="goal-{goals[0].pk}" class="is-edited">' in form, "<html" in form) == (True, False)
    assert row.status_code == 200
    assert "40 %" in row.content.decode()
    assert "At risk" in row.content.decode()
    with tenant_context(alice.organization.pk):
        goal = Goal.objects.get(pk=goals[0].pk)
    assert (goal.current_value, goal.confidence) == (Decimal(40), Confidence.AT_RISK)


def test_a_wrong_value_is_told_in_the_row(goals: list[Goal], alice: Person, client_of: ClientOf) -> None:
    words = {"value": "many", "confidence": "on_track", "comment": "Kept."}
    row = client_of(alice).post(f"{GOALS}{goals[0].pk}/row/", words, headers=HTMX)

    assert row.status_code == 422
    assert "Enter a number." in row.content.decode()
    assert 'value="Kept."' in row.content.decode()


def test_without_htmx_the_row_leads_to_the_page_of_the_update(
    goals: list[Goal], alice: Person, client_of: ClientOf
) -> None:
    browser = client_of(alice)

    asked = browser.get(f"{GOALS}{goals[0].pk}/row/")
    done = browser.post(f"{GOALS}{goals[0].pk}/row/", {"value": "40", "confidence": "on_track"})

    assert asked["Location"] == f"{GOALS}{goals[0].pk}/update/"
    assert done["Location"] == GOALS


def test_cancelling_shows_the_row_again(goals: list[Goal], alice: Person, client_of: ClientOf) -> None:
    row = client_of(alice).get(f"{GOALS}{goals[0].pk}/row/?cancel=1", headers=HTMX).content.decode()

    assert "is-edited" not in row
    assert f'id="update-{goals[0].pk}"' in row


@pytest.mark.parametrize(("who", "status"), [("bob", 200), ("hana", 403), ("adam", 404), ("eve", 404)])
def test_only_the_two_sides_report(
    who: str, status: int, goals: list[Goal], client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    browser = client_of(request.getfixturevalue(who))

    assert browser.get(f"{GOALS}{goals[0].pk}/row/", headers=HTMX).status_code == status
