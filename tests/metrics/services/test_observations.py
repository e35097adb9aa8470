"""Observations are taken in: what is written, what is corrected, what is refused and why."""

import datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django_rls_tenants import tenant_context

from metrics.enums import Aggregation, BatchKind, Cadence, FormulaOperator, Grain
from metrics.ingest.numbers import NumberStyle
from metrics.models import (
    Metric,
    Observation,
    ObservationBatch,
    ObservationCorrection,
    Series,
    SeriesRollup,
)
from metrics.services.observations import (
    IngestReport,
    ObservationInput,
    check_observations,
    correct_observation,
    record_observations,
    take_back_batch,
)
from people.models import Employee, Organization
from pipcycle.errors import DomainError
from tests.cast import EmployeeFactory, Person
from tests.metrics.factories import MetricFactory
from tests.metrics.services.observed import record

pytestmark = pytest.mark.usefixtures("harbor_context", "now")

MONDAY = datetime.date(2026, 6, 1)


@pytest.fixture
def now() -> Any:
    """Wednesday, 17 June 2026."""
    with time_machine.travel("2026-06-17T12:00Z", tick=False):
        yield


@pytest.fixture
def items(harbor_context: Organization) -> Metric:
    """A weekly number from 0 to 5,000."""
    return MetricFactory.create(key="items", name="Items done", allowed_min=0, allowed_max=5000)


@pytest.fixture
def ann(harbor_context: Organization) -> Employee:
    """Somebody hired on 5 January 2026."""
    return EmployeeFactory.create(number="A1", hired_on=datetime.date(2026, 1, 5))


def values() -> dict[tuple[str, str, str], float]:
    """Return every observation by metric, employee and day."""
    rows = Observation.objects.order_by("series_id", "starts_on").values_list(
        "series__metric__key", "series__employee__number", "starts_on", "value"
    )
    return {(metric, number, str(day)): value for metric, number, day, value in rows}


def refusals(report: IngestReport) -> list[tuple[int, str]]:
    """Return line and code of what was refused."""
    return [(row.line, row.code) for row in report.refused]


def test_good_rows_are_written_and_counted(items: Metric, ann: Employee) -> None:
    report = record(("items", "A1", "2026-06-01", "40"), ("items", "A1", "2026-06-08", "41.5"))

    assert values() == {("items", "A1", "2026-06-01"): 40.0, ("items", "A1", "2026-06-08"): 41.5}
    assert (report.rows, report.new, report.corrected, report.unchanged, report.refused_count) == (2, 2, 0, 0, 0)
    batch = ObservationBatch.objects.get()
    assert report.batch == batch
    assert (batch.kind, batch.source, batch.new_count, batch.refused_count) == ("file", "figures.csv", 2, 0)


def test_a_metric_is_known_by_short_name_or_name_in_any_case(items: Metric, ann: Employee) -> None:
    record((" ITEMS ", "A1", "2026-06-01", "40"), ("Items Done", " A1 ", "2026-06-08", "41"))

    assert list(values().values()) == [40.0, 41.0]


def test_the_same_rows_again_change_nothing(items: Metric, ann: Employee) -> None:
    first = record(("items", "A1", "2026-06-01", "40"))
    Series.objects.update(is_stale=False)

    again = record(("items", "A1", "2026-06-01", "40.0"))

    assert (again.new, again.corrected, again.unchanged) == (0, 0, 1)
    assert Observation.objects.get().batch == first.batch
    assert not Series.objects.get().is_stale
    assert ObservationCorrection.objects.count() == 0


def test_another_value_corrects_and_keeps_the_former(items: Metric, ann: Employee) -> None:
    first = record(("items", "A1", "2026-06-01", "40"))
    second = record(("items", "A1", "2026-06-01", "44"), reason="Recount")

    assert (second.new, second.corrected, second.unchanged) == (0, 1, 0)
    kept = ObservationCorrection.objects.get()
    assert (kept.old_value, kept.old_batch, kept.new_value, kept.new_batch, kept.reason) == (
        40.0, first.batch, 44.0, second.batch, "Recount",
    )  # fmt: skip
    assert values() == {("items", "A1", "2026-06-01"): 44.0}


