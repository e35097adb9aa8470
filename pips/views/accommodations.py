"""Asking HR for an accommodation, and HR's answer (rules 9, 10)."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from people.asking import attempt, handed_in
from people.http import TenantRequest
from pips.days import today_for
from pips.enums import PlanStatus
from pips.forms.voice import AccommodationDecisionForm, AccommodationForm, today_as_start
from pips.models import AccommodationRequest, Plan
from pips.rules_voice import can_decide_accommodation, can_request_accommodation
from pips.selectors.plans import plan_for
from pips.selectors.policy import policy_now
from pips.selectors.voice import accommodation_for
from pips.services.accommodations import decide_accommodation, request_accommodation
from pips.views.stepping import plan_url, take_step
from pips.views.voice import ISSUED

_ask_or_act = require_http_methods(["GET", "HEAD", "POST"])


@_ask_or_act
def accommodation_new(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Ask for an accommodation."""
    plan = plan_for(request.member, plan_id)
    form = AccommodationForm(handed_in(request))
    return take_step(
        request,
        plan,
        rule=can_request_accommodation,
        open_in=ISSUED - {PlanStatus.CLOSED},
        form=form,
        act=lambda: request_accommodation(actor=request.member, plan=plan, **form.cleaned_data),
        done=gettext_lazy("HR has your request and owes you an answer. Your manager is not told."),
        template="pips/accommodation_new.html",
        context={"days": policy_now().accommodation_response_days},
        fragment="voice",
    )


@_ask_or_act
def accommodation(request: TenantRequest, plan_id: int, request_id: int) -> HttpResponse:
    """Show a request to HR and to the employee, with what is medical about it, and take HR's answer."""
    plan = plan_for(request.member, plan_id)
    asked, words = accommodation_for(request.member, plan, request_id)
    may_decide = can_decide_accommodation(request.member, asked)
    form = AccommodationDecisionForm(handed_in(request) if may_decide else None)
    today_as_start(form, today_for(plan.employee))
    status = 200
    if request.method == "POST":
        if not may_decide:
            raise PermissionDenied
        answer = attempt(
            request,
            form,
            lambda: _decide(request, plan, asked, form),
            done=_("Answered. The manager sees what is granted, and never why."),
        )
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    context = {"plan": plan, "asked": asked, "words": words, "form": form, "may_decide": may_decide}
    return render(request, "pips/accommodation.html", context, status=status)


def _decide(request: TenantRequest, plan: Plan, asked: AccommodationRequest, form: AccommodationDecisionForm) -> str:
    given = dict(form.cleaned_data)
    is_granted = given.pop("decision") == "granted"
    decide_accommodation(actor=request.member, request=asked, is_granted=is_granted, **given)
    return plan_url(request, plan, fragment="voice")
