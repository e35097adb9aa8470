"""Changing an issued plan: propose, compare, review, take back, extend; and answer what leave asks for."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from people.addresses import portal_url
from people.asking import attempt, handed_in
from people.http import TenantRequest, open_to_guests
from pipcycle.errors import DomainError
from pips.amendment_enums import LeaveProposalKind
from pips.enums import RUNNING
from pips.forms.amendments import (
    AmendmentForms,
    AmendmentReviewForm,
    ExtensionForm,
    LeaveProposalForm,
    as_handed_in,
    content_today,
    typed_change,
)
from pips.forms.fields import metric_choices
from pips.forms.steps import StepForm
from pips.models import Amendment, LeaveProposal, Plan
from pips.rules_amendments import (
    AMENDABLE,
    EXTENDABLE,
    can_answer_leave_proposal,
    can_propose_amendment,
    can_propose_extension,
    may_answer_leave_proposal,
    may_propose,
    may_settle,
    may_withdraw,
)
from pips.selectors.amendments import amendment_for, leave_proposal_for
from pips.selectors.plans import plan_for
from pips.services import amendment_checks as checks
from pips.services.amendments import (
    approve_amendment,
    decline_amendment,
    propose_amendment,
    propose_extension,
    withdraw_amendment,
)
from pips.services.leave_effects import accept_leave_proposal, decline_leave_proposal
from pips.views.changes import amendment_context, preview_of, proposal_words
from pips.views.choices import support_owners
from pips.views.stepping import step_is_over, take_step

#: The days an extension offers to begin with.
USUAL_DAYS = 30

_ask_or_act = require_http_methods(["GET", "HEAD", "POST"])


@_ask_or_act
def amendment_new(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Type over today's content, see what would change beside it, and propose it to HR."""
    plan = plan_for(request.member, plan_id)
    if plan.status not in AMENDABLE:
        if not may_propose(request.member, plan):
            raise PermissionDenied
        return step_is_over(request, plan)
    if not can_propose_amendment(request.member, plan):
        raise PermissionDenied
    if request.method != "POST":
        if obstacle := _obstacle(plan):
            return step_is_over(request, plan, explanation=obstacle)
        initial, rows = content_today(plan)
        return _page(request, plan, _forms(plan, initial=initial, rows=rows))
    if "propose" in request.POST:
        return _propose(request, plan)
    return _type_on(request, plan)


def _forms(plan: Plan, **given: Any) -> AmendmentForms:
    return AmendmentForms(owners=support_owners(plan), metrics=metric_choices(plan), **given)


def _obstacle(plan: Plan) -> str:
    """Return why no change can be proposed now whatever it is; empty when nothing stands in the way."""
    try:
        checks.require_time_left(plan)
        checks.require_settled(plan)
    except DomainError as error:
        return str(error)
    return ""


def _propose(request: TenantRequest, plan: Plan) -> HttpResponse:
    forms = _forms(plan, data=request.POST)

    def act() -> str:
        reason = forms.change.cleaned_data["reason"]
        amendment = propose_amendment(actor=request.member, plan=plan, change=forms.change_of(plan), reason=reason)
        return portal_url(request.organization, "pips:amendment", plan_id=plan.pk, amendment_id=amendment.pk)

    answer = attempt(request, forms, act, done=_("Proposed. HR decides; until then the plan stays as it is."))
    return (
        answer if isinstance(answer, HttpResponse) else _page(request, plan, forms, typed=request.POST, status=answer)
    )


def _type_on(request: TenantRequest, plan: Plan) -> HttpResponse:
    """Add or remove one row, or compare what is typed with what is in force; everything typed stays as it is."""
    initial, rows = typed_change(request.POST)
    forms = _forms(plan, initial=initial, rows=rows, focus=request.POST.get("add", ""))
    return _page(request, plan, forms, typed=as_handed_in(initial, rows))


def _page(
    request: TenantRequest, plan: Plan, forms: AmendmentForms, *, typed: QueryDict | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"plan": plan, "forms": forms, **_preview(plan, typed)}
    part = ""
    if request.htmx and not request.htmx.boosted:
        part = "#preview" if "preview" in request.POST else "#form"
    return render(request, f"pips/amendment_new.html{part}", context, status=status)


def _preview(plan: Plan, typed: QueryDict | None) -> dict[str, Any]:
    """Return the comparison of what is typed with what is in force, as far as it can be read."""
    if typed is None:
        return {"is_compared": False}
    forms = _forms(plan, data=typed)
    forms.change.fields["reason"].required = False
    if not forms.is_valid():
        return {"is_compared": True, "is_unreadable": True}
    return {"is_compared": True, **preview_of(plan, forms.change_of(plan))}


@open_to_guests
@require_safe
def amendment(request: TenantRequest, plan_id: int, amendment_id: int) -> HttpResponse:
    """Show one change side by side: what was, what is or would be, why, and who decided."""
    shown = amendment_for(request.member, plan_id, amendment_id)
    return render(request, "pips/amendment.html", amendment_context(request.member, shown))


