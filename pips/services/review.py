"""From draft to approved: submit, ask for changes, take back, approve, discard."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pipcycle.errors import DomainError, require
from pips.enums import ClosingReason, Confirmation, NoteKind, PlanStatus, Step
from pips.looking import one_look
from pips.models import EquitySnapshot, Plan
from pips.obligations import About, Owed
from pips.rules import is_manager_in, is_reviewer_in, may_discard
from pips.selectors.equity import equity_of
from pips.services.ending import drop_proposals
from pips.services.legal import require_legal_review
from pips.services.moves import lock_plan, move_plan, require_gates, require_words, write_note
from pips.services.notices import tell, tell_reviewers
from pips.services.promises import keep, owe_issue, owe_review, owe_revision, withdraw_everything
from reminders.services.obligations import withdraw


def submit_plan(*, actor: Membership, plan: Plan, note: str = "", reasons: Mapping[str, str] | None = None) -> None:
    """Hand the draft to HR. Rules 2, 3 and 5 stand before it; ``reasons`` answer its warnings, by their code.

    Where rule 4 or 5 asks for one, a legal review is opened that the manager learns nothing of. Raises PermissionDenied
    or DomainError.
    """
    require(is_manager_in(actor, plan))
    with transaction.atomic():
        lock_plan(plan, {PlanStatus.DRAFT})
        require_gates(plan, Step.SUBMIT, actor=actor, reasons=reasons)
        move_plan(plan=plan, target=PlanStatus.IN_REVIEW, actor=actor, reason=note, submitted_at=timezone.now())
        if note.strip():
            write_note(plan=plan, kind=NoteKind.SUBMITTED, body=note.strip(), author=actor)
        keep(plan, Owed.REVISE, actor)
        owe_review(plan)
        require_legal_review(plan=plan, is_submitted_anew=True)
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
        # What the plan itself owed is over; an HR review that is open stays with HR, and is owed.
        withdraw(about_type=About.PLAN, about_id=plan.pk, reason=gettext("HR asked for changes."))
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


def approve_plan(
    *,
    actor: Membership,
    plan: Plan,
    confirmations: frozenset[str],
    note: str = "",
    reasons: Mapping[str, str] | None = None,
) -> None:
    """Approve the plan: HR confirms in its own name what rule 1 asks for, and the record keeps the words.

    What happened since the submission is looked at again; it may open a legal review, and HR waits for it (rule 4).

    Raises PermissionDenied unless the actor is an HR partner who neither manages the employee nor wrote the plan,
    DomainError when a confirmation is missing, a gate blocks, or somebody else was faster.
    """
    require(is_reviewer_in(actor, plan))
    require_legal_review(plan=plan)
    with transaction.atomic():
        lock_plan(plan, {PlanStatus.IN_REVIEW})
        missing = [confirmation for confirmation in Confirmation if confirmation.value not in confirmations]
        if missing:
            raise DomainError(
                gettext("Confirm each statement, or ask for changes. Not confirmed: %(statement)s")
                % {"statement": missing[0].label},
                rule=1,
            )
        with one_look(plan):  # what is kept is what the gate was answered on
            require_gates(plan, Step.APPROVE, actor=actor, reasons=reasons)
            EquitySnapshot.objects.create(plan=plan, figures=equity_of(plan).as_data(), taken_by=actor)
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
        move_plan(
            plan=plan,
            target=PlanStatus.CLOSED,
            actor=actor,
            reason=reason,
            closed_at=timezone.now(),
            closing_reason=ClosingReason.DISCARDED,
        )
        write_note(plan=plan, kind=NoteKind.DISCARDED, body=reason, author=actor)
        drop_proposals(plan=plan, actor=actor, reason=gettext("The plan was discarded."))
        withdraw_everything(plan, gettext("The plan was discarded."))
