"""Two parts of the page of a plan: the employer's promises from both sides, and the employee's voice."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from people.models import Membership
from people.rules import is_self
from pips.days import today_for
from pips.models import Plan, SupportCommitment
from pips.rules import can_deliver_support
from pips.rules_voice import (
    appeal_until,
    can_appeal,
    can_challenge,
    can_confirm_support,
    can_export_own,
    can_follow_accommodation,
    can_invite_companion,
    can_request_accommodation,
    can_resolve_support,
    can_revoke_companion,
    can_speak,
)
from pips.selectors.voice import Voice
from pips.support import SupportState, support_state
from pips.support_facts import facts_of
from pips.views.next_steps import NextStep

_KINDS: dict[SupportState, str] = {
    SupportState.OPEN: "neutral",
    SupportState.LATE: "danger",
    SupportState.AWAITING: "info",
    SupportState.CONFIRMED: "success",
    SupportState.UNCONFIRMED: "neutral",
    SupportState.DISPUTED: "danger",
    SupportState.RESOLVED: "info",
}


@dataclass(frozen=True, kw_only=True)
class SupportRow:
    """One promise, where it stands, and what the reader can do about it."""

    commitment: SupportCommitment
    state: SupportState
    may_deliver: bool
    may_confirm: bool
    may_resolve: bool

    @property
    def kind(self) -> str:
        """Return the shape beside the words."""
        return _KINDS[self.state]


def support_rows(member: Membership, plan: Plan) -> list[SupportRow]:
    """Return the promises of the plan in order."""
    return [_support_row(member, plan, commitment) for commitment in plan.support_commitments.all()]


def _support_row(member: Membership, plan: Plan, commitment: SupportCommitment) -> SupportRow:
    commitment.plan = plan
    today = today_for(plan.employee)
    state = support_state(facts_of(commitment), today)
    is_over = plan.ends_on is not None and plan.ends_on <= today
    is_open = commitment.delivered_on is None or state == SupportState.DISPUTED
    calls_for_hr = state in {SupportState.LATE, SupportState.DISPUTED} or is_over
    return SupportRow(
        commitment=commitment,
        state=state,
        may_deliver=is_open and can_deliver_support(member, commitment),
        may_confirm=can_confirm_support(member, commitment),
        may_resolve=calls_for_hr and can_resolve_support(member, commitment),
    )


def voice_context(member: Membership, plan: Plan, voice: Voice) -> dict[str, Any]:
    """Return what the section of the employee's voice shows this reader."""
    for companion in voice.companions:
        companion.plan = plan
    return {
        "voice": voice,
        "voice_steps": list(_voice_steps(member, plan)),
        "may_challenge": can_challenge(member, plan),
        "revocable": [one.pk for one in voice.companions if can_revoke_companion(member, one)],
        "may_follow_accommodation": bool(voice.accommodations) and can_follow_accommodation(member, plan),
        "appeal_until": appeal_until(plan) if is_self(member, plan.employee) and can_appeal(member, plan) else None,
    }


def _voice_steps(member: Membership, plan: Plan) -> Iterator[NextStep]:
    """Yield what the employee can always do; never the page's one primary action."""
    if can_speak(member, plan):
        yield NextStep(_("Comment"), "pips:voice_comment", icon="message-square")
        yield NextStep(_("Write a rebuttal"), "pips:voice_rebuttal", icon="pencil")
    if can_request_accommodation(member, plan):
        yield NextStep(_("Ask for an accommodation"), "pips:accommodation_new", icon="heart-handshake")
    if can_invite_companion(member, plan):
        yield NextStep(_("Ask somebody in"), "pips:companion_new", icon="user-plus")
    if can_export_own(member, plan):
        yield NextStep(_("Download everything"), "pips:own_export", icon="download")
