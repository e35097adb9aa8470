"""Figures and small lines: ``{% load metrics %}``."""

import datetime
from collections.abc import Sequence

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from metrics.charts.sparkline import draw_sparkline
from metrics.charts.words import figure, limits_words, period_words
from metrics.charts.xmr import possible
from metrics.models import Metric
from metrics.selectors.series import Phase

register = template.Library()


@register.filter
def metric_value(value: float | None, metric: Metric) -> str:
    """Return the value with the unit and the decimals of its metric, as the reader writes numbers."""
    return figure(value, metric.unit, metric.decimals)


@register.filter
def period_name(day: datetime.date, metric: Metric) -> str:
    """Return the name of the period of the metric that starts on the day."""
    return period_words(day, metric.cadence)


@register.filter
def limits_sentence(phase: Phase, metric: Metric) -> str:
    """Return the limits of a phase in a sentence."""
    found = phase.limits
    if found is None:
        return ""
    return limits_words(phase.starts_on, possible(found, metric), metric.unit, metric.decimals)


@register.simple_tag
def sparkline(
    points: Sequence[float | None],
    lower: float | None = None,
    upper: float | None = None,
    state: str = "",
    metric: Metric | None = None,
) -> SafeString:
    """Draw the values as a line the size of a word: ``{% sparkline values lower upper metric=metric %}``.

    ``state`` is "worse" (an open signal) or "better"; it colours the last point. The text beside it is for those who do
    not see it; the drawing itself is silent.
    """
    line = draw_sparkline(points, lower=lower, upper=upper)
    if line is None:
        return format_html('<span class="muted">{}</span>', _("No values yet"))
    band = SafeString("")
    if line.band_y:
        markup = '<rect class="sparkline__band" x="0" width="120" y="{}" height="{}"/>'
        band = format_html(markup, line.band_y, line.band_height)
    modifier = f" sparkline__last--{state}" if state in {"worse", "better"} else ""
    drawing = format_html(
        '<svg class="sparkline" viewBox="0 0 120 28" width="120" height="28" aria-hidden="true" focusable="false">{}'
        '<path class="sparkline__line" d="{}" fill="none" stroke="currentColor"/>'
        '<circle class="sparkline__last{}" cx="{}" cy="{}" r="2.5"/></svg>',
        *(band, line.path, modifier, line.last_x, line.last_y),
    )
    return format_html('{}<span class="visually-hidden">{}</span>', drawing, _sparkline_words(points, metric))


def _sparkline_words(points: Sequence[float | None], metric: Metric | None) -> str:
    shown = [value for value in points if value is not None]
    unit, decimals = (metric.unit, metric.decimals) if metric is not None else ("", 1)
    first, last, low, high = (figure(value, unit, decimals) for value in (shown[0], shown[-1], min(shown), max(shown)))
    return _("from %(first)s to %(last)s, lowest %(low)s, highest %(high)s") % {
        "first": first,
        "last": last,
        "low": low,
        "high": high,
    }
