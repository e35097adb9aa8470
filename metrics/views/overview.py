"""The door to the figures: each reader is taken to what they follow."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from metrics.rules import can_read_aggregates
from people.addresses import portal_url
from people.http import TenantRequest
from people.rules import is_manager
from people.selectors.accounts import employee_of


@require_safe
def overview(request: TenantRequest) -> HttpResponse:
    """Lead managers to their team, HR partners and executives to the organization, everybody else to themself."""
    member, own = request.member, employee_of(request.member)
    if is_manager(member):
        return redirect(portal_url(request.organization, "metrics:own_team"))
    if can_read_aggregates(member):
        return redirect(portal_url(request.organization, "metrics:organization"))
    if own is None:
        raise PermissionDenied
    return redirect(portal_url(request.organization, "metrics:person", employee_id=own.pk))
