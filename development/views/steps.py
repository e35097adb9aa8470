"""The steps of a plan: submit, take back, approve or return, close, withdraw."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from development import rules
from development.balance import balance_of
from development.enums import Side
from development.forms.steps import ClosingForm, EmptyForm, ReasonForm
from development.models import DevelopmentPlan
from development.selectors.documents import sealed_plan
from development.selectors.plans import plan_for
from development.services.plans import (
    approve_plan,
    close_plan,
    return_plan,
    submit_plan,
    take_back_plan,
    withdraw_plan,
)
from development.services.sealing import acknowledge_plan, statement_for
from development.views.stepping import plan_url, take_step
from documents.enums import AcknowledgementKind
from documents.forms import ReceiptForm, RefusalForm
from documents.selectors import awaits_receipt, witnesses_for
from people.asking import ask_or_act, handed_in
from people.http import TenantRequest
from pipcycle.errors import DomainError


@ask_or_act
def plan_submission(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Read the draft once more and submit it; whoever only helps to write is led to the draft."""
    plan = plan_for(request.member, plan_id)
    return take_step(
        request,
        plan,
        allowed=rules.can_submit(request.member, plan),
        form=EmptyForm(handed_in(request)),
        act=lambda: submit_plan(actor=request.member, plan=plan),
        done=_("The plan is submitted. Your manager is asked to answer it."),
        template="development/plan_submission.html",
        context={"balance": balance_of(one.kind for one in plan.actions.all())},
    )


@require_POST
def plan_taking_back(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Take a submitted plan back."""
    plan = plan_for(request.member, plan_id)
    try:
        take_back_plan(actor=request.member, plan=plan)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The plan is a draft again."))
    return redirect(plan_url(request, plan))


@ask_or_act
def plan_answer(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Approve the plan, or return it with what one would change."""
    plan = plan_for(request.member, plan_id)
    is_approval = request.POST.get("answer") == "approve"
    form = ReasonForm(handed_in(request), label=_("What would you change?"), is_optional=is_approval)

    def act() -> None:
        if is_approval:
            approve_plan(actor=request.member, plan=plan)
        else:
            return_plan(actor=request.member, plan=plan, reason=form.cleaned_data["reason"])

    return take_step(
        request,
        plan,
        allowed=rules.can_approve(request.member, plan),
        form=form,
        act=act,
        done=_("The plan is approved.") if is_approval else _("The plan is back with its writer."),
        template="development/plan_answer.html",
        context={
            "balance": balance_of(one.kind for one in plan.actions.all()),
            "gaps": list(plan.gaps.all()),
            "actions": list(plan.actions.all()),
        },
    )


@ask_or_act
def plan_acknowledgement(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Acknowledge one's own agreed plan, or record for its employee that they declined."""
    plan = plan_for(request.member, plan_id)
    document = sealed_plan(plan)
    is_own = rules.side_of(request.member, plan) == Side.EMPLOYEE
    form: ReceiptForm | RefusalForm = ReceiptForm(handed_in(request))
    if not is_own:
        witnesses = witnesses_for(request.member, plan.employee)
        form = RefusalForm(handed_in(request), witnesses=witnesses)
    return take_step(
        request,
        plan,
        allowed=rules.can_record_receipt(request.member, plan) and awaits_receipt(document),
        form=form,
        act=lambda: _acknowledge(request, plan, form),
        done=_("Receipt is recorded.") if is_own else _("The refusal is recorded."),
        template="development/plan_acknowledgement.html",
        context={
            "is_own": is_own,
            "document": document,
            "statement": statement_for(AcknowledgementKind.RECEIVED if is_own else AcknowledgementKind.REFUSED),
        },
        fragment="file",
        over=_("There is nothing to acknowledge: receipt is recorded, or the plan is not agreed."),
    )


def _acknowledge(request: TenantRequest, plan: DevelopmentPlan, form: ReceiptForm | RefusalForm) -> None:
    acknowledge_plan(
        actor=request.member,
        plan=plan,
        kind=form.kind if isinstance(form, ReceiptForm) else AcknowledgementKind.REFUSED,
        comment=form.cleaned_data["comment"],
        witness=form.cleaned_data.get("witness"),
    )


@ask_or_act
def plan_closing(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Look back and close the plan."""
    plan = plan_for(request.member, plan_id)
    form = ClosingForm(handed_in(request), gaps=plan.gaps.all())
    return take_step(
        request,
        plan,
        allowed=rules.can_close(request.member, plan),
        form=form,
        act=lambda: close_plan(
            actor=request.member, plan=plan, reflection=form.cleaned_data["reflection"], reached=form.reached()
        ),
        done=_("The plan is closed. What you wrote stays with it."),
        template="development/plan_closing.html",
        context={"is_own": rules.side_of(request.member, plan) == Side.EMPLOYEE},
    )


@ask_or_act
def plan_withdrawal(request: TenantRequest, plan_id: int) -> HttpResponse:
    """End the plan without a look back."""
    plan = plan_for(request.member, plan_id)
    form = ReasonForm(handed_in(request), label=_("Why does it end?"))
    return take_step(
        request,
        plan,
        allowed=rules.can_withdraw(request.member, plan),
        form=form,
        act=lambda: withdraw_plan(actor=request.member, plan=plan, reason=form.cleaned_data["reason"]),
        done=_("The plan is withdrawn."),
        template="development/plan_withdrawal.html",
        context={"is_shared": rules.is_shared(plan)},
    )
