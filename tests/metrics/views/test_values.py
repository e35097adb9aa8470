"""One value by hand: who adds, who corrects, what is refused."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from metrics.enums import BatchKind, Cadence
from metrics.models import Metric, Observation, ObservationBatch, ObservationCorrection, Series
from metrics.services.by_hand import period_start
from tests.cast import Person
from tests.metrics.factories import FIRST_MONDAY, MetricFactory, make_series

ClientOf = Callable[[Person], Client]
WEDNESDAY = FIRST_MONDAY + datetime.timedelta(days=9)


def address(employee: Person, metric: Metric, name: str, **more: str) -> str:
    ids = {"employee_id": employee.employee.pk, "metric_id": metric.pk, **more}
    return reverse(f"metrics:{name}", kwargs={"organization_slug": "harbor", **ids})


@pytest.fixture
def series(alice: Person, items: Metric) -> Series:
    """One week of Alice's items."""
    return make_series(alice.employee, items, [20.0])


def test_manager_adds_a_missing_value_to_the_week_the_day_lies_in(
    series: Series, alice: Person, bob: Person, items: Metric, client_of: ClientOf
) -> None:
    url = address(alice, items, "value_new")

    response = client_of(bob).post(url, {"day": WEDNESDAY.isoformat(), "value": "23.5"})

    assert response.headers["Location"] == address(alice, items, "series")
    added = Observation.objects.get(series=series, starts_on=FIRST_MONDAY + datetime.timedelta(days=7))
    assert added.value == 23.5
    batch = ObservationBatch.objects.get(pk=added.batch_id)
    assert (batch.kind, batch.created_by, batch.new_count) == (BatchKind.MANUAL, bob.member, 1)


def test_first_value_begins_a_series(alice: Person, bob: Person, items: Metric, client_of: ClientOf) -> None:
    client_of(bob).post(address(alice, items, "value_new"), {"day": WEDNESDAY.isoformat(), "value": "3"})

    assert Series.objects.get(employee=alice.employee, metric=items).last_value == 3.0


def test_manager_changes_nothing_that_is_there(
    series: Series, alice: Person, bob: Person, items: Metric, client_of: ClientOf
) -> None:
    response = client_of(bob).post(address(alice, items, "value_new"), {"day": FIRST_MONDAY.isoformat(), "value": "99"})

    assert response.status_code == 422
    assert "An HR partner can correct it." in response.content.decode()
    assert Observation.objects.get(series=series).value == 20.0


@pytest.mark.parametrize("value", ["", "many", "nan", "inf"])
def test_value_that_is_no_number_is_refused_and_kept_in_the_form(
    value: str, series: Series, alice: Person, bob: Person, items: Metric, client_of: ClientOf
) -> None:
    data = {"day": WEDNESDAY.isoformat(), "value": value}

    response = client_of(bob).post(address(alice, items, "value_new"), data)

    assert response.status_code == 422
    assert f'value="{WEDNESDAY.isoformat()}"' in response.content.decode()


def test_value_out_of_range_says_why(alice: Person, bob: Person, items: Metric, client_of: ClientOf) -> None:
    Metric.objects.filter(pk=items.pk).update(allowed_max=100.0)

    response = client_of(bob).post(address(alice, items, "value_new"), {"day": WEDNESDAY.isoformat(), "value": "101"})

    assert response.status_code == 422
    assert not Observation.objects.exists()


@pytest.mark.parametrize(("reader", "status"), [("alice", 403), ("bob", 200), ("hana", 200), ("adam", 404)])
def test_those_above_and_hr_add_values(
    reader: str,
    status: int,
    series: Series,
    alice: Person,
    items: Metric,
    hana: Person,
    adam: Person,
    client_of: ClientOf,
    request: pytest.FixtureRequest,
) -> None:
    client = client_of(request.getfixturevalue(reader))

    assert client.get(address(alice, items, "value_new")).status_code == status


def test_calculated_metric_takes_no_value(alice: Person, bob: Person, items: Metric, client_of: ClientOf) -> None:
    ratio = MetricFactory.create(key="ratio", formula_left=items, formula_operator="ratio", formula_right=items)

    assert client_of(bob).get(address(alice, ratio, "value_new")).status_code == 404


def test_hr_partner_corrects_a_value_and_the_former_one_stays(
    series: Series, alice: Person, hana: Person, items: Metric, client_of: ClientOf
) -> None:
    url = address(alice, items, "value_correction", day=FIRST_MONDAY.isoformat())

    response = client_of(hana).post(url, {"value": "21", "reason": "Two were counted late"})

    assert response.headers["Location"] == address(alice, items, "series")
    assert Observation.objects.get(series=series).value == 21.0
    kept = ObservationCorrection.objects.get(series=series)
    assert (kept.old_value, kept.new_value, kept.reason) == (20.0, 21.0, "Two were counted late")


def test_correction_needs_a_reason(
    series: Series, alice: Person, hana: Person, items: Metric, client_of: ClientOf
) -> None:
    url = address(alice, items, "value_correction", day=FIRST_MONDAY.isoformat())

    assert client_of(hana).post(url, {"value": "21", "reason": " "}).status_code == 422
    assert Observation.objects.get(series=series).value == 20.0


@pytest.mark.parametrize(("reader", "status"), [("alice", 403), ("bob", 403), ("carol", 403), ("adam", 404)])
def test_nobody_but_hr_in_scope_corrects(
    reader: str,
    status: int,
    series: Series,
    alice: Person,
    items: Metric,
    adam: Person,
    client_of: ClientOf,
    request: pytest.FixtureRequest,
) -> None:
    url = address(alice, items, "value_correction", day=FIRST_MONDAY.isoformat())

    assert client_of(request.getfixturevalue(reader)).post(url, {"value": "1", "reason": "x"}).status_code == status


@pytest.mark.parametrize("day", ["2025-01-13", "monday", "2025-13-40"])
def test_period_without_a_value_is_not_found(
    day: str, series: Series, alice: Person, hana: Person, items: Metric, client_of: ClientOf
) -> None:
    assert client_of(hana).get(address(alice, items, "value_correction", day=day)).status_code == 404


def test_page_offers_what_the_reader_may_do(
    series: Series, alice: Person, bob: Person, hana: Person, items: Metric, client_of: ClientOf
) -> None:
    url = address(alice, items, "series")
    offered = {
        person.email: ("Add a value" in html, "/2025-01-06/" in html)
        for person in (alice, bob, hana)
        for html in [client_of(person).get(url).content.decode()]
    }

    assert list(offered.values()) == [(False, False), (True, False), (True, True)]


@pytest.mark.parametrize(
    ("cadence", "start"),
    [
        (Cadence.DAY, datetime.date(2025, 1, 15)),
        (Cadence.WEEK, datetime.date(2025, 1, 13)),
        (Cadence.MONTH, datetime.date(2025, 1, 1)),
    ],
)
def test_period_starts_on_its_first_day(cadence: Cadence, start: datetime.date) -> None:
    assert period_start(Metric(cadence=cadence), datetime.date(2025, 1, 15)) == start
