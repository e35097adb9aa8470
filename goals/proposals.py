"""The one thing a cycle asks of everybody: to propose goals by its date."""

from django.utils.translation import gettext_lazy as _

from people.addresses import portal_url
from reminders.models import Obligation
from reminders.registry import ObligationKind, register_kind

#: Owed by each employee with a manager, about the cycle; kept with the first goal proposed for the employee in it.
PROPOSE_GOALS = "propose_goals"
ABOUT_CYCLE = "cycle"


def proposal_url(obligation: Obligation) -> str:
    """Return the path of the list of the owner's goals, where a new one is started."""
    return f"{portal_url(obligation.organization, 'goals:goal_list')}?whose=mine&cycle={obligation.about_id}"


def register_proposals() -> None:
    """Make the kind known to the reminders."""
    register_kind(
        ObligationKind(
            key=PROPOSE_GOALS,
            title=_("Goals for the cycle"),
            action=_("Propose your goals"),
            subject=_("Goals for the cycle"),
            url=proposal_url,
            offsets=(-14, -7, -1, 0, 3),
            escalate_after_days=7,
        )
    )