REFUSED = {
    "metric_unknown": ("speed", "A1", "2026-06-01", "1"),
    "metric_retired": ("old", "A1", "2026-06-01", "1"),
    "metric_calculated": ("rate", "A1", "2026-06-01", "1"),
    "employee_unknown": ("items", "Z9", "2026-06-01", "1"),
    "day_missing": ("items", "A1", " ", "1"),
    "day_unreadable": ("items", "A1", "31.02.2026", "1"),
    "day_in_future": ("items", "A1", "2026-06-18", "1"),
    "before_hire": ("items", "A1", "2026-01-04", "1"),
    "after_leaving": ("items", "L1", "2026-03-02", "1"),
    "value_missing": ("items", "A1", "2026-06-01", ""),
    "value_unreadable": ("items", "A1", "2026-06-01", "-"),
    "value_not_finite": ("items", "A1", "2026-06-01", "-Infinity"),
    "value_too_small": ("items", "A1", "2026-06-01", "-0.5"),
    "value_too_large": ("items", "A1", "2026-06-01", "5001"),
    "unit_differs": ("items", "A1", "2026-06-01", "5", "hours"),
    "unit_not_expected": ("bare", "A1", "2026-06-01", "5 h"),
}


@pytest.fixture
def leaver(harbor_context: Organization) -> Employee:
    """Somebody who left on 1 March 2026, a Sunday."""
    return EmployeeFactory.create(
        number="L1", hired_on=datetime.date(2020, 1, 1), left_on=datetime.date(2026, 3, 1), status="left"
    )


@pytest.fixture
def other_metrics(items: Metric) -> None:
    """One that is retired, one without a unit, one that is calculated."""
    MetricFactory.create(key="old", is_active=False)
    bare = MetricFactory.create(key="bare", unit="")
    MetricFactory.create(key="rate", formula_left=items, formula_operator=FormulaOperator.RATIO, formula_right=bare)


@pytest.mark.usefixtures("other_metrics", "leaver")
@pytest.mark.parametrize("code", REFUSED)
def test_a_bad_row_is_refused_with_line_and_reason_and_blocks_no_good_one(
    code: str, items: Metric, ann: Employee
) -> None:
    report = record(("items", "A1", "2026-06-08", "40"), REFUSED[code])

    (refused,) = report.refused
    assert (refused.line, refused.code) == (3, code)
    assert (refused.metric, refused.employee, refused.day, refused.value) == REFUSED[code][:4]
    assert refused.message not in ("", code)
    assert "%" not in refused.message
    assert report.refusals == {code: 1}
    assert values() == {("items", "A1", "2026-06-08"): 40.0}


@pytest.mark.parametrize("value", ["NaN", "nan", "inf", "-inf", "+Infinity", "#DIV/0!", "#N/A"])
def test_what_stands_for_no_value_is_refused(value: str, items: Metric, ann: Employee) -> None:
    assert refusals(record(("items", "A1", "2026-06-01", value))) == [(2, "value_not_finite")]


@pytest.mark.parametrize("value", ["abc", "1.2.3", "1,2,3", "--1", "0x1F", "1 2 x 3", "1e", "12,34.5", "١٢", "."])
def test_text_is_no_number(value: str, items: Metric, ann: Employee) -> None:
    report = record(("items", "A1", "2026-06-01", value))

    assert report.refused_count == 1
    assert values() == {}


def test_strictly_one_bad_row_leaves_everything_as_it_was(items: Metric, ann: Employee) -> None:
    report = record(("items", "A1", "2026-06-01", "40"), ("items", "A1", "2026-06-08", "x"), is_strict=True)

    assert report.batch is None
    assert refusals(report) == [(3, "value_unreadable")]
    assert (values(), ObservationBatch.objects.count(), Series.objects.count()) == ({}, 0, 0)


def test_two_values_for_one_period_are_both_refused(items: Metric, ann: Employee) -> None:
    report = record(
        ("items", "A1", "2026-06-01", "40"), ("items", "A1", "2026-06-03", "41"), ("items", "A1", "2026-06-08", "42")
    )

    assert refusals(report) == [(2, "period_twice"), (3, "period_twice")]
    assert values() == {("items", "A1", "2026-06-08"): 42.0}


