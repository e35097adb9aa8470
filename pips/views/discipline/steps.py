"""The action's way from the draft to its receipt, one page for each step."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from documents.enums import AcknowledgementKind
from people.addresses import portal_url
from people.asking import handed_in
from people.http import TenantRequest
from people.models import Employee
from people.selectors.accounts import employee_of
from pips.discipline_enums import ACTION_BEFORE_ISSUE, ACTION_STANDS, ActionStatus, ActionStep
from pips.discipline_rules import (
    can_acknowledge_action,
    can_issue_action,
    can_record_action_refusal,
    can_review_action,
    can_review_legally,
    can_submit_action,
    can_turn_into_plan,
    can_withdraw_action,
)
from pips.forms.discipline import (
    ActionReviewForm,
    ActionToPlanForm,
    LegalReviewForm,
    LetterReceiptForm,
    RecordReasonForm,
)
from pips.forms.steps import RefusalForm, StepForm, SubmissionForm
from pips.gates.action_people import needs_legal_review
from pips.models import DisciplinaryAction
from pips.selectors.discipline import action_for
from pips.services.discipline.conversion import convert_action_to_plan
from pips.services.discipline.delivery import acknowledge_action, issue_action, letter_of
from pips.services.discipline.review import (
    approve_action,
    record_legal_review,
    send_back_action,
    submit_action,
    withdraw_action,
)
from pips.statements import letter_statement_for
from pips.views.choices import witnesses
from pips.views.discipline.page import is_own_action, shown_findings
from pips.views.discipline.stepping import take_action_step
from pips.views.discipline.wording import action_wording

_ask_or_act = require_http_methods(["GET", "HEAD", "POST"])
_WITHDRAWABLE = ACTION_BEFORE_ISSUE | ACTION_STANDS - {ActionStatus.APPEALED}
_REVIEWABLE = frozenset({ActionStatus.IN_REVIEW, ActionStatus.APPROVED})


@_ask_or_act
def action_submission(request: TenantRequest, action_id: int) -> HttpResponse:
    """Hand the draft to HR."""
    action = action_for(request.member, action_id)
    form = SubmissionForm(handed_in(request))
    shown, is_blocked = shown_findings(request.member, action, ActionStep.SUBMIT)
    return take_action_step(
        request,
        action,
        rule=can_submit_action,
        open_in=frozenset({ActionStatus.DRAFTED}),
        form=form,
        act=lambda: submit_action(actor=request.member, action=action, note=form.cleaned_data["note"]),
        done=_("Submitted. HR has it now; you are told as soon as they have decided."),
        template="discipline/submission.html",
        context={"findings": shown, "is_blocked": is_blocked},
    )


@_ask_or_act
def action_review(request: TenantRequest, action_id: int) -> HttpResponse:
    """Approve the action, or say what should change."""
    action = action_for(request.member, action_id)
    may_approve = action.status == ActionStatus.IN_REVIEW
    form = ActionReviewForm(handed_in(request), may_approve=may_approve)
    shown, _is_blocked = shown_findings(request.member, action, ActionStep.APPROVE)
    return take_action_step(
        request,
        action,
        rule=can_review_action,
        open_in=_REVIEWABLE,
        form=form,
        act=lambda: _review(request, action, form),
        done=_("Recorded. The manager is told at once."),
        template="discipline/review.html",
        context={
            "findings": shown,
            "may_approve": may_approve,
            "needs_legal": needs_legal_review(action),
            **action_wording(request.member, action),
        },
    )


def _review(request: TenantRequest, action: DisciplinaryAction, form: ActionReviewForm) -> None:
    words = form.cleaned_data
    if words["decision"] == ActionReviewForm.SEND_BACK:
        send_back_action(actor=request.member, action=action, reason=words["note"])
    else:
        confirmations = frozenset(words["confirmations"])
        approve_action(actor=request.member, action=action, confirmations=confirmations, note=words["note"])


@_ask_or_act
def action_legal_review(request: TenantRequest, action_id: int) -> HttpResponse:
    """Record HR's legal review (rule 4)."""
    action = action_for(request.member, action_id)
    form = LegalReviewForm(handed_in(request))
    return take_action_step(
        request,
        action,
        rule=can_review_legally,
        open_in=_REVIEWABLE,
        form=form,
        act=lambda: record_legal_review(actor=request.member, action=action, reason=form.cleaned_data["reason"]),
        done=_("The legal review is recorded. Only HR reads it."),
        template="discipline/legal_review.html",
    )


