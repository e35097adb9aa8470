"""The sizes a chart is drawn in. Words are set at one size, so each is right for a range of widths of the page."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Size:
    """A drawing in pixels; the margins hold the axis (left, bottom) and the direct labels (right)."""

    name: str
    width: int
    height: int
    left: int = 40
    right: int = 92
    top: int = 18
    bottom: int = 22
    time_labels: int = 7
    value_labels: int = 6

    @property
    def inner_width(self) -> int:
        """Return the width between the margins."""
        return self.width - self.left - self.right

    @property
    def inner_height(self) -> int:
        """Return the height between the margins."""
        return self.height - self.top - self.bottom

    def with_words(self) -> "Size":
        """Return the size with room for words instead of figures along the axis."""
        return replace(self, left=self.left + 36)


NARROW = Size("narrow", 360, 196, left=34, right=94, time_labels=4, value_labels=5)
PANEL = Size("panel", 560, 200)
PAGE = Size("page", 1040, 320, left=44, right=98, time_labels=12, value_labels=7)

SIZES = {size.name: size for size in (NARROW, PANEL, PAGE)}
