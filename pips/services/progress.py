"""While the plan runs: check-ins, milestones and the employer's support, both views on the record (rule 6)."""

import datetime
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.enums import FormKind
from documents.form_kinds import SECTIONS
from people.models import Leave, Membership
from pipcycle.errors import DomainError, require
from pips.days import today_for
from pips.enums import MEETING, RUNNING, SupportAnswer, TrackStatus
from pips.explanations import full_date
from pips.models import Milestone, MilestoneReading, Plan, PlanCheckIn, SupportCommitment
from pips.obligations import About, Owed
from pips.readings import readings_of
from pips.rules import is_employee_in, is_manager_in, is_support_owner
from pips.selectors.forms import CHECK_IN_SECTIONS, form_of_check_in
from pips.services.moves import lock_plan, require_words
from pips.services.promises import confirmation_due, owe_answer, owe_confirmation, owe_decision
from reminders.services.obligations import fulfil


def record_check_in(
    *,
    actor: Membership,
    check_in: PlanCheckIn,
    held_on: datetime.date,
    track_status: TrackStatus | str,
    manager_view: str,
    support_delivered: str = "",
    obstacles: str = "",
    actions: str = "",
) -> None:
    """Record the manager's side of a check-in; it may be corrected until the employee has added theirs.

    Raises PermissionDenied or DomainError.
    """
    plan = check_in.plan
    require(is_manager_in(actor, plan))
    with transaction.atomic():
        lock_plan(plan, MEETING)
        check_in.refresh_from_db()
        _require_open(check_in)
        _require_meeting_day(plan, held_on)
        _require_sections(check_in, support_delivered=support_delivered, obstacles=obstacles, actions=actions)
        check_in.held_on = held_on
        check_in.track_status = TrackStatus(track_status)
        check_in.manager_view = require_words(manager_view, _("Write your view of how it is going."), rule=6)
        check_in.support_delivered = support_delivered.strip()
        check_in.obstacles = obstacles.strip()
        check_in.actions = actions.strip()
        check_in.manager_recorded_at = timezone.now()
        check_in.manager_recorded_by = actor
        check_in.save(
            update_fields=[
                "held_on",
                "track_status",
                "manager_view",
                "support_delivered",
                "obstacles",
                "actions",
                "manager_recorded_at",
                "manager_recorded_by",
            ]
        )
        fulfil(kind=Owed.HOLD_CHECK_IN, about_type=About.CHECK_IN, about_id=check_in.pk, actor=actor)
        if check_in.employee_recorded_at is None:
            owe_answer(plan, Owed.ANSWER_CHECK_IN, About.CHECK_IN, check_in.pk)


def answer_check_in(*, actor: Membership, check_in: PlanCheckIn, employee_view: str) -> None:
    """Add the employee's view, before or after the manager's; once both stand they are final.

    Raises PermissionDenied or DomainError.
    """
    plan = check_in.plan
    require(is_employee_in(actor, plan))
    with transaction.atomic():
        lock_plan(plan, MEETING)
        check_in.refresh_from_db()
        _answer(check_in, employee_view)
        fulfil(kind=Owed.ANSWER_CHECK_IN, about_type=About.CHECK_IN, about_id=check_in.pk, actor=actor)


def record_milestone(
    *,
    actor: Membership,
    milestone: Milestone,
    held_on: datetime.date,
    track_status: TrackStatus | str,
    manager_view: str,
    next_steps: str = "",
    readings: Mapping[int, Decimal | None],
) -> None:
    """Record the manager's side of a formal review with a reading per expectation (None: no figure to be had).

    ``readings`` is keyed by expectation. With the last milestone the decision is owed. Raises PermissionDenied or
    DomainError.
    """
    plan = milestone.plan
    require(is_manager_in(actor, plan))
    with transaction.atomic():
        lock_plan(plan, MEETING)
        milestone.refresh_from_db()
        _require_open(milestone)
        _require_meeting_day(plan, held_on)
        milestone.held_on = held_on
        milestone.track_status = TrackStatus(track_status)
        milestone.manager_view = require_words(manager_view, _("Write your view of how it is going."), rule=6)
        milestone.next_steps = next_steps.strip()
        milestone.manager_recorded_at = timezone.now()
        milestone.manager_recorded_by = actor
        milestone.save(
            update_fields=[
                "held_on",
                "track_status",
                "manager_view",
                "next_steps",
                "manager_recorded_at",
                "manager_recorded_by",
            ]
        )
        _write_readings(plan, milestone, readings)
        fulfil(kind=Owed.RECORD_MILESTONE, about_type=About.MILESTONE, about_id=milestone.pk, actor=actor)
        if milestone.employee_recorded_at is None:
            owe_answer(plan, Owed.ANSWER_MILESTONE, About.MILESTONE, milestone.pk)
        if not plan.milestones.filter(manager_recorded_at__isnull=True).exists():
            owe_decision(plan)


