"""From data to a Vega-Lite specification. The name of a layer becomes the class of what it draws (``svg.py``).

Days are written as numbers, ticks and labels as finished words: the renderer knows neither time zones nor languages.
All colours are ``currentColor``, so the drawing also reads without the page's style sheet.
"""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from metrics.charts.data import ChartData, PointState
from metrics.charts.scales import spread_labels, tick_decimals, time_ticks, value_domain, value_ticks
from metrics.charts.sizes import Size
from metrics.charts.words import figure, limit_decimals
from metrics.enums import Cadence

INK = "currentColor"
FONT_SIZE = 11
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
PERIOD_DAYS = {Cadence.DAY: 4, Cadence.WEEK: 10, Cadence.MONTH: 45}
"""A longer way from one value to the next is a gap in the line; a weekend is none."""

#: Area of a point in pixels², where there are few and where there are many.
FEW, MANY = 140, 400
AREAS = {PointState.USUAL: (24, 8, 4), PointState.WORSE: (110, 70, 40)}
OTHER_AREAS = (90, 56, 32)

Row = dict[str, Any]
Layer = dict[str, Any]


def build_spec(data: ChartData, size: Size) -> dict[str, Any]:
    """Return the specification of the chart in that size."""
    first, last = _x_domain(data)
    low, high = _y_domain(data)
    layers = [
        *_leave_layers(data, size),
        *_band_layers(data),
        *_limit_layers(data),
        *_target_layers(data),
        *_path_layers(data),
        *_value_layers(data),
        *_label_layers(data, size, (low, high)),
    ]
    shared = {
        "x": {
            "field": "x",
            "type": "quantitative",
            "scale": {"domain": [first, last], "nice": False, "zero": False},
            "axis": _time_axis(data, size),
        },
        "y": {
            "field": "y",
            "type": "quantitative",
            "scale": {"domain": [low, high], "nice": False, "zero": False},
            "axis": _value_axis(data, size, (low, high)),
        },
    }
    return {
        "$schema": SCHEMA,
        "width": size.inner_width,
        "height": size.inner_height,
        "autosize": "none",
        "padding": {"left": size.left, "right": size.right, "top": size.top, "bottom": size.bottom},
        "config": {"view": {"stroke": None}, "axis": {"labelColor": INK, "labelFontSize": FONT_SIZE}},
        "layer": [_complete(layer, shared) for layer in layers],
    }


def _complete(layer: Layer, shared: Row) -> Layer:
    encoding = {**shared, **layer.get("encoding", {})}
    return {**layer, "encoding": encoding}


def _x_domain(data: ChartData) -> tuple[float, float]:
    first, last = (day.toordinal() for day in data.days)
    space = max((last - first) * 0.012, 0.5 if last > first else 7)
    return first - space, last + space


def _y_domain(data: ChartData) -> tuple[float, float]:
    if data.levels:
        return 0.6, len(data.levels) + 0.4
    values: list[float] = [point.value for point in data.points]
    values += [value for phase in data.limits for value in (phase.lower, phase.upper)]
    values += [value for band in data.bands for value in (band.p10, band.p90)]
    values += [value for path in data.paths for _day, value in path.points]
    values += [goal.value for goal in data.goals]
    if data.target is not None:
        values.append(data.target)
    return value_domain(values, unit=data.unit)


def _labelled_axis(labels: dict[float, str], **given: Any) -> Row:
    """Return an axis that writes these words at these values, and draws no line."""
    words = ",".join(f"{_quoted(f'{value:g}')}:{_quoted(label)}" for value, label in labels.items())
    return {
        "values": list(labels),
        "labelExpr": f"{{{words}}}[format(datum.value,'')]" if labels else "''",
        "labelOverlap": False,
        "labelBound": False,
        "labelFlush": False,
        "grid": False,
        "ticks": False,
        "domain": False,
        "title": None,
        "labelPadding": 7,
        **given,
    }


def _quoted(words: str) -> str:
    words = " ".join(words.split())
    return "'" + words.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _time_axis(data: ChartData, size: Size) -> Row:
    days = time_ticks(*data.days, count=size.time_labels)
    by_month = len(days) > 1 and all(day.day == 1 for day in days)
    labels: dict[float, str] = {}
    for index, day in enumerate(days):
        form = "j M" if not by_month else "M Y" if index == 0 or day.month == 1 else "M"
        labels[day.toordinal()] = formats.date_format(day, form)
    return _labelled_axis(labels, ticks=True, tickColor=INK, tickSize=4, tickOpacity=0.5, labelPadding=4)