@_ask_or_act
def action_issue(request: TenantRequest, action_id: int) -> HttpResponse:
    """Seal the letter and hand it over."""
    action = action_for(request.member, action_id)
    shown, is_blocked = shown_findings(request.member, action, ActionStep.ISSUE)
    return take_action_step(
        request,
        action,
        rule=can_issue_action,
        open_in=frozenset({ActionStatus.APPROVED}),
        form=StepForm(handed_in(request)),
        act=lambda: issue_action(actor=request.member, action=action),
        done=_("Handed over. The letter is sealed, and the employee is asked to acknowledge its receipt."),
        template="discipline/issue.html",
        context={"findings": shown, "is_blocked": is_blocked},
        fragment="documents",
    )


@_ask_or_act
def action_acknowledgement(request: TenantRequest, action_id: int) -> HttpResponse:
    """Acknowledge receipt, or, for somebody else, record a refusal before a witness."""
    action = action_for(request.member, action_id)
    is_own = is_own_action(request.member, action)
    form: LetterReceiptForm | RefusalForm = (
        LetterReceiptForm(handed_in(request))
        if is_own
        else RefusalForm(handed_in(request), witnesses=witnesses(action, recorder=employee_of(request.member)))
    )
    return take_action_step(
        request,
        action,
        rule=can_acknowledge_action if is_own else can_record_action_refusal,
        open_in=frozenset({ActionStatus.ISSUED}),
        form=form,
        act=lambda: _acknowledge(request, action, form),
        done=_("Receipt is recorded. It confirms receipt, not agreement.") if is_own else _("The refusal is recorded."),
        template="discipline/acknowledgement.html" if is_own else "discipline/refusal.html",
        context={
            "document": letter_of(action),
            "statement": letter_statement_for(AcknowledgementKind.RECEIVED if is_own else AcknowledgementKind.REFUSED),
        },
        fragment="documents",
    )


def _acknowledge(request: TenantRequest, action: DisciplinaryAction, form: LetterReceiptForm | RefusalForm) -> None:
    words = form.cleaned_data
    is_refusal = isinstance(form, RefusalForm)
    acknowledge_action(
        actor=request.member,
        action=action,
        kind=AcknowledgementKind.REFUSED if is_refusal else AcknowledgementKind(words["kind"]),
        comment=words["comment"],
        witness=Employee.objects.get(pk=words["witness"]) if is_refusal else None,
    )


@_ask_or_act
def action_withdrawal(request: TenantRequest, action_id: int) -> HttpResponse:
    """Withdraw the action with a reason."""
    action = action_for(request.member, action_id)
    form = RecordReasonForm(handed_in(request))
    return take_action_step(
        request,
        action,
        rule=can_withdraw_action,
        open_in=_WITHDRAWABLE,
        form=form,
        act=lambda: withdraw_action(actor=request.member, action=action, reason=form.cleaned_data["reason"]),
        done=_("Withdrawn. It no longer counts as a prior action."),
        template="discipline/withdrawal.html",
    )


@_ask_or_act
def action_plan(request: TenantRequest, action_id: int) -> HttpResponse:
    """Turn the action into a plan: it was about performance after all."""
    action = action_for(request.member, action_id)
    form = ActionToPlanForm(handed_in(request))
    return take_action_step(
        request,
        action,
        rule=can_turn_into_plan,
        open_in=_WITHDRAWABLE,
        form=form,
        act=lambda: _turn(request, action, form),
        done=_("Turned into the draft of a plan. The action is withdrawn; both keep their history."),
        template="discipline/to_plan.html",
    )


def _turn(request: TenantRequest, action: DisciplinaryAction, form: ActionToPlanForm) -> str:
    words = form.cleaned_data
    plan = convert_action_to_plan(
        actor=request.member, action=action, template_key=words["template"], reason=words["reason"]
    )
    return portal_url(request.organization, "pips:plan_detail", plan_id=plan.pk)
