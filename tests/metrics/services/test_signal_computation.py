"""From figures to signals: opened once, followed, withdrawn, asked of the right person."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from metrics.enums import SignalKind, SignalStatus
from metrics.models import Metric, Observation, Series, Signal
from metrics.services.signals import compute_series, compute_stale_series, follow_the_people
from people.enums import EmployeeStatus
from people.models import Employee
from people.services.reporting_lines import rebuild_reporting_lines
from people.working_days import calendar_for
from reminders.models import Obligation
from tests.cast import Person
from tests.metrics.signal_stage import QUIET, add_points, computed, drop_of, recent_series, this_monday, weeks_ago


def owed() -> list[Obligation]:
    return list(Obligation.objects.filter(kind="review_signal", status="open").order_by("pk"))


def stands(series: Series) -> list[tuple[str, str]]:
    return list(Signal.objects.filter(series=series).order_by("ends_on", "kind").values_list("kind", "status"))


def has_left(person: Person) -> None:
    Employee.objects.filter(pk=person.employee.pk).update(status=EmployeeStatus.LEFT, left_on=timezone.localdate())
    person.employee.refresh_from_db()


# --- Limits on the series --------------------------------------------------------------------------------------------


def test_the_limits_are_kept_on_the_series(items: Metric, alice: Person) -> None:
    series = computed(alice.employee, items, QUIET)

    assert [series.centre, series.mean_range, series.lower, series.upper] == pytest.approx([10, 2, 4.68, 15.32])
    assert (series.limit_points, series.computed_through) == (12, this_monday())
    assert (series.is_stale, series.stale_from) == (False, None)


def test_five_points_have_no_limits(items: Metric, alice: Person) -> None:
    series = computed(alice.employee, items, QUIET[:5])

    assert (series.centre, series.lower, series.limit_points, series.is_stale) == (None, None, 0, False)


def test_points_taken_back_take_the_limits_back(items: Metric, alice: Person) -> None:
    series = computed(alice.employee, items, QUIET)
    Observation.objects.filter(series=series).delete()
    compute_series(series)

    assert (series.centre, series.limit_points, series.computed_through) == (None, 0, None)


def test_only_as_many_series_as_asked_for_are_computed(items: Metric, errors: Metric, alice: Person) -> None:
    recent_series(alice.employee, items, QUIET)
    recent_series(alice.employee, errors, QUIET)

    assert [compute_stale_series(limit=1), compute_stale_series(), compute_stale_series()] == [1, 1, 0]


# --- Opening ---------------------------------------------------------------------------------------------------------


def test_a_worse_signal_is_owed_by_the_direct_manager_within_five_working_days(
    items: Metric, alice: Person, bob: Person
) -> None:
    signal = drop_of(alice.employee, items)

    [obligation] = owed()
    due_on = calendar_for(bob.employee).add_working_days(timezone.localdate(), 5)
    assert (signal.kind, signal.status, signal.is_improvement) == (SignalKind.OUTSIDE, SignalStatus.OPEN, False)
    assert (signal.value, signal.ends_on) == (1.0, this_monday())
    assert [signal.centre, signal.lower, signal.upper] == pytest.approx([10, 4.68, 15.32])
    assert (obligation.about_type, obligation.about_id) == ("signal", signal.pk)
    assert (obligation.owner, obligation.employee, obligation.due_on) == (bob.employee, alice.employee, due_on)


def test_an_improvement_asks_nobody(items: Metric, alice: Person) -> None:
    series = computed(alice.employee, items, [*QUIET, 30.0])

    assert Signal.objects.get(series=series).is_improvement is True
    assert owed() == []


def test_fewer_is_better_where_the_metric_says_so(errors: Metric, alice: Person) -> None:
    series = computed(alice.employee, errors, [*QUIET, 30.0])

    assert Signal.objects.get(series=series).is_improvement is False
    assert len(owed()) == 1


def test_without_a_manager_hr_is_asked(items: Metric, carol: Person) -> None:
    drop_of(carol.employee, items)

    [obligation] = owed()
    assert (obligation.owner, obligation.owner_role) == (None, "hr_partner")


def test_computing_twice_changes_nothing(items: Metric, alice: Person) -> None:
    signal = drop_of(alice.employee, items)

    compute_series(signal.series)

    assert [found.pk for found in Signal.objects.all()] == [signal.pk]
    assert len(owed()) == 1


def test_what_goes_on_is_the_same_signal(items: Metric, alice: Person) -> None:
    series = computed(alice.employee, items, [*QUIET, *[9.0] * 7])
    for _week in range(5):
        add_points(series, [9.0])
        compute_stale_series()

    assert stands(series) == [("shift", "open")]
    assert len(owed()) == 1


def test_a_pattern_of_long_ago_asks_nobody(items: Metric, alice: Person) -> None:
    old = computed(alice.employee, items, [*QUIET, 1.0, *QUIET])

    assert stands(old) == []


@pytest.mark.parametrize(("ended", "expected"), [(7, [("outside", "open")]), (9, [])])
def test_a_pattern_is_recent_for_sixty_days(
    items: Metric, alice: Person, ended: int, expected: list[tuple[str, str]]
) -> None:
    series = recent_series(alice.employee, items, [*QUIET, 1.0], ended_weeks_ago=ended)

    compute_stale_series()

    assert stands(series) == expected


def test_nothing_is_opened_about_somebody_who_has_left(items: Metric, alice: Person) -> None:
    has_left(alice)

    series = computed(alice.employee, items, [*QUIET, 1.0])

    assert stands(series) == []


# --- Following the figures -------------------------------------------------------------------------------------------


def test_a_corrected_value_withdraws_its_signal_and_what_is_owed(items: Metric, alice: Person) -> None:
    signal = drop_of(alice.employee, items)
    Observation.objects.filter(series=signal.series, starts_on=signal.ends_on).update(value=10.0)
    compute_series(signal.series)

    signal.refresh_from_db()
    [obligation] = Obligation.objects.filter(kind="review_signal")
    assert signal.status == SignalStatus.WITHDRAWN
    assert (obligation.status, obligation.closed_reason) == ("withdrawn", "The figures no longer show this pattern.")


def test_a_signal_that_comes_back_is_asked_about_again(items: Metric, alice: Person) -> None:
    signal = drop_of(alice.employee, items)
    for value in (10.0, 2.0):
        Observation.objects.filter(series=signal.series, starts_on=signal.ends_on).update(value=value)
        compute_series(signal.series)

    signal.refresh_from_db()
    assert (signal.status, signal.value, signal.decided_at) == (SignalStatus.OPEN, 2.0, None)
    assert len(owed()) == 1


def test_trial_limits_that_move_change_what_an_open_signal_says(items: Metric, alice: Person) -> None:
    series = computed(alice.employee, items, [10, 11, 10, 11, 10, 11, 10, 30])
    before = Signal.objects.get(series=series)

    add_points(series, [10.0])
    compute_stale_series()

    [after] = Signal.objects.filter(series=series)
    assert after.pk == before.pk
    assert after.centre != before.centre


# --- One new point ---------------------------------------------------------------------------------------------------


def test_one_new_point_is_judged_without_reading_the_series(items: Metric, alice: Person) -> None:
    series = computed(alice.employee, items, QUIET * 6)
    add_points(series, [1.0])

    with CaptureQueriesContext(
        connection,
    ) as captured:
        compute_stale_series()

    reads = [query["sql"] for query in captured if 'FROM "metrics_observation"' in query["sql"]]
    assert len(reads) == 1
    assert "LIMIT 12" in reads[0]
    assert stands(series) == [("outside", "open")]


def test_an_older_point_makes_the_series_be_read_whole(items: Metric, alice: Person) -> None:
    series = computed(alice.employee, items, [*QUIET, 1.0, 10.0])
    Observation.objects.filter(series=series, starts_on=weeks_ago(1)).update(value=10.0)
    Series.objects.filter(pk=series.pk).update(is_stale=True, stale_from=weeks_ago(1))

    compute_stale_series()

    assert stands(series) == [("outside", "withdrawn")]


@pytest.mark.parametrize("steps", [[1] * 30, [3] * 10, [7, 1, 12, 10]])
def test_point_by_point_is_the_same_as_all_at_once(items: Metric, alice: Person, steps: list[int]) -> None:
    values = [float(10 + (index * 7919 % 13) - 6 + index // 9) for index in range(12 + sum(steps))]
    series = recent_series(alice.employee, items, values[:12], ended_weeks_ago=6)
    compute_stale_series()
    taken = 12
    for step in steps:
        add_points(series, values[taken : taken + step])
        compute_stale_series()
        taken += step
    facts = ("kind", "starts_on", "ends_on", "status", "value", "centre")
    bit_by_bit = list(Signal.objects.order_by("ends_on", "kind").values_list(*facts))

    compute_series(series)

    assert list(Signal.objects.order_by("ends_on", "kind").values_list(*facts)) == bit_by_bit
    assert bit_by_bit != []


# --- People move -----------------------------------------------------------------------------------------------------


def test_what_is_owed_passes_to_the_new_manager(items: Metric, alice: Person, bob: Person, carol: Person) -> None:
    drop_of(alice.employee, items)
    Employee.objects.filter(pk=alice.employee.pk).update(manager=carol.employee)
    rebuild_reporting_lines()

    assert [follow_the_people(), follow_the_people()] == [1, 0]
    assert [obligation.owner for obligation in owed()] == [carol.employee]


def test_what_is_owed_passes_to_hr_when_the_manager_leaves(items: Metric, alice: Person, bob: Person) -> None:
    drop_of(alice.employee, items)
    has_left(bob)

    assert [follow_the_people(), follow_the_people()] == [1, 0]
    assert [(obligation.owner, obligation.owner_role) for obligation in owed()] == [(None, "hr_partner")]


def test_nothing_is_owed_about_somebody_who_has_left(items: Metric, alice: Person) -> None:
    drop_of(alice.employee, items)
    has_left(alice)

    assert [follow_the_people(), follow_the_people()] == [1, 0]
    assert owed() == []
