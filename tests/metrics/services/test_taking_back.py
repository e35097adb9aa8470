"""A batch is taken back: what it brought goes, what it had replaced counts again, and nothing is lost."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.models import Metric, ObservationBatch, Series, SeriesRollup
from metrics.services.observations import take_back_batch
from people.models import Employee, Organization
from pipcycle.errors import DomainError
from tests.cast import EmployeeFactory, Person
from tests.metrics.factories import MetricFactory
from tests.metrics.services.observed import counted, record, record_batch, table

pytestmark = pytest.mark.usefixtures("items", "ann")


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel("2026-06-17T12:00Z", tick=False):
        yield


@pytest.fixture
def items(harbor_context: Organization) -> Metric:
    """A weekly number."""
    return MetricFactory.create(key="items")


@pytest.fixture
def ann(harbor_context: Organization) -> Employee:
    """Somebody."""
    return EmployeeFactory.create(number="A1", hired_on=datetime.date(2026, 1, 5))


def values() -> list[float]:
    """Return what counts."""
    return [value for value, _reported in counted("items").values()]


def test_what_a_batch_brought_goes(hana: Person) -> None:
    kept = record_batch(("items", "A1", "2026-06-01", "40"))
    batch = record_batch(("items", "A1", "2026-06-08", "41"))

    changed = take_back_batch(actor=hana.member, batch=batch, reason="Wrong file")

    assert (changed, values()) == (1, [40.0])
    batch.refresh_from_db()
    assert (batch.taken_back_by, batch.taken_back_reason, batch.taken_back_at is None) == (
        hana.member, "Wrong file", False,
    )  # fmt: skip
    kept.refresh_from_db()
    assert kept.taken_back_at is None


def test_what_it_had_replaced_counts_again_in_its_own_batch(hana: Person) -> None:
    record(("items", "A1", "2026-06-01", "40"))
    before = table()
    batch = record_batch(("items", "A1", "2026-06-01", "44"))

    take_back_batch(actor=hana.member, batch=batch, reason="Wrong file")

    assert table() == before


def test_weeks_and_facts_follow(hana: Person) -> None:
    record(("items", "A1", "2026-06-01", "40"))
    batch = record_batch(("items", "A1", "2026-06-08", "44"))
    Series.objects.update(is_stale=False)

    take_back_batch(actor=hana.member, batch=batch, reason="Wrong file")

    assert list(SeriesRollup.objects.filter(grain="week").values_list("value", flat=True)) == [40.0]
    series = Series.objects.get()
    assert (str(series.last_on), series.last_value, series.point_count, series.is_stale) == (
        "2026-06-01", 40.0, 1, True,
    )  # fmt: skip


def test_a_series_without_any_value_left_is_empty(hana: Person) -> None:
    batch = record_batch(("items", "A1", "2026-06-08", "44"))

    take_back_batch(actor=hana.member, batch=batch, reason="Wrong file")

    series = Series.objects.get()
    assert (series.first_on, series.last_on, series.last_value, series.point_count) == (None, None, None, 0)
    assert SeriesRollup.objects.count() == 0


@pytest.mark.parametrize(
    ("order", "after_each"),
    [
        ("CBA", [[2.0], [1.0], []]),
        ("ABC", [[3.0], [3.0], []]),
        ("BCA", [[3.0], [1.0], []]),
        ("BAC", [[3.0], [3.0], []]),
        ("ACB", [[3.0], [2.0], []]),
        ("CAB", [[2.0], [2.0], []]),
    ],
)
def test_a_chain_of_corrections_comes_apart_in_any_order(
    order: str, after_each: list[list[float]], hana: Person
) -> None:
    batches = {name: record_batch(("items", "A1", "2026-06-01", str(value))) for value, name in enumerate("ABC", 1)}

    seen = []
    for name in order:
        take_back_batch(actor=hana.member, batch=batches[name], reason="Wrong")
        seen.append(values())

    assert seen == after_each


def test_a_batch_is_taken_back_once(hana: Person) -> None:
    batch = record_batch(("items", "A1", "2026-06-01", "40"))
    take_back_batch(actor=hana.member, batch=batch, reason="Wrong")

    assert take_back_batch(actor=hana.member, batch=batch, reason="Again") == 0
    assert ObservationBatch.objects.get().taken_back_reason == "Wrong"


def test_it_needs_a_reason(hana: Person) -> None:
    batch = record_batch(("items", "A1", "2026-06-01", "40"))

    with pytest.raises(DomainError, match="Say why"):
        take_back_batch(actor=hana.member, batch=batch, reason="  ")
    assert values() == [40.0]


_DAYS = ("2026-05-18", "2026-05-25", "2026-06-01")
_FILES = st.dictionaries(st.sampled_from(_DAYS), st.integers(0, 3), max_size=3)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=_FILES, second=_FILES)
def test_recording_and_taking_back_leaves_the_table_as_it_was(
    first: dict[str, int], second: dict[str, int], hana: Person
) -> None:
    record(*(("items", "A1", day, str(value)) for day, value in first.items()))
    before = table()
    batch = record_batch(*(("items", "A1", day, str(value)) for day, value in second.items()))
    after = table()
    again = record(*(("items", "A1", day, str(value)) for day, value in second.items()))

    assert (table(), again.new, again.corrected) == (after, 0, 0)
    take_back_batch(actor=hana.member, batch=batch, reason="Wrong")
    assert table() == before