def answer_milestone(*, actor: Membership, milestone: Milestone, employee_view: str) -> None:
    """Add the employee's view of a formal review. Raises PermissionDenied or DomainError."""
    plan = milestone.plan
    require(is_employee_in(actor, plan))
    with transaction.atomic():
        lock_plan(plan, MEETING)
        milestone.refresh_from_db()
        _answer(milestone, employee_view)
        fulfil(kind=Owed.ANSWER_MILESTONE, about_type=About.MILESTONE, about_id=milestone.pk, actor=actor)


def deliver_support(
    *, actor: Membership, commitment: SupportCommitment, delivered_on: datetime.date, note: str
) -> None:
    """Record that promised support was given: by whoever promised it, or a manager above the employee.

    The employee is asked whether it arrived; who says no reopens the promise, and it can be recorded anew. Raises
    PermissionDenied or DomainError.
    """
    plan = commitment.plan
    may_deliver = is_support_owner(actor, commitment) or is_manager_in(actor, plan)
    require(may_deliver and not is_employee_in(actor, plan))
    with transaction.atomic():
        lock_plan(plan, RUNNING)
        commitment.refresh_from_db()
        if commitment.delivered_on is not None and commitment.answer != SupportAnswer.NOT_RECEIVED:
            raise DomainError(_("This support is recorded as delivered already. Reload the page to see it."), rule=13)
        if delivered_on > today_for(plan.employee):
            raise DomainError(_("Support is recorded once it was given. Choose today or an earlier day."), rule=13)
        commitment.delivered_on = delivered_on
        commitment.delivered_note = require_words(note, _("Write what was delivered."), rule=13)
        commitment.confirm_by = confirmation_due(plan)
        commitment.answer = commitment.answer_note = ""
        commitment.answered_at = None
        commitment.save(
            update_fields=["delivered_on", "delivered_note", "confirm_by", "answer", "answer_note", "answered_at"]
        )
        fulfil(kind=Owed.DELIVER_SUPPORT, about_type=About.SUPPORT, about_id=commitment.pk, actor=actor)
        if commitment.resolved_at is None:
            owe_confirmation(plan, commitment, commitment.confirm_by)


def _require_sections(check_in: PlanCheckIn, **given: str) -> None:
    """Ask for what HR's form asks for, in the version the check-in was planned with."""
    form = form_of_check_in(check_in)
    asked = set(form.required()) if form is not None else set()
    for field, words in given.items():
        for key in asked.intersection(CHECK_IN_SECTIONS[field]):
            label = SECTIONS[FormKind.CHECK_IN][key]
            require_words(words, format_lazy(_("The form asks for this: {section}."), section=label))


def _answer(part: PlanCheckIn | Milestone, employee_view: str) -> None:
    _require_open(part)
    part.employee_view = require_words(employee_view, _("Write your view, in your own words."), rule=6)
    part.employee_recorded_at = timezone.now()
    part.save(update_fields=["employee_view", "employee_recorded_at"])


def _require_open(part: PlanCheckIn | Milestone) -> None:
    if part.manager_recorded_at is not None and part.employee_recorded_at is not None:
        raise DomainError(_("Both views are on the record, so this page is final."), rule=6)


def _require_meeting_day(plan: Plan, held_on: datetime.date) -> None:
    if held_on > today_for(plan.employee):
        raise DomainError(_("A meeting is recorded once it was held. Choose today or an earlier day."), rule=6)
    if plan.starts_on is not None and held_on < plan.starts_on:
        raise DomainError(
            gettext("The plan began on %(date)s. Choose that day or a later one.")
            % {"date": full_date(plan.starts_on)},
            rule=6,
        )
    away = Leave.objects.filter(employee=plan.employee_id, starts_on__lte=held_on).exclude(ends_on__lt=held_on)
    if away.exists():
        raise DomainError(
            gettext("The employee was on leave on %(date)s. Choose the day of the meeting.")
            % {"date": full_date(held_on)},
            rule=8,
        )


def _write_readings(plan: Plan, milestone: Milestone, readings: Mapping[int, Decimal | None]) -> None:
    known = set(plan.expectations.values_list("pk", flat=True))
    if set(readings) - known:
        raise DomainError(_("A reading belongs to no expectation of this plan. Reload the page and record it again."))
    said = readings_of(plan.expectations.all(), plan.employee_id, milestone.held_on or today_for(plan.employee))
    for expectation_id, value in readings.items():
        metric = said.get(expectation_id)
        MilestoneReading.objects.update_or_create(
            milestone=milestone,
            expectation_id=expectation_id,
            defaults={
                "value": value,
                "measured": metric.value if metric else None,
                "verdict": metric.verdict if metric else "",
            },
        )
