"""Lists: reviews of others, and who gets what and when in a cycle; each as CSV too."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.http import TenantRequest, wants_part
from people.models import Employee
from people.services.audit import record_access
from pipcycle.errors import require
from pipcycle.exports import csv_response
from pipcycle.ui.pages import page_of
from pipcycle.ui.remembered import remembered_query
from reviews.filters import ReviewFilter, ordered
from reviews.models import ReviewCycle
from reviews.rules import can_follow_cycles, reviews_others
from reviews.selectors.audience import dry_run_of
from reviews.selectors.cycles import cycle_for, people_of
from reviews.selectors.reviews import reviews_of_others, with_states
from reviews.selectors.who_gets_what import Due, rows_of

PAGE_SIZE = 25
PEOPLE_ON_A_PAGE = 50


@require_safe
def review_list(request: TenantRequest) -> HttpResponse:
    """Show the reviews of the people the member follows."""
    require(reviews_others(request.member))
    remembered = remembered_query(request, key=f"reviews:{request.organization.pk}")
    if remembered is not None:
        return remembered
    chosen = ReviewFilter(request.GET, queryset=reviews_of_others(request.member), request=request)
    rows = ordered(chosen.qs, request.GET.get("sort", ""))
    page = page_of(rows, number=request.GET.get("page"), size=PAGE_SIZE, load=with_states)
    context = {
        "page": page,
        "filter": chosen,
        "is_filtered": any(request.GET.get(name) for name in ReviewFilter.base_filters),
        "query": request.GET.urlencode(),
    }
    part = "#results" if wants_part(request) else ""
    response = render(request, f"reviews/review_list.html{part}", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def review_export(request: TenantRequest) -> HttpResponse:
    """Hand over the list as CSV: where each review stands, nothing of what it says."""
    require(reviews_others(request.member))
    chosen = ReviewFilter(request.GET, queryset=reviews_of_others(request.member), request=request)
    record_access(member=request.member, about_type="reviews", about_id="list", action="export")
    return csv_response(
        filename="reviews.csv",
        headings=[_("Number"), _("Name"), _("Cycle"), _("Manager"), _("Self-assessment"), _("Review"), _("Status")],
        rows=_review_rows(with_states(ordered(chosen.qs, request.GET.get("sort", "")))),
    )


@require_safe
def cycle_people(request: TenantRequest, cycle_id: int) -> HttpResponse:
    """List who gets what and when: the dry run of a planned cycle, the course of a launched one."""
    require(can_follow_cycles(request.member))
    found = cycle_for(cycle_id)
    page = page_of(people_of(found), number=request.GET.get("page"), size=PEOPLE_ON_A_PAGE, load=_with_places)
    context = {
        "cycle": found,
        "page": page,
        "rows": rows_of(found, page.object_list),
        "dry_run": dry_run_of(found) if found.is_planned else None,
    }
    return render(request, "reviews/cycle_people.html", context)


@require_safe
def cycle_people_export(request: TenantRequest, cycle_id: int) -> HttpResponse:
    """Hand over who gets what and when as CSV."""
    require(can_follow_cycles(request.member))
    found = cycle_for(cycle_id)
    record_access(member=request.member, about_type="review_cycle", about_id=str(found.pk), action="export")
    headings = [
        *(_("Number"), _("Name"), _("Department"), _("Self-assessment"), _("Manager")),
        *(_("Manager’s review"), _("Sharing"), _("Note")),
    ]
    return csv_response(filename="review-cycle.csv", headings=headings, rows=_people_rows(found))


def _with_places(people: QuerySet[Employee]) -> QuerySet[Employee]:
    return people.select_related("department", "manager")


def _review_rows(reviews: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    for one in reviews:
        yield (
            one.employee.number,
            one.employee.full_name,
            one.cycle.name,
            one.manager.full_name if one.manager else "",
            _("handed in") if one.self_done else "",
            _("written") if one.manager_done else "",
            one.get_status_display(),
        )


def _people_rows(cycle: ReviewCycle) -> Iterator[tuple[Any, ...]]:
    for row in rows_of(cycle, _with_places(people_of(cycle))):
        yield (
            row.employee.number,
            row.employee.full_name,
            row.employee.department.name if row.employee.department else "",
            _cell(row.own),
            row.manager.full_name if row.manager else "",
            _cell(row.written),
            _cell(row.shared),
            row.note,
        )


def _cell(due: Due) -> str:
    return " ".join(filter(None, [due.day.isoformat() if due.day else "", str(due.words)]))
