"""Where a promise of the employer stands, seen from both sides (rule 13): pure, no ORM."""

import datetime
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from pips.enums import SupportAnswer


class SupportState(TextChoices):
    """What both sides together say of one piece of support."""

    OPEN = "open", _("Not yet")
    LATE = "late", _("Late")
    AWAITING = "awaiting", _("The employee is asked")
    CONFIRMED = "confirmed", _("Both sides say so")
    UNCONFIRMED = "unconfirmed", _("Delivered, not confirmed")
    DISPUTED = "disputed", _("Not received")
    RESOLVED = "resolved", _("Resolved by HR")


#: With these, nothing is owed to the employee any more, so "not met" is not blocked by it.
SETTLED = frozenset({SupportState.CONFIRMED, SupportState.UNCONFIRMED, SupportState.RESOLVED})


@dataclass(frozen=True, kw_only=True)
class SupportFacts:
    """What is recorded about one piece of support."""

    due_on: datetime.date | None = None
    delivered_on: datetime.date | None = None
    confirm_by: datetime.date | None = None
    answer: str = ""
    is_resolved: bool = False


def support_state(facts: SupportFacts, today: datetime.date) -> SupportState:
    """Return where the support stands; silence past ``confirm_by`` counts as received and is shown as such."""
    if facts.delivered_on is not None and facts.answer == SupportAnswer.RECEIVED:
        return SupportState.CONFIRMED
    if facts.is_resolved:
        return SupportState.RESOLVED
    if facts.answer == SupportAnswer.NOT_RECEIVED:
        return SupportState.DISPUTED
    if facts.delivered_on is not None:
        is_silent = facts.confirm_by is None or today > facts.confirm_by
        return SupportState.UNCONFIRMED if is_silent else SupportState.AWAITING
    is_late = facts.due_on is not None and today > facts.due_on
    return SupportState.LATE if is_late else SupportState.OPEN
