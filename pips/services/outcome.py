"""The end of a plan: the decision, the look back, the closing."""

import datetime
from collections.abc import Iterable, Mapping
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from people.working_days import calendar_for
from pipcycle.errors import DomainError, require
from pips.days import day_for, today_for
from pips.enums import FOLLOW_UP_DAYS, ClosingReason, Consequence, NoteKind, Outcome, PlanStatus, Step, Verdict
from pips.inputs import ResultInput
from pips.models import Expectation, ExpectationResult, FollowUp, Plan, PlanDecision
from pips.obligations import About, Owed
from pips.outcomes import announced_text, is_early, is_harsher, require_fit
from pips.rules import is_manager_in, is_reviewer_in
from pips.selectors.voice import expectations_under_check, has_open_appeal
from pips.services.ending import drop_proposals
from pips.services.moves import lock_plan, move_plan, require_gates, require_words, write_note
from pips.services.notices import tell_both
from pips.services.outcome_letter import seal_outcome_letter
from pips.services.promises import keep, owe_closing, owe_follow_up, owe_outcome_receipt, withdraw_everything
from reminders.services.obligations import fulfil


class WhatFollows(TypedDict, total=False):
    """What is actually done after the outcome, in words, with the reasons it needs."""

    step: Consequence | str
    step_note: str
    harsher_reason: str
    early_reason: str


def decide_plan(
    *,
    actor: Membership,
    plan: Plan,
    outcome: Outcome | str,
    reason: str,
    results: Mapping[int, ResultInput] | None = None,
    **follows: Unpack[WhatFollows],
) -> None:
    """Decide the outcome with its reasons, a result for each expectation (by id) and what follows from it.

    The gates of rules 6, 8 and 13 stand before it; a plan may be withdrawn at any time and then needs no results.
    Success schedules the follow-ups, before the last day only when everything is met; any other outcome leaves HR to
    close. The letter is sealed and handed to the employee. Raises PermissionDenied unless the actor is an HR partner
    who neither manages the employee nor wrote the plan, or DomainError.
    """
    outcome = Outcome(outcome)
    require(is_reviewer_in(actor, plan))
    reason = require_words(reason, _("Write the reasons for the outcome; both people will read them."))
    with transaction.atomic():
        lock_plan(plan, {PlanStatus.ISSUED, PlanStatus.ACTIVE, PlanStatus.PAUSED})
        require_gates(plan, Step.DECIDE, actor=actor, outcome=outcome)
        kept = _results(plan, outcome, results or {})
        require_fit(plan, outcome, [Verdict(one.verdict) for one in kept], early_reason=follows.get("early_reason", ""))
        decision = _what_follows(plan, outcome, actor, follows)
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
        ExpectationResult.objects.bulk_create(kept)
        decision.save(force_insert=True)
        write_note(plan=plan, kind=NoteKind.DECIDED, body=f"{outcome.label}\n{reason}", author=actor)
        seal_outcome_letter(actor=actor, plan=plan, decision=decision)
        _promise(plan, outcome, actor)


def _promise(plan: Plan, outcome: Outcome, actor: Membership) -> None:
    """Settle what was owed, owe what comes now, and tell both people."""
    keep(plan, Owed.DECIDE, actor)
    drop_proposals(plan=plan, actor=actor, reason=gettext("The outcome was decided."))
    withdraw_everything(plan, gettext("The outcome was decided."))
    owe_outcome_receipt(plan)
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


def _results(plan: Plan, outcome: Outcome, given: Mapping[int, ResultInput]) -> list[ExpectationResult]:
    """Return a result for each expectation. Raises DomainError for one without, unless the plan is withdrawn."""
    expectations = list(plan.expectations.all())
    missing = [one.title for one in expectations if one.pk not in given]
    if missing and outcome != Outcome.WITHDRAWN:
        raise DomainError(
            gettext("Say for each expectation whether it is met. Not said: “%(title)s”") % {"title": missing[0]}, rule=2
        )
    _require_checked(plan, expectations, given)
    return [
        ExpectationResult(
            expectation=one,
            verdict=Verdict(given[one.pk].verdict),
            final_value=given[one.pk].final_value,
            note=given[one.pk].note.strip(),
        )
        for one in expectations
        if one.pk in given
    ]


def _require_checked(plan: Plan, expectations: Iterable[Expectation], given: Mapping[int, ResultInput]) -> None:
    """Refuse "not met" for an expectation whose reading is under check (rule 3)."""
    under_check = expectations_under_check(plan)
    for one in expectations:
        if one.pk in under_check and one.pk in given and Verdict(given[one.pk].verdict) == Verdict.NOT_MET:
            raise DomainError(
                gettext("A reading of “%(title)s” is under check. Answer the check first.") % {"title": one.title},
                rule=3,
            )


def _what_follows(plan: Plan, outcome: Outcome, actor: Membership, follows: WhatFollows) -> PlanDecision:
    """Return the decision's consequence. Raises DomainError for none, or for more than announced without a reason."""
    given = follows.get("step", "")
    if not given and outcome == Outcome.UNSUCCESSFUL:
        raise DomainError(_("Say what is done now; the plan announced what it may be."), rule=2)
    step = Consequence(given or Consequence.NOTHING)
    harsher = follows.get("harsher_reason", "").strip()
    if is_harsher(plan, outcome, step) and not harsher:
        raise DomainError(
            gettext("“%(step)s” is harsher than the plan announced. Choose a milder step, or write why.")
            % {"step": step.label},
            rule=2,
        )
    return PlanDecision(
        plan=plan,
        announced=announced_text(plan, outcome),
        step=step,
        step_note=follows.get("step_note", "").strip(),
        harsher_reason=harsher if is_harsher(plan, outcome, step) else "",
        early_reason=follows.get("early_reason", "").strip() if is_early(plan) else "",
        decided_on=today_for(plan.employee),
        recorded_by=actor,
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
        if has_open_appeal(plan):
            raise DomainError(_("An appeal is not decided yet. The plan is closed once it is."), rule=17)
        first = plan.follow_ups.order_by("day").first()
        if first is not None and first.recorded_at is None:
            raise DomainError(
                gettext("The follow-up after %(day)d days is not recorded. The manager records it first.")
                % {"day": first.day}
            )
        move_plan(
            plan=plan,
            target=PlanStatus.CLOSED,
            actor=actor,
            closed_at=timezone.now(),
            closing_reason=ClosingReason.FINISHED,
        )
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
