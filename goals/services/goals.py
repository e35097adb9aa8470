"""A goal from the first draft to its end: both sides propose, both sides accept."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goals import rules
from goals.enums import CycleStatus, GoalStatus, Measure, Result, Side, UpdateKind
from goals.inputs import GoalInput, StepInput
from goals.models import Cycle, Goal, GoalStep, GoalTransition, GoalUpdate
from goals.obligations import ABOUT_GOAL, DAYS_FOR_FEEDBACK, DAYS_TO_ANSWER, Owed
from goals.services.cycles import keep_proposal
from goals.services.following import follow_own_metric
from goals.services.moves import (
    lock_goal,
    move_goal,
    owe_on,
    person_on,
    require_live_cycle,
    require_open_cycle,
    require_words,
)
from goals.services.notices import tell_side
from goals.services.rhythm import plan_next_update
from metrics.enums import Direction
from metrics.models import Signal
from people.models import Employee, Membership
from pipcycle.errors import DomainError, require
from reminders.services.obligations import fulfil, withdraw

_MEASURED = (Measure.NUMBER, Measure.PERCENT)


def draft_goal(
    *, actor: Membership, employee: Employee, cycle: Cycle, facts: GoalInput, signal: Signal | None = None
) -> Goal:
    """Begin a goal; only the side that writes it sees it until it is proposed.

    Raises PermissionDenied for whoever is neither the employee nor a manager above, DomainError for an archived cycle
    or dates out of order.
    """
    require(rules.can_draft_goal_for(actor, employee))
    if cycle.status == CycleStatus.ARCHIVED:
        raise DomainError(_("The cycle is archived. Choose one that is open."))
    _check_facts(facts)
    side = rules.side_towards(actor, employee)
    with transaction.atomic():
        goal = Goal.objects.create(employee=employee, cycle=cycle, created_by=actor, signal=signal, **_columns(facts))
        _write_steps(goal, facts.steps)
        GoalTransition.objects.create(goal=goal, source="", target=GoalStatus.DRAFT, side=side or "", actor=actor)
    return goal


def change_draft(*, actor: Membership, goal: Goal, facts: GoalInput, cycle: Cycle | None = None) -> Goal:
    """Change a draft. Raises PermissionDenied, or DomainError when the goal is no draft any more."""
    require(rules.side_of(actor, goal) is not None)
    _check_facts(facts)
    with transaction.atomic():
        lock_goal(goal, {GoalStatus.DRAFT})
        require_live_cycle(goal)
        columns = _columns(facts)
        if cycle is not None:
            columns["cycle"] = cycle
        for name, value in columns.items():
            setattr(goal, name, value)
        goal.save(update_fields=list(columns))
        _write_steps(goal, facts.steps)
    return goal


def propose_goal(*, actor: Membership, goal: Goal) -> Goal:
    """Put the draft to the other side, who owes an answer. Raises PermissionDenied or DomainError.

    A goal that is not whole is refused with what is missing: a figure to reach, milestones, an anchor.
    """
    side = rules.side_of(actor, goal)
    require(side is not None)
    assert side is not None  # noqa: S101  # as required above; narrows the type
    with transaction.atomic():
        lock_goal(goal, {GoalStatus.DRAFT})
        require_open_cycle(goal)
        _require_whole(goal)
        if person_on(side.other, goal) is None:
            raise DomainError(_("There is no manager to agree the goal with. Ask HR to say whom you report to."))
        move_goal(
            goal=goal,
            target=GoalStatus.PROPOSED,
            actor=actor,
            side=side,
            proposed_side=side,
            proposed_by=actor,
            proposed_at=timezone.now(),
        )
        fulfil(kind=Owed.REVISE_DRAFT, about_type=ABOUT_GOAL, about_id=goal.pk, actor=actor)
        owe_on(side.other, goal, Owed.ACCEPT, working_days=DAYS_TO_ANSWER)
        keep_proposal(actor=actor, cycle=goal.cycle, employee=goal.employee)
        tell_side(
            side.other,
            goal=goal,
            event=f"proposed-{goal.transitions.count()}",
            subject=_("A goal waits for your answer"),
            lines=[_("A goal has been proposed. Accept it, or return it with what you would change.")],
            actor=actor,
        )
    return goal


def accept_goal(*, actor: Membership, goal: Goal) -> Goal:
    """Agree the goal: it is active from now on. Raises PermissionDenied for the side that proposed it, DomainError."""
    require(rules.side_of(actor, goal) is not None)
    with transaction.atomic():
        lock_goal(goal, {GoalStatus.PROPOSED})
        require(rules.can_answer(actor, goal))
        require_open_cycle(goal)
        now = timezone.now()
        side = Side(goal.proposed_side).other
        move_goal(goal=goal, target=GoalStatus.ACTIVE, actor=actor, side=side, accepted_by=actor, accepted_at=now)
        fulfil(kind=Owed.ACCEPT, about_type=ABOUT_GOAL, about_id=goal.pk, actor=actor)
        follow_own_metric(goal)
        plan_next_update(goal, since=max(timezone.localdate(), goal.starts_on))
        tell_side(
            goal.proposed_side,
            goal=goal,
            event="accepted",
            subject=_("A goal is agreed"),
            lines=[_("The other side has accepted the goal. It counts from now on.")],
            actor=actor,
        )
    return goal


def return_goal(*, actor: Membership, goal: Goal, reason: str) -> Goal:
    """Hand the proposal back as a draft both sides can change and propose. Raises PermissionDenied or DomainError."""
    require(rules.side_of(actor, goal) is not None)
    reason = require_words(reason, _("Say what you would change: the other side starts from your words."))
    with transaction.atomic():
        lock_goal(goal, {GoalStatus.PROPOSED})
        require(rules.can_answer(actor, goal))
        require_live_cycle(goal)
        proposer = Side(goal.proposed_side)
        move_goal(goal=goal, target=GoalStatus.DRAFT, actor=actor, side=proposer.other, reason=reason)
        fulfil(kind=Owed.ACCEPT, about_type=ABOUT_GOAL, about_id=goal.pk, actor=actor)
        owe_on(proposer, goal, Owed.REVISE_DRAFT, working_days=DAYS_TO_ANSWER)
        tell_side(
            proposer,
            goal=goal,
            event=f"returned-{goal.transitions.count()}",
            subject=_("A goal came back to you"),
            lines=[_("The other side has asked for changes. Read why, change the goal and propose it again.")],
            actor=actor,
        )
    return goal


def take_back_goal(*, actor: Membership, goal: Goal) -> Goal:
    """Take a proposal back that nobody has answered. Raises PermissionDenied for the other side, DomainError."""
    require(rules.side_of(actor, goal) is not None)
    with transaction.atomic():
        lock_goal(goal, {GoalStatus.PROPOSED})
        require(rules.can_take_back(actor, goal))
        require_live_cycle(goal)
        move_goal(goal=goal, target=GoalStatus.DRAFT, actor=actor, side=Side(goal.proposed_side))
        withdraw(about_type=ABOUT_GOAL, about_id=goal.pk, kind=Owed.ACCEPT, reason=_("The proposal was taken back."))
    return goal


def change_words(
    *, actor: Membership, goal: Goal, title: str, why: str, support_needed: str, weight: int, visibility: str
) -> Goal:
    """Change the words of an agreed goal; what was agreed stays. The other side is told. Raises DomainError."""
    side = rules.side_of(actor, goal)
    require(side is not None)
    assert side is not None  # noqa: S101  # as required above; narrows the type
    title = require_words(title, _("A goal needs a title."))
    with transaction.atomic():
        lock_goal(goal, {GoalStatus.ACTIVE})
        require_live_cycle(goal)
        words = {
            "title": title, "why": why.strip(), "support_needed": support_needed.strip(), "weight": weight,
            "visibility": visibility,
        }  # fmt: skip
        changed = [name for name, value in words.items() if getattr(goal, name) != value]
        for name in changed:
            setattr(goal, name, words[name])
        if not changed:
            return goal
        goal.save(update_fields=changed)
        tell_side(
            side.other,
            goal=goal,
            event=f"words-{timezone.now():%Y%m%d%H%M%S}",
            subject=_("The words of a goal have changed"),
            lines=[_("Its target, measure and dates are as agreed.")],
            actor=actor,
        )
    return goal


def complete_goal(*, actor: Membership, goal: Goal, result: Result, reason: str) -> Goal:
    """Say how an active goal ended. The direct manager owes a word within three working days.

    Raises PermissionDenied for whoever is no manager above, DomainError without a reason.
    """
    require(rules.side_of(actor, goal) == Side.MANAGER)
    reason = require_words(reason, _("Say what the result rests on."))
    with transaction.atomic():
        lock_goal(goal, {GoalStatus.ACTIVE})
        require_live_cycle(goal)
        _require_no_pending_revision(goal)
        move_goal(
            goal=goal,
            target=GoalStatus.COMPLETED,
            actor=actor,
            side=Side.MANAGER,
            reason=reason,
            result=result,
            ended_reason=reason,
            completed_at=timezone.now(),
            completed_by=actor,
            next_update_on=None,
        )
        withdraw(about_type=ABOUT_GOAL, about_id=goal.pk, reason=_("The goal is completed."))
        owe_on(Side.MANAGER, goal, Owed.GIVE_FEEDBACK, working_days=DAYS_FOR_FEEDBACK)
        tell_side(
            Side.EMPLOYEE,
            goal=goal,
            event=f"completed-{goal.transitions.count()}",
            subject=_("A goal of yours is completed"),
            lines=[_("Read the result, and add your own view if you like.")],
            actor=actor,
        )
    return goal


def reopen_goal(*, actor: Membership, goal: Goal, reason: str) -> Goal:
    """Take the completion of a goal back. Raises PermissionDenied or DomainError."""
    require(rules.side_of(actor, goal) == Side.MANAGER)
    reason = require_words(reason, _("Say why the goal goes on."))
    with transaction.atomic():
        lock_goal(goal, {GoalStatus.COMPLETED})
        require_live_cycle(goal)
        move_goal(
            goal=goal,
            target=GoalStatus.ACTIVE,
            actor=actor,
            side=Side.MANAGER,
            reason=reason,
            result="",
            ended_reason="",
            completed_at=None,
            completed_by=None,
        )
        withdraw(about_type=ABOUT_GOAL, about_id=goal.pk, kind=Owed.GIVE_FEEDBACK, reason=_("The goal goes on."))
        follow_own_metric(goal)
        plan_next_update(goal, since=timezone.localdate())
    return goal


def cancel_goal(*, actor: Membership, goal: Goal, reason: str) -> Goal:
    """End a goal without a result; agreed ones only by the managers above. Raises PermissionDenied or DomainError."""
    side = rules.side_of(actor, goal)
    require(side is not None)
    reason = require_words(reason, _("Say why the goal is given up; it stays on the record."))
    with transaction.atomic():
        lock_goal(goal, {GoalStatus.DRAFT, GoalStatus.PROPOSED, GoalStatus.ACTIVE})
        require(rules.can_cancel(actor, goal))
        require_live_cycle(goal)
        was_known = goal.proposed_at is not None
        move_goal(
            goal=goal,
            target=GoalStatus.CANCELLED,
            actor=actor,
            side=side,
            reason=reason,
            ended_reason=reason,
            next_update_on=None,
        )
        withdraw(about_type=ABOUT_GOAL, about_id=goal.pk, reason=_("The goal is given up."))
        if was_known and side is not None:
            tell_side(
                side.other,
                goal=goal,
                event="cancelled",
                subject=_("A goal is given up"),
                lines=[_("Nothing is owed for it any more. The reason is on its page.")],
                actor=actor,
            )
    return goal


def give_feedback(*, actor: Membership, goal: Goal, text: str) -> GoalUpdate:
    """Say something on the record of an active or completed goal; it keeps the manager's promise where there is one.

    Raises PermissionDenied for whoever is on neither side, DomainError without a word or in an archived cycle.
    """
    require(rules.can_give_feedback(actor, goal))
    side = rules.side_of(actor, goal)
    text = require_words(text, _("Write at least one sentence."))
    require_live_cycle(goal)
    with transaction.atomic():
        feedback = GoalUpdate.objects.create(
            goal=goal, kind=UpdateKind.FEEDBACK, comment=text, author=actor, side=side or ""
        )
        if side == Side.MANAGER:
            fulfil(kind=Owed.GIVE_FEEDBACK, about_type=ABOUT_GOAL, about_id=goal.pk, actor=actor)
        if side is not None:
            tell_side(
                side.other,
                goal=goal,
                event=f"feedback-{feedback.pk}",
                subject=_("Somebody has said something about a goal"),
                lines=[_("It is on the record of the goal.")],
                actor=actor,
            )
    return feedback


def _columns(facts: GoalInput) -> dict[str, Any]:
    columns = {field.name: getattr(facts, field.name) for field in dataclasses.fields(facts) if field.name != "steps"}
    columns["title"] = facts.title.strip()
    if facts.measure not in _MEASURED:
        columns |= {"baseline": None, "target": None, "unit": "", "metric": None, "direction": Direction.HIGHER}
    return columns


def _check_facts(facts: GoalInput) -> None:
    require_words(facts.title, _("A goal needs a title."))
    if facts.due_on < facts.starts_on:
        raise DomainError(_("The due date comes before the first day. Correct one of the two."))


def _write_steps(goal: Goal, steps: Sequence[StepInput]) -> None:
    goal.steps.all().delete()
    if goal.measure == Measure.MILESTONES:
        GoalStep.objects.bulk_create(
            GoalStep(goal=goal, position=position, title=step.title, due_on=step.due_on)
            for position, step in enumerate(steps)
        )


def _require_whole(goal: Goal) -> None:
    """Raise DomainError for what both sides would have to guess."""
    if goal.measure in _MEASURED and (goal.baseline is None or goal.target is None):
        raise DomainError(_("Say where it stands today and what is to be reached: both figures are needed."))
    if goal.measure == Measure.MILESTONES and not goal.steps.exists():
        raise DomainError(_("List at least one milestone: nobody can tell otherwise how far the goal has come."))
    if goal.objective_id is None and goal.responsibility_id is None:
        raise DomainError(
            _("Say what the goal serves: an objective, or a responsibility of the job. Without it nobody can weigh it.")
        )


def _require_no_pending_revision(goal: Goal) -> None:
    if goal.revisions.filter(answered_at__isnull=True).exists():
        raise DomainError(_("A change of this goal waits for an answer. Settle it first."))
