"""The end of a plan: the decision, the look back, the closing."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from people.working_days import calendar_for
from pipcycle.errors import DomainError
from pips.days import day_for, today_for
from pips.enums import FOLLOW_UP_DAYS, NoteKind, Outcome, PlanStatus, Step
from pips.models import FollowUp, Plan
from pips.obligations import About, Owed
from pips.rules import is_manager_in, is_reviewer_in
from pips.services.moves import lock_plan, move_plan, require, require_no_block, require_words, write_note
from pips.services.notices import tell_both
from pips.services.promises import keep, owe_closing, owe_follow_up, withdraw_everything
from reminders.services.obligations import fulfil


def decide_plan(*, actor: Membership, plan: Plan, outcome: Outcome | str, reason: str) -> None:
    """Decide the outcome with its reasons. Success schedules the follow-ups; any other outcome leaves HR to close.

    The gates of rules 6, 8 and 13 stand before it; a plan may be withdrawn at any time. Raises PermissionDenied unless
    the actor is an HR partner who neither manages the employee nor wrote the plan, or DomainError.
    """
    outcome = Outcome(outcome)
    require(is_reviewer_in(actor, plan))
    reason = require_words(reason, _("Write the reasons for the outcome; both people will read them."))
    with transaction.atomic():
        lock_plan(plan, {PlanStatus.ISSUED, PlanStatus.ACTIVE, PlanStatus.PAUSED})
        require_no_block(plan, Step.DECIDE, outcome=outcome)
        move_plan(
            plan=plan,
            target=PlanStatus.DECIDED,
            actor=actor,
            reason=reason,
            outcome=outcome,
            outcome_reason=reason,
            decided_at=timezone.now(),
            decided_by=actor,
        )
        write_note(plan=plan, kind=NoteKind.DECIDED, body=f"{outcome.label}\n{reason}", author=actor)
        keep(plan, Owed.DECIDE, actor)
        withdraw_everything(plan, gettext("The outcome was decided."))
        if outcome == Outcome.SUCCESSFUL:
            _schedule_follow_ups(plan)
        else:
            owe_closing(plan)
        tell_both(
            plan=plan,
            event="decided",
            subject=_("A decision is on record in PIPCycle"),
            lines=[_("HR has decided the outcome of a plan that concerns you. The page gives the reasons.")],
            actor=actor,
        )


def record_follow_up(
    *, actor: Membership, follow_up: FollowUp, held_on: datetime.date, is_sustained: bool, note: str
) -> None:
    """Record whether the improvement lasted; with the last follow-up the plan is followed up and can be closed.

    Raises PermissionDenied or DomainError.
    """
    plan = follow_up.plan
    require(is_manager_in(actor, plan))
    with transaction.atomic():
        lock_plan(plan, {PlanStatus.DECIDED})
        follow_up.refresh_from_db()
        if follow_up.recorded_at is not None:
            raise DomainError(_("This follow-up is recorded already. Reload the page to see it."))
        _require_day_after_decision(plan, held_on)
        follow_up.held_on = held_on
        follow_up.is_sustained = is_sustained
        follow_up.note = require_words(note, _("Write what you saw."))
        follow_up.recorded_by = actor
        follow_up.recorded_at = timezone.now()
        follow_up.save(update_fields=["held_on", "is_sustained", "note", "recorded_by", "recorded_at"])
        fulfil(kind=Owed.FOLLOW_UP, about_type=About.FOLLOW_UP, about_id=follow_up.pk, actor=actor)
        if not plan.follow_ups.filter(recorded_at__isnull=True).exists():
            move_plan(plan=plan, target=PlanStatus.FOLLOWED_UP, actor=actor)
            owe_closing(plan)


def close_plan(*, actor: Membership, plan: Plan) -> None:
    """Close the record. After success at least the first follow-up must be on it; later ones are then let go.

    Raises PermissionDenied or DomainError.
    """
    require(is_reviewer_in(actor, plan))
    with transaction.atomic():
        lock_plan(plan, {PlanStatus.DECIDED, PlanStatus.FOLLOWED_UP})
        first = plan.follow_ups.order_by("day").first()
        if first is not None and first.recorded_at is None:
            raise DomainError(
                gettext("The follow-up after %(day)d days is not recorded. The manager records it first.")
                % {"day": first.day}
            )
        move_plan(plan=plan, target=PlanStatus.CLOSED, actor=actor, closed_at=timezone.now())
        keep(plan, Owed.CLOSE, actor)
        withdraw_everything(plan, gettext("The plan was closed."))


def _schedule_follow_ups(plan: Plan) -> None:
    calendar = calendar_for(plan.employee)
    decided_on = today_for(plan.employee)
    for day in FOLLOW_UP_DAYS:
        due_on = calendar.next_working_day(decided_on + datetime.timedelta(days=day))
        owe_follow_up(plan, FollowUp.objects.create(plan=plan, day=day, due_on=due_on))


def _require_day_after_decision(plan: Plan, held_on: datetime.date) -> None:
    if held_on > today_for(plan.employee):
        raise DomainError(_("A follow-up is recorded once it was held. Choose today or an earlier day."))
    if plan.decided_at is not None and held_on < day_for(plan.employee, plan.decided_at):
        raise DomainError(_("A follow-up looks back after the decision. Choose a later day."))