def test_the_same_value_twice_is_counted_once(items: Metric, ann: Employee) -> None:
    report = record(("items", "A1", "2026-06-01", "40"), ("Items done", "A1", "2026-06-01", "40.0"))

    assert (report.new, report.refused_count) == (1, 0)
    assert [(remark.code, remark.rows) for remark in report.remarks] == [("repeated", 1)]


@pytest.mark.parametrize(
    ("cadence", "day", "first"),
    [
        (Cadence.DAY, "2026-06-03", "2026-06-03"),
        (Cadence.WEEK, "2026-06-07", "2026-06-01"),
        (Cadence.WEEK, "2026-01-07", "2026-01-05"),
        (Cadence.MONTH, "2026-05-31", "2026-05-01"),
    ],
)
def test_a_date_is_put_on_the_first_day_of_its_period(cadence: str, day: str, first: str, ann: Employee) -> None:
    MetricFactory.create(key="any", cadence=cadence)

    report = record(("any", "A1", day, "1"))

    assert list(values()) == [("any", "A1", first)]
    assert [remark.code for remark in report.remarks] == (["period_normalised"] if day != first else [])


@pytest.mark.parametrize(
    ("texts", "read", "code"),
    [
        (["1.234,5", "1.234"], [1234.5, 1234.0], "comma_is_decimal"),
        (["1,234.5", "1,234"], [1234.5, 1234.0], ""),
        (["12,5", "1.234"], [12.5, 1234.0], "comma_is_decimal"),
        (["12.5", "1.234"], [12.5, 1.234], ""),
        (["1,234", "987"], [1234.0, 987.0], "style_assumed"),
        (["1'234.5", "1 234.25"], [1234.5, 1234.25], ""),
        (["40 items", "12 Items"], [40.0, 12.0], ""),
        (["\u22120", "+7"], [0.0, 7.0], ""),
        (["1.5e3", "2E2"], [1500.0, 200.0], ""),
        (["1\u00a0234", "1\u202f235"], [1234.0, 1235.0], ""),
        ([".5", "0,5"], [0.5, 0.5], "style_mixed"),
    ],
)  # fmt: skip
def test_the_values_of_a_metric_decide_how_its_numbers_are_read(
    texts: list[str], read: list[float], code: str, items: Metric, ann: Employee
) -> None:
    report = record(
        *(("items", "A1", day, text) for day, text in zip(("2026-06-01", "2026-06-08"), texts, strict=True))
    )

    assert refusals(report) == []
    assert list(values().values()) == read
    assert [remark.code for remark in report.remarks] == ([code] if code else [])


def test_each_metric_decides_for_itself(items: Metric, ann: Employee) -> None:
    MetricFactory.create(key="hours")

    record(("items", "A1", "2026-06-01", "1.234,5"), ("items", "A1", "2026-06-08", "1.234"),
           ("hours", "A1", "2026-06-01", "1,234.5"), ("hours", "A1", "2026-06-08", "1,234"))  # fmt: skip

    assert list(values().values()) == [1234.5, 1234.0, 1234.5, 1234.0]


def test_a_number_that_can_be_read_both_ways_among_such_is_refused(items: Metric, ann: Employee) -> None:
    report = record(("items", "A1", "2026-06-01", "12,5"), ("items", "A1", "2026-06-08", "12.5"),
                    ("items", "A1", "2026-05-25", "1.234"))  # fmt: skip

    assert refusals(report) == [(4, "value_ambiguous")]


def test_a_style_that_is_known_is_followed(items: Metric, ann: Employee) -> None:
    record(("items", "A1", "2026-06-01", "1.234"), number_style=NumberStyle.COMMA)
    record(("items", "A1", "2026-06-08", "1.234"), number_style=NumberStyle.POINT)

    assert list(values().values()) == [1234.0, 1.234]


