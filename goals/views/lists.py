"""The list of goals: every goal the member may see, with an update in the row itself."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goals.filters import GROUPS, GoalFilter, ordered
from goals.models import Goal
from goals.selectors.goals import goals_visible_to
from goals.selectors.progress import with_progress
from goals.selectors.structure import current_cycle
from goals.structure_rules import can_use_templates
from people.http import TenantRequest, wants_part
from people.models import Membership, ReportingLine
from people.rules import is_hr_partner, is_manager
from people.selectors.accounts import employee_of
from people.services.audit import record_access
from pipcycle.exports import csv_response
from pipcycle.ui.pages import page_of
from pipcycle.ui.remembered import remembered_query

PAGE_SIZE = 25


@require_safe
def goal_list(request: TenantRequest) -> HttpResponse:
    """Show the goals the member may see, narrowed as they last left it."""
    remembered = remembered_query(request, key=f"goals:{request.organization.pk}")
    if remembered is not None:
        return remembered
    member = request.member
    chosen = _chosen(request)
    group = request.GET.get("group", "")
    page = page_of(_rows(request, chosen), number=request.GET.get("page"), size=PAGE_SIZE, load=with_row_facts)
    context = {
        "page": page,
        "rows": rows_of(member, page.object_list, group=group),
        "group": group if group in GROUPS else "",
        "filter": chosen,
        "is_filtered": any(request.GET.get(name) for name in GoalFilter.base_filters),
        "query": request.GET.urlencode(),
        "cycle": current_cycle(),
        "is_employed": employee_of(member) is not None,
        "is_manager": is_manager(member),
        "is_hr": is_hr_partner(member),
        "may_use_templates": can_use_templates(member),
    }
    template = "goals/goal_list.html#results" if wants_part(request) else "goals/goal_list.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def goal_export(request: TenantRequest) -> HttpResponse:
    """Hand over the list as CSV, filtered and sorted as it is; the export is on the record."""
    goals = with_row_facts(_rows(request, _chosen(request)))
    record_access(member=request.member, about_type="goal", about_id="list", action="export")
    headings = [
        _("Number"), _("Employee"), _("Department"), _("Goal"), _("For"), _("Cycle"), _("Objective"), _("Status"),
        _("Measured by"), _("At the start"), _("Today"), _("Target"), _("Unit"), _("Progress in %"), _("Confidence"),
        _("Weight"), _("From"), _("Due"), _("Next update"),
    ]  # fmt: skip
    return csv_response(
        filename=f"goals-{request.organization.slug}.csv", headings=headings, rows=_csv_rows(goals.iterator(2000))
    )


def with_row_facts(goals: QuerySet[Goal]) -> QuerySet[Goal]:
    """Join what a row of the list shows."""
    return goals.select_related("employee__department", "objective", "cycle", "metric")


def rows_of(member: Membership, goals: Iterable[Goal], *, group: str = "") -> list[dict[str, Any]]:
    """Return each goal with whether the member may report on it here, and the heading it begins, if any."""
    goals = list(goals)
    open_to = _reported_by(member, {goal.employee_id for goal in goals})
    today = timezone.localdate()
    rows: list[dict[str, Any]] = []
    last: Any = object()
    for goal in goals:
        key = {"person": goal.employee_id, "objective": goal.objective_id}.get(group, last)
        rows.append(
            {
                "goal": goal,
                "heading": _heading(goal, group) if key != last else "",
                "may_update": goal.status == "active" and goal.employee_id in open_to,
                "is_late": goal.status == "active" and goal.next_update_on is not None and goal.next_update_on < today,
            }
        )
        last = key
    return rows


def _heading(goal: Goal, group: str) -> str:
    if group == "person":
        return str(goal.employee)
    return str(goal.objective or _("Serve no objective"))


def _reported_by(member: Membership, employees: set[int]) -> set[int]:
    """Return those of the employees on whose goals the member may report: themself and everyone below."""
    own = employee_of(member)
    if own is None or not employees:
        return set()
    below = ReportingLine.objects.filter(manager=own, employee__in=employees).values_list("employee", flat=True)
    return {*below, own.pk}


def _chosen(request: TenantRequest) -> GoalFilter:
    return GoalFilter(request.GET, queryset=goals_visible_to(request.member), request=request, member=request.member)


def _rows(request: TenantRequest, chosen: GoalFilter) -> QuerySet[Goal]:
    return ordered(with_progress(chosen.qs), sort=request.GET.get("sort", ""), group=request.GET.get("group", ""))


def _csv_rows(goals: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    for goal in goals:
        yield (
            goal.employee.number,
            goal.employee.full_name,
            goal.employee.department,
            goal.title,
            goal.get_purpose_display(),
            goal.cycle.name,
            goal.objective,
            goal.get_status_display(),
            goal.get_measure_display(),
            goal.baseline,
            goal.current_value,
            goal.target,
            goal.unit,
            None if goal.reached is None else round(goal.reached),
            goal.get_confidence_display(),
            goal.weight,
            goal.starts_on,
            goal.due_on,
            goal.next_update_on,
        )
