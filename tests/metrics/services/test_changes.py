"""What follows a change of values: calculated metrics, whoever listens, and two uploads at once."""

import datetime
import threading
from collections.abc import Collection, Iterator
from typing import Any

import pytest
import time_machine
from django.db import connections
from django_rls_tenants import tenant_context

from metrics import registry
from metrics.enums import BatchKind, FormulaOperator
from metrics.models import Metric, Observation, ObservationBatch, ObservationCorrection, Series, SeriesRollup
from metrics.services.changes import observations_changed, recalculate_metric
from metrics.services.observations import record_observations, take_back_batch
from people.models import Employee, Organization
from pipcycle.errors import DomainError
from tests.cast import EmployeeFactory, OrganizationFactory, Person
from tests.metrics.factories import BatchFactory, MetricFactory, SeriesFactory
from tests.metrics.services.observed import counted, record, record_batch


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel("2026-06-17T12:00Z", tick=False):
        yield


@pytest.fixture
def ann(harbor_context: Organization) -> Employee:
    """Somebody."""
    return EmployeeFactory.create(number="A1", hired_on=datetime.date(2026, 1, 5))


@pytest.fixture
def rate(harbor_context: Organization) -> Metric:
    """Errors divided by items, times a hundred."""
    return MetricFactory.create(
        key="rate",
        formula_left=MetricFactory.create(key="errors"),
        formula_operator=FormulaOperator.RATIO,
        formula_right=MetricFactory.create(key="items"),
        formula_factor=100,
    )


ROWS = [
    ("errors", "A1", "2026-05-25", "1"),
    ("errors", "A1", "2026-06-01", "2"),
    ("errors", "A1", "2026-06-08", "3"),
    ("items", "A1", "2026-06-01", "50"),
    ("items", "A1", "2026-06-08", "0"),
]


def test_a_formula_is_calculated_where_both_parts_are_and_no_division_is_by_zero(rate: Metric, ann: Employee) -> None:
    record(*ROWS)

    assert counted("rate") == {"2026-06-01": (4.0, None)}
    series = Series.objects.get(metric=rate)
    assert (series.point_count, series.last_value, series.is_stale) == (1, 4.0, True)
    assert ObservationBatch.objects.get(kind=BatchKind.FORMULA).observations.count() == 1


def test_a_formula_follows_corrections_and_batches_taken_back(rate: Metric, ann: Employee, hana: Person) -> None:
    record(*ROWS)
    batch = record_batch(("items", "A1", "2026-06-01", "25"), ("items", "A1", "2026-06-08", "300"))
    assert counted("rate") == {"2026-06-01": (8.0, None), "2026-06-08": (1.0, None)}

    take_back_batch(actor=hana.member, batch=batch, reason="Wrong")

    assert counted("rate") == {"2026-06-01": (4.0, None)}
    assert not ObservationCorrection.objects.filter(series__metric=rate).exists()


@pytest.mark.parametrize(
    ("operator", "value"),
    [
        (FormulaOperator.RATIO, 0.2),
        (FormulaOperator.PRODUCT, 500.0),
        (FormulaOperator.SUM, 60.0),
        (FormulaOperator.DIFFERENCE, -40.0),
    ],
)
def test_a_changed_formula_is_calculated_afresh(
    operator: FormulaOperator, value: float, rate: Metric, ann: Employee
) -> None:
    record(("errors", "A1", "2026-06-01", "10"), ("items", "A1", "2026-06-01", "50"))
    rate.formula_operator, rate.formula_factor = operator, 1
    rate.save(update_fields=["formula_operator", "formula_factor"])

    recalculate_metric(rate)

    assert counted("rate") == {"2026-06-01": (value, None)}


def test_calculated_values_are_not_taken_back(rate: Metric, ann: Employee, hana: Person) -> None:
    record(*ROWS)

    with pytest.raises(DomainError, match="Take those back instead"):
        take_back_batch(actor=hana.member, batch=ObservationBatch.objects.get(kind=BatchKind.FORMULA), reason="x")


def test_observers_hear_of_every_series_that_changed_and_of_no_other(
    rate: Metric, ann: Employee, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[set[int]] = []
    monkeypatch.setattr(registry, "_observers", [])

    def listen(series: Collection[int]) -> None:
        heard.append(set(series))

    registry.register_series_observer(listen)

    record(*ROWS)
    record(*ROWS)
    record(("errors", "A1", "2026-05-25", "4"))

    ids = dict(Series.objects.values_list("metric__key", "pk"))
    assert heard == [set(ids.values()), {ids["errors"]}]


@pytest.mark.usefixtures("rate")
def test_observations_written_by_others_are_followed_up(ann: Employee) -> None:
    series = SeriesFactory.create(employee=ann, metric=Metric.objects.get(key="items"))
    Observation.objects.create(series=series, starts_on=datetime.date(2026, 6, 1), value=7, batch=BatchFactory.create())

    observations_changed([series.pk])

    series.refresh_from_db()
    assert (series.point_count, series.last_value, series.is_stale) == (1, 7.0, True)
    assert SeriesRollup.objects.filter(series=series).count() == 2


def test_nobody_changed_is_no_work(harbor_context: Organization, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        observations_changed([])


def test_two_uploads_at_once_leave_what_one_after_the_other_would(transactional_db: None) -> None:
    organization = OrganizationFactory.create()
    with tenant_context(organization.pk):
        MetricFactory.create(key="items")
        EmployeeFactory.create_batch(5, hired_on=datetime.date(2026, 1, 5))
        numbers = list(Employee.objects.values_list("number", flat=True))
    failed: list[BaseException] = []
    days = ("2026-05-18", "2026-05-25", "2026-06-01", "2026-06-08")

    def upload(value: int) -> None:
        rows = [(line, "items", number, day, str(value), "") for line, number in enumerate(numbers) for day in days]
        try:
            with tenant_context(organization.pk):
                record_observations(actor=None, kind=BatchKind.API, source=str(value), rows=rows)
        except BaseException as error:  # noqa: BLE001  # told to the test, whatever it is
            failed.append(error)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=upload, args=(value,)) for value in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert failed == []
    with tenant_context(organization.pk):
        batches = list(ObservationBatch.objects.all())
        assert sum(batch.new_count for batch in batches) == 20
        assert sum(batch.corrected_count for batch in batches) == 60 == ObservationCorrection.objects.count()
        last = set(Observation.objects.values_list("value", flat=True))
        assert len(last) == 1
        assert set(SeriesRollup.objects.values_list("value", flat=True)) == last
        assert set(Series.objects.values_list("point_count", "last_value")) == {(4, last.pop())}
