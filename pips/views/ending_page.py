"""What the page of a plan shows about its end: the letter, the relapse window, what it came from and led to."""

from typing import Any

from people.models import Membership
from pips.models import Plan, PlanDecision
from pips.relapse import is_window_open, plan_to_cite_in, relapse_until
from pips.selectors.discipline import actions_visible_to
from pips.selectors.plans import plans_visible_to
from pips.services.outcome_letter import outcome_letter_of


def ending_context(member: Membership, plan: Plan) -> dict[str, Any]:
    """Return the letter, the decision, the relapse window and the linked plans and actions the member may read."""
    decision: PlanDecision | None = getattr(plan, "decision", None)
    linked_actions = {plan.from_action_id, *(action.pk for action in plan.actions_after.all())} - {None}
    is_decided = plan.decided_at is not None
    return {
        "decision": decision,
        "outcome_letter": outcome_letter_of(plan) if is_decided else None,
        "relapse_until": relapse_until(plan),
        "is_window_open": is_window_open(plan),
        "to_cite": None if plan.is_ended else plan_to_cite_in(plan),
        "previous_plan": plans_visible_to(member).filter(pk=plan.previous_plan_id).first()
        if plan.previous_plan_id
        else None,
        "linked_actions": list(actions_visible_to(member).filter(pk__in=linked_actions)) if linked_actions else [],
    }
