"""The linter beside the draft of a disciplinary action."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from people.addresses import portal_url
from people.http import TenantRequest
from people.models import Membership
from pips.discipline_enums import ActionStep
from pips.discipline_rules import can_edit_action
from pips.gates.actions import action_findings
from pips.models import DisciplinaryAction
from pips.selectors.discipline import action_for
from pips.services.discipline.wording import set_action_remark_aside, take_action_remark_back
from pips.views.discipline.stepping import action_url
from pips.views.wording import answer_remark, remarks_context


def action_wording(member: Membership, action: DisciplinaryAction) -> dict[str, Any]:
    """Return the linter's remarks on the action as last saved, and those set aside."""
    return remarks_context(
        action,
        may_set_aside=can_edit_action(member, action),
        address=portal_url(member.organization, "discipline:action_remark", action_id=action.pk),
    )


def action_readiness(action: DisciplinaryAction) -> dict[str, Any]:
    """Return what stands in the way of submitting the action."""
    found = action_findings(action, ActionStep.SUBMIT)
    return {"findings": found, "is_ready": not found}


@require_POST
def action_remark(request: TenantRequest, action_id: int) -> HttpResponse:
    """Set a remark aside with a reason, or let it stand again."""
    action = action_for(request.member, action_id)
    return answer_remark(
        request,
        set_aside=lambda **words: set_action_remark_aside(actor=request.member, action=action, **words),
        take_back=lambda **words: take_action_remark_back(actor=request.member, action=action, **words),
        context=lambda: {
            "action": action,
            "readiness_panel": "discipline/_readiness.html",
            **action_readiness(action),
            **action_wording(request.member, action),
        },
        page=action_url(request, action, "discipline:action_edit", fragment="wording"),
    )
