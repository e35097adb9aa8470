"""One page for an appeal: the employee files it, HR chooses who looks at it, the one chosen decides."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from people.addresses import portal_url
from people.asking import attempt, handed_in
from people.http import TenantRequest, open_to_guests
from pips.enums import ENDED
from pips.forms.voice import AppealAssignmentForm, AppealDecisionForm, AppealForm
from pips.models import Appeal, Plan
from pips.rules_voice import appeal_until, can_appeal, can_assign_appeal, can_decide_appeal
from pips.selectors.plans import plan_for, plans_visible_to
from pips.services.appeals import assign_appeal, decide_appeal, file_appeal
from pips.views.stepping import plan_url, step_is_over

type Act = Callable[[forms.Form], None]


@open_to_guests
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Show the appeal with what the reader can do about it; there is none to see before the employee files it."""
    plan = plan_for(request.member, plan_id)
    if plan.status not in ENDED:
        return step_is_over(request, plan, _("An appeal is against an outcome, and none is decided yet."))
    filed = Appeal.objects.filter(plan=plan).select_related("reviewer__user", "filed_by__user").first()
    if filed is not None:
        filed.plan = plan
    form, act = _step(request, plan, filed)
    if form is None and (filed is None or request.method == "POST"):
        raise PermissionDenied
    status = 200
    if form is not None and request.method == "POST":
        answer = attempt(request, form, lambda: _act(request, plan, form, act), done=_("It is on the record."))
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    context: dict[str, Any] = {"plan": plan, "appeal": filed, "form": form, "until": appeal_until(plan)}
    return render(request, "pips/appeal.html", context, status=status)


def _act(request: TenantRequest, plan: Plan, form: forms.Form, act: Act) -> str:
    act(form)
    if not plans_visible_to(request.member).filter(pk=plan.pk).exists():  # who was asked has decided, and is done
        return portal_url(request.organization, "reminders:home")
    return plan_url(request, plan, fragment="voice")


def _step(request: TenantRequest, plan: Plan, filed: Appeal | None) -> tuple[forms.Form | None, Act]:
    """Return the form that waits for the reader, and what it does; None for a reader who has nothing to do."""
    data, member = handed_in(request), request.member
    if filed is None:
        form = AppealForm(data) if can_appeal(member, plan) else None
        return form, lambda form: _done(file_appeal(actor=member, plan=plan, words=form.cleaned_data["words"]))
    if can_assign_appeal(member, filed):
        return AppealAssignmentForm(data), lambda form: assign_appeal(
            actor=member, appeal=filed, email=form.cleaned_data["email"]
        )
    if can_decide_appeal(member, filed):
        return AppealDecisionForm(data), lambda form: decide_appeal(
            actor=member,
            appeal=filed,
            is_upheld=form.cleaned_data["decision"] == "upheld",
            reasons=form.cleaned_data["reasons"],
        )
    return None, lambda form: None


def _done(_filed: Appeal) -> None:
    """Forget what a service returns."""
