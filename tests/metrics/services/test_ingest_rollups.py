"""Weeks, months and facts of a series after any uploads are what the observations themselves say."""

import datetime
import random
from collections import defaultdict
from typing import Any

import pytest

from metrics.enums import Aggregation, Cadence, LeaveHandling
from metrics.models import Metric, Observation, Series, SeriesRollup
from people.enums import LeaveKind
from people.models import Employee, Organization
from people.services.leave import record_leave
from tests.cast import EmployeeFactory, Person
from tests.metrics.factories import MetricFactory
from tests.metrics.services.observed import record, record_batch

FIRST = datetime.date(2024, 12, 23)
UPLOADS = 7


@pytest.fixture
def people(harbor_context: Organization, hana: Person) -> list[Employee]:
    """Three people; the last of them was away for two weeks."""
    people = [EmployeeFactory.create(number=f"A{number}", hired_on=FIRST) for number in range(3)]
    record_leave(
        actor=hana.member,
        employee=people[2],
        kind=LeaveKind.MEDICAL,
        starts_on=FIRST + datetime.timedelta(10),
        ends_on=FIRST + datetime.timedelta(24),
    )
    return people


@pytest.fixture
def every_kind(harbor_context: Organization) -> list[Metric]:
    """Metrics of every cadence and aggregation, half of them without the days of a leave."""
    return [
        MetricFactory.create(
            key=f"{cadence}-{aggregation}",
            cadence=cadence,
            aggregation=aggregation,
            leave_handling=LeaveHandling.OMITTED if aggregation == Aggregation.SUM else LeaveHandling.NONE,
        )
        for cadence in Cadence
        for aggregation in Aggregation
    ]


def start_of(grain: str, day: datetime.date) -> datetime.date:
    """Return the Monday or the first of the month."""
    return day.replace(day=1) if grain == "month" else day - datetime.timedelta(day.weekday())


def expected_rollups() -> dict[tuple[int, str, datetime.date], tuple[Any, int]]:
    """Return the weeks and months computed from the observations one by one."""
    periods: dict[tuple[int, str, datetime.date], list[float]] = defaultdict(list)
    kinds = {}
    for point in Observation.objects.select_related("series__metric").order_by("series_id", "starts_on"):
        metric = point.series.metric
        for grain in ("week", "month"):
            if grain == "month" or metric.cadence != Cadence.MONTH:
                key = (point.series_id, grain, start_of(grain, point.starts_on))
                periods[key].append(point.value)
                kinds[key] = metric.aggregation
    whole = {
        Aggregation.SUM: sum,
        Aggregation.MEAN: lambda values: sum(values) / len(values),
        Aggregation.LAST: lambda values: values[-1],
    }
    return {
        key: (pytest.approx(whole[Aggregation(kinds[key])](values)), len(values)) for key, values in periods.items()
    }


def expected_facts() -> dict[int, tuple[Any, ...]]:
    """Return first day, last day, last value and number of points of each series, from the observations."""
    points: dict[int, list[Observation]] = {key: [] for key in Series.objects.values_list("pk", flat=True)}
    for point in Observation.objects.order_by("starts_on"):
        points[point.series_id].append(point)
    return {
        key: (known[0].starts_on, known[-1].starts_on, known[-1].value, len(known)) if known else (None, None, None, 0)
        for key, known in points.items()
    }


def require_exact() -> None:
    """Compare what is stored with what the observations say."""
    rollups = SeriesRollup.objects.values_list("series_id", "grain", "starts_on", "value", "point_count")
    assert {(series, grain, day): (value, count) for series, grain, day, value, count in rollups} == expected_rollups()
    facts = Series.objects.values_list("pk", "first_on", "last_on", "last_value", "point_count")
    assert {key: rest for key, *rest in facts} == {key: list(facts) for key, facts in expected_facts().items()}


@pytest.mark.parametrize("seed", range(3))
def test_uploads_in_any_order_leave_what_a_computation_from_scratch_would(
    seed: int, every_kind: list[Metric], people: list[Employee]
) -> None:
    chance = random.Random(seed)  # the same uploads in each run
    known_through = FIRST
    for _ in range(UPLOADS):
        goes_on = chance.random() < 0.6  # most uploads only add to what is known
        since = known_through + datetime.timedelta(1 if goes_on else -chance.randrange(20))
        days = [max(since, FIRST) + datetime.timedelta(day) for day in range(chance.randrange(1, 40))]
        known_through = max(known_through, *days)
        record(
            *(
                (metric.key, employee.number, day.isoformat(), str(chance.randrange(1000) / 10))
                for metric in chance.sample(every_kind, 5)
                for employee in chance.sample(people, 2)
                for day in chance.sample(days, max(1, len(days) * 3 // 4))
            )
        )
        require_exact()
    assert SeriesRollup.objects.count() > UPLOADS


def test_an_upload_that_goes_on_within_a_week_and_a_month_counts_both_parts(
    every_kind: list[Metric], people: list[Employee]
) -> None:
    record(("day-mean", "A0", "2025-01-29", "10"), ("day-sum", "A0", "2025-01-29", "10"))

    batch = record_batch(
        *((f"day-{kind}", "A0", day, "4") for kind in ("mean", "sum") for day in ("2025-01-31", "2025-02-01"))
    )

    periods = SeriesRollup.objects.order_by("grain", "starts_on").values_list("grain", "starts_on__day", "value")
    assert list(periods.filter(series__metric__key="day-mean")) == [("month", 1, 7), ("month", 1, 4), ("week", 27, 6)]
    assert list(periods.filter(series__metric__key="day-sum")) == [("month", 1, 14), ("month", 1, 4), ("week", 27, 18)]
    assert batch.new_count == 4
    require_exact()
