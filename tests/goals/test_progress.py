"""How far a goal has come."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from goals.enums import Measure, Result
from goals.models import Goal
from goals.progress import progress_of, progress_of_figures, progress_of_steps
from metrics.enums import Direction

figures = st.decimals(min_value=-10_000, max_value=10_000, places=3, allow_nan=False, allow_infinity=False)
directions = st.sampled_from(list(Direction))


def far(baseline: Decimal | None, target: Decimal | None, current: Decimal | None, direction: str) -> float | None:
    """Return the progress."""
    return progress_of_figures(baseline=baseline, target=target, current=current, direction=direction)


@given(figures, figures, directions)
def test_the_baseline_is_nothing_and_the_target_is_the_whole(
    baseline: Decimal, target: Decimal, direction: Direction
) -> None:
    assume(baseline != target)

    assert far(baseline, target, baseline, direction) == 0.0
    assert far(baseline, target, target, direction) == 100.0


@given(figures, figures, figures, directions)
def test_progress_is_never_below_nothing_and_does_not_care_for_the_sign(
    baseline: Decimal, target: Decimal, current: Decimal, direction: Direction
) -> None:
    assume(baseline != target)
    plain = far(baseline, target, current, direction)

    assert plain is not None
    assert plain >= 0.0
    assert plain == far(-baseline, -target, -current, direction)


@given(figures, figures, directions)
def test_a_target_that_is_there_already_is_held_or_not(level: Decimal, current: Decimal, direction: Direction) -> None:
    is_held = current >= level if direction == Direction.HIGHER else current <= level

    assert far(level, level, current, direction) == (100.0 if is_held else 0.0)


def test_without_a_figure_nothing_is_known() -> None:
    assert far(None, Decimal(1), Decimal(1), Direction.HIGHER) is None
    assert far(Decimal(1), None, Decimal(1), Direction.HIGHER) is None
    assert far(Decimal(0), Decimal(1), None, Direction.HIGHER) is None
    assert progress_of_steps([]) is None


@given(st.lists(st.booleans(), min_size=1))
def test_milestones_count_alike(done: list[bool]) -> None:
    assert progress_of_steps(done) == 100.0 * sum(done) / len(done)


@pytest.mark.parametrize(
    ("goal", "steps", "expected"),
    [
        (Goal(measure=Measure.NUMBER, baseline=Decimal(0), target=Decimal(4), current_value=Decimal(1)), [], 25.0),
        (Goal(measure=Measure.PERCENT, baseline=Decimal(0), target=Decimal(4)), [], None),
        (Goal(measure=Measure.MILESTONES), [True, False], 50.0),
        (Goal(measure=Measure.YES_NO), [], None),
        (Goal(measure=Measure.YES_NO, current_value=Decimal(0)), [], 0.0),
        (Goal(measure=Measure.YES_NO, current_value=Decimal(1)), [], 100.0),
        (Goal(measure=Measure.YES_NO, result=Result.REACHED), [], 100.0),
    ],
)
def test_each_measure_has_its_own_progress(goal: Goal, steps: list[bool], expected: float | None) -> None:
    assert progress_of(goal, steps) == expected
