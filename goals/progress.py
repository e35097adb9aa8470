"""How far a goal has come, without a query; ``goals.selectors.progress`` computes the same in the database for many."""

from collections.abc import Sequence
from decimal import Decimal

from goals.enums import Measure, Result
from goals.models import Goal
from metrics.enums import Direction

WHOLE = 100.0


def progress_of(goal: Goal, steps_done: Sequence[bool]) -> float | None:
    """Return how far the goal has come, in per cent; ``steps_done`` says of each of its milestones whether it is."""
    if goal.measure == Measure.MILESTONES:
        return progress_of_steps(steps_done)
    if goal.measure == Measure.YES_NO:
        if goal.result == Result.REACHED:
            return WHOLE
        return None if goal.current_value is None else float(goal.current_value) * WHOLE
    return progress_of_figures(
        baseline=goal.baseline, target=goal.target, current=goal.current_value, direction=goal.direction
    )


def progress_of_figures(
    *, baseline: Decimal | None, target: Decimal | None, current: Decimal | None, direction: str
) -> float | None:
    """Return the way from baseline to target that is done, in per cent: never below 0, above 100 beyond the target.

    None while nothing is known. Where the target is what is there already, it is held (100) or it is not (0).
    """
    if baseline is None or target is None or current is None:
        return None
    if baseline == target:
        is_held = current >= target if direction == Direction.HIGHER else current <= target
        return WHOLE if is_held else 0.0
    return max(float((current - baseline) / (target - baseline)) * WHOLE, 0.0)


def progress_of_steps(done: Sequence[bool]) -> float | None:
    """Return the share of milestones that are done, in per cent; None where there are none."""
    return WHOLE * sum(done) / len(done) if done else None
