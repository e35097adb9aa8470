"""The list of check-ins: with whom, how often, when next, when last, what was missed."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from feedback.check_in_filters import FOLLOWED, CheckInFilter, ordered
from feedback.check_in_rules import partners_of
from feedback.models import CheckInSeries
from feedback.selectors.check_ins import series_visible_to, with_rhythm
from people.http import TenantRequest, wants_part
from people.models import Membership
from people.rules import is_hr_partner, is_manager
from people.selectors.accounts import employee_of
from people.services.audit import record_access
from pipcycle.exports import csv_response
from pipcycle.ui.pages import page_of
from pipcycle.ui.remembered import remembered_query

PAGE_SIZE = 25


@require_safe
def series_list(request: TenantRequest) -> HttpResponse:
    """Show the series the member may see, narrowed as they last left it: their own at first."""
    return _list(request, key="check-ins", chosen=_chosen(request))


@require_safe
def team_list(request: TenantRequest) -> HttpResponse:
    """Show when the people the member follows meet; nothing of what they say."""
    if not _follows_others(request.member):
        raise PermissionDenied
    return _list(request, key="team-check-ins", chosen=_chosen(request, whose=FOLLOWED), is_team=True)


@require_safe
def series_export(request: TenantRequest) -> HttpResponse:
    """Hand over the list as CSV, filtered and sorted as it is: dates and counts, nothing that was said."""
    series = _with_people(_rows(request, _chosen(request)))
    record_access(member=request.member, about_type="check_ins", about_id="list", action="export")
    headings = [
        _("Number"), _("Employee"), _("Led by"), _("Rhythm in weeks"), _("Status"), _("Next"), _("Last"),
        _("Did not take place in 180 days"),
    ]  # fmt: skip
    return csv_response(
        filename=f"check-ins-{request.organization.slug}.csv",
        headings=headings,
        rows=_csv_rows(series.iterator(2000)),
    )


def _list(request: TenantRequest, *, key: str, chosen: CheckInFilter, is_team: bool = False) -> HttpResponse:
    remembered = remembered_query(request, key=f"{key}:{request.organization.pk}")
    if remembered is not None:
        return remembered
    member = request.member
    page = page_of(_rows(request, chosen), number=request.GET.get("page"), size=PAGE_SIZE, load=_with_people)
    context = {
        "page": page,
        "rows": rows_of(member, page.object_list),
        "filter": chosen,
        "is_filtered": any(request.GET.get(name) for name in CheckInFilter.base_filters),
        "query": chosen.data.urlencode(),
        "is_team": is_team,
        "follows_others": _follows_others(member) and not is_team,
        "can_start": employee_of(member) is not None,
        "has_partners": page.paginator.count > 0 or partners_of(member).exists(),
    }
    part = "#results" if wants_part(request) else ""
    response = render(request, f"feedback/check_ins/series_list.html{part}", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _follows_others(member: Membership) -> bool:
    return is_manager(member) or is_hr_partner(member)


def rows_of(member: Membership, series: Iterable[Any]) -> list[dict[str, Any]]:
    """Return each series with the one the reader is not, whether it is their own, and whether it is overdue."""
    own = employee_of(member)
    today = timezone.localdate()
    rows = []
    for one in series:
        is_own = own is not None and own.pk in (one.employee_id, one.leader_id)
        other = one.leader if own is not None and own.pk == one.employee_id else one.employee
        is_late = one.next_on is not None and one.next_on < today
        rows.append({"series": one, "is_own": is_own, "other": other, "is_late": is_late})
    return rows


def _chosen(request: TenantRequest, *, whose: str = "") -> CheckInFilter:
    asked = request.GET.copy()
    if whose:
        asked["whose"] = whose
    series = series_visible_to(request.member)
    return CheckInFilter(asked, queryset=series, request=request, member=request.member)


def _rows(request: TenantRequest, chosen: CheckInFilter) -> QuerySet[CheckInSeries]:
    return ordered(with_rhythm(chosen.qs), sort=request.GET.get("sort", ""), member=request.member)


def _with_people(series: QuerySet[CheckInSeries]) -> QuerySet[CheckInSeries]:
    return series.select_related("employee", "leader")


def _csv_rows(series: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    for one in series:
        yield (
            one.employee.number,
            one.employee.full_name,
            one.leader.full_name,
            one.every_weeks,
            one.get_status_display(),
            one.next_on,
            one.last_on,
            one.not_held,
        )
