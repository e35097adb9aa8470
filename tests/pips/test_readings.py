"""What the metric behind an expectation says, and what is to be held at a milestone."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.enums import Aggregation
from metrics.models import Metric
from people.models import Employee
from pips.enums import Direction, SignalVerdict
from pips.models import Expectation, Plan
from pips.readings import is_held, level_to_hold, reading_for, readings_of, targets_outside_range
from tests.cast import EmployeeFactory, Person
from tests.metrics.factories import MetricFactory, SignalFactory, make_series
from tests.pips.conftest import Stage

FIRST = datetime.date(2026, 10, 5)
TODAY = datetime.date(2027, 1, 4)
ON = datetime.date(2026, 12, 31)
#: Twelve weeks from 5 October to 21 December; the last four are 7, 14, 21 and 28 December's.
VALUES: list[float] = [50, 52, 48, 51, 49, 50, 52, 48, 51, 70, 72, 74]

figures = st.decimals(min_value=-1000, max_value=1000, places=2)
directions = st.sampled_from(list(Direction))


@pytest.fixture
def metric(stage: Stage) -> Metric:
    """A weekly metric in per cent."""
    return MetricFactory.create(unit="%")


def expect(plan: Plan, metric: Metric | None) -> Expectation:
    expectation: Expectation = plan.expectations.all()[0]
    expectation.metric = metric
    expectation.save(update_fields=["metric"])
    return expectation


def measured(stage: Stage, metric: Metric, values: list[float]) -> Expectation:
    make_series(stage.alice.employee, metric, values, start=FIRST)
    return expect(stage.draft(), metric)


def test_the_reading_is_the_mean_of_the_last_four_weeks(stage: Stage, metric: Metric) -> None:
    reading = reading_for(measured(stage, metric, VALUES), ON)

    assert reading is not None
    assert (reading.value, reading.points) == (Decimal("72.0"), 3)
    assert (reading.first, reading.last) == (datetime.date(2026, 12, 4), ON)


@pytest.mark.parametrize(
    ("aggregation", "value"), [(Aggregation.SUM, Decimal("216.0")), (Aggregation.LAST, Decimal("74.0"))]
)
def test_the_reading_is_put_together_as_the_metric_is(stage: Stage, aggregation: str, value: Decimal) -> None:
    metric = MetricFactory.create(aggregation=aggregation)

    reading = reading_for(measured(stage, metric, VALUES), ON)

    assert reading is not None
    assert reading.value == value


def test_what_comes_after_the_day_does_not_count(stage: Stage, metric: Metric) -> None:
    reading = reading_for(measured(stage, metric, VALUES), datetime.date(2026, 11, 30))

    assert reading is not None
    assert (reading.value, reading.points) == (Decimal("50.2"), 4)


@pytest.mark.parametrize(("is_improvement", "verdict"), [(True, SignalVerdict.BETTER), (False, SignalVerdict.WORSE)])
def test_a_recent_signal_is_the_verdict(stage: Stage, metric: Metric, is_improvement: bool, verdict: str) -> None:
    series = make_series(stage.alice.employee, metric, VALUES, start=FIRST)
    SignalFactory.create(series=series, starts_on=datetime.date(2026, 12, 7), is_improvement=is_improvement)
    expectation = expect(stage.draft(), metric)

    reading = reading_for(expectation, ON)

    assert reading is not None
    assert reading.verdict == verdict


def test_an_old_signal_speaks_no_more(stage: Stage, metric: Metric) -> None:
    series = make_series(stage.alice.employee, metric, VALUES, start=FIRST)
    SignalFactory.create(series=series, starts_on=FIRST)

    reading = reading_for(expect(stage.draft(), metric), ON)

    assert reading is not None
    assert reading.verdict == SignalVerdict.NO_SIGNAL


@pytest.mark.parametrize(("count", "verdict"), [(5, SignalVerdict.TOO_FEW), (6, SignalVerdict.NO_SIGNAL)])
def test_fewer_than_six_values_give_no_verdict(stage: Stage, metric: Metric, count: int, verdict: str) -> None:
    reading = reading_for(measured(stage, metric, VALUES[:count]), ON)

    assert reading is not None
    assert reading.verdict == verdict


def test_a_metric_without_figures_says_so(stage: Stage, metric: Metric) -> None:
    reading = reading_for(expect(stage.draft(), metric), ON)

    assert reading is not None
    assert (reading.value, reading.verdict) == (None, SignalVerdict.TOO_FEW)


def test_an_expectation_without_a_metric_has_no_reading_of_its_own(stage: Stage) -> None:
    assert reading_for(expect(stage.draft(), None), ON) is None


def test_readings_take_three_statements_however_many_there_are(
    stage: Stage, metric: Metric, django_assert_num_queries: object
) -> None:
    other = MetricFactory.create()
    for one in (metric, other):
        make_series(stage.alice.employee, one, VALUES, start=FIRST)
    plan = stage.draft()
    first, second = plan.expectations.all()
    first.metric, second.metric = metric, other

    for wanted in ([first], [first, second]):
        with django_assert_num_queries(3):  # type: ignore[operator]  # a fixture
            assert len(readings_of(wanted, stage.alice.employee.pk, ON)) == len(wanted)


def colleagues(alice: Person, metric: Metric, count: int) -> list[Employee]:
    people = EmployeeFactory.create_batch(count, job_description=alice.employee.job_description)
    for person in people:
        make_series(person, metric, [50, 60, 70, 80] * 4, start=FIRST - datetime.timedelta(weeks=8))
    return people


@pytest.mark.parametrize(
    ("target", "direction", "is_outside"),
    [(95, Direction.AT_LEAST, True), (60, Direction.AT_LEAST, False), (5, Direction.AT_MOST, True)],
)
def test_a_target_nobody_of_the_job_has_reached_gets_a_hint(
    stage: Stage, alice: Person, metric: Metric, target: int, direction: Direction, is_outside: bool
) -> None:
    colleagues(alice, metric, 5)
    expectation = expect(stage.draft(), metric)
    expectation.target, expectation.direction = Decimal(target), direction

    hints = targets_outside_range([expectation], job_id=alice.employee.job_description_id, today=TODAY)

    assert set(hints) == ({expectation.pk} if is_outside else set())


def test_fewer_than_five_people_give_no_hint(stage: Stage, alice: Person, metric: Metric) -> None:
    colleagues(alice, metric, 4)
    expectation = expect(stage.draft(), metric)
    expectation.target = Decimal(1000)

    assert targets_outside_range([expectation], job_id=alice.employee.job_description_id, today=TODAY) == {}
    assert targets_outside_range([expectation], job_id=None, today=TODAY) == {}


def test_the_ranges_of_all_targets_take_one_statement_and_none_without_a_metric(
    stage: Stage, alice: Person, metric: Metric, django_assert_num_queries: object
) -> None:
    colleagues(alice, metric, 5)
    first, second = stage.draft().expectations.all()
    first.target, second.target = Decimal(1000), Decimal(0)
    job_id = alice.employee.job_description_id

    for linked, count in (([], 0), ([first], 1), ([first, second], 1)):
        for expectation in linked:
            expectation.metric = metric
        with django_assert_num_queries(count):  # type: ignore[operator]  # a fixture
            assert len(targets_outside_range([first, second], job_id=job_id, today=TODAY)) == len(linked)


@given(direction=directions, earlier=st.lists(st.none() | figures))
def test_the_level_to_hold_is_held_by_the_best_of_the_earlier_ones(
    direction: Direction, earlier: list[Decimal | None]
) -> None:
    level = level_to_hold(direction, earlier)

    known = [value for value in earlier if value is not None]
    assert (level is None) == (not known)
    assert level is None or level in known
    assert all(is_held(direction, value, level) for value in known)


@given(direction=directions, earlier=st.lists(figures, min_size=1), later=figures)
def test_levels_only_rise(direction: Direction, earlier: list[Decimal | None], later: Decimal) -> None:
    before, after = level_to_hold(direction, earlier), level_to_hold(direction, [*earlier, later])

    assert is_held(direction, before, after)


def test_nothing_is_compared_with_nothing() -> None:
    assert is_held(Direction.AT_LEAST, None, Decimal(1)) is None
    assert is_held(Direction.AT_LEAST, Decimal(1), None) is None
