"""Addresses of changes of an issued plan: Alice's, proposed by nobody known."""

from typing import Any

from pips.enums import PlanStatus
from pips.models import Amendment, LeaveProposal
from tests.tenancy.world import FORBIDDEN, MISSING, MOVED, OK, Sample, World

BEGINS_NO_SECOND = {"alice": FORBIDDEN, "bob": MOVED, "carol": MOVED, "hana": MOVED}
READS_PROPOSAL = {"bob": OK, "carol": OK, "hana": OK}


def _plan(world: World) -> dict[str, Any]:
    return {"plan_id": world.plan.pk}


def _amendment(world: World) -> dict[str, Any]:
    content: dict[str, Any] = {"expectations": [], "support": []}
    one = world.one(Amendment, plan=world.plan, before=content, proposal=content)
    return {**_plan(world), "amendment_id": one.pk}


def _leave_proposal(world: World) -> dict[str, Any]:
    return {**_plan(world), "proposal_id": world.one(LeaveProposal, plan=world.plan).pk}


SAMPLES: dict[str, Sample] = {
    # The walk holds an open change of this plan, so a second one is not begun: the page leads to the first.
    "pips:amendment_new": Sample(BEGINS_NO_SECOND, MISSING, _plan, PlanStatus.ACTIVE),
    "pips:plan_extension": Sample(BEGINS_NO_SECOND, MISSING, _plan, PlanStatus.ACTIVE),
    "pips:amendment": Sample(READS_PROPOSAL, MISSING, _amendment, PlanStatus.ACTIVE),
    "pips:amendment_review": Sample(
        {"bob": FORBIDDEN, "carol": FORBIDDEN, "hana": OK}, MISSING, _amendment, PlanStatus.ACTIVE
    ),
    "pips:amendment_withdrawal": Sample(
        {"bob": OK, "carol": OK, "hana": FORBIDDEN}, MISSING, _amendment, PlanStatus.ACTIVE
    ),
    "pips:leave_proposal": Sample(READS_PROPOSAL, MISSING, _leave_proposal, PlanStatus.ACTIVE),
}
