"""From draft to approved: submit, ask for changes, take back, approve, discard."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pipcycle.errors import DomainError
from pips.enums import Confirmation, NoteKind, PlanStatus, Step
from pips.models import Plan
from pips.obligations import Owed
from pips.rules import is_manager_in, is_reviewer_in, may_discard
from pips.services.moves import (
    lock_plan,
    move_plan,
    require,
    require_gates,
    require_no_block,
    require_words,
    write_note,
)
from pips.services.notices import tell, tell_reviewers
from pips.services.promises import keep, owe_issue, owe_review, owe_revision, withdraw_everything


def submit_plan(*, actor: Membership, plan: Plan, note: str = "") -> None:
    """Hand the draft to HR. Rules 2 and 3 stand before it; a finding that asks for a reason is answered by the note.

    Raises PermissionDenied or DomainError.
    """
    require(is_manager_in(actor, plan))
    with transaction.atomic():
        lock_plan(plan, {PlanStatus.DRAFT})
        require_gates(plan, Step.SUBMIT, note=note)
        move_plan(plan=plan, target=PlanStatus.IN_REVIEW, actor=actor, reason=note, submitted_at=timezone.now())
        if note.strip():
            write_note(plan=plan, kind=NoteKind.SUBMITTED, body=note.strip(), author=actor)
        keep(plan, Owed.REVISE, actor)
        owe_review(plan)
        tell_reviewers(plan, event=f"submitted:{plan.transitions.count()}", actor=actor)


def request_changes(*, actor: Membership, plan: Plan, reason: str) -> None:
    """Send the plan back with what to change: in review, or on second thought after approval until it is issued.

    Raises PermissionDenied or DomainError.
    """
    require(is_reviewer_in(actor, plan))
    reason = require_words(reason, _("Write what should be changed, so that the manager can do it."))
    with transaction.atomic():
        lock_plan(plan, {PlanStatus.IN_REVIEW, PlanStatus.APPROVED})
        move_plan(
            plan=plan,
            target=PlanStatus.CHANGES_REQUESTED,
            actor=actor,
            reason=reason,
            approved_at=None,
            approved_by=None,
        )
        note = write_note(plan=plan, kind=NoteKind.CHANGES_REQUESTED, body=reason, author=actor)
        withdraw_everything(plan, gettext("HR asked for changes."))
        owe_revision(plan)
        tell(
            plan=plan,
            event=f"changes:{note.pk}",
            to=plan.manager,
            subject=_("HR asks for changes to a plan"),
            lines=[_("An HR partner has read a plan you submitted and asks for changes before it can be approved.")],
            actor=actor,
        )


def take_back_to_draft(*, actor: Membership, plan: Plan) -> None:
    """Open the plan for writing again, to answer what HR asked for. Raises PermissionDenied or DomainError."""
    require(is_manager_in(actor, plan))
    with transaction.atomic():
        lock_plan(plan, {PlanStatus.CHANGES_REQUESTED})
        move_plan(plan=plan, target=PlanStatus.DRAFT, actor=actor)


def approve_plan(*, actor: Membership, plan: Plan, confirmations: frozenset[str], note: str = "") -> None:
    """Approve the plan: HR confirms in its own name what rule 1 asks for, and the record keeps the words.

    Raises PermissionDenied unless the actor is an HR partner who neither manages the employee nor wrote the plan,
    DomainError when a confirmation is missing, a gate blocks, or somebody else was faster.
    """
    require(is_reviewer_in(actor, plan))
    with transaction.atomic():
        lock_plan(plan, {PlanStatus.IN_REVIEW})
        missing = [confirmation for confirmation in Confirmation if confirmation.value not in confirmations]
        if missing:
            raise DomainError(
                gettext("Confirm each statement, or ask for changes. Not confirmed: %(statement)s")
                % {"statement": missing[0].label},
                rule=1,
            )
        require_no_block(plan, Step.APPROVE)
        move_plan(
            plan=plan,
            target=PlanStatus.APPROVED,
            actor=actor,
            reason=note,
            approved_at=timezone.now(),
            approved_by=actor,
        )
        confirmed = [str(confirmation.label) for confirmation in Confirmation]
        write_note(plan=plan, kind=NoteKind.APPROVED, body="\n".join([*confirmed, note.strip()]).strip(), author=actor)
        keep(plan, Owed.REVIEW, actor)
        owe_issue(plan)
        tell(
            plan=plan,
            event=f"approved:{plan.transitions.count()}",
            to=plan.manager,
            subject=_("A plan is approved"),
            lines=[_("HR has approved a plan you submitted. Hand it over within three working days.")],
            actor=actor,
        )


def discard_plan(*, actor: Membership, plan: Plan, reason: str) -> None:
    """Drop a plan that was never issued; it stays on the record as closed. Raises PermissionDenied or DomainError."""
    require(may_discard(actor, plan))
    reason = require_words(reason, _("Write why the plan is discarded; the reason stays on the record."))
    with transaction.atomic():
        lock_plan(plan, {PlanStatus.DRAFT, PlanStatus.CHANGES_REQUESTED, PlanStatus.APPROVED})
        move_plan(plan=plan, target=PlanStatus.CLOSED, actor=actor, reason=reason, closed_at=timezone.now())
        write_note(plan=plan, kind=NoteKind.DISCARDED, body=reason, author=actor)
        withdraw_everything(plan, gettext("The plan was discarded."))
