"""A goal linked to a metric stands where its metric stands."""

import datetime
from decimal import Decimal

import pytest

from goals.enums import GoalStatus, Result, UpdateKind
from goals.models import Goal
from goals.services.following import follow_metrics
from goals.services.goals import accept_goal, complete_goal, reopen_goal
from goals.services.revisions import acknowledge_revision, propose_revision
from goals.services.updates import record_update
from metrics.models import Metric, Observation, Series
from tests.cast import Person
from tests.goals.conftest import MakeGoal
from tests.metrics.factories import BatchFactory, MetricFactory, SeriesFactory, fill

WEEK = datetime.timedelta(weeks=1)


@pytest.fixture
def errors(alice: Person, harbor_context: object) -> Metric:
    return MetricFactory.create(key="error-rate", unit="%")


@pytest.fixture
def series(errors: Metric, alice: Person) -> Series:
    return SeriesFactory.create(metric=errors, employee=alice.employee)


def told_by_metric(goal: Goal) -> list[Decimal | None]:
    """Return the values of the record's entries that came from the metric, oldest first."""
    entries = goal.updates.filter(kind=UpdateKind.METRIC).order_by("pk")
    return list(entries.values_list("value", flat=True))


def standing(goal: Goal) -> tuple[Decimal | None, datetime.date | None]:
    """Return where the goal stands in the database, and since when."""
    found = Goal.objects.get(pk=goal.pk)
    return found.current_value, found.current_on


def first_week(goal: Goal) -> datetime.date:
    """Return the Monday of the week the goal begins in."""
    return goal.starts_on - datetime.timedelta(days=goal.starts_on.weekday())


def observe(series: Series, goal: Goal, *values: float) -> None:
    """Hand in one week after the other from the week the goal begins in on."""
    for value in values:
        known = Observation.objects.filter(series=series).count()
        batch, day = BatchFactory.create(), first_week(goal) + known * WEEK
        Observation.objects.create(series=series, starts_on=day, value=value, batch=batch)
        follow_metrics([series.pk])
    goal.refresh_from_db()


def test_the_record_tells_when_the_target_is_crossed_and_not_each_week(
    make_goal: MakeGoal, errors: Metric, series: Series
) -> None:
    goal = make_goal(metric=errors)

    observe(series, goal, 5.0, 4.0, 2.0, 1.5, 3.0, 1.75)

    assert goal.current_value == Decimal("1.75")
    assert told_by_metric(goal) == [Decimal(2), Decimal(3), Decimal("1.75")]


def test_values_that_are_there_already_count_from_the_agreement_on(
    make_goal: MakeGoal, errors: Metric, series: Series, bob: Person
) -> None:
    goal = make_goal(GoalStatus.PROPOSED, metric=errors)
    fill(series, [4.5], first_week(goal))

    accept_goal(actor=bob.member, goal=goal)

    assert (goal.current_value, goal.current_on) == (Decimal("4.5"), first_week(goal))


def test_what_came_while_a_goal_was_over_counts_when_it_goes_on(
    make_goal: MakeGoal, errors: Metric, series: Series, bob: Person
) -> None:
    goal = make_goal(metric=errors)
    complete_goal(actor=bob.member, goal=goal, result=Result.REACHED, reason="Held.")
    observe(series, goal, 7.0)
    assert goal.current_value is None

    reopen_goal(actor=bob.member, goal=goal, reason="It came back.")

    assert goal.current_value == Decimal(7)


def test_a_value_that_is_taken_back_is_forgotten(make_goal: MakeGoal, errors: Metric, series: Series) -> None:
    goal = make_goal(metric=errors)
    observe(series, goal, 4.0)
    Observation.objects.filter(series=series).delete()

    follow_metrics([series.pk])

    goal.refresh_from_db()
    assert (goal.current_value, goal.current_on) == (None, None)


def test_a_value_too_large_for_a_goal_holds_nothing_up(make_goal: MakeGoal, errors: Metric, series: Series) -> None:
    goal = make_goal(metric=errors)

    observe(series, goal, 4e15)

    assert goal.current_value is None


def test_a_goal_that_begins_to_follow_forgets_what_was_reported(
    make_goal: MakeGoal, errors: Metric, series: Series, alice: Person, bob: Person
) -> None:
    goal = make_goal()
    record_update(actor=alice.member, goal=goal, value=Decimal("3.9"))
    fill(series, [5.0], first_week(goal))
    revision = propose_revision(actor=bob.member, goal=goal, changes={"metric": errors}, reason="It is measured now.")

    acknowledge_revision(actor=alice.member, revision=revision)

    goal.refresh_from_db()
    assert goal.current_value == Decimal(5)
    assert goal.updates.get().value == Decimal("3.9")


def test_with_another_unit_the_last_value_says_nothing_any_more(
    make_goal: MakeGoal, alice: Person, bob: Person
) -> None:
    goal = make_goal()
    record_update(actor=alice.member, goal=goal, value=Decimal("3.9"))
    changes = {"unit": "corrections", "measure": "number", "baseline": Decimal(40), "target": Decimal(12)}
    revision = propose_revision(actor=bob.member, goal=goal, changes=changes, reason="Count, do not divide.")

    acknowledge_revision(actor=alice.member, revision=revision)

    goal.refresh_from_db()
    assert (goal.current_value, goal.current_on) == (None, None)


def test_only_the_people_of_the_series_are_moved(
    make_goal: MakeGoal, errors: Metric, series: Series, bob: Person
) -> None:
    goal = make_goal(metric=errors)
    others = SeriesFactory.create(metric=errors, employee=bob.employee)
    fill(others, [1.0], first_week(goal))

    follow_metrics([others.pk])
    follow_metrics([])

    goal.refresh_from_db()
    assert goal.current_value is None


@pytest.mark.parametrize(
    ("cadence", "starts_on", "first"),
    [
        ("day", "2026-03-29", "2026-03-29"),
        ("week", "2026-03-29", "2026-03-23"),
        ("week", "2026-03-23", "2026-03-23"),
        ("week", "2026-01-01", "2025-12-29"),
        ("week", "2027-01-03", "2026-12-28"),
        ("month", "2026-03-31", "2026-03-01"),
        ("month", "2026-12-31", "2026-12-01"),
        ("month", "2028-02-29", "2028-02-01"),
    ],
)
def test_the_period_a_goal_begins_in_counts_and_the_one_before_does_not(
    cadence: str, starts_on: str, first: str, make_goal: MakeGoal, alice: Person
) -> None:
    metric = MetricFactory.create(key="counted", cadence=cadence)
    counted = SeriesFactory.create(metric=metric, employee=alice.employee)
    begin, day = datetime.date.fromisoformat(starts_on), datetime.date.fromisoformat(first)
    goal = make_goal(metric=metric, starts_on=begin, due_on=begin + 9 * WEEK)

    batch = BatchFactory.create()
    Observation.objects.create(series=counted, starts_on=day - datetime.timedelta(days=1), value=7.0, batch=batch)
    follow_metrics([counted.pk])
    assert standing(goal) == (None, None)

    Observation.objects.create(series=counted, starts_on=day, value=3.0, batch=batch)
    follow_metrics([counted.pk])
    assert standing(goal) == (Decimal(3), day)
