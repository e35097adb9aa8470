"""The other side of a promise: the employee confirms or does not, HR resolves what did not arrive (rule 13)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pipcycle.errors import DomainError, require
from pips.enums import RUNNING, NoteKind, SupportAnswer
from pips.models import SupportCommitment
from pips.obligations import About, Owed
from pips.rules import is_employee_in, is_reviewer_in
from pips.rules_voice import can_confirm_support, can_resolve_support
from pips.services.moves import lock_plan, require_words, write_note
from pips.services.notices import tell
from pips.services.promises import owe_redelivery
from reminders.services.obligations import fulfil


def answer_support(*, actor: Membership, commitment: SupportCommitment, is_received: bool, words: str = "") -> None:
    """Say as the employee whether support that was recorded as delivered has arrived.

    "Not received" needs words; the promise is open again and whoever made it is told. Raises PermissionDenied or
    DomainError.
    """
    plan = commitment.plan
    require(is_employee_in(actor, plan))
    words = words.strip() if is_received else require_words(words, _("Write what did not arrive."), rule=13)
    with transaction.atomic():
        lock_plan(plan, RUNNING)
        commitment.refresh_from_db()
        if not can_confirm_support(actor, commitment):
            raise DomainError(_("There is nothing to confirm now. Reload the page to see what is recorded."), rule=13)
        commitment.answer = SupportAnswer.RECEIVED if is_received else SupportAnswer.NOT_RECEIVED
        commitment.answer_note = words
        commitment.answered_at = timezone.now()
        commitment.save(update_fields=["answer", "answer_note", "answered_at"])
        fulfil(kind=Owed.CONFIRM_SUPPORT, about_type=About.SUPPORT, about_id=commitment.pk, actor=actor)
        if is_received:
            return
        write_note(
            plan=plan,
            kind=NoteKind.SUPPORT,
            body=gettext("Not received: “%(support)s”\n%(words)s") % {"support": commitment, "words": words},
            author=actor,
        )
        if commitment.resolved_at is None:
            owe_redelivery(plan, commitment)
        tell(
            plan=plan,
            event=f"support-not-received:{commitment.pk}:{commitment.answered_at.isoformat()}",
            to=commitment.owner,
            subject=_("Promised support has not arrived"),
            lines=[_("Support you recorded as delivered has not arrived, as the employee says. It is open again.")],
            actor=actor,
        )


def resolve_support(*, actor: Membership, commitment: SupportCommitment, reason: str) -> None:
    """Settle as HR a promise that was not kept, with the reason both sides read; it blocks "not met" no longer.

    Raises PermissionDenied unless the actor is an uninvolved HR partner, or DomainError.
    """
    plan = commitment.plan
    require(is_reviewer_in(actor, plan))
    reason = require_words(reason, _("Write why the employee is not worse off without it."), rule=13)
    with transaction.atomic():
        lock_plan(plan, RUNNING)
        commitment.refresh_from_db()
        if not can_resolve_support(actor, commitment):
            raise DomainError(_("This support is settled already. Reload the page to see it."), rule=13)
        commitment.resolution = reason
        commitment.resolved_at = timezone.now()
        commitment.resolved_by = actor
        commitment.save(update_fields=["resolution", "resolved_at", "resolved_by"])
        for kind in (Owed.DELIVER_SUPPORT, Owed.CONFIRM_SUPPORT):
            fulfil(kind=kind, about_type=About.SUPPORT, about_id=commitment.pk, actor=actor)
        write_note(
            plan=plan,
            kind=NoteKind.SUPPORT,
            body=gettext("HR resolved “%(support)s”\n%(reason)s") % {"support": commitment, "reason": reason},
            author=actor,
        )
        tell(
            plan=plan,
            event=f"support-resolved:{commitment.pk}",
            to=plan.employee,
            subject=_("HR has settled a promise"),
            lines=[_("HR has looked at support you were promised and gives its reasons on the page.")],
            actor=actor,
        )
