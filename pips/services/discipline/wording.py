"""Setting a remark on a disciplinary action aside, with a reason HR reads, and taking that back."""

from django.db import transaction

from people.models import Membership
from pipcycle.errors import require
from pipcycle.writing import SetAside
from pips.discipline_enums import ActionStatus
from pips.discipline_rules import is_writer_in
from pips.models import DisciplinaryAction
from pips.services.discipline.moves import lock_action
from pips.services.wording import drop_aside, keep_aside


def set_action_remark_aside(
    *, actor: Membership, action: DisciplinaryAction, field: str, start: int, code: str, reason: str
) -> SetAside:
    """Set aside the remark of that code on the saved words at that place; it holds as long as the words are the same.

    Raises PermissionDenied unless the actor writes the action, DomainError without a reason, for an action that is no
    draft any more, or when the words have changed in the meantime.
    """
    require(is_writer_in(actor, action))
    with transaction.atomic():
        lock_action(action, {ActionStatus.DRAFTED})
        return keep_aside(action, actor=actor, spot=(field, start, code), reason=reason)


def take_action_remark_back(*, actor: Membership, action: DisciplinaryAction, code: str, words: str) -> None:
    """Let the remark stand again. Raises PermissionDenied or DomainError like setting aside; twice changes nothing."""
    require(is_writer_in(actor, action))
    with transaction.atomic():
        lock_action(action, {ActionStatus.DRAFTED})
        drop_aside(action, code=code, words=words)
