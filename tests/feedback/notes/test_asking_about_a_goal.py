"""From the page of a goal to a question about it, filled in."""

from collections.abc import Callable

import pytest
from django.test import Client

from goals.enums import GoalStatus
from tests.cast import Person
from tests.goals.conftest import MakeGoal, anchor, cycle, make_goal
from tests.goals.views.conftest import browse, page

__all__ = ["anchor", "browse", "cycle", "make_goal"]

ClientOf = Callable[[Person], Client]
LINK = "Ask for feedback on it"


@pytest.mark.parametrize("who", ["alice", "bob", "carol"])
def test_the_page_of_a_goal_leads_to_a_question_about_it(
    who: str, browse: ClientOf, make_goal: MakeGoal, request: pytest.FixtureRequest
) -> None:
    goal = make_goal()
    client = browse(request.getfixturevalue(who))
    address = f"/o/harbor/feedback/ask/?about={goal.employee_id}&amp;goal={goal.pk}"

    assert f'<a href="{address}">{LINK}</a>' in client.get(page(goal)).text
    asked = client.get(address.replace("&amp;", "&"))
    assert asked.context["form"]["about"].value() == str(goal.employee_id)
    assert f'<option value="{goal.pk}" selected>' in asked.text


def test_who_cannot_ask_about_the_person_is_not_led_there(
    browse: ClientOf, make_goal: MakeGoal, alice: Person, hana: Person, eve: Person
) -> None:
    shown, draft = make_goal(visibility="organization"), make_goal(GoalStatus.DRAFT)

    assert LINK not in browse(hana).get(page(shown)).text
    assert LINK not in browse(eve).get(page(shown)).text
    assert LINK not in browse(alice).get(page(draft)).text


def test_the_goal_asked_about_is_offered_however_many_there_are(
    browse: ClientOf, make_goal: MakeGoal, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = make_goal(), make_goal()
    monkeypatch.setattr("feedback.views.requests.MOST_GOALS", 1)
    client = browse(alice)

    for goal in (first, second):
        assert f'<option value="{goal.pk}" selected>' in client.get(f"/o/harbor/feedback/ask/?goal={goal.pk}").text


def test_a_goal_of_somebody_else_is_never_offered(browse: ClientOf, make_goal: MakeGoal, hana: Person) -> None:
    goal = make_goal(visibility="organization")

    assert goal.title not in browse(hana).get(f"/o/harbor/feedback/ask/?goal={goal.pk}").text
