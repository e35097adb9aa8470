"""How the page of a goal draws it: the line of its metric, what was reported, figures as they were typed."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from goals.enums import GoalStatus
from goals.services.updates import record_update
from tests.cast import Person
from tests.goals.conftest import MakeGoal
from tests.goals.views.conftest import ClientOf, page
from tests.metrics.factories import MetricFactory, make_series


def test_a_goal_of_a_metric_draws_a_year_of_it_and_leads_to_the_chart(
    browse: ClientOf, make_goal: MakeGoal, alice: Person
) -> None:
    metric = MetricFactory.create(name="Accuracy", unit="%", decimals=1)
    goal = make_goal(metric=metric)
    client = browse(alice)
    assert "See the chart" not in client.get(page(goal)).text

    make_series(alice.employee, metric, [91, 93, 92.5], start=timezone.localdate() - datetime.timedelta(weeks=3))

    text = client.get(page(goal)).text
    assert "from 91.0% to 92.5%, lowest 91.0%, highest 93.0%" in text
    assert f'href="/o/harbor/metrics/people/{alice.employee.pk}/{metric.pk}/">See the chart</a>' in text


def test_a_goal_of_a_number_draws_what_was_reported_from_the_start_on(
    browse: ClientOf, make_goal: MakeGoal, alice: Person
) -> None:
    goal = make_goal()
    assert "sparkline" not in browse(alice).get(page(goal)).text

    for value in (5, 3):
        record_update(actor=alice.member, goal=goal, value=Decimal(value))

    text = browse(alice).get(page(goal)).text
    assert "from 6.0 to 3.0, lowest 3.0, highest 6.0" in text
    assert "See the chart" not in text


def test_a_colleague_the_goal_is_shown_to_sees_no_line(
    browse: ClientOf, make_goal: MakeGoal, alice: Person, eve: Person
) -> None:
    goal = make_goal(visibility="organization")
    record_update(actor=alice.member, goal=goal, value=Decimal(5))

    answer = browse(eve).get(page(goal))

    assert (answer.status_code, "sparkline" in answer.text) == (200, False)


@pytest.mark.parametrize(
    ("status", "heading"),
    [
        (GoalStatus.DRAFT, "What the draft says"),
        (GoalStatus.PROPOSED, "What is proposed"),
        (GoalStatus.ACTIVE, "What is agreed"),
    ],
)
def test_the_facts_are_headed_by_what_they_are(
    browse: ClientOf, make_goal: MakeGoal, alice: Person, status: GoalStatus, heading: str
) -> None:
    assert f">{heading}<" in browse(alice).get(page(make_goal(status))).text


def test_a_change_shows_figures_as_they_were_typed(browse: ClientOf, make_goal: MakeGoal, alice: Person) -> None:
    goal = make_goal(baseline=Decimal("4.600"), target=Decimal("20.000"), direction="higher")

    text = browse(alice).get(page(goal, "revision")).text

    assert ('value="4.6"' in text, 'value="20"' in text) == (True, True)


def test_completing_and_updating_say_where_the_goal_stands(
    browse: ClientOf, make_goal: MakeGoal, alice: Person, bob: Person
) -> None:
    goal = make_goal()
    assert "Where it stands" not in browse(bob).get(page(goal, "completion")).text
    record_update(actor=alice.member, goal=goal, value=Decimal(5))

    for person, name in ((bob, "completion"), (alice, "update")):
        assert "Where it stands" in browse(person).get(page(goal, name)).text
