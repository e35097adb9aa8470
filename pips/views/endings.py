"""How a plan ends: its outcome and the letter, somebody who has left, a conversion, and a relapse cited later."""

from decimal import Decimal

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from documents.enums import AcknowledgementKind
from people.addresses import portal_url
from people.asking import handed_in
from people.http import TenantRequest
from people.models import Employee
from people.rules import is_self
from people.selectors.accounts import employee_of
from pips.enums import BEFORE_ISSUE, ENDED, RUNNING, Outcome, PlanStatus
from pips.forms.discipline import LetterReceiptForm
from pips.forms.outcome import ConversionForm, OutcomeForm, RelapseForm
from pips.forms.steps import RefusalForm, StepForm
from pips.models import Plan
from pips.outcomes import announced_limit, is_early
from pips.relapse import plan_to_cite_in
from pips.rules import (
    can_acknowledge_outcome,
    can_cite_previous_plan,
    can_close_as_left,
    can_convert_plan,
    can_decide_plan,
    can_record_outcome_refusal,
)
from pips.selectors.plans import plan_for
from pips.services.closing import record_departure
from pips.services.discipline.conversion import convert_plan_to_action
from pips.services.outcome import decide_plan
from pips.services.outcome_letter import acknowledge_outcome, outcome_letter_of
from pips.services.relapse import cite_previous_plan
from pips.statements import letter_statement_for
from pips.views.choices import witnesses
from pips.views.gates import outcome_findings
from pips.views.stepping import plan_url, step_is_over, take_step

_ask_or_act = require_http_methods(["GET", "HEAD", "POST"])
_DECIDABLE = frozenset({PlanStatus.ISSUED, PlanStatus.ACTIVE, PlanStatus.PAUSED})
_WRITABLE = frozenset({PlanStatus.DRAFT, PlanStatus.CHANGES_REQUESTED})


def last_readings(plan: Plan) -> dict[int, Decimal | None]:
    """Return the newest reading of each expectation, to begin the result with."""
    last: dict[int, Decimal | None] = {}
    for milestone in sorted(plan.milestones.all(), key=lambda one: one.day):
        last |= {one.expectation_id: one.value for one in milestone.readings.all() if one.value is not None}
    return last


@_ask_or_act
def outcome(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Decide how the plan ended."""
    plan = plan_for(request.member, plan_id)
    form = OutcomeForm(handed_in(request), plan=plan, last=last_readings(plan))
    return take_step(
        request,
        plan,
        rule=can_decide_plan,
        open_in=_DECIDABLE,
        form=form,
        act=lambda: decide_plan(actor=request.member, plan=plan, **form.decision()),
        done=_("Decided. The letter is sealed, and the employee and the manager are told."),
        template="pips/outcome.html",
        context={
            "findings": outcome_findings(plan),
            "is_early": is_early(plan),
            "limit": announced_limit(plan, Outcome.UNSUCCESSFUL),
        },
        fragment="outcome",
    )


@_ask_or_act
def outcome_receipt(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Acknowledge the outcome letter, or, for somebody else, record a refusal before a witness."""
    plan = plan_for(request.member, plan_id)
    letter = outcome_letter_of(plan)
    if plan.decided_at is None or letter is None:
        return step_is_over(request, plan)
    if hasattr(letter, "acknowledgement"):
        return step_is_over(request, plan, explanation=_("Receipt of this letter is recorded already."))
    is_own = is_self(request.member, plan.employee)
    form: LetterReceiptForm | RefusalForm = (
        LetterReceiptForm(handed_in(request))
        if is_own
        else RefusalForm(handed_in(request), witnesses=witnesses(plan, recorder=employee_of(request.member)))
    )
    return take_step(
        request,
        plan,
        rule=can_acknowledge_outcome if is_own else can_record_outcome_refusal,
        open_in=ENDED,
        form=form,
        act=lambda: _acknowledge(request, plan, form),
        done=_("Receipt is recorded. It confirms receipt, not agreement.") if is_own else _("The refusal is recorded."),
        template="pips/outcome_receipt.html" if is_own else "pips/outcome_refusal.html",
        context={
            "document": letter,
            "statement": letter_statement_for(AcknowledgementKind.RECEIVED if is_own else AcknowledgementKind.REFUSED),
        },
        fragment="outcome",
    )


def _acknowledge(request: TenantRequest, plan: Plan, form: LetterReceiptForm | RefusalForm) -> None:
    words = form.cleaned_data
    is_refusal = isinstance(form, RefusalForm)
    acknowledge_outcome(
        actor=request.member,
        plan=plan,
        kind=AcknowledgementKind.REFUSED if is_refusal else AcknowledgementKind(words["kind"]),
        comment=words["comment"],
        witness=Employee.objects.get(pk=words["witness"]) if is_refusal else None,
    )


@_ask_or_act
def departure(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Close the plan of somebody who has left."""
    plan = plan_for(request.member, plan_id)
    return take_step(
        request,
        plan,
        rule=can_close_as_left,
        open_in=frozenset(PlanStatus) - {PlanStatus.CLOSED},
        form=StepForm(handed_in(request)),
        act=lambda: record_departure(actor=request.member, plan=plan),
        done=_("Closed, because the employee has left. Nothing is owed any more; the record is kept."),
        template="pips/departure.html",
    )


@_ask_or_act
def conversion(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Turn the plan into a disciplinary action: the concern was about conduct."""
    plan = plan_for(request.member, plan_id)
    form = ConversionForm(handed_in(request))
    return take_step(
        request,
        plan,
        rule=can_convert_plan,
        open_in=BEFORE_ISSUE | RUNNING,
        form=form,
        act=lambda: _convert(request, plan, form),
        done=_("Turned into the draft of a disciplinary action. The plan is closed; both keep their history."),
        template="pips/to_discipline.html",
    )


def _convert(request: TenantRequest, plan: Plan, form: ConversionForm) -> str:
    action = convert_plan_to_action(actor=request.member, plan=plan, reason=form.cleaned_data["reason"])
    return portal_url(request.organization, "discipline:action_detail", action_id=action.pk)


@_ask_or_act
def relapse(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Cite the earlier plan whose relapse window is open, and say what slipped."""
    plan = plan_for(request.member, plan_id)
    earlier = plan_to_cite_in(plan)
    if earlier is None:
        raise Http404
    known = {slip.expectation_id: slip.note for slip in plan.slipped_expectations.all()}
    form = RelapseForm(handed_in(request), earlier=earlier, known=known)
    return take_step(
        request,
        plan,
        rule=can_cite_previous_plan,
        open_in=_WRITABLE,
        form=form,
        act=lambda: cite_previous_plan(actor=request.member, plan=plan, slipped=form.slipped()),
        done=_("The earlier plan is cited."),
        template="pips/relapse.html",
        context={"earlier": earlier},
        back=plan_url(request, plan, fragment="relapse"),
    )
