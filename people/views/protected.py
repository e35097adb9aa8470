"""What the law protects: one page for HR partners, each reading of it recorded."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.addresses import portal_url
from people.forms import ProtectedActivityForm
from people.http import TenantRequest
from people.rules import can_see_protected_activity
from people.selectors.profiles import employee_for, protected_activities_of, reads_of
from people.services.audit import record_access
from people.services.protected import record_protected_activity
from pipcycle.errors import DomainError

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def protected_activities(request: TenantRequest, employee_id: int) -> HttpResponse:
    """List what is on record and record something new."""
    employee = employee_for(request.member, employee_id)
    if not can_see_protected_activity(request.member, employee):
        raise PermissionDenied
    form = ProtectedActivityForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            record_protected_activity(actor=request.member, employee=employee, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("Recorded. No manager is told; a plan that is being prepared is reviewed."))
            return redirect(portal_url(request.organization, "people:protected_activities", employee_id=employee.pk))
    record_access(member=request.member, about_type="protected_activity", about_id=employee.pk)
    context = {
        "employee": employee,
        "form": form,
        "activities": protected_activities_of(employee),
        "reads": reads_of("protected_activity", employee.pk)[:20],
    }
    return render(request, "people/protected_activities.html", context, status=UNPROCESSABLE if form.is_bound else None)
