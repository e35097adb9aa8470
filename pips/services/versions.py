"""Putting an approved change in force: version n+1 of the plan in one transaction (rules 3, 11, 12)."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pips.amendment_enums import AmendmentKind, AmendmentStatus
from pips.clock import PlanClock, check_in_days_between
from pips.days import today_for
from pips.enums import PlanStatus
from pips.models import Amendment, Plan, SupportCommitment
from pips.models.guards import lifted_locks
from pips.obligations import About
from pips.services.dates import add_check_ins, clock_of, refresh_plan_state, set_dates
from pips.services.moves import move_plan
from pips.services.notices import tell
from pips.services.promises import owe_check_in, owe_milestone, owe_receipt, owe_support
from pips.services.sealing import seal_version
from pips.services.shifts import Cause, Moved, record_shifts
from pips.snapshots import Row, Snapshot, figure_of, snapshot_of
from reminders.services.obligations import withdraw


def put_in_force(*, plan: Plan, amendment: Amendment, actor: Membership, note: str = "") -> None:
    """Make the locked plan what the open amendment proposes; every rule has been checked by the caller.

    The content rows change with their locks lifted for these statements only; then the clock runs, both contents are
    kept, the version is raised, the PDF with what changed is sealed, and its receipt is owed.
    """
    content, old_end = amendment.proposal, plan.ends_on
    clock = _write(plan, content)
    moved = _lay_out(plan, clock, amendment)
    _raise_version(plan, amendment, actor, note)
    if old_end != plan.ends_on:
        moved.append(Moved(about=About.PLAN, about_id=plan.pk, mark=clock.marks[-1], old_on=old_end))
    record_shifts(plan, moved, cause=Cause.AMENDMENT, actor=actor)
    _owe_new_parts(plan)
    owe_receipt(plan, today_for(plan.employee))
    seal_version(plan=plan, actor=actor)
    _tell(plan, amendment, actor)
    refresh_plan_state(plan=plan, actor=actor)


def _write(plan: Plan, content: Snapshot) -> PlanClock:
    """Write the rows of the new content and give the plan in memory its columns; return the clock it then runs by."""
    with lifted_locks():
        for row in content["concerns"]:
            if row["id"] is None:
                plan.concerns.create(**_columns(row))
        _write_rows(plan.expectations, [_expectation(row, at) for at, row in enumerate(content["expectations"])])
        _write_rows(plan.support_commitments, [_support(row) for row in content["support"]])
        for row in content["milestones"]:
            if row["id"] is None:
                plan.milestones.create(day=row["day"], goal=row["goal"])
            else:
                plan.milestones.filter(pk=row["id"]).exclude(goal=row["goal"]).update(goal=row["goal"])
    for name in ("root_cause", "success_consequence", "failure_consequence", "extension_days"):
        setattr(plan, name, content[name])
    return clock_of(plan)


def _write_rows(parts: Any, rows: list[Row]) -> None:
    standing = {part.pk: part for part in parts.all()}
    for key in standing.keys() - {row["id"] for row in rows}:
        if isinstance(standing[key], SupportCommitment):
            withdraw(about_type=About.SUPPORT, about_id=key, reason=gettext("The plan was amended."))
        standing[key].delete()
    for row in rows:
        if row["id"] is None:
            parts.create(**_columns(row))
        else:
            _change(standing[row["id"]], _columns(row))


def _change(part: models.Model, columns: Row) -> None:
    changed = [name for name, value in columns.items() if getattr(part, name) != value]
    for name in changed:
        setattr(part, name, columns[name])
    if changed:
        part.save(update_fields=changed)


def _columns(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "id"}


def _expectation(row: Row, position: int) -> Row:
    figures = {name: figure_of(row[name]) for name in ("baseline", "target")}
    return {name: value for name, value in {**row, **figures, "position": position}.items() if name != "metric"}


def _support(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "owner"}


def _lay_out(plan: Plan, clock: PlanClock, amendment: Amendment) -> list[Moved]:
    """Give the parts their dates; days added get check-ins of their own."""
    moved = set_dates(plan, clock)
    if amendment.more_days:
        last_day = plan.length_days + plan.extension_days
        days = check_in_days_between(last_day - amendment.more_days, last_day, plan.check_in_every_days)
        for check_in in add_check_ins(plan, clock, days):
            owe_check_in(plan, check_in)
    return moved


def _raise_version(plan: Plan, amendment: Amendment, actor: Membership, note: str) -> None:
    """Settle the amendment with both contents, then raise the plan's version: the database takes them in this order."""
    plan.version = amendment.version
    amendment.status = AmendmentStatus.IN_FORCE
    amendment.decided_by, amendment.decided_at, amendment.decision_reason = actor, timezone.now(), note
    amendment.after = snapshot_of(plan)
    amendment.save(update_fields=["status", "decided_by", "decided_at", "decision_reason", "after"])
    columns = {
        "version": amendment.version,
        "receipt_owed_for": amendment.version,
        "extension_days": plan.extension_days,
        "root_cause": plan.root_cause,
        "success_consequence": plan.success_consequence,
        "failure_consequence": plan.failure_consequence,
    }
    if amendment.kind == AmendmentKind.EXTENSION:
        reason = gettext("Version %(version)d: extended.") % {"version": amendment.version}
        move_plan(plan=plan, target=PlanStatus.EXTENDED, actor=actor, reason=reason, **columns)
        return
    plan.receipt_owed_for = amendment.version
    plan.save(update_fields=[*columns])


def _owe_new_parts(plan: Plan) -> None:
    """Owe what is new or has another owner; what is owed already keeps its place."""
    for milestone in plan.milestones.filter(manager_recorded_at__isnull=True):
        if milestone.due_on is not None:
            owe_milestone(plan, milestone, milestone.due_on)
    awaited = plan.support_commitments.filter(delivered_on__isnull=True, resolved_at__isnull=True)
    for commitment in awaited.select_related("owner"):
        if commitment.due_on is not None:
            owe_support(plan, commitment, commitment.due_on)


def _tell(plan: Plan, amendment: Amendment, actor: Membership) -> None:
    event = f"version:{amendment.version}"
    tell(
        plan=plan,
        event=event,
        to=plan.employee,
        subject=_("A new version of a document awaits your acknowledgement"),
        lines=[
            _("A document you were handed has a new version. Read what changed in the portal and acknowledge receipt."),
            _("Acknowledging receipt does not mean that you agree; you can add your own words."),
        ],
        actor=actor,
    )
    tell(
        plan=plan,
        event=event,
        to=plan.manager,
        subject=_("A change of a plan is in force"),
        lines=[_("HR has approved a change of a plan you lead. The employee is asked to acknowledge the new version.")],
        actor=actor,
    )
