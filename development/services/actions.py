"""An action of an agreed plan: proposed by one side, answered by the other, updated until it is done."""

import datetime
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from development import rules
from development.enums import ActionStatus, DevelopmentStatus, Side
from development.inputs import ActionInput
from development.models import ActionEvidence, ActionUpdate, DevelopmentAction, DevelopmentPlan
from development.obligations import ABOUT_ACTION, DAYS_FOR_EVIDENCE, DAYS_TO_ANSWER, Owed
from development.origin import Origin
from development.selectors.evidence import actions_with_course_completed, is_shown
from development.services.drafting import MOST_ACTIONS, action_row, check_actions, record_origin
from development.services.moves import lock_action, lock_plan, move_action, owe_action, person_on, require_words
from development.services.notices import tell_side
from goals.services.evidence import EvidenceFile, file_columns
from people.models import Membership
from pipcycle.errors import DomainError, require
from reminders.services.obligations import fulfil, withdraw, withdraw_many

WHOLE = 100
_AGREED_AND_OPEN = frozenset({DevelopmentStatus.APPROVED, DevelopmentStatus.RUNNING})
NOTHING = Origin()


def propose_action(
    *, actor: Membership, plan: DevelopmentPlan, facts: ActionInput, origin: Origin = NOTHING
) -> DevelopmentAction:
    """Propose a further action for an agreed plan; the other side owes an answer.

    Where nobody stands on the other side, the action counts at once. Raises PermissionDenied or DomainError.
    """
    side = rules.side_of(actor, plan)
    require(side is not None)
    assert side is not None  # noqa: S101  # as required above; narrows the type
    title = require_words(facts.title, _("Say in a few words what is to be done."))
    check_actions(plan.employee, [facts])
    with transaction.atomic():
        lock_plan(plan, _AGREED_AND_OPEN)
        require(rules.can_propose_action(actor, plan))
        position = plan.actions.count()
        if position >= MOST_ACTIONS:
            raise DomainError(_("That is more than anybody can do. End an action before you add another."))
        other = person_on(side.other, plan)
        action = action_row(
            plan,
            facts,
            {gap.competency_id: gap for gap in plan.gaps.all()},
            side=side,
            position=position,
            status=ActionStatus.OPEN if other is None else ActionStatus.PROPOSED,
        )
        action.title, action.signal = title, origin.signal
        action.save()
        record_origin(actor=actor, origin=origin, plan=plan)
        if other is None:
            _ask_on_its_date(action)
            return action
        owe_action(other, action, Owed.ANSWER_ACTION, working_days=DAYS_TO_ANSWER)
        tell_side(
            side.other,
            plan=plan,
            event=f"action-{action.pk}",
            subject=_("A development action waits for your answer"),
            line=_("A further action has been proposed for a development plan. Accept it, or decline it."),
            actor=actor,
        )
    return action


def accept_action(*, actor: Membership, action: DevelopmentAction) -> DevelopmentAction:
    """Agree on the proposed action. Raises PermissionDenied for the side that proposed it, or DomainError."""
    require(rules.side_of(actor, action.plan) is not None)
    with transaction.atomic():
        lock_action(action, {ActionStatus.PROPOSED})
        require(rules.can_answer_action(actor, action))
        move_action(action, ActionStatus.OPEN)
        fulfil(kind=Owed.ANSWER_ACTION, about_type=ABOUT_ACTION, about_id=action.pk, actor=actor)
        _ask_on_its_date(action)
        _tell_proposer(action, actor, _("Your development action is accepted"), _("It is part of the plan now."))
    return action


def decline_action(*, actor: Membership, action: DevelopmentAction, reason: str) -> DevelopmentAction:
    """Decline the proposed action with a reason. Raises PermissionDenied or DomainError."""
    require(rules.side_of(actor, action.plan) is not None)
    reason = require_words(reason, _("Say why, so that something better can be proposed."))
    with transaction.atomic():
        lock_action(action, {ActionStatus.PROPOSED})
        require(rules.can_answer_action(actor, action))
        move_action(action, ActionStatus.DROPPED, ended_reason=reason)
        fulfil(kind=Owed.ANSWER_ACTION, about_type=ABOUT_ACTION, about_id=action.pk, actor=actor)
        _tell_proposer(action, actor, _("A development action is declined"), _("The reason stands on the plan."))
    return action


