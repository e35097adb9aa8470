"""From a series to its chart: phases, signals, leave, corrections."""

import datetime

import pytest

from metrics.charts import ChartGoal, ChartLeave, PointState
from metrics.charts.xmr import moving_range_chart, point_states, xmr_chart
from metrics.enums import SignalStatus
from metrics.models import Metric, ObservationCorrection, Series, SeriesPhase, Signal
from metrics.registry import ChartMark
from metrics.selectors.series import SeriesWindow, moving_ranges, series_window
from people.models import Leave
from tests.cast import Person
from tests.metrics.factories import FIRST_MONDAY, BatchFactory, SignalFactory, make_series

WEEK = datetime.timedelta(days=7)
VALUES = [20.0, 22.0, 19.0, 21.0, 20.0, 23.0, 21.0, 20.0, 19.0, 22.0, 21.0, 20.0]
HIGHER = [value + 10 for value in VALUES]
EVER = (FIRST_MONDAY, FIRST_MONDAY + 60 * WEEK)


@pytest.fixture
def series(alice: Person, items: Metric) -> Series:
    """Two years would be longer: twenty-four weeks, of which the second half is higher."""
    return make_series(alice.employee, items, VALUES + HIGHER)


def window(series: Series, first: datetime.date = EVER[0], last: datetime.date = EVER[1]) -> SeriesWindow:
    return series_window(series, first=first, last=last)


def test_chart_shows_the_values_of_the_window_alone(series: Series) -> None:
    data = xmr_chart(series, window(series, first=FIRST_MONDAY + 10 * WEEK, last=FIRST_MONDAY + 12 * WEEK))

    assert [point.value for point in data.points] == [21.0, 20.0, 30.0]


def test_limits_rest_on_the_first_twelve_points_even_before_the_window(series: Series) -> None:
    whole = xmr_chart(series, window(series))
    part = xmr_chart(series, window(series, first=FIRST_MONDAY + 20 * WEEK))

    assert len(whole.limits) == len(part.limits) == 1
    assert whole.limits[0][2:] == part.limits[0][2:]
    assert whole.limits[0].centre == pytest.approx(sum(VALUES) / 12)
    assert not whole.limits[0].is_trial


def test_confirmed_shift_begins_a_phase_with_limits_of_its_own(series: Series) -> None:
    shift = FIRST_MONDAY + 12 * WEEK
    SeriesPhase.objects.create(series=series, starts_on=shift, reason="A new tool")

    shown = window(series)
    data = xmr_chart(series, shown)

    assert [(phase.starts_on, phase.reason) for phase in shown.phases] == [(FIRST_MONDAY, ""), (shift, "A new tool")]
    assert data.limits[1].centre == pytest.approx(data.limits[0].centre + 10)
    assert data.limits[0].ends_on == shift - datetime.timedelta(days=1)


def test_phase_before_the_window_is_not_shown(series: Series) -> None:
    SeriesPhase.objects.create(series=series, starts_on=FIRST_MONDAY + 12 * WEEK, reason="A new tool")

    assert len(window(series, first=FIRST_MONDAY + 14 * WEEK).phases) == 1


def test_six_points_give_trial_limits_and_five_give_none(alice: Person, items: Metric, errors: Metric) -> None:
    six = make_series(alice.employee, items, VALUES[:6])
    five = make_series(alice.employee, errors, VALUES[:5])

    assert [limits.is_trial for limits in xmr_chart(six, window(six)).limits] == [True]
    assert xmr_chart(five, window(five)).limits == ()


def test_limits_stop_where_the_values_do(alice: Person, errors: Metric) -> None:
    errors.allowed_min = 0.0
    series = make_series(alice.employee, errors, [0.0, 3.0, 1.0, 4.0, 0.0, 2.0, 5.0, 0.0])

    limits = xmr_chart(series, window(series)).limits[0]

    assert limits.lower == 0.0
    assert limits.upper > limits.centre > 0.0


