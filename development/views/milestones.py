"""One's own milestones, and which successes among them one shows."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from development.forms.steps import SuccessForm
from development.selectors.milestones import milestones_of, own_successes, shown_of
from development.services.milestones import hide_success, show_success
from feedback.selectors.recognition import is_opted_out
from people.addresses import portal_url
from people.http import TenantRequest
from people.selectors.accounts import employee_of
from pipcycle.errors import DomainError


@require_safe
def milestones(request: TenantRequest) -> HttpResponse:
    """Show the member's milestones, and the plans that ended well with whether they are among them."""
    own = employee_of(request.member)
    if own is None:
        raise PermissionDenied
    shown = shown_of(own)
    context = {
        "milestones": milestones_of(request.member, own),
        "is_opted_out": is_opted_out(own),
        "successes": [
            {"plan": plan, "shown": shown.get(plan.pk), "form": SuccessForm(auto_id=f"id_{plan.pk}_%s")}
            for plan in own_successes(request.member)
        ],
    }
    return render(request, "development/milestones.html", context)


@require_POST
def success(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Show a success among one's milestones, or take it off again."""
    plan = own_successes(request.member).filter(pk=plan_id).first()
    if plan is None:
        raise Http404
    try:
        if "hide" in request.POST:
            hide_success(actor=request.member, plan=plan)
            messages.success(request, _("It is no longer among your milestones."))
        else:
            show_success(actor=request.member, plan=plan, words=request.POST.get("words", ""))
            messages.success(request, _("It is among your milestones now, in your words."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(portal_url(request.organization, "development:milestones"))