def drop_action(*, actor: Membership, action: DevelopmentAction, reason: str) -> DevelopmentAction:
    """End an action undone, or take back what one's own side proposed. Raises PermissionDenied or DomainError."""
    require(rules.side_of(actor, action.plan) is not None)
    reason = require_words(reason, _("Say why the action ends undone: the other side reads it."))
    with transaction.atomic():
        lock_action(action, {ActionStatus.PROPOSED, ActionStatus.OPEN})
        require(rules.can_drop_action(actor, action))
        move_action(action, ActionStatus.DROPPED, ended_reason=reason)
        withdraw(about_type=ABOUT_ACTION, about_id=action.pk, reason=_("The action was ended."))
    return action


def update_action(
    *,
    actor: Membership,
    action: DevelopmentAction,
    progress: int,
    note: str = "",
    due_on: datetime.date | None = None,
    evidence_text: str | None = None,
    evidence_link: str | None = None,
    evidence: EvidenceFile | None = None,
) -> DevelopmentAction:
    """Say how far the action is: 100 is done, less than that opens it again; ``None`` leaves evidence and date alone.

    A file is kept beside those there are already. What is done owes its evidence, unless the completion of its course
    shows it; what is not owes the next word on its date. Raises PermissionDenied, or DomainError, also for a file that
    is not what its name says.
    """
    require(rules.side_of(actor, action.plan) is not None)
    if not 0 <= progress <= WHOLE:
        raise DomainError(_("Progress is a whole number from 0 to 100."))
    columns = file_columns(evidence) if evidence is not None else None
    with transaction.atomic():
        lock_action(action, {ActionStatus.OPEN, ActionStatus.DONE})
        require(rules.can_update_action(actor, action))
        changes = _changes(action, due_on, evidence_text, evidence_link)
        is_done = progress == WHOLE
        done_on = (action.done_on or timezone.localdate()) if is_done else None
        target = ActionStatus.DONE if is_done else ActionStatus.OPEN
        move_action(action, target, progress=progress, done_on=done_on, **changes)
        if columns is not None:
            ActionEvidence.objects.create(action=action, uploaded_by=actor, **columns)
        ActionUpdate.objects.create(
            action=action, progress=progress, due_on=changes.get("due_on"), note=note.strip(), author=actor
        )
        _settle_duties(action, actor)
    return action


def _changes(
    action: DevelopmentAction, due_on: datetime.date | None, text: str | None, link: str | None
) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if due_on is not None and due_on != action.due_on:
        if due_on < action.starts_on:
            raise DomainError(_("The new date comes before the action begins. Choose a later one."))
        changes["due_on"] = due_on
    if text is not None:
        changes["evidence_text"] = text.strip()
    if link is not None:
        changes["evidence_link"] = link.strip()
    return changes


def _settle_duties(action: DevelopmentAction, actor: Membership) -> None:
    """Close what the update has settled, and open what it leads to."""
    about = {"about_type": ABOUT_ACTION, "about_id": action.pk}
    if action.status == ActionStatus.DONE:
        fulfil(kind=Owed.UPDATE_ACTION, **about, actor=actor)
        if is_shown(action):
            fulfil(kind=Owed.SHOW_EVIDENCE, **about, actor=actor)
        else:
            owe_action(action.owner, action, Owed.SHOW_EVIDENCE, working_days=DAYS_FOR_EVIDENCE)
        return
    withdraw(**about, kind=Owed.SHOW_EVIDENCE, reason=_("The action is open again."))
    _ask_on_its_date(action)


def courses_completed(employee_ids: Collection[int]) -> None:
    """Ask these people no more for the evidence of actions whose course they have completed: that shows it."""
    withdraw_many(
        about_type=ABOUT_ACTION,
        about_ids=actions_with_course_completed(employee_ids).order_by().values("pk"),
        kinds=[Owed.SHOW_EVIDENCE],
        reason=_("The course is completed."),
    )


def _ask_on_its_date(action: DevelopmentAction) -> None:
    """Ask for the next word on the day the action is due; a plan that does not run yet asks when it does."""
    if action.plan.status == DevelopmentStatus.RUNNING:
        owe_action(action.owner, action, Owed.UPDATE_ACTION, due_on=action.due_on)


def _tell_proposer(action: DevelopmentAction, actor: Membership, subject: str, line: str) -> None:
    tell_side(
        Side(action.proposed_side),
        plan=action.plan,
        event=f"answered-{action.pk}",
        subject=subject,
        line=line,
        actor=actor,
    )
