"""Rendering, cached by content: the same data in the same language is drawn once."""

import hashlib
from collections.abc import Sequence
from importlib.metadata import version

import vl_convert
from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from metrics.charts.data import Chart, ChartData
from metrics.charts.sizes import NARROW, PANEL, Size
from metrics.charts.spec import build_spec
from metrics.charts.svg import dress
from metrics.charts.words import describe, latest_words, table_of

VERSION = f"1-{version('vl-convert-python')}"
"""Raise the first number when the same data are to be drawn in another way."""

KEEP_SECONDS = 7 * 24 * 60 * 60


def render_chart(data: ChartData, *, sizes: Sequence[Size] = (PANEL, NARROW)) -> Chart:
    """Return the drawn chart: the wide size and, where asked, the narrow one for a phone; from the cache if known."""
    if data.is_empty:
        return Chart(svg=SafeString(""), narrow=SafeString(""), title=data.title, description="")
    names = ",".join(size.name for size in sizes)
    key = hashlib.blake2b(f"{VERSION}|{get_language()}|{names}|{data!r}".encode(), digest_size=16).hexdigest()
    known: Chart | None = cache.get(f"chart:{key}")
    if known is None:
        known = _draw(data, sizes, key[:12])
        cache.set(f"chart:{key}", known, KEEP_SECONDS)
    return known


def draw_svg(data: ChartData, size: Size, *, key: str, description: str) -> SafeString:
    """Return the SVG of the chart in one size, freshly drawn."""
    size = size.with_words() if data.levels else size
    # The renderer keeps one thread of its own with one JavaScript runtime, and lets other threads of Python run.
    drawn = vl_convert.vegalite_to_svg(build_spec(data, size))
    return mark_safe(dress(drawn, data, size, key=f"{key}-{size.name}", description=description))  # noqa: S308  # escaped by the serializer


def _draw(data: ChartData, sizes: Sequence[Size], key: str) -> Chart:
    description = describe(data)
    drawn = {size.name: draw_svg(data, size, key=key, description=description) for size in sizes}
    headings, rows = table_of(data)
    wide = next((svg for name, svg in drawn.items() if name != NARROW.name), SafeString(""))
    return Chart(
        svg=wide,
        narrow=drawn.get(NARROW.name, SafeString("")),
        title=data.title,
        description=description,
        latest=latest_words(data),
        headings=headings,
        rows=rows,
    )
