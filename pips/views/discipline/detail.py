"""The page of one disciplinary action."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.http import TenantRequest
from pips.discipline_rules import appeal_of, can_review_legally
from pips.gates.action_people import needs_legal_review
from pips.selectors.discipline import action_for
from pips.selectors.plans import plans_visible_to
from pips.views.discipline.page import (
    STANDING_WORDS,
    action_history,
    action_line,
    action_readers,
    action_steps,
    is_own_action,
    is_partner_in,
    letters_of,
)


@require_safe
def action_detail(request: TenantRequest, action_id: int) -> HttpResponse:
    """Show the whole action: what happened, who was heard, what follows, the appeal, who can read it."""
    action = action_for(request.member, action_id)
    is_own = is_own_action(request.member, action)
    steps = action_steps(request.member, action)
    primary = steps[0] if steps and steps[0].is_due else None
    serves = is_partner_in(request.member, action)
    context = {
        "action": action,
        "appeal": appeal_of(action),
        "is_own": is_own,
        "serves": serves,
        "may_review_legally": serves and can_review_legally(request.member, action) and needs_legal_review(action),
        "primary": primary,
        "other_steps": [step for step in steps if step is not primary],
        "standing_words": STANDING_WORDS[action.status],
        "line": action_line(action),
        "letters": letters_of(action),
        "history": action_history(action, since_issue=is_own),
        "readers": action_readers(action),
        "linked_plans": plans_visible_to(request.member).filter(
            pk__in=[action.from_plan_id, *(plan.pk for plan in action.plans_after.all())]
        ),
    }
    return render(request, "discipline/action_detail.html", context)
