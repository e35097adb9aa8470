"""What is owed for check-ins: that they are held and recorded, and what each has said they will do."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from people.addresses import portal_url
from reminders.models import Obligation
from reminders.registry import ObligationKind, register_kind

ABOUT_CHECK_IN = "one_on_one"
ABOUT_ACTION = "check_in_action"
#: Days a missed check-in is the leader's own business; after them those above see it too.
DAYS_FOR_ONESELF = 7


class Owed(StrEnum):
    """The kinds of obligation about check-ins."""

    HOLD = "hold_one_on_one"
    DO_ACTION = "do_check_in_action"


def obligation_url(obligation: Obligation) -> str:
    """Return the path of the page where the obligation is kept."""
    if obligation.about_type == ABOUT_ACTION:
        return portal_url(obligation.organization, "feedback:action", action_id=obligation.about_id)
    return portal_url(obligation.organization, "feedback:check_in", check_in_id=obligation.about_id)


def register_obligation_kinds() -> None:
    """Make both kinds known to the reminders; what somebody promised in a check-in never goes upwards."""
    register_kind(
        ObligationKind(
            key=Owed.HOLD,
            title=_("Regular check-in"),
            action=_("Hold the check-in and record it"),
            subject=_("Check-in"),
            url=obligation_url,
            offsets=(-1, 0, 2),
            escalate_after_days=DAYS_FOR_ONESELF,
            shown_above_after_days=DAYS_FOR_ONESELF,
        )
    )
    register_kind(
        ObligationKind(
            key=Owed.DO_ACTION,
            title=_("Action item of a check-in"),
            action=_("Do what you said in a check-in"),
            subject=_("Action item"),
            url=obligation_url,
            offsets=(-1, 0),
            escalate_after_days=None,
            shown_above_after_days=None,
        )
    )
