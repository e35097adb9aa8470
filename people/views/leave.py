"""Leave on a profile: dates for everyone who sees the profile, the reason for HR."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.addresses import portal_url
from people.enums import LeaveKind
from people.forms import LeaveDatesForm, LeaveForm
from people.http import TenantRequest
from people.models import Employee, Leave
from people.rules import can_record_leave, can_view_leave_reason
from people.selectors.profiles import employee_for, leave_for, reads_of
from people.services.audit import record_access
from people.services.leave import change_leave, record_leave, withdraw_leave
from pipcycle.errors import DomainError

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def leave_new(request: TenantRequest, employee_id: int) -> HttpResponse:
    """Record a leave."""
    employee = employee_for(request.member, employee_id)
    _require_recorder(request, employee)
    form = LeaveForm(request.POST or None)
    if form.is_valid():
        facts = {**form.cleaned_data, "kind": LeaveKind(form.cleaned_data["kind"])}
        try:
            record_leave(actor=request.member, employee=employee, **facts)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The leave is recorded. Deadlines that fall into it have moved."))
            return _to_profile(request, employee)
    return _form_page(request, "people/leave_new.html", form, employee)


@require_http_methods(["GET", "HEAD", "POST"])
def leave_change(request: TenantRequest, employee_id: int, leave_id: int) -> HttpResponse:
    """Change the dates of a leave."""
    leave = leave_for(request.member, employee_id, leave_id)
    _require_recorder(request, leave.employee)
    form = LeaveDatesForm(request.POST or None, initial={"starts_on": leave.starts_on, "ends_on": leave.ends_on})
    if form.is_valid():
        try:
            change_leave(actor=request.member, leave=leave, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The dates are changed. Deadlines that depend on them have moved."))
            return _to_profile(request, leave.employee)
    return _form_page(request, "people/leave_change.html", form, leave.employee, leave)


@require_http_methods(["GET", "HEAD", "POST"])
def leave_withdrawal(request: TenantRequest, employee_id: int, leave_id: int) -> HttpResponse:
    """Withdraw a leave that was recorded in error."""
    leave = leave_for(request.member, employee_id, leave_id)
    _require_recorder(request, leave.employee)
    if request.method == "POST":
        withdraw_leave(actor=request.member, leave=leave)
        messages.success(request, _("The leave is withdrawn. Deadlines that depended on it have moved back."))
        return _to_profile(request, leave.employee)
    return render(request, "people/leave_withdrawal.html", {"employee": leave.employee, "leave": leave})


@require_safe
def leave_reason(request: TenantRequest, employee_id: int, leave_id: int) -> HttpResponse:
    """Show why somebody is away, and record that it was read."""
    leave = leave_for(request.member, employee_id, leave_id)
    if not can_view_leave_reason(request.member, leave):
        raise PermissionDenied
    record_access(member=request.member, about_type="leave_reason", about_id=leave.pk)
    context = {
        "employee": leave.employee,
        "leave": leave,
        "reason": getattr(leave, "reason", None),
        "reads": reads_of("leave_reason", leave.pk)[:50],
    }
    return render(request, "people/leave_reason.html", context)


def _require_recorder(request: TenantRequest, employee: Employee) -> None:
    if not can_record_leave(request.member, employee):
        raise PermissionDenied


def _to_profile(request: TenantRequest, employee: Employee) -> HttpResponse:
    return redirect(portal_url(request.organization, "people:employee_detail", employee_id=employee.pk))


def _form_page(
    request: TenantRequest, template: str, form: LeaveDatesForm, employee: Employee, leave: Leave | None = None
) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound else None
    return render(request, template, {"form": form, "employee": employee, "leave": leave}, status=status)
