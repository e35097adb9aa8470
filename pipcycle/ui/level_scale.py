"""A five-step scale with dots on it: what is expected, and one or two views. Positions are SVG percentages."""

from collections.abc import Sequence
from dataclasses import dataclass, field

STEPS = 5
_FIRST, _LAST = 6, 94


@dataclass(frozen=True)
class LevelScale:
    """Where everything stands, ready for ``<c-level-scale>``; what is not known is an empty text."""

    ticks: Sequence[str] = field(default_factory=tuple)
    expected: str = ""
    own: str = ""
    manager: str = ""
    gap_from: str = ""
    gap_to: str = ""


def draw_level_scale(
    *, expected: int | None = None, own: int | None = None, manager: int | None = None, steps: int = STEPS
) -> LevelScale:
    """Return the scale. A line joins what is expected with the manager's view, or with the own one where it is alone.

    Raises ValueError for a level outside 1 to ``steps``.
    """
    view = manager if manager is not None else own
    has_gap = expected is not None and view is not None and view < expected
    return LevelScale(
        ticks=tuple(_place(level, steps) for level in range(1, steps + 1)),
        expected=_place(expected, steps),
        own=_place(own, steps),
        manager=_place(manager, steps),
        gap_from=_place(view, steps) if has_gap else "",
        gap_to=_place(expected, steps) if has_gap else "",
    )


def _place(level: int | None, steps: int) -> str:
    if level is None:
        return ""
    if not 1 <= level <= steps:
        message = f"level {level} is not on a scale of {steps}"
        raise ValueError(message)
    return f"{_FIRST + (_LAST - _FIRST) * (level - 1) / (steps - 1):g}%"
