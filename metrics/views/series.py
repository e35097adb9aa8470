"""One series: the large chart, its limits in words, its signals, its values and what was corrected."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from metrics.charts import NARROW, PAGE
from metrics.models import Series
from metrics.rules import can_add_value, can_correct_value
from metrics.selectors.people import figure_of
from metrics.selectors.series import corrections_of, observations_of, series_for, signals_of
from metrics.selectors.team import team_stamp
from metrics.views.charts import draw_series, window_of
from metrics.views.live import is_unchanged, nothing_new, render_live
from metrics.windows import WINDOWS, chosen_window
from people.http import TenantRequest
from people.models import Employee
from people.rules import is_self
from pipcycle.exports import csv_response

PAGE_SIZE = 26
LISTED_CORRECTIONS = 50
LISTED_SIGNALS = 30


@require_safe
def series(request: TenantRequest, employee_id: int, metric_id: int) -> HttpResponse:
    """Show one figure of a person in full."""
    found = series_for(request.member, employee_id, metric_id)
    stamp = team_stamp(Employee.objects.filter(pk=employee_id))
    if is_unchanged(request, stamp):
        return nothing_new()
    window = chosen_window(request)
    shown = window_of(found, window)
    context = {
        "series": found,
        "metric": found.metric,
        "employee": found.employee,
        "is_own": is_self(request.member, found.employee),
        "figure": figure_of(found, today=timezone.localdate()),
        "windows": WINDOWS,
        "window": window,
        "phases": shown.phases,
        "chart": draw_series(found, shown, sizes=(PAGE, NARROW)),
        "signals": signals_of(found)[:LISTED_SIGNALS],
        "page": Paginator(observations_of(found), PAGE_SIZE).get_page(request.GET.get("page")),
        "corrections": corrections_of(found)[:LISTED_CORRECTIONS],
        "can_add": not found.metric.is_calculated and can_add_value(request.member, found.employee),
        "can_correct": not found.metric.is_calculated and can_correct_value(request.member, found.employee),
        "stamp": stamp,
        "now": timezone.now(),
    }
    return render_live(request, "metrics/people/series.html", context)


@require_safe
def series_export(request: TenantRequest, employee_id: int, metric_id: int) -> HttpResponse:
    """Hand over every value of the series as CSV."""
    found = series_for(request.member, employee_id, metric_id)
    headings = [
        _("Number"), _("Employee"), _("Metric"), _("Unit"), _("Period from"), _("Value"), _("Value as reported"),
        _("Source"), _("Corrected on"),
    ]  # fmt: skip
    name = f"{found.metric.key}-{found.employee.number}-{request.organization.slug}.csv"
    return csv_response(filename=name, headings=headings, rows=_csv_rows(found))


def _csv_rows(series: Series) -> Iterator[tuple[Any, ...]]:
    metric, employee = series.metric, series.employee
    for row in observations_of(series).iterator(chunk_size=2000):
        yield (
            employee.number,
            employee.full_name,
            metric.name,
            metric.unit,
            row.starts_on,
            row.value,
            row.reported_value,
            row.batch.get_kind_display(),
            row.corrected_at and row.corrected_at.date(),
        )
