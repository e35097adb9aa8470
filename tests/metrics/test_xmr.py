"""The XmR chart of rule 27: limits, phases and the three patterns."""

import datetime
import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.enums import SignalKind
from metrics.xmr import CONTEXT_POINTS, Pattern, PhaseAnalysis, analyse, judge, limits, patterns_in, split_phases

OUTSIDE, NEAR_LIMIT, SHIFT = SignalKind.OUTSIDE, SignalKind.NEAR_LIMIT, SignalKind.SHIFT
START = datetime.date(2026, 1, 5)

#: Twelve points around 10: the mean is 10, the mean moving range 2, so the limits are 4.68 and 15.32.
QUIET = [9.0, 11.0] * 6

values_of = st.lists(st.integers(-40, 40).map(float), max_size=60)


def days_for(values: list[float]) -> list[datetime.date]:
    return [START + datetime.timedelta(weeks=week) for week in range(len(values))]


def patterns(values: list[float]) -> list[Pattern]:
    return analyse(days_for(values), values).patterns


# --- Limits ----------------------------------------------------------------------------------------------------------


def test_limits_agree_with_the_worked_example_of_nist() -> None:
    """NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2 "Individuals Control Charts": flow rate of ten batches.

    Published: mean 50.81, mean moving range 1.8778, limits 45.8159 and 55.8041, and no point outside. NIST multiplies
    by 3 ÷ 1.128 = 2.6596, rule 27 by the same rounded to 2.66, which moves each limit by 0.0008.
    """
    flow_rate = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]

    found = limits(flow_rate)

    assert found is not None
    assert [found.centre, found.mean_range] == pytest.approx([50.81, 1.8778], abs=5e-5)
    assert [found.lower, found.upper] == pytest.approx([45.8159, 55.8041], abs=0.001)
    assert found.centre + 3 / 1.128 * found.mean_range == pytest.approx(55.8041, abs=5e-5)
    assert [pattern for pattern in patterns(flow_rate) if pattern.kind == OUTSIDE] == []


def test_five_points_are_not_enough() -> None:
    assert limits([1.0, 2.0, 3.0, 4.0, 5.0]) is None
    assert analyse(days_for(QUIET[:5]), QUIET[:5]) == ([PhaseAnalysis(0, 5, None)], [])


@pytest.mark.parametrize(("count", "is_trial"), [(6, True), (11, True), (12, False), (13, False)])
def test_six_to_eleven_points_make_trial_limits_and_twelve_lock_them(count: int, is_trial: bool) -> None:
    found = limits([*QUIET, 500.0][:count])

    assert found is not None
    assert (found.is_trial, found.points) == (is_trial, min(count, 12))


def test_trial_limits_are_computed_from_every_point() -> None:
    found = limits([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 14.0])

    assert found is not None
    assert [found.centre, found.mean_range] == pytest.approx([5.0, 13 / 6])


@given(st.lists(st.floats(-1e6, 1e6), min_size=12, max_size=12), st.lists(st.floats(-1e6, 1e6), max_size=40))
def test_points_after_the_twelfth_never_move_the_limits(first: list[float], later: list[float]) -> None:
    assert limits(first + later) == limits(first)


@given(values_of, st.integers(-50, 50), st.sampled_from([0.25, 0.5, 2.0, 3.0, 10.0]))
def test_moving_and_stretching_a_series_moves_and_stretches_its_limits_and_keeps_its_patterns(
    values: list[float], by: int, factor: float
) -> None:
    other = [value * factor + by for value in values]
    found, moved = limits(values), limits(other)

    assert (found is None) == (moved is None)
    if found is not None and moved is not None:
        assert moved.centre == pytest.approx(found.centre * factor + by)
        assert moved.mean_range == pytest.approx(found.mean_range * factor)
        assert moved.upper == pytest.approx(found.upper * factor + by)
        assert moved.lower == pytest.approx(found.lower * factor + by)
    assert patterns(other) == patterns(values)


@given(values_of)
def test_a_mirrored_series_has_the_same_patterns_on_the_other_side(values: list[float]) -> None:
    mirrored = patterns([-value for value in values])

    assert {pattern._replace(side=-pattern.side) for pattern in mirrored} == set(patterns(values))


@given(st.floats(-1e9, 1e9), st.integers(0, 60))
def test_a_constant_series_has_no_signal(value: float, count: int) -> None:
    assert patterns([value] * count) == []