def _value_axis(data: ChartData, size: Size, domain: tuple[float, float]) -> Row:
    has_grid = bool(data.bands or data.levels)
    if data.levels:
        labels = {float(index): _short(words, size) for index, words in enumerate(data.levels, start=1)}
    else:
        ticks = value_ticks(*domain, count=size.value_labels, decimals=data.decimals)
        suffix = "%" if data.unit == "%" else ""
        labels = {tick: figure(tick, suffix, tick_decimals(ticks)) for tick in ticks}
    return _labelled_axis(labels, grid=has_grid, gridColor=INK, gridOpacity=0.15)


def _short(words: str, size: Size) -> str:
    room = size.left // 6
    return words if len(words) <= room else f"{words[: room - 1]}…"


def _layer(name: str, kind: str, rows: list[Row], encoding: Row | None = None, **mark: Any) -> list[Layer]:
    """Return the layer, none without rows."""
    if not rows:
        return []
    inked = {"type": kind, "color": INK, "opacity": 1, "clip": False, **mark}
    return [{"name": name, "data": {"values": rows}, "mark": inked, "encoding": encoding or {}}]


X2: Row = {"x2": {"field": "x2"}}


def _leave_layers(data: ChartData, size: Size) -> list[Layer]:
    first, last = (day.toordinal() for day in data.days)
    rows = [
        {"x": max(leave.starts_on.toordinal(), first), "x2": min(leave.ends_on.toordinal() + 1, last)}
        for leave in data.leaves
        if leave.ends_on.toordinal() >= first and leave.starts_on.toordinal() < last
    ]
    height = {"y": {"value": 0}, "y2": {"value": size.inner_height}}
    return _layer("leave", "rect", rows, {**X2, **height})


def _band_layers(data: ChartData) -> list[Layer]:
    def rows(low: str, high: str) -> list[Row]:
        return [{"x": band.day.toordinal(), "y": getattr(band, low), "y2": getattr(band, high)} for band in data.bands]

    y2 = {"y2": {"field": "y2"}}
    return [
        *_layer("band-outer", "area", rows("p10", "p90"), y2, fillOpacity=0.12),
        *_layer("band-inner", "area", rows("p25", "p75"), y2, fillOpacity=0.22),
        *_layer("median", "line", rows("p50", "p50"), strokeWidth=1.75),
        *_layer("band-points", "point", rows("p50", "p50"), filled=True, size=40),
    ]


def _limit_layers(data: ChartData) -> list[Layer]:
    first, last = (day.toordinal() for day in data.days)
    shown = [
        phase for phase in data.limits if phase.ends_on.toordinal() >= first and phase.starts_on.toordinal() <= last
    ]

    def rows(values: Iterable[str], *, is_trial: bool) -> list[Row]:
        return [
            {
                "x": max(phase.starts_on.toordinal(), first),
                "x2": min(phase.ends_on.toordinal(), last),
                "y": getattr(phase, value),
            }
            for phase in shown
            for value in values
            if phase.is_trial is is_trial
        ]

    return [
        *_layer("limit", "rule", rows(("lower", "upper"), is_trial=False), X2),
        *_layer("limit-trial", "rule", rows(("lower", "upper"), is_trial=True), X2, strokeDash=[5, 4]),
        *_layer(
            "mean",
            "rule",
            [*rows(("centre",), is_trial=False), *rows(("centre",), is_trial=True)],
            X2,
            strokeDash=[1, 3],
        ),
    ]


def _target_layers(data: ChartData) -> list[Layer]:
    first, last = (day.toordinal() for day in data.days)
    target = [] if data.target is None else [{"x": first, "x2": last, "y": data.target}]
    goals = [
        {"x": max(goal.starts_on.toordinal(), first), "x2": min(goal.ends_on.toordinal(), last), "y": goal.value}
        for goal in data.goals
        if goal.starts_on.toordinal() < last and goal.ends_on.toordinal() > first
    ]
    ends = [{"x": goal["x2"], "y": goal["y"]} for goal in goals]
    return [
        *_layer("target", "rule", target, X2, strokeWidth=1.25),
        *_layer("goal", "rule", goals, X2, strokeWidth=2.5),
        *_layer("goal-end", "point", ends, shape="triangle-left", filled=True, size=70),
    ]


