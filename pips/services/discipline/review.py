"""From the draft to an approved action: submit, send back, legal review, approve, withdraw."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pipcycle.errors import DomainError, require
from pips.discipline_enums import (
    ACTION_BEFORE_ISSUE,
    ACTION_STANDS,
    ActionConfirmation,
    ActionStatus,
    ActionStep,
)
from pips.discipline_rules import can_withdraw_action, is_reviewer_of, is_writer_in
from pips.models import DisciplinaryAction
from pips.obligations import Owed
from pips.services.discipline.moves import lock_action, move_action, require_action_gates
from pips.services.discipline.notices import tell_of_action, tell_reviewers_of_action
from pips.services.discipline.promises import (
    keep_action,
    let_go,
    owe_action_issue,
    owe_action_review,
    owe_action_revision,
    owe_notice,
)
from pips.services.moves import require_words


def submit_action(*, actor: Membership, action: DisciplinaryAction, note: str = "") -> None:
    """Hand the draft to HR; from here on it is an entry the employee must be told of in time (rule 16).

    Raises PermissionDenied or DomainError.
    """
    require(is_writer_in(actor, action))
    with transaction.atomic():
        lock_action(action, {ActionStatus.DRAFTED})
        require_action_gates(action, ActionStep.SUBMIT)
        first = action.submitted_at or timezone.now()
        move_action(action=action, target=ActionStatus.IN_REVIEW, actor=actor, reason=note, submitted_at=first)
        keep_action(action, Owed.REVISE_ACTION, actor)
        owe_action_review(action)
        owe_notice(action)
        tell_reviewers_of_action(action, event=f"submitted:{action.moves.count()}", actor=actor)


def send_back_action(*, actor: Membership, action: DisciplinaryAction, reason: str) -> None:
    """Send the action back with what to change, in review or on second thought until it is issued.

    Raises PermissionDenied or DomainError.
    """
    require(is_reviewer_of(actor, action))
    reason = require_words(reason, _("Write what should be changed, so that the manager can do it."))
    with transaction.atomic():
        lock_action(action, {ActionStatus.IN_REVIEW, ActionStatus.APPROVED})
        move_action(
            action=action,
            target=ActionStatus.DRAFTED,
            actor=actor,
            reason=reason,
            approved_at=None,
            approved_by=None,
        )
        let_go(action, gettext("HR asked for changes."), Owed.REVIEW_ACTION, Owed.ISSUE_ACTION)
        owe_action_revision(action)
        tell_of_action(
            action,
            event=f"changes:{action.moves.count()}",
            to=[action.manager],
            subject=_("HR asks for changes to a document"),
            lines=[_("An HR partner has read a document you submitted and asks for changes to it.")],
            actor=actor,
        )


def record_legal_review(*, actor: Membership, action: DisciplinaryAction, reason: str) -> None:
    """Record HR's legal review with its reasons (rule 4); neither the manager nor the employee reads them.

    Raises PermissionDenied or DomainError.
    """
    require(is_reviewer_of(actor, action))
    reason = require_words(reason, _("Write what was looked at and why the action may go on."), rule=4)
    with transaction.atomic():
        lock_action(action, {ActionStatus.IN_REVIEW, ActionStatus.APPROVED})
        action.legal_reason = reason
        action.legal_reviewed_by = actor
        action.legal_reviewed_at = timezone.now()
        action.save(update_fields=["legal_reason", "legal_reviewed_by", "legal_reviewed_at"])


def approve_action(
    *, actor: Membership, action: DisciplinaryAction, confirmations: frozenset[str], note: str = ""
) -> None:
    """Approve the action: HR confirms in its own name, and is neither its author nor the manager (rule 3).

    Raises PermissionDenied, or DomainError when a confirmation is missing, a gate stands, or somebody was faster.
    """
    require(is_reviewer_of(actor, action))
    with transaction.atomic():
        lock_action(action, {ActionStatus.IN_REVIEW})
        missing = [one for one in ActionConfirmation if one.value not in confirmations]
        if missing:
            raise DomainError(
                gettext("Confirm each statement, or ask for changes. Not confirmed: %(statement)s")
                % {"statement": missing[0].label},
                rule=1,
            )
        require_action_gates(action, ActionStep.APPROVE)
        move_action(
            action=action,
            target=ActionStatus.APPROVED,
            actor=actor,
            reason="\n".join([*(str(one.label) for one in ActionConfirmation), note.strip()]),
            approved_at=timezone.now(),
            approved_by=actor,
        )
        keep_action(action, Owed.REVIEW_ACTION, actor)
        owe_action_issue(action)
        tell_of_action(
            action,
            event=f"approved:{action.moves.count()}",
            to=[action.manager],
            subject=_("A document is approved"),
            lines=[_("HR has approved a document you submitted. Hand it over within three working days.")],
            actor=actor,
        )


def withdraw_action(*, actor: Membership, action: DisciplinaryAction, reason: str) -> None:
    """Withdraw the action with a reason; it stays on the record and no longer counts as a prior action.

    Raises PermissionDenied or DomainError.
    """
    require(can_withdraw_action(actor, action))
    reason = require_words(reason, _("Write why it is withdrawn; the reason stays on the record."))
    with transaction.atomic():
        lock_action(action, ACTION_BEFORE_ISSUE | ACTION_STANDS - {ActionStatus.APPEALED})
        end_action(action=action, target=ActionStatus.WITHDRAWN, actor=actor, reason=reason)


def end_action(*, action: DisciplinaryAction, target: ActionStatus, actor: Membership | None, reason: str) -> None:
    """Take a locked action to its end, let go of what is owed, and tell the employee if they knew of it."""
    move_action(action=action, target=target, actor=actor, reason=reason, ended_at=timezone.now())
    let_go(action, reason)
    if action.issued_at is not None:
        tell_of_action(
            action,
            event=str(target),
            to=[action.employee, action.manager],
            subject=_("A document no longer stands"),
            lines=[_("A document that was handed over no longer counts. The page says why.")],
            actor=actor,
        )
