"""From an obligation, which knows only what it is about, to the page where it is kept."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from people.addresses import portal_url
from people.http import TenantRequest
from people.rules import is_self
from pips.obligations import About
from pips.registry import follow_up_page
from pips.selectors.plans import plan_of_part, plans_visible_to, support_commitment_for
from pips.selectors.voice import plan_of_voice

_PAGES: dict[str, tuple[str, str]] = {
    About.MILESTONE: ("pips:milestone", "milestone_id"),
    About.CHECK_IN: ("pips:check_in", "check_in_id"),
    About.SUPPORT: ("pips:support", "commitment_id"),
    About.AMENDMENT: ("pips:amendment", "amendment_id"),
    About.LEAVE_PROPOSAL: ("pips:leave_proposal", "proposal_id"),
    About.DATA_CHECK: ("pips:data_check", "check_id"),
    About.ACCOMMODATION: ("pips:accommodation", "request_id"),
}


@require_safe
def due(request: TenantRequest, about_type: str, about_id: int) -> HttpResponse:
    """Redirect to the page of a part of a plan; whoever may not see it cannot tell it from one that never was."""
    plan_id = plan_of_part(about_type, about_id) or plan_of_voice(about_type, about_id)
    if plan_id is None:
        raise Http404
    if about_type == About.SUPPORT:
        commitment = support_commitment_for(request.member, about_id)
        if is_self(request.member, commitment.plan.employee):
            return _to(request, "pips:support_confirmation", plan_id=plan_id, commitment_id=about_id)
    elif not plans_visible_to(request.member).filter(pk=plan_id).exists():
        raise Http404
    if about_type == About.APPEAL:
        return _to(request, "pips:appeal", plan_id=plan_id)
    if about_type == About.FOLLOW_UP:
        return _to(request, follow_up_page(), plan_id=plan_id, follow_up_id=about_id)
    name, argument = _PAGES[about_type]
    return _to(request, name, plan_id=plan_id, **{argument: about_id})


def _to(request: TenantRequest, name: str, **ids: int) -> HttpResponse:
    return redirect(portal_url(request.organization, name, **ids))