def test_equal_values_have_limits_three_steps_of_the_scale_away() -> None:
    found = limits([4.0] * 12, decimals=0)

    assert found is not None
    assert found.is_widened
    assert [found.centre, found.lower, found.upper] == pytest.approx([4.0, 1.0, 7.0], abs=0.001)


def test_a_step_beside_equal_values_is_no_signal_and_four_steps_are() -> None:
    def kinds(values: list[float], decimals: int) -> list[SignalKind]:
        return [one.kind for one in analyse(days_for(values), values, decimals=decimals).patterns]

    assert kinds([*[98.5] * 12, 98.6, 98.4, 98.7, 98.5], 1) == []
    assert kinds([*[98.5] * 12, 98.9], 1) == [OUTSIDE]
    assert kinds([*[0.0] * 12, *[1.0] * 8], 0) == [SHIFT]


def test_values_measured_finer_than_they_are_shown_keep_their_own_limits() -> None:
    values = [10.01, 10.02] * 6

    assert limits(values, decimals=0) == limits(values)


@given(st.lists(st.integers(-9, 9), min_size=6, max_size=40), st.integers(0, 6))
def test_limits_are_never_narrower_than_three_steps_nor_than_without_a_scale(tenths: list[int], decimals: int) -> None:
    step = 10.0**-decimals
    values = [number * step for number in tenths]
    plain, found = limits(values), limits(values, decimals=decimals)

    assert plain is not None
    assert found is not None
    assert found.centre == plain.centre
    assert found.upper - found.centre >= 2.66 * 1.128 * step * (1 - 1e-9)
    assert found.mean_range >= plain.mean_range
    assert found.is_widened or found == plain


@given(st.integers(-50, 50), st.lists(st.integers(-2, 2), min_size=1, max_size=7))
def test_after_equal_values_a_few_steps_to_either_side_are_never_outside(level: int, later: list[int]) -> None:
    values = [float(level)] * 12 + [float(level + step) for step in later]

    found = analyse(days_for(values), values, decimals=0).patterns

    assert [one for one in found if one.kind == OUTSIDE] == []


# --- Patterns --------------------------------------------------------------------------------------------------------


def test_a_quiet_series_has_no_signal() -> None:
    assert patterns(QUIET * 4) == []


@pytest.mark.parametrize(("value", "side"), [(15.4, 1), (4.6, -1)])
def test_a_point_outside_a_limit_is_a_signal(value: float, side: int) -> None:
    assert patterns([*QUIET, value, 10.0]) == [Pattern(OUTSIDE, 12, 12, side, 12)]


def test_a_point_inside_the_limits_is_none() -> None:
    assert patterns([*QUIET, 15.3, 4.7]) == []


def test_further_points_outside_on_the_same_side_are_the_same_signal() -> None:
    found = patterns([*QUIET, 20.0, 21.0, 10.0, 20.0, 1.0])

    assert [pattern for pattern in found if pattern.kind == OUTSIDE] == [
        Pattern(OUTSIDE, 12, 12, 1, 13),
        Pattern(OUTSIDE, 15, 15, 1, 15),
        Pattern(OUTSIDE, 16, 16, -1, 16),
    ]


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ([13.0, 13.0, 13.0], [(12, 14)]),
        ([13.0, 10.0, 13.0, 13.0], [(12, 15)]),
        ([13.0, 13.0, 5.0, 13.0], [(12, 15)]),
        ([13.0, 13.0, 10.0, 10.0, 13.0], []),
        ([13.0, 7.0, 13.0, 7.0, 13.0], []),
        ([12.6, 12.6, 12.6], []),
        ([13.0, 13.0], []),
    ],
    ids=["three", "gap-early", "gap-late", "too-far", "both-sides", "nearer-the-mean", "two"],
)
def test_three_of_four_points_nearer_a_limit_are_a_signal(last: list[float], expected: list[tuple[int, int]]) -> None:
    assert [(found.start, found.end) for found in patterns([*QUIET, *last]) if found.kind == NEAR_LIMIT] == expected


def test_points_that_stay_near_the_limit_are_the_same_signal() -> None:
    found = patterns([*QUIET, 13.0, 13.0, 13.0, 10.0, 13.0, 13.0, 9.0, 9.0, 9.0, 13.0, 13.0, 13.0])

    assert [pattern for pattern in found if pattern.kind == NEAR_LIMIT] == [
        Pattern(NEAR_LIMIT, 12, 14, 1, 17),
        Pattern(NEAR_LIMIT, 21, 23, 1, 23),
    ]


