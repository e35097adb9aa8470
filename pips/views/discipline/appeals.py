"""The appeal: filed by the employee, given by HR to somebody uninvolved, decided with reasons (rule 17)."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from people.asking import handed_in
from people.http import TenantRequest
from pips.discipline_enums import ACTION_APPEALABLE, ActionLevel, ActionStatus
from pips.discipline_rules import appeal_of, can_appeal_action, can_appoint_hearer, can_decide_appeal
from pips.forms.discipline import AppealDecisionForm, AppealForm, HearerForm
from pips.selectors.discipline import action_for, possible_hearers
from pips.services.discipline.appeal import appeal_action, appoint_hearer, decide_appeal
from pips.views.discipline.stepping import take_action_step

_ask_or_act = require_http_methods(["GET", "HEAD", "POST"])
_APPEALED = frozenset({ActionStatus.APPEALED})


@_ask_or_act
def action_appeal(request: TenantRequest, action_id: int) -> HttpResponse:
    """File the appeal."""
    action = action_for(request.member, action_id)
    form = AppealForm(handed_in(request))
    return take_action_step(
        request,
        action,
        rule=can_appeal_action,
        open_in=ACTION_APPEALABLE,
        form=form,
        act=lambda: appeal_action(actor=request.member, action=action, grounds=form.cleaned_data["grounds"]),
        done=_("Your appeal is filed. HR chooses somebody who was not involved to hear it."),
        template="discipline/appeal.html",
        fragment="appeal",
    )


@_ask_or_act
def action_hearer(request: TenantRequest, action_id: int) -> HttpResponse:
    """Choose who hears the appeal."""
    action = action_for(request.member, action_id)
    appeal = appeal_of(action)
    initial = {"hearer": appeal.hearer_id if appeal else None}
    form = HearerForm(handed_in(request), hearers=possible_hearers(action), initial=initial)
    return take_action_step(
        request,
        action,
        rule=can_appoint_hearer,
        open_in=_APPEALED,
        form=form,
        act=lambda: appoint_hearer(actor=request.member, action=action, hearer=form.cleaned_data["hearer"]),
        done=_("Recorded. They are told, and can now read this one case."),
        template="discipline/hearer.html",
        fragment="appeal",
    )


@_ask_or_act
def action_decision(request: TenantRequest, action_id: int) -> HttpResponse:
    """Decide the appeal."""
    action = action_for(request.member, action_id)
    form = AppealDecisionForm(handed_in(request), level=action.level or ActionLevel.VERBAL)
    return take_action_step(
        request,
        action,
        rule=can_decide_appeal,
        open_in=_APPEALED,
        form=form,
        act=lambda: decide_appeal(actor=request.member, action=action, **form.cleaned_data),
        done=_("Decided. The employee, the manager and HR are told."),
        template="discipline/decision.html",
        context={"appeal": appeal_of(action)},
        fragment="appeal",
    )
