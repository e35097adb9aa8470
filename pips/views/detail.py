"""The page of one plan."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from documents.selectors import documents_about
from people.http import TenantRequest, open_to_guests
from people.rules import is_self
from pips.obligations import About
from pips.rules import can_answer, can_record_follow_up, can_record_progress, is_guest_in
from pips.selectors.amendments import amendments_of, leave_proposals_of, shifts_of
from pips.selectors.plans import plan_for
from pips.selectors.voice import voice_of
from pips.views.changes import amendment_entries, leave_proposal_entries, main_shifts, versions_of
from pips.views.ending_page import ending_context
from pips.views.next_steps import next_steps
from pips.views.page import (
    expectation_rows,
    explanations_of,
    history_of,
    line_of,
    readers_of,
    standing_words,
)
from pips.views.promised import support_rows, voice_context


@open_to_guests
@require_safe
def plan_detail(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Show the whole plan: where it stands, what it asks, what was recorded, who can read it."""
    plan = plan_for(request.member, plan_id)
    is_own = is_self(request.member, plan.employee)
    steps = next_steps(request.member, plan)
    changes = amendments_of(request.member, plan)
    proposals = leave_proposals_of(request.member, plan)
    shifts = shifts_of(plan)
    open_change, versions, dropped = versions_of(changes)
    voice = voice_of(request.member, plan)
    primary = steps[0] if steps and steps[0].is_due else None
    context = {
        "plan": plan,
        "is_own": is_own,
        "primary": primary,
        "other_steps": [step for step in steps if step is not primary],
        "standing_words": standing_words(plan),
        "line": line_of(plan),
        "explanations": explanations_of(plan),
        "expectation_rows": expectation_rows(plan, voice.checks),
        "support_rows": support_rows(request.member, plan),
        "may_record": can_record_progress(request.member, plan),
        "may_answer": can_answer(request.member, plan),
        "may_follow_up": can_record_follow_up(request.member, plan),
        "documents": documents_about(About.PLAN, plan.pk),
        "history": history_of(
            plan,
            (*amendment_entries(changes), *leave_proposal_entries(proposals)),
            since_issue=is_own or is_guest_in(request.member, plan),
        ),
        "open_change": open_change,
        "versions": versions,
        "dropped_changes": dropped,
        "leave_proposals": proposals,
        "shifts": main_shifts(shifts),
        "small_shifts": [shift for shift in shifts if shift not in main_shifts(shifts)],
        **ending_context(request.member, plan),
        **voice_context(request.member, plan, voice),
        "readers": readers_of(plan, voice),
    }
    return render(request, "pips/plan_detail.html", context)
