"""Asking somebody in to stand beside the employee, and taking the access back."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from people.asking import handed_in
from people.http import TenantRequest
from people.rules import is_self
from pips.enums import CompanionKind, PlanStatus
from pips.forms.steps import StepForm
from pips.forms.voice import CompanionForm
from pips.rules_voice import can_invite_companion, can_revoke_companion
from pips.selectors.plans import plan_for
from pips.selectors.voice import companions_of
from pips.services.companions import invite_companion, revoke_companion
from pips.views.stepping import take_step
from pips.views.voice import ISSUED

_ask_or_act = require_http_methods(["GET", "HEAD", "POST"])
_OPEN = ISSUED - {PlanStatus.CLOSED}


@_ask_or_act
def companion_new(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Ask somebody in."""
    plan = plan_for(request.member, plan_id)
    is_own = is_self(request.member, plan.employee)
    form = CompanionForm(handed_in(request), initial={"kind": CompanionKind.REPRESENTATIVE}, is_own=is_own)
    return take_step(
        request,
        plan,
        rule=can_invite_companion,
        open_in=_OPEN,
        form=form,
        act=lambda: invite_companion(actor=request.member, plan=plan, **form.invitation()),
        done=_("They can read this plan now, and nothing else."),
        template="pips/companion_new.html",
        context={"is_own": is_own},
        fragment="voice",
    )


@_ask_or_act
def companion_revocation(request: TenantRequest, plan_id: int, companion_id: int) -> HttpResponse:
    """Take the access back."""
    plan = plan_for(request.member, plan_id)
    companion = get_object_or_404(companions_of(plan), pk=companion_id)
    companion.plan = plan
    return take_step(
        request,
        plan,
        rule=lambda member, _plan: can_revoke_companion(member, companion),
        open_in=_OPEN,
        form=StepForm(handed_in(request)),
        act=lambda: revoke_companion(actor=request.member, companion=companion),
        done=_("They cannot read this plan any more."),
        template="pips/companion_revocation.html",
        context={"companion": companion},
        fragment="voice",
    )
