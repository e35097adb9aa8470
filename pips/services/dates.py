"""The dates of a plan: laid out at issue, moved by leave, and what today makes of them.

The clock is pure; here its dates reach the rows, the obligations follow in the same transaction, and the reasons go on
the record. What has been held or delivered keeps its date: leave recorded later does not rewrite what happened.
"""

import datetime
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.enums import FormKind
from documents.selectors.templates import current_form
from people.models import Membership
from people.working_days import calendar_for
from pipcycle.errors import DomainError
from pips.amendment_enums import AmendmentStatus, LeaveProposalKind, LeaveProposalStatus
from pips.clock import ClockInput, ClockMark, PlanClock, RampUp, check_in_days, run_clock
from pips.days import absences_of, day_for, today_for
from pips.enums import RUNNING, PlanStatus
from pips.explanations import explain, full_date
from pips.models import LeaveProposal, Milestone, Plan, PlanCheckIn
from pips.obligations import About, Owed
from pips.services.moves import move_plan
from pips.services.promises import (
    answer_due,
    decision_due,
    owe_check_in,
    owe_decision,
    owe_milestone,
    owe_support,
    receipt_due,
)
from pips.services.shifts import Cause, Moved, announce_shifts
from reminders.services.obligations import move


def clock_of(plan: Plan, *, more_days: int = 0) -> PlanClock:
    """Run the clock of a plan over the employee's leave and the holidays of their place of work.

    ``more_days`` asks how it would run with that many days added. Raises DomainError for a plan without a start date.
    """
    if plan.starts_on is None:
        raise DomainError(_("The plan has no start date yet. Choose one."))
    given = ClockInput(
        starts_on=plan.starts_on,
        length_days=plan.length_days,
        absences=absences_of(plan.employee),
        extension_days=plan.extension_days + more_days,
        today=today_for(plan.employee),
        ramp_ups=_ramp_ups_of(plan),
    )
    return run_clock(given, calendar_for(plan.employee))


def _ramp_ups_of(plan: Plan) -> tuple[RampUp, ...]:
    accepted = LeaveProposal.objects.filter(
        plan=plan, kind=LeaveProposalKind.RAMP_UP, status=LeaveProposalStatus.ACCEPTED
    )
    return tuple(RampUp(leave_on, days) for leave_on, days in accepted.values_list("leave_starts_on", "days"))


def lay_out_dates(plan: Plan, clock: PlanClock) -> None:
    """Write the dates of a plan about to be issued: milestones, the check-ins between them, the support."""
    _set_milestones(plan, clock)
    add_check_ins(plan, clock, check_in_days(plan.length_days, plan.check_in_every_days))
    deque(_set_support(plan, clock), maxlen=0)


def add_check_ins(plan: Plan, clock: PlanClock, days: Iterable[int]) -> list[PlanCheckIn]:
    """Plan check-ins on those days of the plan."""
    version, _form = current_form(FormKind.CHECK_IN)
    marks = [clock.mark(day) for day in days]
    return PlanCheckIn.objects.bulk_create(
        PlanCheckIn(plan=plan, day=mark.day, planned_on=mark.planned_on, due_on=mark.due_on, form_version=version)
        for mark in marks
    )


def open_obligations(plan: Plan) -> None:
    """Owe every milestone, check-in and piece of support of the plan on its date."""
    for milestone in plan.milestones.all():
        if milestone.due_on is not None:
            owe_milestone(plan, milestone, milestone.due_on)
    for check_in in plan.check_ins.all():
        owe_check_in(plan, check_in)
    for commitment in plan.support_commitments.select_related("owner"):
        if commitment.due_on is not None:
            owe_support(plan, commitment, commitment.due_on)


def refresh_plan_dates(
    *, plan: Plan, actor: Membership | None = None, announce: bool = True, cause: Cause = Cause.CALENDAR
) -> bool:
    """Run the clock again and move everything that is still ahead; return whether the plan's dates changed.

    Milestones, check-ins, support and obligations move with their reasons, the record gets the sentences and both
    people are told. ``announce=False`` keeps the daily drift of a leave without an end quiet: it was announced once.
    """
    with transaction.atomic():
        plan.refresh_from_db(from_queryset=Plan.objects.select_for_update(of=("self",)))
        if plan.status not in RUNNING:
            return False
        clock = clock_of(plan)
        before = plan.ends_on
        moved = set_dates(plan, clock)
        changed = bool(moved or before != clock.ends_on)
        if changed and (announce or not clock.has_open_leave):
            announce_shifts(plan, moved, cause=cause, actor=actor)
        refresh_plan_state(plan=plan, actor=actor)
        return changed


def set_dates(plan: Plan, clock: PlanClock) -> list[Moved]:
    """Write what the clock says of a locked, running plan, with the obligations; return the dates that moved."""
    moved = [*_set_milestones(plan, clock), *_set_check_ins(plan, clock), *_set_support(plan, clock)]
    if clock.ends_on != plan.ends_on:
        plan.ends_on = clock.ends_on
        plan.save(update_fields=["ends_on"])
    _move_short_terms(plan)
    return moved


