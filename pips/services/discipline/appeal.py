"""An appeal against an action: filed in time, heard by somebody uninvolved, decided with reasons (rule 17)."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from documents.services import seal_document
from people.models import Employee, Membership
from pipcycle.errors import DomainError, require
from pips.days import today_for
from pips.discipline_enums import ACTION_APPEALABLE, ActionLevel, ActionStatus, AppealDecision
from pips.discipline_rules import can_appoint_hearer, is_employee_of, is_hearer_of
from pips.explanations import full_date
from pips.models import DisciplinaryAction, DisciplinaryAppeal
from pips.obligations import About, Owed
from pips.selectors.discipline import possible_hearers
from pips.services.discipline.moves import lock_action, move_action
from pips.services.discipline.notices import partners_of, tell_of_action
from pips.services.discipline.promises import keep_action, let_go, owe_appointment, owe_hearing
from pips.services.moves import require_words

APPEAL_LETTER = "appeal_decision"
APPEAL_TEMPLATE = "discipline/pdf/appeal.html"

_STATUS_AFTER = {
    AppealDecision.UPHELD: ActionStatus.UPHELD,
    AppealDecision.REDUCED: ActionStatus.REDUCED,
    AppealDecision.WITHDRAWN: ActionStatus.WITHDRAWN,
}


def appeal_action(*, actor: Membership, action: DisciplinaryAction, grounds: str) -> DisciplinaryAppeal:
    """File the employee's appeal, once and in time; HR says next who hears it.

    Raises PermissionDenied, or DomainError when the days for it are over or it was filed already.
    """
    require(is_employee_of(actor, action))
    grounds = require_words(grounds, _("Write why the action should not stand as it is."), rule=17)
    with transaction.atomic():
        lock_action(action, ACTION_APPEALABLE)
        if action.appeal_until is None or action.appeal_until < today_for(action.employee):
            raise DomainError(
                gettext("The days for an appeal ended on %(day)s. Speak with HR if something kept you from it.")
                % {"day": full_date(action.appeal_until) if action.appeal_until else "–"},
                rule=17,
            )
        appeal = _file(action, grounds)
        move_action(action=action, target=ActionStatus.APPEALED, actor=actor)
        let_go(action, gettext("The appeal shows that it was received."), Owed.ACKNOWLEDGE_ACTION)
        owe_appointment(action)
        tell_of_action(
            action,
            event="appealed",
            to=[*partners_of(action), action.manager],
            subject=_("An appeal was filed"),
            lines=[_("An employee has appealed. HR chooses somebody uninvolved to hear it.")],
            actor=actor,
        )
    return appeal


def _file(action: DisciplinaryAction, grounds: str) -> DisciplinaryAppeal:
    try:
        with transaction.atomic():
            return DisciplinaryAppeal.objects.create(action=action, grounds=grounds)
    except IntegrityError as error:
        raise DomainError(_("An appeal was filed already. Reload the page to see it."), rule=17) from error


def appoint_hearer(*, actor: Membership, action: DisciplinaryAction, hearer: Employee) -> None:
    """Say who hears the appeal; they may then read this one action, and whoever was named before may not any more.

    Raises PermissionDenied, or DomainError for somebody who had a part in it.
    """
    require(can_appoint_hearer(actor, action))
    with transaction.atomic():
        lock_action(action, {ActionStatus.APPEALED})
        if not possible_hearers(action).filter(pk=hearer.pk).exists():
            raise DomainError(
                gettext("%(name)s had a part in this action, or cannot sign in. Choose somebody else.")
                % {"name": hearer.full_name},
                rule=17,
            )
        appeal = DisciplinaryAppeal.objects.get(action=action)
        appeal.hearer = hearer
        appeal.appointed_by = actor
        appeal.appointed_at = timezone.now()
        appeal.save(update_fields=["hearer", "appointed_by", "appointed_at"])
        keep_action(action, Owed.APPOINT_HEARER, actor)
        owe_hearing(action, hearer)
        tell_of_action(
            action,
            event=f"hearer:{hearer.pk}",
            to=[hearer],
            subject=_("You are asked to hear an appeal"),
            lines=[_("HR has chosen you because you had no part in it. You can now read this one case.")],
            actor=actor,
        )


def decide_appeal(
    *,
    actor: Membership,
    action: DisciplinaryAction,
    decision: AppealDecision | str,
    reasons: str,
    reduced_level: ActionLevel | str = "",
) -> Document:
    """Decide the appeal with reasons and seal the decision: the action stands, is reduced, or is withdrawn.

    Raises PermissionDenied unless the actor was chosen to hear it, or DomainError.
    """
    require(is_hearer_of(actor, action))
    decision = AppealDecision(decision)
    reasons = require_words(reasons, _("Write the reasons; the employee reads them."), rule=17)
    with transaction.atomic():
        lock_action(action, {ActionStatus.APPEALED})
        reduced = _lighter(action, reduced_level) if decision == AppealDecision.REDUCED else ""
        appeal = _decide(actor, action, decision, reasons, reduced)
        _close(actor, action, decision, reasons, reduced)
        document = _seal(actor, action, appeal)
        tell_of_action(
            action,
            event="appeal-decided",
            to=[action.employee, action.manager, *partners_of(action)],
            subject=_("An appeal is decided"),
            lines=[_("The appeal was decided. The page gives the decision and its reasons.")],
            actor=actor,
        )
    return document


def _lighter(action: DisciplinaryAction, level: ActionLevel | str) -> str:
    if not level or ActionLevel(level).rank >= ActionLevel(action.level).rank:
        raise DomainError(_("Choose a level that is lighter than the one issued."), rule=17)
    return ActionLevel(level).value


def _decide(
    actor: Membership, action: DisciplinaryAction, decision: AppealDecision, reasons: str, reduced: str
) -> DisciplinaryAppeal:
    appeal = DisciplinaryAppeal.objects.select_related("hearer").get(action=action)
    appeal.decision, appeal.reasons, appeal.reduced_level = decision, reasons, reduced
    appeal.decided_by, appeal.decided_at = actor, timezone.now()
    appeal.save(update_fields=["decision", "reasons", "reduced_level", "decided_by", "decided_at"])
    return appeal


def _close(actor: Membership, action: DisciplinaryAction, decision: AppealDecision, reasons: str, reduced: str) -> None:
    changes: dict[str, Any] = {"reduced_level": reduced} if reduced else {}
    if decision == AppealDecision.WITHDRAWN:
        changes["ended_at"] = timezone.now()
    keep_action(action, Owed.HEAR_APPEAL, actor)
    move_action(action=action, target=_STATUS_AFTER[decision], actor=actor, reason=reasons, **changes)
    let_go(action, gettext("The appeal is decided."))


def _seal(actor: Membership, action: DisciplinaryAction, appeal: DisciplinaryAppeal) -> Document:
    return seal_document(
        actor=actor,
        kind=APPEAL_LETTER,
        about_type=About.ACTION,
        about_id=action.pk,
        version=1,
        employee=action.employee,
        title=gettext("Decision on the appeal: %(action)s")[:200] % {"action": action.title},
        template=APPEAL_TEMPLATE,
        context={"action": action, "appeal": appeal},
    )
