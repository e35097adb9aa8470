"""The rows other tests rest on are those the services would write."""

import datetime

from metrics.enums import Aggregation, Cadence, Grain
from metrics.models import Metric, Observation, SeriesRollup
from people.models import Organization
from tests.cast import Person
from tests.metrics.factories import MetricFactory, make_series


def test_fill_writes_a_value_for_each_week_and_the_facts_of_the_series(alice: Person, items: Metric) -> None:
    series = make_series(alice.employee, items, [3, 5], start=datetime.date(2026, 6, 3))

    written = list(Observation.objects.filter(series=series).values_list("starts_on", "value"))
    assert written == [(datetime.date(2026, 6, 1), 3.0), (datetime.date(2026, 6, 8), 5.0)]
    assert (series.first_on, series.last_on, series.last_value, series.point_count) == (
        datetime.date(2026, 6, 1),
        datetime.date(2026, 6, 8),
        5.0,
        2,
    )


def test_fill_adds_days_up_to_weeks_and_months(harbor_context: Organization, alice: Person) -> None:
    calls = MetricFactory.create(key="calls", cadence=Cadence.DAY, aggregation=Aggregation.SUM)

    make_series(alice.employee, calls, [1, 2, 3], start=datetime.date(2026, 5, 31))

    rollups = SeriesRollup.objects.order_by("grain", "starts_on").values_list("grain", "starts_on", "value")
    assert list(rollups) == [
        (Grain.MONTH, datetime.date(2026, 5, 1), 1.0),
        (Grain.MONTH, datetime.date(2026, 6, 1), 5.0),
        (Grain.WEEK, datetime.date(2026, 5, 25), 1.0),
        (Grain.WEEK, datetime.date(2026, 6, 1), 5.0),
    ]