def test_statements_do_not_grow_with_the_series(series: Series, django_assert_num_queries: object) -> None:
    first = FIRST_MONDAY + 14 * WEEK
    with django_assert_num_queries(6):  # type: ignore[operator]  # a fixture of pytest-django
        xmr_chart(series, window(series, first=first))


def test_leave_is_shown_by_its_dates_and_an_open_one_to_the_end(series: Series) -> None:
    day = FIRST_MONDAY + 3 * WEEK
    Leave.objects.create(employee=series.employee, starts_on=day, ends_on=day + WEEK)
    Leave.objects.create(employee=series.employee, starts_on=EVER[1] - WEEK)

    data = xmr_chart(series, window(series))

    assert data.leaves == (ChartLeave(day, day + WEEK), ChartLeave(EVER[1] - WEEK, EVER[1]))


def test_corrected_value_says_so(series: Series) -> None:
    ObservationCorrection.objects.create(
        series=series,
        starts_on=FIRST_MONDAY,
        old_value=2.0,
        old_batch=BatchFactory.create(),
        new_value=20.0,
        new_batch=BatchFactory.create(),
    )

    assert [point.note for point in xmr_chart(series, window(series)).points[:2]] == ["corrected", ""]


def test_goals_that_touch_the_window_are_drawn(series: Series) -> None:
    soon = ChartMark("Reach 25", 25.0, FIRST_MONDAY, FIRST_MONDAY + 9 * WEEK)
    past = ChartMark("Reach 15", 15.0, FIRST_MONDAY - 20 * WEEK, FIRST_MONDAY - WEEK)

    assert xmr_chart(series, window(series), marks=[soon, past]).goals == (
        ChartGoal("Reach 25", 25.0, soon.starts_on, soon.ends_on),
    )


@pytest.mark.parametrize(
    ("status", "is_improvement", "state"),
    [
        (SignalStatus.OPEN, False, PointState.WORSE),
        (SignalStatus.OPEN, True, PointState.BETTER),
        (SignalStatus.ACKNOWLEDGED, False, PointState.ANSWERED),
        (SignalStatus.DISMISSED, False, PointState.ANSWERED),
        (SignalStatus.SUPPORTED, True, PointState.ANSWERED),
    ],
)
def test_only_an_open_signal_for_the_worse_is_red(status: str, is_improvement: bool, state: PointState) -> None:
    signal = Signal(starts_on=FIRST_MONDAY, ends_on=FIRST_MONDAY, status=status, is_improvement=is_improvement)

    assert point_states([signal], [FIRST_MONDAY, FIRST_MONDAY + WEEK]) == {FIRST_MONDAY: state}


def test_open_signal_outdoes_an_answered_one_on_the_same_day() -> None:
    day = FIRST_MONDAY
    answered = Signal(starts_on=day, ends_on=day, status=SignalStatus.DISMISSED, is_improvement=False)
    worse = Signal(starts_on=day, ends_on=day, status=SignalStatus.OPEN, is_improvement=False)

    assert point_states([worse, answered], [day]) == {day: PointState.WORSE}


def test_withdrawn_signal_is_not_shown(series: Series) -> None:
    signal = SignalFactory.create(series=series)
    Signal.objects.filter(pk=signal.pk).update(status=SignalStatus.WITHDRAWN)

    assert {point.state for point in xmr_chart(series, window(series)).points} == {PointState.USUAL}


def test_moving_range_is_the_way_from_one_value_to_the_next(series: Series) -> None:
    data = moving_range_chart(series, window(series))

    assert [point.value for point in data.points[:3]] == [2.0, 3.0, 2.0]
    assert len(data.points) == 23
    assert data.limits[0].lower == 0.0
    assert data.limits[0].upper == pytest.approx(3.268 * data.limits[0].centre)


def test_one_value_has_no_moving_range() -> None:
    assert moving_ranges([(FIRST_MONDAY, 1.0)]) == []
