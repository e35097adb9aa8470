"""Charts: pure data in, one SVG out that fits light, dark and paper (docs/adr/0013-charts.md)."""

from metrics.charts.data import (
    Chart,
    ChartBand,
    ChartData,
    ChartGoal,
    ChartLeave,
    ChartLimits,
    ChartPath,
    ChartPoint,
    PointState,
)
from metrics.charts.render import render_chart
from metrics.charts.sizes import NARROW, PAGE, PANEL, Size

__all__ = [
    "NARROW",
    "PAGE",
    "PANEL",
    "Chart",
    "ChartBand",
    "ChartData",
    "ChartGoal",
    "ChartLeave",
    "ChartLimits",
    "ChartPath",
    "ChartPoint",
    "PointState",
    "Size",
    "render_chart",
]
