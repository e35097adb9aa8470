"""What stands in the way of a change: checked when it is proposed and again when it is put in force (rules 11, 12)."""

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import Employee, Leave, Membership
from people.selectors.accounts import employee_of
from people.selectors.employees import hr_partners_for
from pipcycle.errors import DomainError
from pips.amending import what_rises
from pips.amendment_enums import AmendmentKind, AmendmentStatus
from pips.days import today_for
from pips.enums import Direction, PlanStatus
from pips.explanations import full_date
from pips.models import Amendment, Plan
from pips.rules import is_independent
from pips.selectors.policy import policy_now
from pips.services.dates import clock_of
from pips.services.drafting import require_known_metrics
from pips.snapshots import ROW_FIELDS, Row, Snapshot, differences, figure_of


def require_time_left(plan: Plan) -> None:
    """Raise DomainError once the plan's last day is over: from then on the outcome is decided, nothing is changed."""
    if plan.ends_on is not None and today_for(plan.employee) > plan.ends_on:
        raise DomainError(
            _("The plan ended on %(date)s. What is left is to decide its outcome; a change would come too late.")
            % {"date": full_date(plan.ends_on)},
            rule=11,
        )


def require_settled(plan: Plan) -> None:
    """Raise DomainError while another change waits for HR, or the last one for its receipt."""
    if plan.amendments.filter(status=AmendmentStatus.PROPOSED).exists():
        raise DomainError(_("A change of this plan awaits HR already. It is settled first, or taken back."), rule=11)
    require_receipt(plan)


def require_receipt(plan: Plan) -> None:
    """Raise DomainError while the receipt of the last version is open."""
    if plan.receipt_owed_for is not None:
        raise DomainError(
            _("Receipt of version %(version)d is not recorded yet. One version is received before the next is made.")
            % {"version": plan.receipt_owed_for},
            rule=11,
        )


def require_present(plan: Plan) -> None:
    """Raise DomainError while the employee is on leave: nothing is changed behind the back of somebody away."""
    today = today_for(plan.employee)
    away = Leave.objects.filter(employee=plan.employee_id, starts_on__lte=today).exclude(ends_on__lt=today)
    if away.exists():
        raise DomainError(_("The employee is on leave today. Put the change in force when they are back."), rule=8)


def require_somebody_to_review(plan: Plan, proposer: Membership) -> None:
    """Raise DomainError when nobody but the proposer could approve the change."""
    for partner in hr_partners_for(plan.employee):
        own = employee_of(partner)
        is_involved = own is not None and own.pk in {plan.employee_id, plan.manager_id}
        if partner.pk != proposer.pk and not is_involved and is_independent(partner, plan):
            return
    raise DomainError(
        _("Nobody else can review the change. Ask the manager to propose it, or your HR admin to name an HR partner."),
        rule=11,
    )


def require_sound(plan: Plan, before: Snapshot, after: Snapshot, kind: AmendmentKind | str) -> None:
    """Raise DomainError for the first thing that is not sound about the content after the change."""
    if not differences(before, after):
        raise DomainError(_("Nothing would change. Change something, or go back to the plan."), rule=11)
    _require_known_rows(before, after)
    _require_sound_concerns(plan, after)
    _require_sound_expectations(plan, before, after)
    _require_open_milestones(plan, before, after)
    _require_sound_support(plan, before, after)
    if not (after["success_consequence"] and after["failure_consequence"]):
        raise DomainError(_("Both consequences stay stated: what follows success, and what follows if not."), rule=2)
    if kind == AmendmentKind.CHANGE:
        _require_more_time(plan, before, after)
    if kind == AmendmentKind.EXTENSION:
        _require_within_cap(plan, after["extension_days"] - before["extension_days"])


def end_with(plan: Plan, more_days: int) -> datetime.date:
    """Return the plan's end with that many days more."""
    return clock_of(plan, more_days=more_days).ends_on


def days_left_of_cap(plan: Plan) -> int:
    """Return by how many days the plan can still be extended under the organization's policy (rule 12)."""
    taken = plan.amendments.filter(kind=AmendmentKind.EXTENSION, status=AmendmentStatus.IN_FORCE)
    days: int = sum(taken.values_list("more_days", flat=True))
    return max(0, policy_now().extension_cap_days - days)


def _require_more_time(plan: Plan, before: Snapshot, after: Snapshot) -> None:
    rises = what_rises(before, after)
    least = policy_now().amendment_more_time_days
    if not rises or after["extension_days"] - before["extension_days"] >= least:
        return
    raise DomainError(
        _(
            "The change asks for more than before: %(what)s. Then the plan needs at least %(days)d days more: "
            "its end moves from %(old)s to %(new)s. Set “Days more” to %(days)d, or leave the standard as it is."
        )
        % {
            "what": "; ".join(rises),
            "days": least,
            "old": full_date(end_with(plan, 0)),
            "new": full_date(end_with(plan, least)),
        },
        rule=11,
    )


