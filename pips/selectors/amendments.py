"""The only door to the versions of a plan, what is proposed for it and the dates that moved."""

from collections.abc import Iterable

from django.http import Http404

from people.models import Membership
from pips.models import Amendment, DateShift, LeaveProposal, Plan
from pips.rules_amendments import can_view_amendment, can_view_leave_proposal
from pips.selectors.plans import plan_for

#: The first version that was made by an amendment.
FIRST_AMENDED = 2


def amendments_of(member: Membership, plan: Plan) -> list[Amendment]:
    """Return the changes of the plan the member may read, newest first; the employee sees those in force."""
    found = sorted(_of(plan, plan.amendments.all()), key=lambda one: (one.proposed_at, one.pk), reverse=True)
    return [one for one in found if can_view_amendment(member, one)]


def amendment_for(member: Membership, plan_id: int, amendment_id: int) -> Amendment:
    """Return one change with its plan and record the reading. Raises Http404 when the member may not see it."""
    plan = plan_for(member, plan_id)
    for amendment in amendments_of(member, plan):
        if amendment.pk == amendment_id:
            return amendment
    raise Http404


def latest_change(member: Membership, plan: Plan) -> Amendment | None:
    """Return the change that made the version in force; None for the first version."""
    if plan.version < FIRST_AMENDED:
        return None
    return next((one for one in amendments_of(member, plan) if one.version == plan.version and one.is_in_force), None)


def leave_proposals_of(member: Membership, plan: Plan) -> list[LeaveProposal]:
    """Return what recorded leave asks for, as far as the member may read it, newest first."""
    found = sorted(_of(plan, plan.leave_proposals.all()), key=lambda one: (one.offered_at, one.pk), reverse=True)
    return [one for one in found if can_view_leave_proposal(member, one)]


def leave_proposal_for(member: Membership, plan_id: int, proposal_id: int) -> LeaveProposal:
    """Return one of them with its plan and record the reading. Raises Http404 when the member may not see it."""
    plan = plan_for(member, plan_id)
    for proposal in leave_proposals_of(member, plan):
        if proposal.pk == proposal_id:
            return proposal
    raise Http404


def shifts_of(plan: Plan) -> list[DateShift]:
    """Return the dates of the plan that moved, newest first."""
    return list(DateShift.objects.filter(plan=plan).select_related("recorded_by__user").order_by("-at", "pk"))


def _of[Part: (Amendment, LeaveProposal)](plan: Plan, rows: Iterable[Part]) -> list[Part]:
    """Give each row the plan that was read for the page, with what it knows already."""
    found = list(rows)
    for row in found:
        row.plan = plan
    return found
