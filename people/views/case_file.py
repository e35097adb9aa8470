"""The case file of an employee: one line of time, to read, to print and to take away as a table."""

import datetime
from itertools import groupby
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.case_file_forms import CaseFileFilter
from people.enums import TimelineKind
from people.http import TenantRequest, wants_part
from people.models import Employee
from people.registry import TimelineEvent, case_file_actions
from people.rules import can_see_reads, can_view_case_file, is_self
from people.selectors.case_file import CASE_FILE, timeline_of
from people.selectors.profiles import employee_for
from people.services.audit import record_access
from pipcycle.exports import csv_response
from pipcycle.ui.remembered import remembered_query

MOST_SHOWN = 400


@require_safe
def case_file(request: TenantRequest, employee_id: int) -> HttpResponse:
    """Show everything the reader may know of the employee, by month; the reading is on the record."""
    employee = _employee(request, employee_id)
    redirect = remembered_query(request, key=f"case-file:{request.organization.pk}")
    if redirect is not None:
        return redirect
    sees_reads = can_see_reads(request.member, employee)
    chosen = CaseFileFilter(request.GET, sees_reads=sees_reads)
    since, until = chosen.days()
    events = timeline_of(request.member, employee, kind=chosen.chosen_kind(), since=since, until=until)
    if not wants_part(request):
        record_access(member=request.member, about_type=CASE_FILE, about_id=employee.pk)
    context = {
        "employee": employee,
        "is_own": is_self(request.member, employee),
        "actions": case_file_actions(request.member, employee),
        "form": chosen,
        "count": len(events),
        "most_shown": MOST_SHOWN,
        "months": by_month(events[:MOST_SHOWN]),
        "query": request.GET.urlencode(),
        "since": since,
        "until": until,
    }
    template = "people/case_file.html#results" if wants_part(request) else "people/case_file.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    add_never_cache_headers(response)
    return response


@require_safe
def case_file_export(request: TenantRequest, employee_id: int) -> HttpResponse:
    """Hand over the case file as CSV, narrowed as it is; the export is on the record."""
    employee = _employee(request, employee_id)
    chosen = CaseFileFilter(request.GET, sees_reads=can_see_reads(request.member, employee))
    since, until = chosen.days()
    events = timeline_of(request.member, employee, kind=chosen.chosen_kind(), since=since, until=until)
    record_access(member=request.member, about_type=CASE_FILE, about_id=employee.pk, action="export")
    return csv_response(
        filename=f"case-file-{slugify(employee.number) or employee.pk}.csv",
        headings=[_("When"), _("Kind"), _("What"), _("Details"), _("By")],
        rows=(timeline_row(event) for event in events),
    )


def timeline_row(event: TimelineEvent) -> tuple[str, ...]:
    """Return an entry as cells: a moment in the reader's time, or a day where no time is known."""
    at = event.at
    when = timezone.localtime(at).isoformat(timespec="seconds") if isinstance(at, datetime.datetime) else at.isoformat()
    return when, str(TimelineKind(event.kind).label), event.title, event.body, event.by


def by_month(events: list[TimelineEvent]) -> list[dict[str, Any]]:
    """Return the entries under the month they were in, latest first."""
    groups = groupby(events, key=lambda event: event.day.replace(day=1))
    return [{"month": month, "title": date_format(month, "F Y"), "events": list(found)} for month, found in groups]


def _employee(request: TenantRequest, employee_id: int) -> Employee:
    employee = employee_for(request.member, employee_id)
    if not can_view_case_file(request.member, employee):
        raise PermissionDenied
    return employee