def refresh_plan_state(*, plan: Plan, actor: Membership | None = None) -> None:
    """Let the calendar move a locked plan: it starts, it pauses for leave and resumes, its end is owed a decision.

    Doing it twice changes nothing.
    """
    today = today_for(plan.employee)
    if plan.status not in RUNNING or plan.starts_on is None or plan.ends_on is None:
        return
    is_paused = clock_of(plan).is_paused_on(today)
    if plan.status == PlanStatus.ISSUED and plan.acknowledged_at is not None and plan.starts_on <= today:
        move_plan(plan=plan, target=PlanStatus.ACTIVE, actor=actor, reason=gettext("The start date was reached."))
    if plan.status == PlanStatus.ACTIVE and is_paused:
        move_plan(plan=plan, target=PlanStatus.PAUSED, actor=actor, reason=gettext("Leave began."))
    elif plan.status == PlanStatus.PAUSED and not is_paused:
        move_plan(plan=plan, target=PlanStatus.ACTIVE, actor=actor, reason=gettext("Leave ended."))
    if plan.ends_on <= today and not is_paused:
        owe_decision(plan)


def _set_milestones(plan: Plan, clock: PlanClock) -> list[Moved]:
    """Give each milestone that was not held its dates and their reasons; return those whose due date changed."""
    marks = {mark.day: mark for mark in clock.marks}
    moved = []
    for milestone in plan.milestones.filter(manager_recorded_at__isnull=True):
        mark = marks.get(milestone.day) or clock.mark(milestone.day)
        explanation = "\n".join(explain(mark))
        was = (milestone.planned_on, milestone.due_on, milestone.clock_explanation)
        if was == (mark.planned_on, mark.due_on, explanation):
            continue
        if milestone.due_on != mark.due_on:
            moved.append(Moved(about=About.MILESTONE, about_id=milestone.pk, mark=mark, old_on=milestone.due_on))
        milestone.planned_on, milestone.due_on = mark.planned_on, mark.due_on
        milestone.clock_explanation = explanation
        milestone.save(update_fields=["planned_on", "due_on", "clock_explanation"])
        _move(Owed.RECORD_MILESTONE, About.MILESTONE, milestone.pk, mark)
    return moved


def _set_check_ins(plan: Plan, clock: PlanClock) -> Iterator[Moved]:
    for check_in in plan.check_ins.filter(manager_recorded_at__isnull=True):
        mark = clock.mark(check_in.day)
        if check_in.due_on != mark.due_on:
            yield Moved(about=About.CHECK_IN, about_id=check_in.pk, mark=mark, old_on=check_in.due_on)
            check_in.due_on = mark.due_on
            check_in.save(update_fields=["due_on"])
            _move(Owed.HOLD_CHECK_IN, About.CHECK_IN, check_in.pk, mark)


def _set_support(plan: Plan, clock: PlanClock) -> Iterator[Moved]:
    for commitment in plan.support_commitments.filter(delivered_on__isnull=True):
        mark = clock.mark(commitment.due_day)
        if commitment.due_on != mark.due_on:
            yield Moved(about=About.SUPPORT, about_id=commitment.pk, mark=mark, old_on=commitment.due_on)
            commitment.due_on = mark.due_on
            commitment.save(update_fields=["due_on"])
            _move(Owed.DELIVER_SUPPORT, About.SUPPORT, commitment.pk, mark)


def _move(kind: Owed, about: About, about_id: int, mark: ClockMark) -> int:
    return move(kind=kind, about_type=about, about_id=about_id, due_on=mark.due_on, reason=_reason(mark))


def _reason(mark: ClockMark) -> str:
    return " ".join(explain(mark)) or gettext("No leave lies before this day any more.")


def _move_short_terms(plan: Plan) -> None:
    """Move what is owed a few working days after an event: the employee is not asked for it while on leave."""
    reason = gettext("Days of leave do not count.")
    handed_over_at = handed_over_last(plan)
    if handed_over_at is not None:
        move(
            kind=Owed.ACKNOWLEDGE,
            about_type=About.PLAN,
            about_id=plan.pk,
            due_on=receipt_due(plan, day_for(plan.employee, handed_over_at)),
            reason=reason,
        )
    answers: Sequence[tuple[Owed, About, Sequence[Milestone | PlanCheckIn]]] = (
        (Owed.ANSWER_MILESTONE, About.MILESTONE, _unanswered(plan.milestones)),
        (Owed.ANSWER_CHECK_IN, About.CHECK_IN, _unanswered(plan.check_ins)),
    )
    for kind, about, parts in answers:
        for part in parts:
            if part.manager_recorded_at is not None:
                recorded_on = day_for(plan.employee, part.manager_recorded_at)
                due_on = answer_due(plan, recorded_on)
                move(kind=kind, about_type=about, about_id=part.pk, due_on=due_on, reason=reason)
    if plan.ends_on is not None and plan.ends_on > today_for(plan.employee):
        move(
            kind=Owed.DECIDE,
            about_type=About.PLAN,
            about_id=plan.pk,
            due_on=decision_due(plan),
            reason=gettext("The end of the plan has moved to %(end)s.") % {"end": full_date(plan.ends_on)},
        )


def handed_over_last(plan: Plan) -> datetime.datetime | None:
    """Return when the version whose receipt is still owed was handed over; None when no receipt is owed."""
    if plan.receipt_owed_for is not None:
        in_force = plan.amendments.filter(status=AmendmentStatus.IN_FORCE)
        last = in_force.order_by("-version").first()
        return last.decided_at if last is not None else None
    return plan.issued_at if plan.acknowledged_at is None else None


def _unanswered(parts: Any) -> list[Milestone | PlanCheckIn]:
    return list(parts.filter(manager_recorded_at__isnull=False, employee_recorded_at__isnull=True))
