"""The list of disciplinary actions and the start of one."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from people.addresses import portal_url
from people.asking import attempt, handed_in
from people.enums import Role
from people.http import TenantRequest
from people.models import Membership
from people.rules import is_manager
from people.services.audit import record_access
from pipcycle.exports import csv_response
from pipcycle.ui.remembered import remembered_query
from pips.discipline_filters import ActionFilter, ordered_actions
from pips.forms.discipline import NewActionForm
from pips.models import DisciplinaryAction
from pips.obligations import About
from pips.selectors.discipline import actions_visible_to, people_to_write_about
from pips.services.discipline.drafting import draft_action

PAGE_SIZE = 25


def may_write(member: Membership) -> bool:
    """Return whether the member may begin actions at all: managers and HR partners."""
    return member.has_role(Role.HR_PARTNER) or is_manager(member)


@require_safe
def action_list(request: TenantRequest) -> HttpResponse:
    """Show the actions the member may see, narrowed as they last left it."""
    remembered = remembered_query(request, key=f"discipline:{request.organization.pk}")
    if remembered is not None:
        return remembered
    chosen = _chosen(request)
    context = {
        "page": Paginator(_rows(request, chosen), PAGE_SIZE).get_page(request.GET.get("page")),
        "filter": chosen,
        "is_filtered": any(request.GET.get(name) for name in ActionFilter.base_filters),
        "may_write": may_write(request.member),
        "query": request.GET.urlencode(),
    }
    is_partial = request.htmx and not request.htmx.boosted
    template = "discipline/action_list.html#results" if is_partial else "discipline/action_list.html"
    return render(request, template, context)


@require_safe
def action_export(request: TenantRequest) -> HttpResponse:
    """Hand over the list as CSV, with the same filters; the export is on the record."""
    actions = _rows(request, _chosen(request))
    record_access(member=request.member, about_type=About.ACTION, about_id="list", action="export")
    headings = [
        _("Number"), _("Employee"), _("Department"), _("About"), _("Level"),
        _("Status"), _("Incident"), _("Issued"), _("Expires"),
    ]  # fmt: skip
    return csv_response(
        filename=f"discipline-{request.organization.slug}.csv",
        headings=headings,
        rows=_csv_rows(actions.iterator(2000)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def action_new(request: TenantRequest) -> HttpResponse:
    """Choose the person; the draft opens next."""
    if not may_write(request.member):
        raise PermissionDenied
    people = people_to_write_about(request.member)
    form = NewActionForm(handed_in(request), employees=people, initial={"employee": request.GET.get("employee")})
    status = 200
    if request.method == "POST":
        answer = attempt(
            request, form, lambda: _begin(request, form), done=gettext_lazy("The draft is ready to be filled in.")
        )
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    return render(request, "discipline/action_new.html", {"form": form, "has_people": people.exists()}, status=status)


def _begin(request: TenantRequest, form: NewActionForm) -> str:
    action = draft_action(actor=request.member, employee=form.cleaned_data["employee"])
    return portal_url(request.organization, "discipline:action_edit", action_id=action.pk)


def _chosen(request: TenantRequest) -> ActionFilter:
    return ActionFilter(request.GET, queryset=actions_visible_to(request.member), request=request)


def _rows(request: TenantRequest, chosen: ActionFilter) -> QuerySet[DisciplinaryAction]:
    actions: QuerySet[DisciplinaryAction] = chosen.qs
    return ordered_actions(actions, request.GET.get("sort", ""))


def _csv_rows(actions: Iterable[DisciplinaryAction]) -> Iterator[tuple[Any, ...]]:
    for action in actions:
        yield (
            action.employee.number,
            action.employee.full_name,
            action.employee.department,
            action.get_category_display(),
            action.get_level_display(),
            action.get_status_display(),
            action.occurred_on,
            action.issued_at.date() if action.issued_at else None,
            action.expires_on,
        )
