"""Where everything on a plan's line stands, as a percentage of its width. Pure: dates in, positions out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

LABEL_GAP = 17.0
"""Two labels nearer than this share of the width stand on two rows; right for a phone, generous on a desk."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A dated point of the plan. ``original`` is the date before leave or an extension moved it."""

    label: str
    on: date
    original: date | None = None
    is_done: bool = False
    note: str = ""

    @property
    def is_shifted(self) -> bool:
        """Return whether the date has moved."""
        return self.original is not None and self.original != self.on


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Days on which the clock stands still, both ends included."""

    start: date
    end: date
    label: str = ""


@dataclass(frozen=True)
class PlacedMark:
    """A mark with its position; ``row`` 0 is next to the line."""

    mark: Mark
    x: str
    original_x: str
    anchor: str
    row: int
    is_overdue: bool


@dataclass(frozen=True)
class PlacedGap:
    """A gap with its position and width."""

    gap: Gap
    x: str
    width: str


@dataclass(frozen=True)
class PlanLine:
    """A plan's time, ready to draw: every position is an SVG percentage, so it scales while its words do not."""

    start: date
    end: date
    today: date
    marks: tuple[PlacedMark, ...] = field(default_factory=tuple)
    gaps: tuple[PlacedGap, ...] = field(default_factory=tuple)
    elapsed: str = "0%"
    today_x: str | None = None
    today_anchor: str = "middle"
    rows: int = 1

    @property
    def height(self) -> int:
        """Return the height of the drawing in pixels."""
        return 56 + 36 * self.rows

    @property
    def has_shifts(self) -> bool:
        """Return whether any date has moved."""
        return any(placed.mark.is_shifted for placed in self.marks)


def position(day: date, *, start: date, end: date) -> float:
    """Return the place of the day between start (0) and end (100); days outside stand at the nearer end."""
    length = max((end - start).days, 1)
    share = 100.0 * (day - start).days / length
    return min(max(share, 0.0), 100.0)


def percent(value: float) -> str:
    """Return the position as an SVG attribute."""
    return f"{value:.2f}%"


def anchor_at(place: float) -> str:
    """Return the text anchor that keeps a label inside the drawing."""
    if place < LABEL_GAP / 2:
        return "start"
    return "end" if place > 100 - LABEL_GAP / 2 else "middle"


def _label_rows(places: Sequence[float]) -> list[int]:
    """Return the row of each label, lowest first; places are in order."""
    last_in_row: list[float] = []
    rows: list[int] = []
    for place in places:
        row = next((index for index, last in enumerate(last_in_row) if place - last >= LABEL_GAP), len(last_in_row))
        if row == len(last_in_row):
            last_in_row.append(place)
        last_in_row[row] = place
        rows.append(row)
    return rows


def _label_centre(place: float) -> float:
    """Return where the middle of a label stands: at the ends it hangs inwards."""
    return min(max(place, LABEL_GAP / 2), 100 - LABEL_GAP / 2)


def draw_plan_line(
    *, start: date, end: date, today: date, marks: Sequence[Mark] = (), gaps: Sequence[Gap] = ()
) -> PlanLine:
    """Place marks, leave and today between start and end. Raises ValueError when end is before start."""
    if end < start:
        message = "A plan cannot end before it starts."
        raise ValueError(message)
    ordered = sorted(marks, key=lambda mark: mark.on)
    places = [position(mark.on, start=start, end=end) for mark in ordered]
    _start_row, *rows = _label_rows([_label_centre(place) for place in (0.0, *places)])
    today_place = position(today, start=start, end=end)
    return PlanLine(
        start=start,
        end=end,
        today=today,
        marks=tuple(
            PlacedMark(
                mark=mark,
                x=percent(place),
                original_x=percent(position(mark.original or mark.on, start=start, end=end)),
                anchor=anchor_at(place),
                row=row,
                is_overdue=not mark.is_done and mark.on < today,
            )
            for mark, place, row in zip(ordered, places, rows, strict=True)
        ),
        gaps=tuple(_placed_gap(gap, start=start, end=end) for gap in gaps if gap.start <= end and gap.end >= start),
        elapsed=percent(today_place),
        today_x=percent(today_place) if start <= today <= end else None,
        today_anchor=anchor_at(today_place),
        rows=max(rows, default=0) + 1,
    )


def _placed_gap(gap: Gap, *, start: date, end: date) -> PlacedGap:
    left = position(gap.start, start=start, end=end)
    right = position(gap.end + timedelta(days=1), start=start, end=end)
    return PlacedGap(gap=gap, x=percent(left), width=percent(max(right - left, 0.6)))
