"""The list of people, the team of a manager, and the profile of one person."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.filters import EmployeeFilter
from people.http import TenantRequest, wants_part
from people.models import Employee
from people.registry import profile_sections
from people.rules import (
    can_export_people,
    can_list_people,
    can_record_leave,
    can_see_protected_activity,
    can_view_case_file,
    is_hr_admin,
    is_hr_partner_for,
    is_manager,
    is_self,
)
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_below, employees_visible_to, managers_above
from people.selectors.profiles import direct_reports_of, employee_for, leaves_of, with_row_facts
from pipcycle.exports import csv_response
from pipcycle.ui.pages import page_of
from pipcycle.ui.remembered import remembered_query

PAGE_SIZE = 25
MOST_REPORTS = 100


@require_safe
def employee_list(request: TenantRequest) -> HttpResponse:
    """Show the people the member may look up."""
    if not can_list_people(request.member):
        raise PermissionDenied
    words = _("People"), _("Everyone you may look up. Open a person for plans, leave and the reporting line.")
    return _list_page(request, employees_visible_to(request.member), key="people", words=words, export={})


@require_safe
def team(request: TenantRequest) -> HttpResponse:
    """Show a manager everyone below them."""
    own = employee_of(request.member)
    if own is None or not is_manager(request.member):
        raise PermissionDenied
    words = _("My team"), _("Everyone below you, at any level.")
    return _list_page(request, employees_below(own), key="team", words=words, export={"manager": str(own.pk)})


def _list_page(
    request: TenantRequest, people: QuerySet[Employee], *, key: str, words: tuple[str, str], export: dict[str, str]
) -> HttpResponse:
    redirect = remembered_query(request, key=f"{key}:{request.organization.pk}")
    if redirect is not None:
        return redirect
    filtered = EmployeeFilter(request.GET, queryset=people, request=request)
    page = page_of(filtered.qs, number=request.GET.get("page"), size=PAGE_SIZE, load=with_row_facts)
    context = {
        "title": words[0],
        "lead": words[1],
        "filter": filtered,
        "page": page,
        "query": urlencode({**request.GET.dict(), **export}),
        "can_export": can_export_people(request.member),
    }
    template = "people/employee_list.html#results" if wants_part(request) else "people/employee_list.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def employee_export(request: TenantRequest) -> HttpResponse:
    """Download the people of the list, filtered and sorted as it is."""
    if not can_export_people(request.member):
        raise PermissionDenied
    people = with_row_facts(
        EmployeeFilter(request.GET, queryset=employees_visible_to(request.member), request=request).qs
    )
    headings = [
        _("Number"), _("Given name"), _("Family name"), _("E-mail"), _("Job description"), _("Department"),
        _("Location"), _("Manager"), _("Hired on"), _("Left on"), _("Status"),
    ]  # fmt: skip
    rows = (
        (
            person.number, person.given_name, person.family_name, person.email, person.job_description,
            person.department, person.location, person.manager, person.hired_on, person.left_on,
            person.get_status_display(),
        )
        for person in people.iterator(chunk_size=2000)
    )  # fmt: skip
    return csv_response(filename=f"people-{request.organization.slug}.csv", headings=headings, rows=rows)


@require_safe
def own_profile(request: TenantRequest) -> HttpResponse:
    """Show the member their own profile; 404 for one who is not employed here."""
    own = employee_of(request.member)
    if own is None:
        raise Http404
    return employee_detail(request, own.pk)


@require_safe
def employee_detail(request: TenantRequest, employee_id: int) -> HttpResponse:
    """Show the profile of one person."""
    member = request.member
    employee = employee_for(member, employee_id)
    is_hr = is_hr_admin(member) or is_hr_partner_for(member, employee)
    is_own = is_self(member, employee)
    above = list(managers_above(employee))
    visible_above = employees_visible_to(member).filter(pk__in=[manager.pk for manager in above])
    context = {
        "employee": employee,
        "is_own": is_own,
        "is_hr": is_hr,
        "managers": reversed(above),
        "visible_ids": set(visible_above.values_list("pk", flat=True)),
        "reports": direct_reports_of(employee)[: MOST_REPORTS + 1],
        "most_reports": MOST_REPORTS,
        "leaves": leaves_of(employee),
        "can_record_leave": can_record_leave(member, employee),
        "can_read_reason": is_hr or is_own,
        "can_see_protected": can_see_protected_activity(member, employee),
        "can_view_case_file": can_view_case_file(member, employee),
        "parts": _rendered_sections(request, employee),
    }
    return render(request, "people/employee_detail.html", context)


def _rendered_sections(request: TenantRequest, employee: Employee) -> list[dict[str, Any]]:
    return [
        {
            "key": section.key,
            "title": section.title,
            "html": render_to_string(
                section.template, {**section.context(request.member, employee), "employee": employee}, request
            ),
        }
        for section in profile_sections(request.member, employee)
    ]
