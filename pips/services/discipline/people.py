"""When people change: an action follows the reporting line, and ends or rests when the employee leaves."""

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Employee, Membership
from people.selectors.employees import managers_above
from pips.discipline_enums import ACTION_BEFORE_ISSUE, ACTION_OVER, ActionStatus
from pips.models import DisciplinaryAction
from pips.obligations import About
from pips.services.discipline.notices import tell_of_action
from pips.services.discipline.promises import let_go
from pips.services.discipline.review import end_action
from reminders.enums import ObligationStatus
from reminders.selectors import obligations_about
from reminders.services.obligations import owe, withdraw


def follow_people(*, action: DisciplinaryAction, actor: Membership | None = None) -> bool:
    """Let the action follow a change of people; return whether anything changed. Doing it twice changes nothing."""
    with transaction.atomic():
        action.refresh_from_db(from_queryset=DisciplinaryAction.objects.select_for_update(of=("self",)))
        if action.status in ACTION_OVER:
            return False
        if action.employee.has_left:
            return _rest(action, actor)
        return _hand_over(action, actor)


def employee_left(employee: Employee, actor: Membership | None) -> None:
    """Observe the people room: the employment has ended."""
    for action in DisciplinaryAction.objects.filter(employee=employee).exclude(status__in=ACTION_OVER):
        follow_people(action=action, actor=actor)


def _rest(action: DisciplinaryAction, actor: Membership | None) -> bool:
    """Withdraw what was never handed over; what was stays on the record, and nobody owes anything for it."""
    reason = gettext("The employee has left.")
    if action.status in ACTION_BEFORE_ISSUE:
        end_action(action=action, target=ActionStatus.WITHDRAWN, actor=actor, reason=reason)
        return True
    is_owed = obligations_about(About.ACTION, action.pk).filter(status=ObligationStatus.OPEN).exists()
    let_go(action, reason)
    return is_owed


def _hand_over(action: DisciplinaryAction, actor: Membership | None) -> bool:
    manager, former = action.employee.manager, action.manager
    if manager is None or managers_above(action.employee).filter(pk=former.pk).exists():
        return False
    action.manager = manager
    action.save(update_fields=["manager"])
    owed = obligations_about(About.ACTION, action.pk).filter(owner=former, status=ObligationStatus.OPEN)
    for kind, due_on in list(owed.values_list("kind", "due_on")):
        key = {"kind": kind, "about_type": About.ACTION, "about_id": action.pk}
        withdraw(**key, reason=gettext("The document passed to another manager."))
        owe(**key, due_on=due_on, owner=manager, employee=action.employee)
    tell_of_action(
        action,
        event=f"handover:{manager.pk}",
        to=[manager],
        subject=_("A document has passed to you"),
        lines=[_("You now manage somebody a document is under way for. What is due stands on your list.")],
        actor=actor,
    )
    return True
