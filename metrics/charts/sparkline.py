"""A line as small as a word. Pure: values in, an SVG path out; drawn by the tag ``{% sparkline %}``."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 120.0, 28.0, 3.0


@dataclass(frozen=True)
class Sparkline:
    """Where everything stands in a box of ``WIDTH`` × ``HEIGHT``."""

    path: str
    last_x: str
    last_y: str
    band_y: str = ""
    band_height: str = ""


def draw_sparkline(
    values: Sequence[float | None], *, lower: float | None = None, upper: float | None = None
) -> Sparkline | None:
    """Return the line of the values, with the band between the limits; None breaks the line. None without values."""
    shown = [value for value in values if value is not None]
    if not shown:
        return None
    bounds = [*shown, *(limit for limit in (lower, upper) if limit is not None)]
    low, high = min(bounds), max(bounds)
    span = (high - low) or 1.0
    step = (WIDTH - 2 * MARGIN) / max(len(values) - 1, 1)

    def y(value: float) -> float:
        share = (high - value) / span if high > low else 0.5
        return MARGIN + (HEIGHT - 2 * MARGIN) * share

    def x(index: int) -> float:
        return MARGIN + step * index if len(values) > 1 else WIDTH - MARGIN

    pieces: list[str] = []
    is_drawing = False
    for index, value in enumerate(values):
        if value is None:
            is_drawing = False
            continue
        pieces.append(f"{'L' if is_drawing else 'M'}{x(index):.1f} {y(value):.1f}")
        is_drawing = True
    last = max(index for index, value in enumerate(values) if value is not None)
    has_band = lower is not None and upper is not None
    return Sparkline(
        path="".join(pieces),
        last_x=f"{x(last):.1f}",
        last_y=f"{y(shown[-1]):.1f}",
        band_y=f"{y(upper):.1f}" if has_band and upper is not None else "",
        band_height=f"{y(lower) - y(upper):.1f}" if has_band and lower is not None and upper is not None else "",
    )
