"""The figures of a team on one page, for the manager, the managers above and the HR partners who serve them."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from metrics.forms.team import TeamForm
from metrics.selectors.team import (
    DIRECT,
    TeamTable,
    manager_for,
    metrics_of,
    sorted_team,
    team_of,
    team_stamp,
    team_table,
)
from metrics.views.live import is_unchanged, nothing_new, render_live
from people.http import TenantRequest
from people.models import Employee
from people.rules import is_manager
from people.selectors.accounts import employee_of
from people.services.audit import record_access
from pipcycle.exports import csv_response
from pipcycle.ui.remembered import remembered_query

PAGE_SIZE = 30


@require_safe
def own_team(request: TenantRequest) -> HttpResponse:
    """Show a manager the figures of their own team."""
    own = employee_of(request.member)
    if own is None or not is_manager(request.member):
        raise PermissionDenied
    return _team_page(request, own)


@require_safe
def team(request: TenantRequest, employee_id: int) -> HttpResponse:
    """Show the figures of the team of a manager the member follows."""
    return _team_page(request, manager_for(request.member, employee_id))


def _team_page(request: TenantRequest, manager: Employee) -> HttpResponse:
    remembered = remembered_query(request, key=f"team-figures:{request.organization.pk}")
    if remembered is not None:
        return remembered
    people = _people(request, manager)
    stamp = team_stamp(people)
    if is_unchanged(request, stamp):
        return nothing_new()
    form = TeamForm(request.GET, metrics=metrics_of(people))
    page = Paginator(sorted_team(people, request.GET.get("sort", "")), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "manager": manager,
        "is_own": manager == employee_of(request.member),
        "form": form,
        "page": page,
        "with_signals": people.filter(worse_signals__gt=0).count(),
        "table": team_table(list(page), form.chosen, today=timezone.localdate()),
        "query": request.GET.urlencode(),
        "stamp": stamp,
        "now": timezone.now(),
    }
    return render_live(request, "metrics/figures/team.html", context)


def _people(request: TenantRequest, manager: Employee) -> QuerySet[Employee]:
    people = team_of(request.member, manager, level=request.GET.get("level", DIRECT))
    return people.select_related("job_description")


@require_safe
def team_export(request: TenantRequest, employee_id: int) -> HttpResponse:
    """Hand over the team's figures as CSV, one line for each person and metric; the export is on the record."""
    manager = manager_for(request.member, employee_id)
    people = _people(request, manager)
    metrics = TeamForm(request.GET, metrics=metrics_of(people)).chosen
    record_access(member=request.member, about_type="team figures", about_id=str(manager.pk), action="export")
    headings = [
        _("Number"), _("Employee"), _("Metric"), _("Unit"), _("Latest period"), _("Latest value"),
        _("Mean"), _("Lower limit"), _("Upper limit"), _("Open signal"), _("Points the better way"),
    ]  # fmt: skip
    table = team_table(list(sorted_team(people, request.GET.get("sort", ""))), metrics, today=timezone.localdate())
    return csv_response(
        filename=f"team-figures-{request.organization.slug}.csv", headings=headings, rows=_csv_rows(table)
    )


def _csv_rows(table: TeamTable) -> Iterator[tuple[Any, ...]]:
    for row in table.rows:
        for cell in row.cells:
            if cell is None:
                continue
            signal, band = cell.signal, cell.band
            yield (
                row.employee.number,
                row.employee.full_name,
                cell.metric.name,
                cell.metric.unit,
                cell.last_on,
                cell.last_value,
                band and band.centre,
                band and band.lower,
                band and band.upper,
                signal and signal.get_kind_display(),
                signal and (_("yes") if signal.is_improvement else _("no")),
            )
