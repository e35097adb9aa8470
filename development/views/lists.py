"""A person's own page, and the list of those one follows."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from development.enums import ENDED, DevelopmentStatus
from development.filters import TeamFilter, ordered
from development.models import DevelopmentPlan
from development.rules import can_start_plan_for
from development.selectors.career import ladder_of
from development.selectors.milestones import milestones_of
from development.selectors.plans import plan_for, plans_about, plans_visible_to, with_action_facts
from development.selectors.team import people_with_plans, with_action_counts
from development.views.plan import actions_context, shown_gaps
from metrics.selectors.skills import skills_of
from people.http import TenantRequest, wants_part
from people.models import Employee, Membership
from people.rules import is_hr_partner, is_manager
from people.selectors.accounts import employee_of
from people.services.audit import record_access
from pipcycle.exports import csv_response
from pipcycle.ui.pages import page_of
from pipcycle.ui.remembered import remembered_query

PAGE_SIZE = 25
MOST_GAPS, MOST_MILESTONES, MOST_NEXT = 4, 3, 3


@require_safe
def own_page(request: TenantRequest) -> HttpResponse:
    """Show the member's own development: the open plan, what it could start from, earlier plans."""
    own = employee_of(request.member)
    context: dict[str, Any] = {"own": own, "follows_others": follows_others(request.member)}
    if own is not None:
        context |= _own_context(request.member, own)
    return render(request, "development/own_page.html", context)


def _own_context(member: Membership, own: Employee) -> dict[str, Any]:
    plans = list(with_action_facts(plans_about(member, own)))
    open_one = next((plan for plan in plans if plan.is_open), None)
    skills = skills_of(own)
    rungs = ladder_of(own, skills)
    shown = _open_context(member, open_one.pk) if open_one is not None else {}
    return {
        "earlier": [plan for plan in plans if not plan.is_open],
        "missing": [skill for skill in skills if skill.gap.is_missing][:MOST_GAPS],
        "next_jobs": rungs[0][:MOST_NEXT] if rungs else [],
        "milestones": milestones_of(member, own)[:MOST_MILESTONES],
        "can_start": open_one is None and can_start_plan_for(member, own),
        **shown,
    }


def _open_context(member: Membership, plan_id: int) -> dict[str, Any]:
    plan = plan_for(member, plan_id)
    return {"gaps": shown_gaps(plan), **actions_context(member, plan)}


def follows_others(member: Membership) -> bool:
    """Return whether the list of a team is of use to the member."""
    return is_manager(member) or is_hr_partner(member)


@require_safe
def team_list(request: TenantRequest) -> HttpResponse:
    """Show the people the member follows, each with their latest plan, narrowed as they last left it."""
    if not follows_others(request.member):
        raise PermissionDenied
    remembered = remembered_query(request, key=f"development:{request.organization.pk}")
    if remembered is not None:
        return remembered
    chosen = _chosen(request)
    page = page_of(_rows(request, chosen), number=request.GET.get("page"), size=PAGE_SIZE, load=_with_row_facts)
    plans = _plans_of(request.member, page.object_list)
    context = {
        "page": page,
        "rows": [_row(person, plans) for person in page.object_list],
        "filter": chosen,
        "is_filtered": any(request.GET.get(name) for name in TeamFilter.base_filters),
        "query": request.GET.urlencode(),
        "is_manager": is_manager(request.member),
    }
    part = "#results" if wants_part(request) else ""
    response = render(request, f"development/team_list.html{part}", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def team_export(request: TenantRequest) -> HttpResponse:
    """Hand over the list as CSV, filtered and sorted as it is: states and dates, nothing anybody wrote."""
    if not follows_others(request.member):
        raise PermissionDenied
    people = _with_row_facts(_rows(request, _chosen(request)))
    record_access(member=request.member, about_type="development_plan", about_id="list", action="export")
    headings = [
        _("Number"), _("Employee"), _("Department"), _("Plan"), _("Until"), _("Actions"), _("Done"), _("Late"),
        _("Next due"),
    ]  # fmt: skip
    return csv_response(
        filename=f"development-{request.organization.slug}.csv",
        headings=headings,
        rows=_csv_rows(people.iterator(2000)),
    )


def _chosen(request: TenantRequest) -> TeamFilter:
    people = with_action_counts(people_with_plans(request.member))
    return TeamFilter(request.GET, queryset=people, request=request, member=request.member)


def _rows(request: TenantRequest, chosen: TeamFilter) -> QuerySet[Employee]:
    return ordered(chosen.qs, request.GET.get("sort", ""))


def _with_row_facts(people: QuerySet[Employee]) -> QuerySet[Employee]:
    return people.select_related("department", "job_description")


def _plans_of(member: Membership, people: Iterable[Any]) -> dict[int, DevelopmentPlan]:
    keys = [person.plan_id for person in people if person.plan_id is not None]
    return {plan.pk: plan for plan in plans_visible_to(member).select_related("aim").filter(pk__in=keys)}


def _row(person: Any, plans: dict[int, DevelopmentPlan]) -> dict[str, Any]:
    plan = plans.get(person.plan_id or 0)
    return {"person": person, "plan": plan, "can_begin": plan is None or plan.status in ENDED}


def _csv_rows(people: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    for person in people:
        status = DevelopmentStatus(person.plan_status).label if person.plan_status else ""
        yield (
            person.number,
            person.full_name,
            person.department,
            status,
            person.plan_ends_on,
            person.action_count,
            person.done_count,
            person.late_count,
            person.next_due_on,
        )
