"""Addresses of a member's own calendar: everybody has one, and nobody reaches another's."""

from typing import Any

from reminders.models import Obligation
from tests.tenancy.world import EVERYBODY, MISSING, Sample, World


def _due(world: World) -> dict[str, Any]:
    """Something Alice owes in person."""
    owed = world.one(
        Obligation, owner=world.employee, kind="answer_feedback_request", about_type="feedback_request", about_id=1
    )
    return {"obligation_id": owed.pk}


TO_THE_PAGE = dict.fromkeys(EVERYBODY, 302)

SAMPLES: dict[str, Sample] = {
    "reminders:calendar": Sample(EVERYBODY),
    "reminders:calendar_address": Sample(TO_THE_PAGE),
    "reminders:calendar_revocation": Sample(TO_THE_PAGE),
    "reminders:due": Sample({"alice": 302}, MISSING, _due),
}