def _path_layers(data: ChartData) -> list[Layer]:
    layers: list[Layer] = []
    for path in data.paths:
        rows = [{"x": day.toordinal(), "y": value} for day, value in path.points]
        layers += _layer(f"path-{path.name}", "line", rows, interpolate="step-after", strokeWidth=1.75)
        layers += _layer(f"dot-{path.name}", "point", rows, filled=True, size=36)
    return layers


def _value_layers(data: ChartData) -> list[Layer]:
    """Return the line, broken where values are missing, and the points; their order is that of ``data.points``."""
    crowd = sum(len(data.points) > bound for bound in (FEW, MANY))
    rows: list[Row] = []
    piece = 0
    before: datetime.date | None = None
    for point in data.points:
        if before is not None and (point.day - before).days > PERIOD_DAYS.get(Cadence(data.cadence), 10):
            piece += 1
        before = point.day
        areas = AREAS.get(point.state, OTHER_AREAS)
        shape = "circle" if point.state in {PointState.USUAL, PointState.BETTER} else "diamond"
        rows.append(
            {"x": point.day.toordinal(), "y": point.value, "piece": piece, "area": areas[crowd], "shape": shape}
        )
    line = {"detail": {"field": "piece", "type": "nominal"}}
    look = {
        "size": {"field": "area", "type": "quantitative", "scale": None},
        "shape": {"field": "shape", "type": "nominal", "scale": None},
    }
    return [
        *_layer("value", "line", rows, line, strokeWidth=1.5 if crowd == 0 else 1, strokeJoin="round"),
        *_layer("points", "point", rows, look, filled=True),
    ]


def _label_layers(data: ChartData, size: Size, domain: tuple[float, float]) -> list[Layer]:
    """Return the words at the right end of the lines they name, moved apart, and the unit above the axis."""
    low, high = domain
    named = _direct_labels(data)
    scale = size.inner_height / (high - low)
    wanted = [(high - value) * scale for _name, value, _words in named]
    places = spread_labels(wanted, low=0, high=size.inner_height)
    by_name: dict[str, list[Row]] = {}
    for (name, _value, words), place in zip(named, places, strict=True):
        by_name.setdefault(name, []).append({"place": place, "words": words})
    text = {"text": {"field": "words", "type": "nominal"}, "x": {"value": size.inner_width + 6}}
    layers: list[Layer] = []
    for name, rows in by_name.items():
        at = {"y": {"field": "place", "type": "quantitative", "scale": None}}
        layers += _layer(
            f"label-{name}", "text", rows, {**text, **at}, align="left", baseline="middle", fontSize=FONT_SIZE
        )
    if data.unit and data.unit != "%" and not data.levels:
        corner = {**text, "x": {"value": -size.left + 2}, "y": {"value": -9}}
        layers += _layer(
            "unit", "text", [{"words": data.unit}], corner, align="left", baseline="middle", fontSize=FONT_SIZE
        )
    return layers


def _direct_labels(data: ChartData) -> list[tuple[str, float, str]]:
    def number(value: float, places: int = data.decimals) -> str:
        return figure(value, "%" if data.unit == "%" else "", places)

    labels: list[tuple[str, float, str]] = []
    if data.limits:
        phase = data.limits[-1]
        places = limit_decimals(data.decimals)
        labels += [
            ("limit", phase.upper, pgettext("upper limit", "Upper %(value)s") % {"value": number(phase.upper, places)}),
            ("mean", phase.centre, _("Mean %(value)s") % {"value": number(phase.centre, places)}),
            ("limit", phase.lower, pgettext("lower limit", "Lower %(value)s") % {"value": number(phase.lower, places)}),
        ]
    if data.target is not None:
        said = _("Expected") if data.levels else _("Target %(value)s") % {"value": number(data.target)}
        labels.append(("target", data.target, said))
    labels += [("goal", goal.value, _("Goal %(value)s") % {"value": number(goal.value)}) for goal in data.goals]
    labels += [(path.name, path.points[-1][1], path.label) for path in data.paths if path.points]
    labels += _band_labels(data)
    return labels


def _band_labels(data: ChartData) -> Sequence[tuple[str, float, str]]:
    if not data.bands:
        return []
    last = data.bands[-1]
    return [
        ("band", last.p90, "90%"),
        ("band", last.p75, "75%"),
        (
            "median",
            last.p50,
            _("Median %(value)s") % {"value": figure(last.p50, "%" if data.unit == "%" else "", data.decimals)},
        ),
        ("band", last.p25, "25%"),
        ("band", last.p10, "10%"),
    ]
