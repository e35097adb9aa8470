"""What other rooms show of development, each to whoever may read it."""

from collections.abc import Callable

import pytest
from django.test import Client

from development.enums import DevelopmentStatus
from development.services.actions import update_action
from development.sharing import find_plans, team_columns
from development.tasks import refresh_development_plans
from development.timeline import timeline
from feedback.registry import talking_points
from tests.cast import Person
from tests.development.conftest import At, MakePlan, days, only_action

ClientOf = Callable[[Person], Client]


@pytest.mark.parametrize(("who", "is_told"), [("alice", True), ("bob", True), ("hana", True), ("adam", False)])
def test_the_case_file_tells_that_it_happened_and_not_what_was_written(
    who: str, is_told: bool, make_plan: MakePlan, alice: Person, request: pytest.FixtureRequest
) -> None:
    update_action(actor=alice.member, action=only_action(make_plan()), progress=100)
    reader = request.getfixturevalue(who).member

    events = [event for event in timeline(reader, alice.employee, None, None) if event.kind == "development"]

    told = ["Development plan submitted", "Development plan approved"]
    done = "Development action done: Write the weekly report"
    assert [event.title for event in events] == ([*told, done] if is_told else [])
    assert not any("lead the reports" in event.body for event in events)


def test_a_private_draft_is_told_to_nobody(make_plan: MakePlan, alice: Person, bob: Person) -> None:
    make_plan(DevelopmentStatus.DRAFTED)

    assert [one for one in timeline(bob.member, alice.employee, None, None) if one.kind == "development"] == []
    assert list(find_plans(bob.member, "Alice")) == []
    assert [found.title for found in find_plans(alice.member, "weekly")] == ["Development plan: Alice Archer"]


def test_the_search_finds_a_plan_by_person_or_action(make_plan: MakePlan, bob: Person, adam: Person) -> None:
    make_plan()

    assert len(list(find_plans(bob.member, "alice weekly"))) == 1
    assert list(find_plans(bob.member, "alice nothing")) == []
    assert list(find_plans(adam.member, "alice")) == []


def test_the_page_of_a_team_shows_how_far_a_plan_is(make_plan: MakePlan, stage: At, alice: Person) -> None:
    make_plan()
    stage(days(31))

    (column,) = team_columns([alice.employee.pk])

    fact = column.facts[alice.employee.pk]
    assert (fact.value, fact.note, fact.kind) == ("0 of 1 done", "1 late", "warning")


def test_a_due_action_is_worth_a_word_in_a_check_in(make_plan: MakePlan, stage: At, alice: Person, bob: Person) -> None:
    make_plan()

    def notes() -> list[str]:
        points = talking_points(bob.member, alice.employee)
        return [str(point.note) for point in points if "weekly report" in str(point.title)]

    assert notes() == []
    stage(days(20))
    assert notes() == ["Development action, due on 29 May"]
    stage(days(40))
    assert notes() == ["Development action, was due on 29 May"]


def test_home_and_profile_show_what_is_open(
    make_plan: MakePlan, stage: At, alice: Person, bob: Person, client_of: ClientOf
) -> None:
    plan = make_plan()

    home = client_of(alice).get("/o/harbor/").text
    profile = client_of(bob).get(f"/o/harbor/people/{alice.employee.pk}/").text

    assert 'id="home-development"' in home
    assert "0 of 1 actions done" in profile
    assert plan.get_absolute_url() in profile


def test_the_own_page_shows_the_plan_and_what_to_begin_with(
    make_plan: MakePlan, stage: At, alice: Person, client_of: ClientOf
) -> None:
    client = client_of(alice)
    before = client.get("/o/harbor/development/").text
    make_plan()

    after = client.get("/o/harbor/development/").text

    assert "Half an hour is enough for the first one" in before
    assert [words for words in ("I want to lead the reports.", "Open my plan") if words not in after] == []


def test_the_task_starts_what_has_come_in_every_organization(make_plan: MakePlan, stage: At) -> None:
    plan = make_plan(DevelopmentStatus.APPROVED)
    stage(days(7))

    assert [refresh_development_plans(), refresh_development_plans()] == [1, 0]

    plan.refresh_from_db()
    assert plan.status == DevelopmentStatus.RUNNING
