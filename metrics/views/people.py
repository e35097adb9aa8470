"""The figures of one person."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from metrics.selectors.people import figures_of, person_for
from metrics.selectors.team import leads_a_team, team_stamp
from metrics.views.live import is_unchanged, nothing_new, render_live
from metrics.windows import WINDOWS, chosen_window
from people.addresses import portal_url
from people.http import TenantRequest
from people.models import Employee
from people.rules import is_self
from people.selectors.accounts import employee_of


@require_safe
def own_figures(request: TenantRequest) -> HttpResponse:
    """Lead the member to their own figures; 404 for one who is not employed here."""
    own = employee_of(request.member)
    if own is None:
        raise Http404
    return redirect(portal_url(request.organization, "metrics:person", employee_id=own.pk))


@require_safe
def person(request: TenantRequest, employee_id: int) -> HttpResponse:
    """Show every figure of a person, each with its chart; htmx asks again now and then."""
    employee = person_for(request.member, employee_id)
    window = chosen_window(request)
    stamp = team_stamp(Employee.objects.filter(pk=employee.pk))
    if is_unchanged(request, stamp):
        return nothing_new()
    is_own = is_self(request.member, employee)
    context = {
        "employee": employee,
        "is_own": is_own,
        "leads_a_team": not is_own and leads_a_team(employee),
        "figures": figures_of(employee, today=timezone.localdate()),
        "windows": WINDOWS,
        "window": window,
        "stamp": stamp,
        "now": timezone.now(),
    }
    return render_live(request, "metrics/people/person.html", context)
