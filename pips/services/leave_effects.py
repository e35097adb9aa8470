"""What recorded leave asks for beside moving the dates: a ramp-up, targets fitted to scattered days (rule 8).

The calendar only proposes. HR (for a ramp-up also a manager) accepts or declines, with reasons that stay; what applies
no longer because the leave has changed lapses by itself.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Employee, Membership
from people.working_days import calendar_for
from pipcycle.errors import DomainError, require
from pips.amendment_enums import AmendmentKind, LeaveProposalKind, LeaveProposalStatus
from pips.clock import ONE_DAY, Pause
from pips.days import today_for
from pips.enums import RUNNING
from pips.explanations import date_range
from pips.models import Amendment, LeaveProposal, Plan
from pips.obligations import About, Owed
from pips.proration import changes_something, presence_between, prorated_rows, scattered
from pips.rules_amendments import may_answer_leave_proposal
from pips.selectors.policy import policy_now
from pips.services import amendment_checks as checks
from pips.services.dates import clock_of, refresh_plan_dates
from pips.services.moves import lock_plan, require_words
from pips.services.promises import owe_leave_answer
from pips.services.shifts import Cause
from pips.services.versions import put_in_force
from pips.snapshots import snapshot_of
from reminders.services.obligations import fulfil, withdraw


def leaves_changed(employee: Employee, actor: Membership | None) -> None:
    """Observe the people room: a leave of the employee was recorded, changed or withdrawn."""
    for plan in Plan.objects.select_related("employee", "manager").filter(employee=employee, status__in=RUNNING):
        refresh_plan_dates(plan=plan, actor=actor, cause=Cause.LEAVE)
        propose_after_leave(plan=plan)


def propose_after_leave(*, plan: Plan) -> None:
    """Offer what the recorded leaves of a locked plan ask for now, and let lapse what they ask for no longer."""
    if plan.status not in RUNNING or plan.starts_on is None or plan.ends_on is None:
        return
    leaves = [pause for pause in clock_of(plan).pauses if not pause.is_ramp_up]
    _offer_ramp_ups(plan, leaves)
    _offer_proration(plan, leaves)


def accept_leave_proposal(*, actor: Membership, proposal: LeaveProposal, reason: str = "") -> LeaveProposal:
    """Let the proposal take effect: a ramp-up moves the dates, fitted targets are the next version of the plan.

    Fitted targets need HR's reason. Raises PermissionDenied or DomainError.
    """
    plan = proposal.plan
    require(may_answer_leave_proposal(actor, proposal))
    is_ramp_up = proposal.kind == LeaveProposalKind.RAMP_UP
    if not is_ramp_up:
        reason = require_words(reason, _("Write why: the reason is part of the next version and stays for good."), 8)
    with transaction.atomic():
        lock_plan(plan, RUNNING)
        _lock_open(proposal)
        checks.require_time_left(plan)
        amendment = None if is_ramp_up else _amend(plan, proposal, actor, reason)
        _settle(proposal, LeaveProposalStatus.ACCEPTED, actor, reason.strip(), amendment)
        _answered(proposal, actor)
        if is_ramp_up:
            refresh_plan_dates(plan=plan, actor=actor, cause=Cause.LEAVE)
    return proposal


def decline_leave_proposal(*, actor: Membership, proposal: LeaveProposal, reason: str) -> LeaveProposal:
    """Leave everything as it is, with the reason. Raises PermissionDenied or DomainError."""
    require(may_answer_leave_proposal(actor, proposal))
    reason = require_words(reason, _("Write why not; the reason stays on the record."), rule=8)
    with transaction.atomic():
        lock_plan(proposal.plan, RUNNING)
        _lock_open(proposal)
        _settle(proposal, LeaveProposalStatus.DECLINED, actor, reason)
        _answered(proposal, actor)
    return proposal


def drop_leave_proposals(*, plan: Plan, reason: str) -> None:
    """Let everything open lapse because the plan itself is over."""
    _lapse(plan.leave_proposals.filter(status=LeaveProposalStatus.OPEN), reason)


def _offer_ramp_ups(plan: Plan, leaves: list[Pause]) -> None:
    policy, today = policy_now(), today_for(plan.employee)
    long_ones = {
        pause.starts_on: pause
        for pause in leaves
        if not pause.is_open
        and pause.days >= policy.ramp_up_after_days
        and pause.ends_on + policy.ramp_up_days * ONE_DAY >= today
    }
    known = plan.leave_proposals.filter(kind=LeaveProposalKind.RAMP_UP).exclude(status=LeaveProposalStatus.LAPSED)
    open_ones = known.filter(status=LeaveProposalStatus.OPEN)
    _lapse(open_ones.exclude(leave_starts_on__in=list(long_ones)), gettext("The leave has changed."))
    offered = set(known.values_list("leave_starts_on", flat=True))
    if policy.ramp_up_days:
        for starts_on in sorted(long_ones.keys() - offered):
            _offer(plan, LeaveProposalKind.RAMP_UP, leave_starts_on=starts_on, days=policy.ramp_up_days)


def _offer_proration(plan: Plan, leaves: list[Pause]) -> None:
    short = scattered(leaves)
    content = _sums(plan, leaves, short) if short else {}
    known = plan.leave_proposals.filter(kind=LeaveProposalKind.PRORATION).exclude(status=LeaveProposalStatus.LAPSED)
    open_one = known.filter(status=LeaveProposalStatus.OPEN).first()
    if open_one is not None and open_one.content == content:
        return
    _lapse(known.filter(status=LeaveProposalStatus.OPEN), gettext("The leave has changed."))
    if not short or not changes_something(content["rows"]):
        return
    last = short[-1].starts_on
    if not known.filter(leave_starts_on=last).exclude(status=LeaveProposalStatus.OPEN).exists():
        _offer(plan, LeaveProposalKind.PRORATION, leave_starts_on=last, content=content)


def _sums(plan: Plan, leaves: list[Pause], short: tuple[Pause, ...]) -> dict[str, Any]:
    assert plan.starts_on is not None  # noqa: S101  # a running plan has its dates; narrows the type
    assert plan.ends_on is not None  # noqa: S101
    presence = presence_between(plan.starts_on, plan.ends_on, leaves, calendar_for(plan.employee))
    return {
        "working_days": presence.working_days,
        "away_days": presence.away_days,
        "ranges": [date_range(pause.starts_on, pause.ends_on) for pause in short],
        "rows": prorated_rows(snapshot_of(plan)["expectations"], presence, _full_targets(plan)),
    }


def _full_targets(plan: Plan) -> dict[int, str]:
    """Return the targets before the last proration, of expectations whose target is still the fitted one."""
    last = (
        plan.leave_proposals.filter(kind=LeaveProposalKind.PRORATION, status=LeaveProposalStatus.ACCEPTED)
        .order_by("-decided_at", "-pk")
        .first()
    )
    fitted = {row["id"]: row for row in last.content["rows"]} if last is not None else {}
    return {
        row["id"]: fitted[row["id"]]["full"]
        for row in snapshot_of(plan)["expectations"]
        if row["id"] in fitted and fitted[row["id"]]["new"] == row["target"]
    }


def _offer(plan: Plan, kind: LeaveProposalKind, **columns: Any) -> None:
    owe_leave_answer(plan, LeaveProposal.objects.create(plan=plan, kind=kind, **columns))


def _amend(plan: Plan, proposal: LeaveProposal, actor: Membership, reason: str) -> Amendment:
    """Put the fitted targets in force as an amendment by HR with that reason."""
    checks.require_settled(plan)
    before, after = snapshot_of(plan), snapshot_of(plan)
    fitted = {row["id"]: row for row in proposal.content["rows"]}
    for row in after["expectations"]:
        row["target"] = fitted.get(row["id"], {"new": row["target"]})["new"]
    checks.require_sound(plan, before, after, AmendmentKind.PRORATION)
    amendment = Amendment.objects.create(
        plan=plan,
        kind=AmendmentKind.PRORATION,
        base_version=plan.version,
        version=plan.version + 1,
        reason=reason,
        before=before,
        proposal=after,
    )
    put_in_force(plan=plan, amendment=amendment, actor=actor)
    return amendment


def _lock_open(proposal: LeaveProposal) -> None:
    proposal.refresh_from_db(from_queryset=LeaveProposal.objects.select_for_update(of=("self",)))
    if not proposal.is_open:
        raise DomainError(
            gettext("This proposal is settled already: %(status)s. Reload the page to see it.")
            % {"status": proposal.get_status_display()}
        )


def _settle(
    proposal: LeaveProposal,
    status: LeaveProposalStatus,
    actor: Membership | None,
    reason: str,
    amendment: Amendment | None = None,
) -> None:
    proposal.status = status
    proposal.decided_by = actor
    proposal.decided_at = timezone.now()
    proposal.reason = reason
    proposal.amendment = amendment
    proposal.save(update_fields=["status", "decided_by", "decided_at", "reason", "amendment"])


def _answered(proposal: LeaveProposal, actor: Membership) -> None:
    fulfil(kind=Owed.ANSWER_LEAVE_PROPOSAL, about_type=About.LEAVE_PROPOSAL, about_id=proposal.pk, actor=actor)


def _lapse(proposals: Iterable[LeaveProposal], reason: str) -> None:
    for proposal in proposals:
        _settle(proposal, LeaveProposalStatus.LAPSED, None, reason)
        withdraw(about_type=About.LEAVE_PROPOSAL, about_id=proposal.pk, reason=reason)
