"""Setting a remark of the linter aside, with a reason HR reads, and taking that back."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pipcycle.errors import DomainError, require
from pipcycle.writing import SetAside
from pipcycle.writing.aside import LONGEST_REASON
from pips.enums import PlanStatus
from pips.models import Plan
from pips.rules import is_manager_in
from pips.services.moves import lock_plan, require_words
from pips.wording import Written, standing_remarks, texts_in

_WRITABLE = {PlanStatus.DRAFT, PlanStatus.CHANGES_REQUESTED}


def set_remark_aside(*, actor: Membership, plan: Plan, field: str, start: int, code: str, reason: str) -> SetAside:
    """Set aside the remark of that code on the saved words at that place; it holds as long as the words are the same.

    Raises PermissionDenied unless the actor manages the employee, DomainError without a reason, for a plan that is no
    draft any more, or when the words have changed in the meantime.
    """
    require(is_manager_in(actor, plan))
    with transaction.atomic():
        lock_plan(plan, _WRITABLE)
        return keep_aside(plan, actor=actor, spot=(field, start, code), reason=reason)


def take_remark_back(*, actor: Membership, plan: Plan, code: str, words: str) -> None:
    """Let the remark stand again. Raises PermissionDenied or DomainError like setting aside; twice changes nothing."""
    require(is_manager_in(actor, plan))
    with transaction.atomic():
        lock_plan(plan, _WRITABLE)
        drop_aside(plan, code=code, words=words)


def keep_aside(written: Written, *, actor: Membership, spot: tuple[str, int, str], reason: str) -> SetAside:
    """Set aside the remark at the field, place and of the code, in a locked draft the actor may write.

    Raises DomainError without a reason, or when the words have changed.
    """
    reason = require_words(reason, _("Say why the words can stay as they are. HR reads it."))[:LONGEST_REASON]
    remarks = standing_remarks(written).remarks
    found = next((one for one in remarks if (one.field, one.start, one.code) == spot), None)
    if found is None:
        raise DomainError(_("These words have changed. Save the draft and look at the remarks again."))
    texts = texts_in(written)
    aside = SetAside.of(found, reason, text_of=lambda name: texts.get(name, ""))
    aside = replace(aside, by=actor.pk, at=timezone.now())
    written.set_aside = [*written.set_aside, aside.as_json()]
    written.save(update_fields=["set_aside"])
    return aside


def drop_aside(written: Written, *, code: str, words: str) -> None:
    """Take what was set aside back, in a locked draft the actor may write."""
    kept = [one for one in written.set_aside if (one["code"], one["words"]) != (code, words)]
    if kept != written.set_aside:
        written.set_aside = kept
        written.save(update_fields=["set_aside"])
