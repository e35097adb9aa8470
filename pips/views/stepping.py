"""How every step of a plan is taken: a page that asks, a POST that does, and words for whoever comes too late."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from people.addresses import portal_url
from people.asking import ask
from people.http import TenantRequest
from people.models import Membership
from pips.enums import PlanStatus
from pips.models import Plan

Rule = Callable[[Membership, Plan], bool]


def plan_url(
    request: TenantRequest, plan: Plan, name: str = "pips:plan_detail", *, fragment: str = "", **ids: int
) -> str:
    """Return the address of one of the plan's pages."""
    address = portal_url(request.organization, name, plan_id=plan.pk, **ids)
    return f"{address}#{fragment}" if fragment else address


def where_it_stands(plan: Plan) -> str:
    """Return who moved the plan last, when and to which state: what a person needs who comes too late."""
    last = max(plan.transitions.all(), key=lambda move: (move.at, move.pk), default=None)
    if last is None or last.actor is None:
        return _("The plan is now: %(status)s.") % {"status": plan.get_status_display()}
    return _("%(who)s moved the plan to “%(status)s” on %(when)s.") % {
        "who": last.actor,
        "status": last.get_target_display(),
        "when": date_format(timezone.localtime(last.at), "j F Y, H:i"),
    }


def step_is_over(request: TenantRequest, plan: Plan, explanation: str | Promise = "") -> HttpResponse:
    """Answer a step that the plan has left behind: a reader goes to the plan, one who wrote keeps the words (409)."""
    if request.method != "POST":
        messages.info(request, str(explanation or where_it_stands(plan)))
        return redirect(plan_url(request, plan))
    explanation = explanation or where_it_stands(plan)
    context = {"plan": plan, "explanation": explanation, "written": written_words(request)}
    return render(request, "pips/step_over.html", context, status=409)


def written_words(request: TenantRequest) -> list[str]:
    """Return what somebody wrote in vain, so that a page can give it back."""
    return [
        value
        for name in request.POST
        if name != "csrfmiddlewaretoken"
        for value in request.POST.getlist(name)
        if " " in value
    ]


def take_step(
    request: TenantRequest,
    plan: Plan,
    *,
    rule: Rule,
    open_in: AbstractSet[PlanStatus],
    form: forms.BaseForm,
    act: Callable[[], object],
    done: str | Promise,
    template: str,
    context: dict[str, Any] | None = None,
    fragment: str = "",
    back: str = "",
) -> HttpResponse:
    """Ask (GET) or act (POST), then go back to the plan, or where ``back`` or the address ``act`` returns says.

    A refusal of the domain stands above the form, every word kept. Raises PermissionDenied when the member may not take
    the step at all.
    """
    if plan.status not in open_in:
        return step_is_over(request, plan)
    if not rule(request.member, plan):
        raise PermissionDenied

    def act_and_return() -> str:
        leads_to = act()
        return leads_to if isinstance(leads_to, str) else back or plan_url(request, plan, fragment=fragment)

    shown = {"plan": plan, **(context or {})}
    return ask(request, form, act=act_and_return, done=done, template=template, context=shown)
