"""How far a goal has come. Pure; ``goals.selectors.progress`` computes the same in the database for many."""

from collections.abc import Sequence
from decimal import Decimal

from metrics.enums import Direction

WHOLE = 100.0


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
