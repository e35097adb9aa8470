"""The one way a disciplinary action changes its state: lock, check the table, write, keep who did it."""

from collections.abc import Collection
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Membership
from pipcycle.errors import DomainError
from pips.discipline_enums import ACTION_MOVES, ActionStatus, ActionStep
from pips.enums import FindingKind
from pips.gates.actions import action_findings
from pips.models import DisciplinaryAction, DisciplineMove

_SYSTEM = gettext_lazy("The calendar")


def lock_action(action: DisciplinaryAction, expected: Collection[ActionStatus]) -> None:
    """Lock the action's row until the end of the transaction and read it afresh, in place.

    Raises DomainError when the action is in none of the expected states any more; the message says who moved it.
    """
    action.refresh_from_db(from_queryset=DisciplinaryAction.objects.select_for_update(of=("self",)))
    if action.status not in expected:
        raise DomainError(_moved_meanwhile(action))


def move_action(
    *, action: DisciplinaryAction, target: ActionStatus, actor: Membership | None, reason: str = "", **changes: Any
) -> None:
    """Move a locked action along the table, with the columns that belong to the new state.

    Raises DomainError for a move the table does not know; the database trigger refuses it as well.
    """
    source = ActionStatus(action.status)
    if target not in ACTION_MOVES[source]:
        raise DomainError(_moved_meanwhile(action))
    action.status = target
    for field, value in changes.items():
        setattr(action, field, value)
    action.save(update_fields=["status", *changes])
    DisciplineMove.objects.create(action=action, source=source, target=target, actor=actor, reason=reason.strip())


def require_action_gates(action: DisciplinaryAction, step: ActionStep) -> None:
    """Raise DomainError for the first finding before the step; a reason asked for is given in the action itself.

    What is routed to HR is named to nobody: the message is the same whatever lies behind it (rule 4).
    """
    found = action_findings(action, step)
    if found and found[0].kind == FindingKind.ROUTE:
        raise DomainError(_("HR review required. HR records it with the action; then this step is open."))
    if found:
        raise DomainError(f"{found[0].message} {found[0].how}", rule=found[0].rule)


def _moved_meanwhile(action: DisciplinaryAction) -> str:
    last = action.moves.select_related("actor__user").order_by("-at", "-pk").first()
    if last is None:
        return _("This action is in the state “%(state)s”. Reload the page to see it.") % {
            "state": action.get_status_display()
        }
    return _("%(who)s moved this action to “%(state)s” on %(when)s. Reload the page to see it.") % {
        "who": last.actor or _SYSTEM,
        "state": ActionStatus(last.target).label,
        "when": date_format(timezone.localtime(last.at), "j F Y, H:i"),
    }
