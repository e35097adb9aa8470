"""The list of plans, the same for everybody: each sees the plans they may see."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.http import TenantRequest
from people.rules import is_manager
from people.services.audit import record_access
from pipcycle.exports import csv_response
from pipcycle.ui.remembered import remembered_query
from pips.filters import PlanFilter, ordered
from pips.models import Plan
from pips.selectors.plans import plans_visible_to

PAGE_SIZE = 25


@require_safe
def plan_list(request: TenantRequest) -> HttpResponse:
    """Show the plans the member may see, narrowed as they last left it."""
    remembered = remembered_query(request, key=f"plans:{request.organization.pk}")
    if remembered is not None:
        return remembered
    chosen = _chosen(request)
    context = {
        "page": Paginator(_rows(request, chosen), PAGE_SIZE).get_page(request.GET.get("page")),
        "filter": chosen,
        "is_filtered": any(request.GET.get(name) for name in PlanFilter.base_filters),
        "may_draft": is_manager(request.member),
        "query": request.GET.urlencode(),
        "today": timezone.localdate(),
    }
    is_partial = request.htmx and not request.htmx.boosted
    return render(request, "pips/plan_list.html#results" if is_partial else "pips/plan_list.html", context)


@require_safe
def plan_export(request: TenantRequest) -> HttpResponse:
    """Hand over the list as CSV, with the same filters; the export is on the record."""
    plans = _rows(request, _chosen(request))
    record_access(member=request.member, about_type="plan", about_id="list", action="export")
    headings = [
        _("Number"), _("Employee"), _("Department"), _("Manager"), _("Plan"),
        _("Status"), _("Starts"), _("Ends"), _("Outcome"),
    ]  # fmt: skip
    return csv_response(
        filename=f"plans-{request.organization.slug}.csv", headings=headings, rows=_csv_rows(plans.iterator(2000))
    )


def _chosen(request: TenantRequest) -> PlanFilter:
    return PlanFilter(request.GET, queryset=plans_visible_to(request.member), request=request)


def _rows(request: TenantRequest, chosen: PlanFilter) -> QuerySet[Plan]:
    plans: QuerySet[Plan] = chosen.qs.select_related("employee__department", "manager")
    return ordered(plans, request.GET.get("sort", ""))


def _csv_rows(plans: Iterable[Plan]) -> Iterator[tuple[Any, ...]]:
    for plan in plans:
        yield (
            plan.employee.number,
            plan.employee.full_name,
            plan.employee.department,
            plan.manager.full_name,
            plan.title,
            plan.get_status_display(),
            plan.starts_on,
            plan.ends_on,
            plan.get_outcome_display(),
        )