@_ask_or_act
def amendment_review(request: TenantRequest, plan_id: int, amendment_id: int) -> HttpResponse:
    """Approve the change, or decline it with the reasons."""
    shown = amendment_for(request.member, plan_id, amendment_id)
    if not may_settle(request.member, shown):
        raise PermissionDenied
    if not shown.is_open:
        return step_is_over(request, shown.plan, explanation=_settled_words(shown))
    form = AmendmentReviewForm(handed_in(request))
    return take_step(
        request,
        shown.plan,
        rule=lambda member, _plan: may_settle(member, shown),
        open_in=RUNNING,
        form=form,
        act=lambda: _review(request, shown, form),
        done=_("Recorded. Whoever it concerns is told at once."),
        template="pips/amendment_review.html",
        context=amendment_context(request.member, shown),
        fragment="versions",
    )


def _review(request: TenantRequest, shown: Amendment, form: AmendmentReviewForm) -> None:
    words = form.cleaned_data
    if words["decision"] == AmendmentReviewForm.APPROVE:
        approve_amendment(actor=request.member, amendment=shown, note=words["note"])
    else:
        decline_amendment(actor=request.member, amendment=shown, reason=words["note"])


def _settled_words(shown: Amendment) -> str:
    return str(_("This proposal is settled: %(status)s.") % {"status": shown.get_status_display()})


@_ask_or_act
def amendment_withdrawal(request: TenantRequest, plan_id: int, amendment_id: int) -> HttpResponse:
    """Take a proposal back."""
    shown = amendment_for(request.member, plan_id, amendment_id)
    if not may_withdraw(request.member, shown):
        raise PermissionDenied
    if not shown.is_open:
        return step_is_over(request, shown.plan, explanation=_settled_words(shown))
    return take_step(
        request,
        shown.plan,
        rule=lambda member, _plan: may_withdraw(member, shown),
        open_in=RUNNING,
        form=StepForm(handed_in(request)),
        act=lambda: withdraw_amendment(actor=request.member, amendment=shown),
        done=_("Taken back. The plan stays as it is."),
        template="pips/amendment_withdrawal.html",
        context={"amendment": shown},
        fragment="versions",
    )


@_ask_or_act
def extension(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Propose more time, for one of the reasons the rules know."""
    plan = plan_for(request.member, plan_id)
    if request.method != "POST" and can_propose_extension(request.member, plan) and (obstacle := _obstacle(plan)):
        return step_is_over(request, plan, explanation=obstacle)
    left = checks.days_left_of_cap(plan)
    last = max(plan.milestones.all(), key=lambda milestone: milestone.day, default=None)
    initial = {"last_goal": last.goal if last else "", "days": min(left, USUAL_DAYS) or None}
    form = ExtensionForm(handed_in(request), initial=initial)
    return take_step(
        request,
        plan,
        rule=can_propose_extension,
        open_in=EXTENDABLE,
        form=form,
        act=lambda: propose_extension(actor=request.member, plan=plan, **form.cleaned_data),
        done=_("Proposed. HR decides; until then the plan ends as it says."),
        template="pips/extension.html",
        context={"days_left": left},
        fragment="versions",
    )


@_ask_or_act
def leave_proposal(request: TenantRequest, plan_id: int, proposal_id: int) -> HttpResponse:
    """Answer what recorded leave asks for: a ramp-up, targets fitted to scattered days."""
    proposal = leave_proposal_for(request.member, plan_id, proposal_id)
    if not may_answer_leave_proposal(request.member, proposal):
        raise PermissionDenied
    if not proposal.is_open:
        words = _("This proposal is settled: %(status)s.") % {"status": proposal.get_status_display()}
        return step_is_over(request, proposal.plan, explanation=words)
    is_ramp_up = proposal.kind == LeaveProposalKind.RAMP_UP
    form = LeaveProposalForm(handed_in(request), needs_reason=not is_ramp_up)
    return take_step(
        request,
        proposal.plan,
        rule=lambda member, _plan: can_answer_leave_proposal(member, proposal),
        open_in=RUNNING,
        form=form,
        act=lambda: _answer(request, proposal, form),
        done=_("Recorded."),
        template="pips/leave_proposal.html",
        context={"proposal": proposal, "is_ramp_up": is_ramp_up, "words": proposal_words(proposal)},
        fragment="timeline" if is_ramp_up else "versions",
    )


def _answer(request: TenantRequest, proposal: LeaveProposal, form: LeaveProposalForm) -> None:
    words = form.cleaned_data
    if words["decision"] == LeaveProposalForm.ACCEPT:
        accept_leave_proposal(actor=request.member, proposal=proposal, reason=words["reason"])
    else:
        decline_leave_proposal(actor=request.member, proposal=proposal, reason=words["reason"])
