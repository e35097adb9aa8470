"""The plan's way from the draft to its closing, one page for each step."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from documents.enums import AcknowledgementKind
from documents.selectors import documents_about
from people.http import TenantRequest
from people.models import Employee
from people.rules import is_self
from people.selectors.accounts import employee_of
from pips.enums import ENDED, PlanStatus, Step
from pips.forms.steps import (
    IssueForm,
    OutcomeForm,
    ReasonForm,
    ReceiptForm,
    RefusalForm,
    ReviewForm,
    StepForm,
    SubmissionForm,
)
from pips.models import Plan
from pips.obligations import About
from pips.rules import (
    can_acknowledge_plan,
    can_approve_plan,
    can_close_plan,
    can_decide_plan,
    can_discard_plan,
    can_issue_plan,
    can_record_refusal,
    can_request_changes,
    can_submit_plan,
    findings,
)
from pips.selectors import plan_for
from pips.services.outcome import close_plan, decide_plan
from pips.services.plan import (
    acknowledge_plan,
    approve_plan,
    discard_plan,
    issue_plan,
    request_changes,
    submit_plan,
)
from pips.statements import statement_for
from pips.views.choices import witnesses
from pips.views.gates import gate_context, outcome_findings
from pips.views.stepping import handed_in, step_is_over, take_step

_ask_or_act = require_http_methods(["GET", "HEAD", "POST"])

_DECIDABLE = frozenset({PlanStatus.ISSUED, PlanStatus.ACTIVE, PlanStatus.PAUSED})
_DISCARDABLE = frozenset({PlanStatus.DRAFT, PlanStatus.CHANGES_REQUESTED, PlanStatus.APPROVED})


@_ask_or_act
def submission(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Hand the draft to HR."""
    plan = plan_for(request.member, plan_id)
    form = SubmissionForm(handed_in(request))
    return take_step(
        request,
        plan,
        rule=can_submit_plan,
        open_in=frozenset({PlanStatus.DRAFT}),
        form=form,
        act=lambda: submit_plan(actor=request.member, plan=plan, note=form.cleaned_data["note"]),
        done=_("Submitted. HR has the plan now; you are told as soon as they have decided."),
        template="pips/submission.html",
        context=gate_context(plan, Step.SUBMIT),
    )


@_ask_or_act
def review(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Approve the plan, or say what should change."""
    plan = plan_for(request.member, plan_id)
    may_approve = can_approve_plan(request.member, plan)
    form = ReviewForm(handed_in(request), may_approve=may_approve)
    return take_step(
        request,
        plan,
        rule=can_request_changes,
        open_in=frozenset({PlanStatus.IN_REVIEW, PlanStatus.APPROVED}),
        form=form,
        act=lambda: _review(request, plan, form),
        done=_("Recorded. The manager is told at once."),
        template="pips/review.html",
        context={"findings": findings(plan, Step.APPROVE), "may_approve": may_approve},
    )


def _review(request: TenantRequest, plan: Plan, form: ReviewForm) -> None:
    words = form.cleaned_data
    if words["decision"] == ReviewForm.REQUEST_CHANGES:
        request_changes(actor=request.member, plan=plan, reason=words["note"])
    else:
        confirmations = frozenset(words["confirmations"])
        approve_plan(actor=request.member, plan=plan, confirmations=confirmations, note=words["note"])


@_ask_or_act
def issue(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Seal version 1 and hand the plan over."""
    plan = plan_for(request.member, plan_id)
    is_ahead = plan.starts_on is not None and plan.starts_on >= timezone.localdate()
    form = IssueForm(handed_in(request), initial={"starts_on": plan.starts_on if is_ahead else None})
    return take_step(
        request,
        plan,
        rule=can_issue_plan,
        open_in=frozenset({PlanStatus.APPROVED}),
        form=form,
        act=lambda: issue_plan(actor=request.member, plan=plan, starts_on=form.cleaned_data["starts_on"]),
        done=_("Issued. Version 1 is sealed, and the employee is asked to acknowledge its receipt."),
        template="pips/issue.html",
        context=gate_context(plan, Step.ISSUE),
        fragment="documents",
    )


@_ask_or_act
def acknowledgement(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Acknowledge receipt, or, for somebody else, record a refusal before a witness."""
    plan = plan_for(request.member, plan_id)
    is_own = is_self(request.member, plan.employee)
    if plan.acknowledged_at is not None and plan.status == PlanStatus.ISSUED:
        return step_is_over(request, plan, explanation=_("Receipt of this plan is recorded already."))
    form: ReceiptForm | RefusalForm = (
        ReceiptForm(handed_in(request))
        if is_own
        else RefusalForm(handed_in(request), witnesses=witnesses(plan, recorder=employee_of(request.member)))
    )
    return take_step(
        request,
        plan,
        rule=can_acknowledge_plan if is_own else can_record_refusal,
        open_in=frozenset({PlanStatus.ISSUED}),
        form=form,
        act=lambda: _acknowledge(request, plan, form),
        done=_("Receipt is recorded. It confirms receipt, not agreement.") if is_own else _("The refusal is recorded."),
        template="pips/acknowledgement.html" if is_own else "pips/refusal.html",
        context={
            "document": documents_about(About.PLAN, plan.pk).first(),
            "statement": statement_for(AcknowledgementKind.RECEIVED if is_own else AcknowledgementKind.REFUSED),
        },
        fragment="documents",
    )


def _acknowledge(request: TenantRequest, plan: Plan, form: ReceiptForm | RefusalForm) -> None:
    words = form.cleaned_data
    is_refusal = isinstance(form, RefusalForm)
    acknowledge_plan(
        actor=request.member,
        plan=plan,
        kind=AcknowledgementKind.REFUSED if is_refusal else AcknowledgementKind(words["kind"]),
        comment=words["comment"],
        witness=Employee.objects.get(pk=words["witness"]) if is_refusal else None,
    )


@_ask_or_act
def outcome(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Decide how the plan ended."""
    plan = plan_for(request.member, plan_id)
    form = OutcomeForm(handed_in(request))
    return take_step(
        request,
        plan,
        rule=can_decide_plan,
        open_in=_DECIDABLE,
        form=form,
        act=lambda: decide_plan(actor=request.member, plan=plan, **form.cleaned_data),
        done=_("Decided. The employee and the manager are told."),
        template="pips/outcome.html",
        context={"findings": outcome_findings(plan)},
        fragment="outcome",
    )


@_ask_or_act
def closure(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Close a plan that is over."""
    plan = plan_for(request.member, plan_id)
    return take_step(
        request,
        plan,
        rule=can_close_plan,
        open_in=ENDED - {PlanStatus.CLOSED},
        form=StepForm(handed_in(request)),
        act=lambda: close_plan(actor=request.member, plan=plan),
        done=_("Closed. The plan and its documents are kept as long as the organization’s retention says."),
        template="pips/closure.html",
    )


@_ask_or_act
def discard(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Give up a plan that was never issued."""
    plan = plan_for(request.member, plan_id)
    form = ReasonForm(handed_in(request))
    return take_step(
        request,
        plan,
        rule=can_discard_plan,
        open_in=_DISCARDABLE,
        form=form,
        act=lambda: discard_plan(actor=request.member, plan=plan, reason=form.cleaned_data["reason"]),
        done=_("Discarded. Nobody was told but the people who worked on it."),
        template="pips/discard.html",
    )
