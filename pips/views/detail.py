"""The page of one plan."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from documents.selectors import documents_about
from people.http import TenantRequest
from people.rules import is_self
from pips.obligations import About
from pips.rules import can_answer, can_deliver_support, can_record_follow_up, can_record_progress
from pips.selectors import plan_for
from pips.views.next_steps import next_steps
from pips.views.page import (
    expectation_rows,
    explanations_of,
    history_of,
    line_of,
    readers_of,
    standing_words,
)


@require_safe
def plan_detail(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Show the whole plan: where it stands, what it asks, what was recorded, who can read it."""
    plan = plan_for(request.member, plan_id)
    is_own = is_self(request.member, plan.employee)
    steps = next_steps(request.member, plan)
    primary = steps[0] if steps and steps[0].is_due else None
    context = {
        "plan": plan,
        "is_own": is_own,
        "primary": primary,
        "other_steps": [step for step in steps if step is not primary],
        "standing_words": standing_words(plan),
        "line": line_of(plan),
        "explanations": explanations_of(plan),
        "expectation_rows": expectation_rows(plan),
        "deliverable": {
            part.pk for part in plan.support_commitments.all() if can_deliver_support(request.member, part)
        },
        "may_record": can_record_progress(request.member, plan),
        "may_answer": can_answer(request.member, plan),
        "may_follow_up": can_record_follow_up(request.member, plan),
        "documents": documents_about(About.PLAN, plan.pk),
        "history": history_of(plan, since_issue=is_own),
        "readers": readers_of(plan),
    }
    return render(request, "pips/plan_detail.html", context)
