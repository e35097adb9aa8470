"""The figures of the organization and its departments: aggregates only, for HR partners and executives."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from metrics.charts import ChartBand, ChartData, render_chart
from metrics.models import Metric
from metrics.registry import organization_facts
from metrics.rules import can_read_aggregates
from metrics.selectors.definitions import metric_for
from metrics.selectors.groups import (
    Figures,
    bands_of,
    department_for,
    figures_stamp,
    organization_figures,
)
from metrics.views.live import is_unchanged, nothing_new, render_live
from people.http import TenantRequest, wants_part
from people.models import Department
from people.services.audit import record_access
from pipcycle.exports import csv_response


def _require_right(request: TenantRequest) -> None:
    if not can_read_aggregates(request.member):
        raise PermissionDenied


@require_safe
def organization(request: TenantRequest) -> HttpResponse:
    """Show the bands of each metric, the breakdown by department, coverage and freshness."""
    _require_right(request)
    stamp = figures_stamp()
    if is_unchanged(request, stamp):
        return nothing_new()
    figures = organization_figures(today=timezone.localdate())
    context = {"figures": figures, "facts": organization_facts(), "stamp": stamp, "now": timezone.now()}
    return render_live(request, "metrics/figures/organization.html", context)


@require_safe
def organization_export(request: TenantRequest) -> HttpResponse:
    """Hand over the breakdown as CSV: what the page shows and no more; the export is on the record."""
    _require_right(request)
    figures = organization_figures(today=timezone.localdate())
    record_access(member=request.member, about_type="organization figures", about_id="list", action="export")
    headings = [
        _("Department"), _("Employed"), _("Metric"), _("Unit"), _("Month"), _("People"), _("10th percentile"),
        _("25th percentile"), _("Median"), _("75th percentile"), _("90th percentile"), _("With a recent figure"),
        _("Open signals, worse"),
    ]  # fmt: skip
    return csv_response(filename=f"figures-{request.organization.slug}.csv", headings=headings, rows=_csv_rows(figures))


def _csv_rows(figures: Figures) -> Iterator[tuple[Any, ...]]:
    groups = [(_("Organization"), figures.employed, figures.metrics)]
    groups += [(row.department.name, row.employed, row.cells) for row in figures.departments if not row.is_hidden]
    for name, employed, cells in groups:
        for cell in cells:
            row = cell.latest
            band = (row.starts_on, row.people, row.p10, row.p25, row.p50, row.p75, row.p90) if row else (None,) * 7
            covered = cell.coverage.measured if cell.coverage else None
            yield (name, employed, cell.metric.name, cell.metric.unit, *band, covered, cell.worse)


@require_safe
def department(request: TenantRequest, department_id: int) -> HttpResponse:
    """Show one department as the organization's page does, or say that it has too few people."""
    _require_right(request)
    stamp = figures_stamp()
    if is_unchanged(request, stamp):
        return nothing_new()
    found = department_for(department_id)
    figures = organization_figures(today=timezone.localdate())
    context = {
        "department": found,
        "row": figures.shown(found),
        "scales": figures.scales,
        "stamp": stamp,
        "now": timezone.now(),
    }
    return render_live(request, "metrics/figures/department.html", context)


@require_safe
def organization_chart(request: TenantRequest, metric_id: int) -> HttpResponse:
    """Draw the months of a metric over the organization."""
    _require_right(request)
    return _chart_page(request, metric_for(metric_id), None)


@require_safe
def department_chart(request: TenantRequest, department_id: int, metric_id: int) -> HttpResponse:
    """Draw the months of a metric over a department that the breakdown shows."""
    _require_right(request)
    found = department_for(department_id)
    if organization_figures(today=timezone.localdate()).shown(found) is None:
        raise Http404
    return _chart_page(request, metric_for(metric_id), found)


def _chart_page(request: TenantRequest, metric: Metric, place: Department | None) -> HttpResponse:
    bands = tuple(
        ChartBand(day=row.starts_on, p10=row.p10, p25=row.p25, p50=row.p50, p75=row.p75, p90=row.p90, people=row.people)
        for row in bands_of(metric, place, today=timezone.localdate())
    )
    data = ChartData(
        title=metric.name if place is None else _("%(metric)s in %(place)s") % {"metric": metric, "place": place},
        unit=metric.unit,
        decimals=metric.decimals,
        cadence="month",
        direction=metric.direction,
        bands=bands,
        target=metric.target,
    )
    context = {"metric": metric, "department": place, "chart": render_chart(data)}
    template = "metrics/figures/bands.html"
    response = render(request, f"{template}#chart" if wants_part(request) else template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
