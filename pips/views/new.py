"""Starting a plan: whom it is for, and what it starts from."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from metrics.explanations import explain_signal
from metrics.models import Signal
from people.addresses import portal_url
from people.asking import attempt, handed_in
from people.http import TenantRequest
from people.rules import is_manager
from pips.forms.new import NewPlanForm
from pips.models import Plan
from pips.selectors.plans import employees_without_open_plan, plans_to_copy
from pips.selectors.templates import templates_on_offer
from pips.services.plan import draft_plan
from pips.services.reuse import draft_plan_like
from pips.signals import chosen_signal, fill_from_signal, template_for_signal
from pips.views.choices import kept_from_a_plan


@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: TenantRequest) -> HttpResponse:
    """Choose the person and the template; the draft opens next."""
    if not is_manager(request.member):
        raise PermissionDenied
    employees = employees_without_open_plan(request.member)
    signal = chosen_signal(request.member, request.GET.get("signal"))
    initial = {"employee": request.GET.get("employee"), "template": template_for_signal(signal) if signal else None}
    templates = templates_on_offer()
    form = NewPlanForm(
        handed_in(request),
        employees=employees,
        templates=templates,
        sources=plans_to_copy(request.member),
        initial=initial,
    )
    status = 200
    if request.method == "POST":
        answer = attempt(
            request, form, lambda: _draft(request, form, signal), done=_("The draft is ready to be filled in.")
        )
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    context = {
        "form": form,
        "templates": templates,
        "kept_from": kept_from_a_plan(request.member),
        "has_employees": employees.exists(),
        "seen": explain_signal(signal) if signal else "",
    }
    return render(request, "pips/plan_new.html", context, status=status)


def _begun(request: TenantRequest, words: dict[str, Any]) -> Plan:
    if words["source"] is not None:
        return draft_plan_like(actor=request.member, employee=words["employee"], source=words["source"])
    return draft_plan(
        actor=request.member,
        employee=words["employee"],
        template_key=words["template"],
        length_days=words["length_days"],
    )


def _draft(request: TenantRequest, form: NewPlanForm, signal: Signal | None) -> str:
    words = form.cleaned_data
    with transaction.atomic():
        plan = _begun(request, words)
        if signal is not None and signal.series.employee_id == plan.employee_id:
            fill_from_signal(actor=request.member, plan=plan, signal=signal)
    return portal_url(request.organization, "pips:plan_edit", plan_id=plan.pk)
