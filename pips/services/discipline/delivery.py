"""Handing the letter over, recording its receipt, and its expiry (rules 14, 15, 16, 17)."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.enums import AcknowledgementKind
from documents.models import Document
from documents.selectors import documents_about
from documents.services import acknowledge_document, seal_document
from people.models import Employee, Membership
from pipcycle.errors import DomainError, require
from pips.days import today_for
from pips.discipline_enums import ACTION_STANDS, ActionLevel, ActionStatus, ActionStep
from pips.discipline_rules import is_employee_of, leads_or_serves
from pips.models import DisciplinaryAction
from pips.obligations import About, Owed
from pips.selectors.policy import policy_now
from pips.services.discipline.moves import lock_action, move_action, require_action_gates
from pips.services.discipline.notices import tell_of_action
from pips.services.discipline.promises import keep_action, owe_action_receipt
from pips.services.discipline.review import end_action
from pips.statements import letter_statement_for

LETTER = "disciplinary_letter"
LETTER_TEMPLATE = "discipline/pdf/letter.html"


def issue_action(*, actor: Membership, action: DisciplinaryAction) -> Document:
    """Hand the letter over: seal it, set the days for the appeal and the expiry, tell the employee (rule 16).

    Raises PermissionDenied or DomainError.
    """
    require(leads_or_serves(actor, action))
    with transaction.atomic():
        lock_action(action, {ActionStatus.APPROVED})
        require_action_gates(action, ActionStep.ISSUE)
        today, policy = today_for(action.employee), policy_now()
        move_action(
            action=action,
            target=ActionStatus.ISSUED,
            actor=actor,
            issued_at=timezone.now(),
            issued_by=actor,
            appeal_until=today + datetime.timedelta(days=policy.appeal_days),
            expires_on=_expiry(action, today, policy.warning_expiry_days),
        )
        document = _seal(actor, action)
        keep_action(action, Owed.ISSUE_ACTION, actor)
        keep_action(action, Owed.TELL_OF_ACTION, actor)
        owe_action_receipt(action)
        tell_of_action(
            action,
            event="issued",
            to=[action.employee],
            subject=_("A document awaits your acknowledgement"),
            lines=[
                _("You were handed a document. Read it in the portal and acknowledge receipt."),
                _("Acknowledging receipt does not mean that you agree. The page says how and until when to appeal."),
            ],
            actor=actor,
        )
    return document


def _expiry(action: DisciplinaryAction, today: datetime.date, days: int) -> datetime.date | None:
    """A warning expires; the end of an employment does not."""
    return None if action.level == ActionLevel.TERMINATION else today + datetime.timedelta(days=days)


def _seal(actor: Membership, action: DisciplinaryAction) -> Document:
    return seal_document(
        actor=actor,
        kind=LETTER,
        about_type=About.ACTION,
        about_id=action.pk,
        version=1,
        employee=action.employee,
        title=action.title[:200],
        template=LETTER_TEMPLATE,
        context={"action": action},
    )


def letter_of(action: DisciplinaryAction) -> Document | None:
    """Return the sealed letter, if it was handed over."""
    return documents_about(About.ACTION, action.pk).filter(kind=LETTER).first()


def acknowledge_action(
    *,
    actor: Membership,
    action: DisciplinaryAction,
    kind: AcknowledgementKind | str,
    comment: str = "",
    witness: Employee | None = None,
) -> None:
    """Record receipt, never agreement (rule 14): by the employee, or as refused by a manager or HR before a witness.

    Raises PermissionDenied or DomainError.
    """
    kind = AcknowledgementKind(kind)
    is_refusal = kind == AcknowledgementKind.REFUSED
    require(leads_or_serves(actor, action) if is_refusal else is_employee_of(actor, action))
    with transaction.atomic():
        lock_action(action, {ActionStatus.ISSUED})
        letter = letter_of(action)
        if letter is None:
            raise DomainError(_("There is no sealed letter to acknowledge. Ask HR to look at this action."), rule=15)
        receipt = acknowledge_document(
            actor=actor,
            document=letter,
            kind=kind,
            statement=letter_statement_for(kind),
            comment=comment,
            witness=witness,
        )
        move_action(
            action=action,
            target=ActionStatus.REFUSED if is_refusal else ActionStatus.ACKNOWLEDGED,
            actor=actor,
            reason=receipt.comment,
            received_at=receipt.recorded_at,
        )
        keep_action(action, Owed.ACKNOWLEDGE_ACTION, actor)
        tell_of_action(
            action,
            event="received",
            to=[action.employee if is_refusal else action.manager],
            subject=_("Receipt of a document was recorded"),
            lines=[_("How a document was received is now on the record.")],
            actor=actor,
        )


def expire_action(*, action: DisciplinaryAction) -> bool:
    """Let the action expire when its day has come; return whether it did. Doing it twice changes nothing.

    One under appeal waits for the decision.
    """
    with transaction.atomic():
        action.refresh_from_db(from_queryset=DisciplinaryAction.objects.select_for_update(of=("self",)))
        is_due = action.expires_on is not None and action.expires_on <= today_for(action.employee)
        if not is_due or action.status not in ACTION_STANDS - {ActionStatus.APPEALED}:
            return False
        end_action(action=action, target=ActionStatus.EXPIRED, actor=None, reason=gettext("Its day of expiry came."))
        return True
