"""Charts on their own: what htmx swaps in when a chart comes into view."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from metrics.charts import NARROW, PANEL, Chart, Size, render_chart
from metrics.charts.xmr import moving_range_chart, xmr_chart
from metrics.models import Series
from metrics.registry import chart_marks
from metrics.selectors.people import figure_of
from metrics.selectors.series import SeriesWindow, series_for, series_window
from metrics.windows import Window, chosen_window
from people.addresses import portal_url
from people.http import TenantRequest, wants_part

RANGE = "range"


def window_of(series: Series, window: Window) -> SeriesWindow:
    """Return what the chart of the series shows in a window that ends today."""
    today = timezone.localdate()
    return series_window(series, first=window.first(today), last=max(today, series.last_on or today))


def draw_series(series: Series, shown: SeriesWindow, *, sizes: tuple[Size, ...], kind: str = "") -> Chart:
    """Return the chart of the values, or of their moving ranges."""
    if kind == RANGE:
        return render_chart(moving_range_chart(series, shown), sizes=sizes)
    target = figure_of(series, today=shown.last).target
    marks = chart_marks(series.employee_id, [series.metric_id])[series.metric_id]
    return render_chart(xmr_chart(series, shown, target=target, marks=marks), sizes=sizes)


@require_safe
def chart(request: TenantRequest, employee_id: int, metric_id: int) -> HttpResponse:
    """Return one chart for htmx to swap in; anybody else is led to the page of the series."""
    series = series_for(request.member, employee_id, metric_id)
    ids = {"employee_id": employee_id, "metric_id": metric_id}
    if not wants_part(request):
        return redirect(portal_url(request.organization, "metrics:series", **ids))
    sizes = (NARROW,) if request.GET.get("size") == NARROW.name else (PANEL,)
    shown = window_of(series, chosen_window(request))
    context = {
        "chart": draw_series(series, shown, sizes=sizes, kind=request.GET.get("kind", "")),
        "csv": portal_url(request.organization, "metrics:series_export", **ids),
    }
    response = render(request, "metrics/people/_chart.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
