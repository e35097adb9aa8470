"""Changing an issued plan: proposed with a reason, approved or declined by HR, in force as the next version.

Rules 11 and 12: what was handed over changes in no other way. To the employee a proposal does not exist before it is in
force; then the new version is sealed and its receipt is owed.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Employee, Membership
from people.selectors.accounts import employee_of
from people.selectors.employees import hr_partners_for
from pipcycle.errors import DomainError, require
from pips.amending import AmendmentInput, proposed_content
from pips.amendment_enums import AmendmentKind, AmendmentStatus, ExtensionReason
from pips.enums import RUNNING
from pips.models import Amendment, Plan
from pips.obligations import About, Owed
from pips.rules_amendments import AMENDABLE, EXTENDABLE, may_propose, may_settle, may_withdraw
from pips.services import amendment_checks as checks
from pips.services.moves import lock_plan, require_words
from pips.services.notices import tell
from pips.services.promises import owe_amendment_review
from pips.services.versions import put_in_force
from pips.snapshots import Snapshot, differences, metric_names, snapshot_of
from reminders.services.obligations import fulfil, withdraw


def propose_amendment(*, actor: Membership, plan: Plan, change: AmendmentInput, reason: str) -> Amendment:
    """Propose to change what the issued plan asks or promises; nothing changes before HR has approved it (rule 11).

    Raises PermissionDenied for whoever neither manages the employee nor serves them as HR partner, DomainError when the
    plan has ended, a change is open, nothing differs, or a standard rises without more time.
    """
    require(may_propose(actor, plan))
    with transaction.atomic():
        lock_plan(plan, AMENDABLE)
        return _propose(actor, plan, AmendmentKind.CHANGE, change, reason)


def propose_extension(
    *, actor: Membership, plan: Plan, reason_kind: ExtensionReason | str, reason: str, days: int, last_goal: str
) -> Amendment:
    """Propose more days for one of the reasons of rule 12, within the organization's cap.

    Raises PermissionDenied or DomainError.
    """
    require(may_propose(actor, plan))
    with transaction.atomic():
        lock_plan(plan, EXTENDABLE)
        if days < 1:
            raise DomainError(_("An extension is at least one day."), rule=12)
        change = AmendmentInput(more_days=days, last_goal=last_goal)
        return _propose(actor, plan, AmendmentKind.EXTENSION, change, reason, reason_kind=ExtensionReason(reason_kind))


def compare_amendment(*, plan: Plan, change: AmendmentInput) -> tuple[Snapshot, Snapshot]:
    """Return the content before and after a change, without writing or refusing anything."""
    before = snapshot_of(plan)
    metrics = metric_names(given.metric_id for _key, given in change.expectations or ())
    return before, proposed_content(before, change, owners=_owners(change), metrics=metrics)


def approve_amendment(*, actor: Membership, amendment: Amendment, note: str = "") -> Amendment:
    """Put the change in force as the next version: rows, dates, sealed PDF, a new receipt owed.

    Raises PermissionDenied unless the actor is an independent HR partner who did not propose it, DomainError when
    somebody else was faster, the plan has ended, or what it changes has happened in the meantime.
    """
    plan = amendment.plan
    require(may_settle(actor, amendment))
    with transaction.atomic():
        lock_plan(plan, RUNNING)
        _lock_open(amendment)
        checks.require_time_left(plan)
        checks.require_present(plan)
        checks.require_receipt(plan)
        checks.require_extendable(plan, amendment)
        _require_untouched(plan, amendment)
        checks.require_sound(plan, amendment.before, amendment.proposal, amendment.kind)
        put_in_force(plan=plan, amendment=amendment, actor=actor, note=note.strip())
        fulfil(kind=Owed.REVIEW_AMENDMENT, about_type=About.AMENDMENT, about_id=amendment.pk, actor=actor)
    return amendment


def decline_amendment(*, actor: Membership, amendment: Amendment, reason: str) -> Amendment:
    """Leave the plan as it is, with the reason. Raises PermissionDenied or DomainError."""
    plan = amendment.plan
    require(may_settle(actor, amendment))
    reason = require_words(reason, _("Write why not: whoever proposed it looks for another way."), rule=11)
    with transaction.atomic():
        lock_plan(plan, RUNNING)
        _lock_open(amendment)
        _settle(amendment, AmendmentStatus.DECLINED, actor, reason)
        fulfil(kind=Owed.REVIEW_AMENDMENT, about_type=About.AMENDMENT, about_id=amendment.pk, actor=actor)
        proposer = employee_of(amendment.proposed_by) if amendment.proposed_by is not None else None
        for person in {person.pk: person for person in (proposer, plan.manager) if person is not None}.values():
            tell(
                plan=plan,
                event=f"amendment-declined:{amendment.pk}",
                to=person,
                subject=_("A change of a plan was declined"),
                lines=[_("HR has declined a change that was proposed. The page gives the reasons.")],
                actor=actor,
            )
    return amendment


def withdraw_amendment(*, actor: Membership, amendment: Amendment) -> Amendment:
    """Take the proposal back. Raises PermissionDenied or DomainError."""
    require(may_withdraw(actor, amendment))
    with transaction.atomic():
        lock_plan(amendment.plan, RUNNING)
        _lock_open(amendment)
        _settle(amendment, AmendmentStatus.WITHDRAWN, actor, "")
        _withdraw_review(amendment, gettext("The proposal was taken back."))
    return amendment


def drop_open_amendment(*, plan: Plan, actor: Membership | None, reason: str) -> None:
    """Take an open proposal of a locked plan back because the plan itself is over."""
    for amendment in plan.amendments.select_for_update(of=("self",)).filter(status=AmendmentStatus.PROPOSED):
        _settle(amendment, AmendmentStatus.WITHDRAWN, actor, reason)
        _withdraw_review(amendment, reason)


def _propose(
    actor: Membership, plan: Plan, kind: AmendmentKind, change: AmendmentInput, reason: str, **more: Any
) -> Amendment:
    reason = require_words(reason, _("Write why: the reason is part of the next version and stays for good."), rule=11)
    checks.require_time_left(plan)
    checks.require_settled(plan)
    before, after = compare_amendment(plan=plan, change=change)
    checks.require_sound(plan, before, after, kind)
    checks.require_somebody_to_review(plan, actor)
    amendment = Amendment.objects.create(
        plan=plan,
        kind=kind,
        base_version=plan.version,
        version=plan.version + 1,
        reason=reason,
        more_days=change.more_days,
        before=before,
        proposal=after,
        proposed_by=actor,
        **more,
    )
    owe_amendment_review(plan, amendment)
    _tell_reviewers(plan, amendment, actor)
    return amendment


def _owners(change: AmendmentInput) -> dict[int, str]:
    wanted = {given.owner_id for _key, given in change.support or ()}
    return {person.pk: person.full_name for person in Employee.objects.filter(pk__in=wanted)}


def _lock_open(amendment: Amendment) -> None:
    """Lock the proposal of a locked plan. Raises DomainError that says who settled it when somebody was faster."""
    amendment.refresh_from_db(from_queryset=Amendment.objects.select_for_update(of=("self",)))
    if amendment.is_open:
        return
    raise DomainError(
        gettext("%(who)s has settled this proposal (%(status)s) on %(when)s. Reload the page to see it.")
        % {
            "who": amendment.decided_by or gettext("The calendar"),
            "status": amendment.get_status_display(),
            "when": date_format(timezone.localtime(amendment.decided_at), "j F Y, H:i"),
        }
    )


def _require_untouched(plan: Plan, amendment: Amendment) -> None:
    if amendment.base_version != plan.version or differences(amendment.before, snapshot_of(plan)):
        raise DomainError(
            _("The plan has changed since this was proposed. Decline it and ask for a new proposal."), rule=11
        )


def _settle(amendment: Amendment, status: AmendmentStatus, actor: Membership | None, reason: str) -> None:
    amendment.status = status
    amendment.decided_by = actor
    amendment.decided_at = timezone.now()
    amendment.decision_reason = reason
    amendment.save(update_fields=["status", "decided_by", "decided_at", "decision_reason"])


def _withdraw_review(amendment: Amendment, reason: str) -> None:
    withdraw(about_type=About.AMENDMENT, about_id=amendment.pk, kind=Owed.REVIEW_AMENDMENT, reason=reason)


def _tell_reviewers(plan: Plan, amendment: Amendment, actor: Membership) -> None:
    for partner in hr_partners_for(plan.employee):
        own = employee_of(partner)
        if own is not None and own.pk != plan.employee_id:
            tell(
                plan=plan,
                event=f"amendment:{amendment.pk}",
                to=own,
                subject=_("A change of a plan awaits your review"),
                lines=[_("A change of an issued plan was proposed. Nothing changes before HR has approved it.")],
                actor=actor,
            )
