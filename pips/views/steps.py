"""The plan's way from the draft to its closing, one page for each step."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from documents.enums import AcknowledgementKind
from documents.selectors import documents_about
from people.asking import handed_in
from people.http import TenantRequest
from people.models import Employee
from people.rules import is_self
from people.selectors.accounts import employee_of
from pips.enums import ENDED, RUNNING, PlanStatus, Step
from pips.forms.steps import (
    IssueForm,
    ReasonForm,
    ReceiptForm,
    RefusalForm,
    ReviewForm,
    StepForm,
    SubmissionForm,
)
from pips.looking import one_look
from pips.models import Plan
from pips.obligations import About
from pips.rules import (
    awaits_receipt,
    can_acknowledge_plan,
    can_approve_plan,
    can_close_plan,
    can_discard_plan,
    can_issue_plan,
    can_record_refusal,
    can_request_changes,
    can_submit_plan,
    findings,
)
from pips.selectors.amendments import latest_change
from pips.selectors.legal import legal_review_of_plan
from pips.selectors.plans import plan_for
from pips.services.outcome import close_plan
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
from pips.views.equity import equity_context
from pips.views.gates import gate_context
from pips.views.stepping import step_is_over, take_step
from pips.views.wording import wording_context

_ask_or_act = require_http_methods(["GET", "HEAD", "POST"])

_DISCARDABLE = frozenset({PlanStatus.DRAFT, PlanStatus.CHANGES_REQUESTED, PlanStatus.APPROVED})


@_ask_or_act
def submission(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Hand the draft to HR."""
    plan = plan_for(request.member, plan_id)
    found = findings(plan, Step.SUBMIT)
    form = SubmissionForm(handed_in(request), findings=found)
    return take_step(
        request,
        plan,
        rule=can_submit_plan,
        open_in=frozenset({PlanStatus.DRAFT}),
        form=form,
        act=lambda: submit_plan(
            actor=request.member, plan=plan, note=form.cleaned_data["note"], reasons=form.reasons()
        ),
        done=_("Submitted. HR has the plan now; you are told as soon as they have decided."),
        template="pips/submission.html",
        context=gate_context(found),
    )


@_ask_or_act
def review(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Approve the plan, or say what should change."""
    plan = plan_for(request.member, plan_id)
    may_approve = can_approve_plan(request.member, plan)
    with one_look(plan):
        found = findings(plan, Step.APPROVE)
        known = {finding.code for finding in found}
        reasons = [one for one in findings(plan, Step.SUBMIT) if one.answer and one.code not in known]
        shown = {**wording_context(request.member, plan), **(equity_context(plan) if may_approve else {})}
        shown["reasons_given"] = reasons
    form = ReviewForm(handed_in(request), may_approve=may_approve, findings=found if may_approve else ())
    return take_step(
        request,
        plan,
        rule=can_request_changes,
        open_in=frozenset({PlanStatus.IN_REVIEW, PlanStatus.APPROVED}),
        form=form,
        act=lambda: _review(request, plan, form),
        done=_("Recorded. The manager is told at once."),
        template="pips/review.html",
        context={
            "findings": found,
            "may_approve": may_approve,
            "legal_review": legal_review_of_plan(request.member, plan.pk),
            **shown,
        },
    )


def _review(request: TenantRequest, plan: Plan, form: ReviewForm) -> None:
    words = form.cleaned_data
    if words["decision"] == ReviewForm.REQUEST_CHANGES:
        request_changes(actor=request.member, plan=plan, reason=words["note"])
    else:
        confirmations = frozenset(words["confirmations"])
        approve_plan(
            actor=request.member, plan=plan, confirmations=confirmations, note=words["note"], reasons=form.reasons()
        )


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
        context=gate_context(findings(plan, Step.ISSUE)),
        fragment="documents",
    )


@_ask_or_act
def acknowledgement(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Acknowledge receipt, or, for somebody else, record a refusal before a witness."""
    plan = plan_for(request.member, plan_id)
    is_own = is_self(request.member, plan.employee)
    if plan.status in RUNNING and plan.version and not awaits_receipt(plan):
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
        open_in=RUNNING,
        form=form,
        act=lambda: _acknowledge(request, plan, form),
        done=_("Receipt is recorded. It confirms receipt, not agreement.") if is_own else _("The refusal is recorded."),
        template="pips/acknowledgement.html" if is_own else "pips/refusal.html",
        context={
            "document": documents_about(About.PLAN, plan.pk).first(),
            "statement": statement_for(
                AcknowledgementKind.RECEIVED if is_own else AcknowledgementKind.REFUSED, plan.version
            ),
            "latest": latest_change(request.member, plan),
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
        version=words["version"],
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
