"""Small drawings of the dashboards: ``{% load figures %}``."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from metrics.charts.words import figure
from metrics.models import GroupRollup, Metric

register = template.Library()

EDGE = 3.0
"""Per cent kept free at both ends, so that marks at the ends are whole."""


@register.filter
def of_metric(scales: Mapping[int, Any], metric_id: int) -> Any:
    """Return what the mapping holds for the metric."""
    return scales.get(metric_id)


@register.filter
def bare_value(value: float, metric: Metric) -> str:
    """Return the value with the decimals of its metric, without the unit: it stands in the heading."""
    return figure(value, "", metric.decimals)


@register.simple_tag
def band_strip(group: GroupRollup, scale: tuple[float, float]) -> SafeString:
    """Draw the spread of a group on the axis all groups of the metric share.

    The thin line is the middle 80%, the thick one the middle half, the tick the median. The figures stand beside it, so
    the drawing itself is silent.
    """
    low, high = scale
    span = (high - low) or 1.0

    def x(value: float) -> float:
        share = (value - low) / span if high > low else 0.5
        return EDGE + (100 - 2 * EDGE) * share

    places = [x(value) for value in (group.p10, group.p90, group.p25, group.p75, group.p50)]
    p10, p90, p25, p75, p50 = (f"{place:.2f}%" for place in places)
    markup = (
        '<svg class="band-strip" aria-hidden="true" focusable="false">'
        '<line class="band-strip__outer" x1="{}" x2="{}" y1="50%" y2="50%"/>'
        '<line class="band-strip__inner" x1="{}" x2="{}" y1="50%" y2="50%"/>'
        '<line class="band-strip__median" x1="{}" x2="{}" y1="15%" y2="85%"/></svg>'
    )
    return format_html(markup, p10, p90, p25, p75, p50, p50)