def test_per_cent_signs_belong_to_metrics_in_per_cent(items: Metric, ann: Employee) -> None:
    MetricFactory.create(key="share", unit="%")

    report = record(("share", "A1", "2026-06-01", "95 %"), ("share", "A1", "2026-06-08", "96"),
                    ("share", "A1", "2026-05-25", "0.97"), ("items", "A1", "2026-06-01", "95%"))  # fmt: skip

    assert refusals(report) == [(4, "units_mixed"), (5, "unit_differs")]
    assert list(values().values()) == [95.0, 96.0]


@pytest.mark.parametrize(
    ("days", "read"),
    [
        (["13/05/2026", "01/06/2026"], ["2026-05-11", "2026-06-01"]),
        (["05/13/2026", "06/01/2026"], ["2026-05-11", "2026-06-01"]),
        (["2026-05-11T08:00:00Z", "20260601"], ["2026-05-11", "2026-06-01"]),
        (["11 May 2026", "46174"], ["2026-05-11", "2026-06-01"]),
    ],
)
def test_the_dates_of_the_column_decide_day_and_month(
    days: list[str], read: list[str], items: Metric, ann: Employee
) -> None:
    record(*(("items", "A1", day, str(value)) for value, day in enumerate(days)))

    assert [day for _metric, _number, day in values()] == read


def test_a_check_tells_the_same_and_writes_nothing(items: Metric, ann: Employee) -> None:
    record(("items", "A1", "2026-06-01", "40"), ("items", "A1", "2026-06-08", "41"))
    before = values()
    rows = [
        ObservationInput(2, "items", "A1", "2026-06-01", "40"),
        ObservationInput(3, "items", "A1", "2026-06-08", "42"),
        ObservationInput(4, "items", "A1", "2026-05-25", "39"),
        ObservationInput(5, "items", "A1", "2026-05-18", "x"),
    ]

    checked = check_observations(actor=None, rows=rows)
    assert (values(), ObservationBatch.objects.count(), Series.objects.count()) == (before, 1, 1)
    written = record_observations(actor=None, kind=BatchKind.FILE, source="", rows=rows)

    counts = [(r.new, r.corrected, r.unchanged, r.refused_count) for r in (checked, written)]
    assert counts == [(1, 1, 1, 1)] * 2
    assert list(checked.refused) == list(written.refused)


def test_one_value_is_corrected_by_hand(items: Metric, ann: Employee, hana: Person) -> None:
    first = record(("items", "A1", "2026-06-01", "40"))

    batch = correct_observation(
        actor=hana.member, series=Series.objects.get(), starts_on=MONDAY, value=44, reason="Counted again"
    )

    assert (batch.kind, batch.created_by, values()) == ("manual", hana.member, {("items", "A1", "2026-06-01"): 44.0})
    kept = ObservationCorrection.objects.get()
    assert (kept.old_batch, kept.new_batch, kept.reason) == (first.batch, batch, "Counted again")


def test_a_correction_needs_a_reason_and_a_value_that_is_allowed(items: Metric, ann: Employee, hana: Person) -> None:
    record(("items", "A1", "2026-06-01", "40"))
    series = Series.objects.get()

    with pytest.raises(DomainError, match="Say why"):
        correct_observation(actor=hana.member, series=series, starts_on=MONDAY, value=44, reason=" ")
    with pytest.raises(DomainError, match="above 5000"):
        correct_observation(actor=hana.member, series=series, starts_on=MONDAY, value=5001, reason="x")
    assert list(values().values()) == [40.0]


def test_nobody_corrects_their_own_figures(items: Metric, hana: Person) -> None:
    record(("items", hana.employee.number, "2026-06-01", "40"))

    with pytest.raises(PermissionDenied):
        correct_observation(actor=hana.member, series=Series.objects.get(), starts_on=MONDAY, value=44, reason="x")


@pytest.mark.parametrize("who", ["alice", "bob", "eve", "ines"])
def test_only_hr_hands_observations_in_and_takes_them_back(
    who: str, items: Metric, ann: Employee, request: pytest.FixtureRequest
) -> None:
    member = request.getfixturevalue(who).member
    batch = record(("items", "A1", "2026-06-01", "40")).batch
    assert batch is not None

    with pytest.raises(PermissionDenied):
        record_observations(actor=member, kind=BatchKind.FILE, source="", rows=[])
    with pytest.raises(PermissionDenied):
        check_observations(actor=member, rows=[])
    with pytest.raises(PermissionDenied):
        take_back_batch(actor=member, batch=batch, reason="x")


