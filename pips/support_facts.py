"""From a row of promised support to what ``support_state`` asks for."""

import datetime
from collections.abc import Iterable

from pips.models import SupportCommitment
from pips.support import SETTLED, SupportFacts, support_state


def facts_of(commitment: SupportCommitment) -> SupportFacts:
    """Return what is recorded about the support."""
    return SupportFacts(
        due_on=commitment.due_on,
        delivered_on=commitment.delivered_on,
        confirm_by=commitment.confirm_by,
        answer=commitment.answer,
        is_resolved=commitment.resolved_at is not None,
    )


def unsettled(commitments: Iterable[SupportCommitment], today: datetime.date) -> list[SupportCommitment]:
    """Return the promises that still stand in the way of "not met" (rule 13)."""
    return [one for one in commitments if support_state(facts_of(one), today) not in SETTLED]
