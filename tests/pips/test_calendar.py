"""What a plan puts into calendars: days, and no word that says there is a plan."""

import re

import pytest

from pips.models import Plan
from pips.obligations import About
from reminders.calendar.feed import entries_of, feed_of
from reminders.registry import kind_for, registered_kinds
from tests.cast import Person
from tests.pips.conftest import Stage


def test_the_employee_sees_milestones_and_check_ins_from_the_issue_on(stage: Stage) -> None:
    stage.draft()
    assert entries_of(stage.alice.member) == []
    Plan.objects.all().delete()

    stage.running()

    days = [(str(entry.title), entry.about[0]) for entry in entries_of(stage.alice.member)]
    assert days.count(("Milestone", About.MILESTONE)) == 3
    assert {title for title, _about in days} == {"Milestone", "Check-in", "Something is due"} & {
        title for title, _about in days
    }


def test_the_manager_sees_each_meeting_once_as_something_owed(stage: Stage) -> None:
    plan = stage.running()

    entries = entries_of(stage.bob.member)

    assert {entry.about[0] for entry in entries} == {"due"}
    assert [str(entry.title) for entry in entries].count("Milestone") == plan.milestones.count()


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_no_calendar_says_that_there_is_a_plan_or_whose(stage: Stage, who: str, request: pytest.FixtureRequest) -> None:
    person: Person = request.getfixturevalue(who)
    stage.running()

    assert not re.search(r"plan|alice|archer|improve|disciplin", feed_of(person.member), flags=re.IGNORECASE)


def test_no_kind_names_what_it_is_about_where_others_look_on() -> None:
    openly = {kind.key: str(kind.subject) for kind in registered_kinds()}

    assert [key for key, words in openly.items() if re.search("plan|letter|action for|outcome|appeal", words)] == []
    assert str(kind_for("acknowledge_action").subject) == "Something is due"