def test_eight_points_on_one_side_are_a_signal_and_seven_none() -> None:
    assert patterns([*QUIET, *[10.5] * 6, 9.5]) == []
    assert patterns([*QUIET, 9.5, *[10.5] * 8]) == [Pattern(SHIFT, 13, 20, 1, 20)]


def test_the_ninth_point_on_one_side_is_the_same_signal() -> None:
    assert patterns([*QUIET, 9.5, *[10.5] * 30]) == [Pattern(SHIFT, 13, 20, 1, 42)]


def test_a_point_that_equals_the_mean_is_on_no_side() -> None:
    assert patterns([*QUIET, *[10.5] * 6, 10.0, *[10.5] * 7]) == []


def test_limits_without_any_width_where_no_scale_is_known_show_what_lies_outside_them_only() -> None:
    assert [found.kind for found in patterns([*[5.0] * 12, 6.0, 6.0, 6.0, 6.0])] == [OUTSIDE]


# --- Phases ----------------------------------------------------------------------------------------------------------


def test_a_new_phase_has_limits_of_its_own_and_nothing_runs_across() -> None:
    values = [*QUIET, *[10.5] * 4, *[value + 100 for value in QUIET]]
    days = days_for(values)

    phases, found = analyse(days, values, [days[16]])

    assert [(phase.start, phase.end, phase.points) for phase in phases] == [(0, 16, 16), (16, 28, 12)]
    assert [phase.limits.centre for phase in phases if phase.limits] == [pytest.approx(10), pytest.approx(110)]
    assert found == []


def test_the_indexes_of_a_later_phase_are_those_of_the_series() -> None:
    values = [*QUIET, *QUIET, 40.0]
    days = days_for(values)

    assert analyse(days, values, [days[12]]).patterns == [Pattern(OUTSIDE, 24, 24, 1, 24)]


def test_a_phase_begins_with_the_first_point_on_or_after_its_day() -> None:
    days = days_for(QUIET)
    day_before_the_third = days[2] - datetime.timedelta(days=1)

    assert split_phases(days, [day_before_the_third]) == [(0, 2), (2, 12)]


def test_phases_without_points_are_left_out() -> None:
    days = days_for(QUIET)

    assert split_phases(days, [START, days[-1] + datetime.timedelta(days=1)]) == [(0, 12)]
    assert split_phases([], [START]) == []


@given(values_of, st.lists(st.integers(0, 70), max_size=5), st.randoms())
def test_the_order_in_which_phases_are_given_does_not_matter(
    values: list[float], weeks: list[int], chance: random.Random
) -> None:
    days = days_for(values)
    starts = [START + datetime.timedelta(weeks=week) for week in weeks]
    shuffled = list(starts)
    chance.shuffle(shuffled)

    assert analyse(days, values, shuffled) == analyse(days, values, starts)


@given(values_of, st.lists(st.integers(0, 70), max_size=5))
def test_phases_cover_every_point_once_and_no_pattern_leaves_its_phase(values: list[float], weeks: list[int]) -> None:
    phases, found = analyse(days_for(values), values, [START + datetime.timedelta(weeks=week) for week in weeks])

    assert [index for phase in phases for index in range(phase.start, phase.end)] == list(range(len(values)))
    for pattern in found:
        assert pattern.start <= pattern.end <= pattern.through
        assert any(phase.start <= pattern.start and pattern.through < phase.end for phase in phases)


# --- Point by point --------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 14).map(float), min_size=12, max_size=60), st.lists(st.integers(1, 5), min_size=60))
def test_judging_a_few_new_points_at_a_time_finds_what_the_whole_series_shows(
    values: list[float], steps: list[int]
) -> None:
    locked = limits(values)
    assert locked is not None
    judged = [pattern[:4] for pattern in patterns_in(values[:12], locked)]
    cuts = [12, *(cut for cut in itertools.accumulate(steps, initial=12) if 12 < cut < len(values)), len(values)]

    for before, after in itertools.pairwise(cuts):
        context = values[max(before - CONTEXT_POINTS, 0) : before]
        for kind, start, end, side, _through in judge(locked, context, values[before:after]):
            judged.append((kind, start + before, end + before, side))

    assert judged == [pattern[:4] for pattern in patterns_in(values, locked)]


@given(st.lists(st.integers(0, 14).map(float), min_size=12, max_size=60), st.integers(-60, 80).map(float))
def test_a_further_point_takes_no_pattern_back(values: list[float], further: float) -> None:
    kept = {pattern[:4] for pattern in patterns(values)}

    assert kept <= {pattern[:4] for pattern in patterns([*values, further])}