def test_another_organization_s_people_and_metrics_are_unknown(
    items: Metric, ann: Employee, alder: Organization
) -> None:
    with tenant_context(alder.pk):
        report = record(("items", "A1", "2026-06-01", "40"))

    assert refusals(report) == [(2, "metric_unknown")]
    assert values() == {}


def test_weeks_months_and_facts_follow(ann: Employee) -> None:
    MetricFactory.create(key="calls", cadence=Cadence.DAY, aggregation=Aggregation.SUM)
    MetricFactory.create(key="level", cadence=Cadence.DAY, aggregation=Aggregation.LAST)
    MetricFactory.create(key="mood", cadence=Cadence.DAY, aggregation=Aggregation.MEAN)
    days = ("2026-05-29", "2026-06-01", "2026-06-02")

    record(
        *((metric, "A1", day, str(value)) for metric in ("calls", "level", "mood") for value, day in enumerate(days))
    )

    def rolled(metric: str, grain: str) -> list[tuple[str, float, int]]:
        rows = SeriesRollup.objects.filter(series__metric__key=metric, grain=grain).order_by("starts_on")
        return [(str(row.starts_on), row.value, row.point_count) for row in rows]

    assert rolled("calls", Grain.WEEK) == [("2026-05-25", 0.0, 1), ("2026-06-01", 3.0, 2)]
    assert rolled("mood", Grain.MONTH) == [("2026-05-01", 0.0, 1), ("2026-06-01", 1.5, 2)]
    assert rolled("level", Grain.MONTH) == [("2026-05-01", 0.0, 1), ("2026-06-01", 2.0, 2)]
    series = Series.objects.get(metric__key="level")
    assert (str(series.first_on), str(series.last_on), series.last_value, series.point_count, series.is_stale) == (
        "2026-05-29", "2026-06-02", 2.0, 3, True,
    )  # fmt: skip


def test_nul_bytes_quotes_and_line_breaks_in_cells_do_no_harm(items: Metric, ann: Employee) -> None:
    report = record(("it\0ems", "A1", "2026-06-01", "4\0 0"), ('a"b\n\\.\n', "A1", "2026-06-08", "\\N"))

    assert refusals(report) == [(3, "metric_unknown")]
    assert list(values().values()) == [40.0]


def test_signs_that_mean_something_to_copy_are_kept_as_they_are(items: Metric, ann: Employee) -> None:
    odd = "\\N\t\\.\r\n\\t"

    report = record(("items", "A1", "2026-06-01", "40"), ("items", odd, "2026-06-08", "50"), (odd, "A1", odd, odd))

    assert [(row.line, row.employee) for row in report.refused] == [(3, odd), (4, "A1")]
    assert [(row.metric, row.day, row.value) for row in report.refused][1] == (odd, odd, odd)
    assert list(values().values()) == [40.0]


@pytest.mark.parametrize("last", ["", " ", "-", ".5", "1.", "1e3", "12345678901234567890", "4\n5"])
def test_a_last_value_written_otherwise_is_read_by_itself(last: str, items: Metric, ann: Employee) -> None:
    alone = record(("items", "A1", "2026-06-08", last))
    before = values()
    Observation.objects.all().delete()

    together = record(("items", "A1", "2026-06-01", "40.5"), ("items", "A1", "2026-06-08", last))

    assert [row.code for row in together.refused] == [row.code for row in alone.refused]
    assert {**before, **values()} == values()
    assert len(values()) == 1 + alone.new


def test_times_of_day_among_plain_dates_say_nothing(items: Metric, ann: Employee) -> None:
    report = record(("items", "A1", "2026-06-01", "40"), ("items", "A1", "2026-06-08 07:30:00", "50"))

    assert report.new == 2
    assert list(values().values()) == [40.0, 50.0]


def test_nothing_at_all_is_fine(items: Metric) -> None:
    report = record()

    assert (report.rows, report.new, report.refused_count) == (0, 0, 0)