def _require_within_cap(plan: Plan, more_days: int) -> None:
    left = days_left_of_cap(plan)
    if more_days <= left:
        return
    cap = policy_now().extension_cap_days
    if left == 0:
        raise DomainError(
            _("The plan has been extended by %(cap)d days already, the most your organization allows.") % {"cap": cap},
            rule=12,
        )
    raise DomainError(
        ngettext(
            "Your organization allows extensions of %(cap)d days in all: %(left)d day is left.",
            "Your organization allows extensions of %(cap)d days in all: %(left)d days are left.",
            left,
        )
        % {"cap": cap, "left": left},
        rule=12,
    )


def _require_known_rows(before: Snapshot, after: Snapshot) -> None:
    for section in ROW_FIELDS:
        keys = [row["id"] for row in after[section] if row["id"] is not None]
        if len(keys) != len(set(keys)) or set(keys) - {row["id"] for row in before[section]}:
            raise DomainError(_("A row belongs to no part of this plan. Reload the page and propose the change again."))


def _require_sound_concerns(plan: Plan, after: Snapshot) -> None:
    today = today_for(plan.employee).isoformat()
    for row in _new(after["concerns"]):
        if not row["description"] or not row["standard"]:
            raise DomainError(_("Complete what happened and the standard expected in every new example."), rule=2)
        if row["occurred_on"] > today:
            raise DomainError(_("A new example lies in the future: a plan rests on what has happened."), rule=2)


def _require_sound_expectations(plan: Plan, before: Snapshot, after: Snapshot) -> None:
    if not after["expectations"]:
        raise DomainError(_("A plan expects at least one thing."), rule=2)
    for row in after["expectations"]:
        if not (row["title"] and row["unit"] and row["data_source"]) or None in (row["baseline"], row["target"]):
            raise DomainError(
                _("Every expectation keeps its words, today's value, target, unit and data source."), rule=3
            )
        baseline, target = figure_of(row["baseline"]), figure_of(row["target"])
        assert baseline is not None  # noqa: S101  # as looked at above; narrows the type
        assert target is not None  # noqa: S101
        if target <= baseline if row["direction"] == Direction.AT_LEAST else target >= baseline:
            raise DomainError(_("The target of “%(title)s” is no better than today's value.") % row, rule=2)
    require_known_metrics(row.get("metric_id") for row in after["expectations"])
    gone = _gone(before["expectations"], after["expectations"])
    read = plan.expectations.filter(pk__in=gone, readings__isnull=False).first()
    if read is not None:
        raise DomainError(
            _("“%(title)s” has readings on the record, so it stays. Change its target instead.")
            % {"title": read.title},
            rule=11,
        )


def _require_open_milestones(plan: Plan, before: Snapshot, after: Snapshot) -> None:
    was = {row["day"]: row["goal"] for row in before["milestones"]}
    held = set(plan.milestones.filter(manager_recorded_at__isnull=False).values_list("day", flat=True))
    for row in after["milestones"]:
        if row["day"] in held and row["goal"] != was.get(row["day"]):
            raise DomainError(
                _("The review of day %(day)d was held. Its goal stays as it was; nothing is changed backwards.") % row,
                rule=11,
            )
        if not row["goal"] and was.get(row["day"], "new"):
            raise DomainError(_("Write what should be reached by day %(day)d.") % row, rule=2)


def _require_sound_support(plan: Plan, before: Snapshot, after: Snapshot) -> None:
    was = {row["id"]: row for row in before["support"]}
    delivered = set(plan.support_commitments.filter(delivered_on__isnull=False).values_list("pk", flat=True))
    now = {row["id"]: row for row in after["support"] if row["id"] is not None}
    if any(now.get(key) != was[key] for key in delivered & was.keys()):
        raise DomainError(_("Support that was delivered stays as it was; promise something new beside it."), rule=13)
    clock, today = clock_of(plan), today_for(plan.employee)
    last_day = after["length_days"] + after["extension_days"]
    for row in after["support"]:
        if row == was.get(row["id"]):
            continue
        if not row["description"]:
            raise DomainError(_("Say in every promise what the employer does."), rule=2)
        if row["due_day"] > last_day or clock.mark(row["due_day"]).due_on < today:
            raise DomainError(
                _("“%(what)s” is promised for a day outside the rest of the plan. Choose a day from today to its end.")
                % {"what": row["description"][:80]},
                rule=11,
            )
    _require_owners(plan, {row["owner_id"] for row in after["support"]})


def _require_owners(plan: Plan, wanted: set[int]) -> None:
    known = set(Employee.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    if wanted - known or plan.employee_id in wanted:
        raise DomainError(_("Choose for each promise somebody of this organization, not the employee."), rule=2)


def _new(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row["id"] is None]


def _gone(before: Iterable[Row], after: Iterable[Row]) -> set[int]:
    return {row["id"] for row in before} - {row["id"] for row in after}


def require_extendable(plan: Plan, amendment: Amendment) -> None:
    """Raise DomainError for an extension of a plan that is not active: the clock stands still, or receipt is open."""
    if amendment.kind == AmendmentKind.EXTENSION and plan.status != PlanStatus.ACTIVE:
        raise DomainError(
            _("Only an active plan is extended, and this one is: %(status)s.") % {"status": plan.get_status_display()},
            rule=12,
        )
