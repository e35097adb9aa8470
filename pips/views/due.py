"""From an obligation, which knows only what it is about, to the page where it is kept."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from people.addresses import portal_url
from people.http import TenantRequest
from pips.obligations import About
from pips.selectors import plan_of_part, plans_visible_to, support_commitment_for

_PAGES: dict[str, tuple[str, str]] = {
    About.MILESTONE: ("pips:milestone", "milestone_id"),
    About.CHECK_IN: ("pips:check_in", "check_in_id"),
    About.SUPPORT: ("pips:support", "commitment_id"),
    About.FOLLOW_UP: ("pips:follow_up", "follow_up_id"),
}


@require_safe
def due(request: TenantRequest, about_type: str, about_id: int) -> HttpResponse:
    """Redirect to the page of a part of a plan; whoever may not see it cannot tell it from one that never was."""
    plan_id = plan_of_part(about_type, about_id)
    if plan_id is None:
        raise Http404
    if about_type == About.SUPPORT:
        support_commitment_for(request.member, about_id)
    elif not plans_visible_to(request.member).filter(pk=plan_id).exists():
        raise Http404
    name, argument = _PAGES[about_type]
    return redirect(portal_url(request.organization, name, plan_id=plan_id, **{argument: about_id}))
