"""The services of a plan up to its receipt, under one name."""

from pips.services.delivery import acknowledge_plan, issue_plan
from pips.services.drafting import draft_plan, revise_draft
from pips.services.review import approve_plan, discard_plan, request_changes, submit_plan, take_back_to_draft

__all__ = [
    "acknowledge_plan",
    "approve_plan",
    "discard_plan",
    "draft_plan",
    "issue_plan",
    "request_changes",
    "revise_draft",
    "submit_plan",
    "take_back_to_draft",
]
