"""Both sides of a promise: the employee says whether it arrived, HR settles what did not (rule 13)."""

from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from people.asking import handed_in
from people.http import TenantRequest
from pips.enums import RUNNING, SupportAnswer
from pips.forms.voice import SupportAnswerForm, SupportResolutionForm
from pips.models import Plan, SupportCommitment
from pips.rules_voice import can_confirm_support, can_resolve_support
from pips.selectors.plans import plan_for
from pips.services.support import answer_support, resolve_support
from pips.views.stepping import take_step

_ask_or_act = require_http_methods(["GET", "HEAD", "POST"])


def _promise(plan: Plan, commitment_id: int) -> SupportCommitment:
    commitments: Iterable[SupportCommitment] = plan.support_commitments.all()
    for commitment in commitments:
        if commitment.pk == commitment_id:
            commitment.plan = plan
            return commitment
    raise Http404


@_ask_or_act
def confirmation(request: TenantRequest, plan_id: int, commitment_id: int) -> HttpResponse:
    """Say as the employee whether support arrived."""
    plan = plan_for(request.member, plan_id)
    commitment = _promise(plan, commitment_id)
    form = SupportAnswerForm(handed_in(request))
    return take_step(
        request,
        plan,
        rule=lambda member, _plan: can_confirm_support(member, commitment),
        open_in=RUNNING,
        form=form,
        act=lambda: answer_support(
            actor=request.member,
            commitment=commitment,
            is_received=form.cleaned_data["answer"] == SupportAnswer.RECEIVED,
            words=form.cleaned_data["words"],
        ),
        done=_("Your answer is on the record."),
        template="pips/support_confirmation.html",
        context={"commitment": commitment},
        fragment="support",
    )


@_ask_or_act
def resolution(request: TenantRequest, plan_id: int, commitment_id: int) -> HttpResponse:
    """Settle as HR what was not delivered."""
    plan = plan_for(request.member, plan_id)
    commitment = _promise(plan, commitment_id)
    form = SupportResolutionForm(handed_in(request))
    return take_step(
        request,
        plan,
        rule=lambda member, _plan: can_resolve_support(member, commitment),
        open_in=RUNNING,
        form=form,
        act=lambda: resolve_support(actor=request.member, commitment=commitment, **form.cleaned_data),
        done=_("Settled, with your reason on the record."),
        template="pips/support_resolution.html",
        context={"commitment": commitment},
        fragment="support",
    )
