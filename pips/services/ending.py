"""What ends with a plan whatever its end is: everything that was only proposed, or still looked into."""

from people.models import Membership
from pips.models import Plan
from pips.services.amendments import drop_open_amendment
from pips.services.leave_effects import drop_leave_proposals
from pips.services.legal import drop_legal_reviews


def drop_proposals(*, plan: Plan, actor: Membership | None, reason: str) -> None:
    """Take back what is proposed for a locked plan that is over, with the reason; what is in force stays in force.

    An HR review that is still open lapses: there is nothing left to decide.
    """
    drop_open_amendment(plan=plan, actor=actor, reason=reason)
    drop_leave_proposals(plan=plan, reason=reason)
    drop_legal_reviews(plan=plan, actor=actor, reason=reason)
