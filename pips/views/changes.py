"""Changes of a plan as its pages show them: side by side, as versions, as moved dates, as entries of the history."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from people.models import Membership
from pipcycle.errors import DomainError
from pips.amending import AmendmentInput, what_rises
from pips.amendment_enums import AmendmentKind, AmendmentStatus, LeaveProposalKind, LeaveProposalStatus
from pips.enums import RUNNING
from pips.models import Amendment, DateShift, LeaveProposal, Plan
from pips.obligations import About
from pips.rules_amendments import can_review_amendment, can_withdraw_amendment
from pips.selectors.policy import policy_now
from pips.services import amendment_checks as checks
from pips.services.amendments import compare_amendment
from pips.snapshots import SECTION_TITLES, Difference, Snapshot, differences
from pips.views.page import HistoryEntry
from pips.wordmarks import Piece, marked


@dataclass(frozen=True)
class ChangeRow:
    """One difference with its words marked on both sides."""

    difference: Difference
    old: list[Piece]
    new: list[Piece]

    @property
    def section(self) -> str | Promise:
        """Return the part of the plan it lies in."""
        return SECTION_TITLES[self.difference.section]


def change_rows(before: Snapshot, after: Snapshot) -> list[ChangeRow]:
    """Return what differs, ready to be shown side by side."""
    return [ChangeRow(one, *marked(one.old, one.new)) for one in differences(before, after)]


def amendment_context(member: Membership, amendment: Amendment) -> dict[str, Any]:
    """Return what the page of a change shows."""
    after = amendment.after or amendment.proposal
    return {
        "plan": amendment.plan,
        "amendment": amendment,
        "rows": change_rows(amendment.before, after),
        "rises": what_rises(amendment.before, after) if amendment.kind == AmendmentKind.CHANGE else [],
        "may_review": can_review_amendment(member, amendment),
        "may_withdraw": can_withdraw_amendment(member, amendment),
        "new_end": checks.end_with(amendment.plan, amendment.more_days) if _moves_the_end(amendment) else None,
    }


def _moves_the_end(amendment: Amendment) -> bool:
    return amendment.is_open and amendment.more_days > 0 and amendment.plan.status in RUNNING


def preview_of(plan: Plan, change: AmendmentInput) -> dict[str, Any]:
    """Return what a change that is being typed would do, and the first thing that stands in its way."""
    before, after = compare_amendment(plan=plan, change=change)
    hint = ""
    try:
        checks.require_sound(plan, before, after, AmendmentKind.CHANGE)
    except DomainError as error:
        hint = str(error)
    rises = what_rises(before, after)
    return {
        "rows": change_rows(before, after),
        "rises": rises,
        "hint": hint if differences(before, after) else "",
        "least_days": policy_now().amendment_more_time_days if rises else 0,
        "old_end": plan.ends_on,
        "new_end": checks.end_with(plan, change.more_days),
    }


def versions_of(amendments: Iterable[Amendment]) -> tuple[Amendment | None, list[Amendment], list[Amendment]]:
    """Return the open proposal, the versions in force after the first, newest first, and what was not put in force."""
    known = list(amendments)
    return (
        next((one for one in known if one.is_open), None),
        sorted((one for one in known if one.is_in_force), key=lambda one: -one.version),
        [one for one in known if one.status in {AmendmentStatus.DECLINED, AmendmentStatus.WITHDRAWN}],
    )


def main_shifts(shifts: Sequence[DateShift]) -> list[DateShift]:
    """Return the moves of milestones and of the end; the smaller dates follow them."""
    return [shift for shift in shifts if shift.about_type in {About.MILESTONE, About.PLAN}]


def amendment_entries(amendments: Iterable[Amendment]) -> Iterator[HistoryEntry]:
    """Yield what happened to changes of the plan, for its history; of one's own plan only what is in force is known."""
    for one in amendments:
        name = {"kind": one.get_kind_display(), "version": one.version}
        if one.proposed_by is not None:
            title = _("%(kind)s proposed") % name
            yield HistoryEntry(title=title, at=one.proposed_at, by=str(one.proposed_by), body=one.reason)
        if one.decided_at is None:
            continue
        titles = {
            AmendmentStatus.IN_FORCE: _("Version %(version)d in force: %(kind)s"),
            AmendmentStatus.DECLINED: _("%(kind)s declined"),
            AmendmentStatus.WITHDRAWN: _("%(kind)s taken back"),
        }
        yield HistoryEntry(
            title=titles[AmendmentStatus(one.status)] % name,
            at=one.decided_at,
            by=str(one.decided_by or _("The calendar")),
            body=one.decision_reason,
            kind="key" if one.is_in_force else "",
        )


def leave_proposal_entries(proposals: Iterable[LeaveProposal]) -> Iterator[HistoryEntry]:
    """Yield what was answered to what leave asks for; what lapsed by itself says nothing."""
    for one in proposals:
        if one.decided_at is None or one.status == LeaveProposalStatus.LAPSED:
            continue
        yield HistoryEntry(
            title=f"{one.get_kind_display()}: {one.get_status_display()}",
            at=one.decided_at,
            by=str(one.decided_by or _("The calendar")),
            body=one.reason,
        )


def proposal_words(proposal: LeaveProposal) -> str | Promise:
    """Return in a sentence what a proposal after leave would do."""
    if proposal.kind == LeaveProposalKind.RAMP_UP:
        return format_lazy(
            _("The first {days} days after the leave would not count: every later date moves by as much."),
            days=proposal.days,
        )
    return _("Targets that are numbers to reach would be fitted to the days the employee is there.")
