"""Saving a draft step by step, and keeping what cannot be saved, so that no word typed is lost."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Membership
from pipcycle.errors import DomainError, require
from pipcycle.wordings import forget_oldest
from pips.drafts import content_of_draft, fingerprint, fitting_milestones
from pips.enums import PlanStatus
from pips.models import DraftAutosave, Plan
from pips.rules import is_manager_in
from pips.services.drafting import revise_draft
from pips.services.moves import lock_plan
from pips.services.review import take_back_to_draft

_EDITABLE = frozenset({PlanStatus.DRAFT, PlanStatus.CHANGES_REQUESTED})


class DraftConflictError(DomainError):
    """Somebody saved the step since this tab read it."""


def save_step(*, actor: Membership, plan: Plan, step: str, part: Mapping[str, Any], seen: str, tab: str = "") -> str:
    """Save what one step of the draft holds and return its new state; the other steps stay as they are.

    ``seen`` is the state the writer knows. Raises DraftConflictError when it is another one by now, unless this very
    tab wrote it; DomainError when the plan is no draft any more; PermissionDenied.
    """
    require(is_manager_in(actor, plan))
    with transaction.atomic():
        lock_plan(plan, _EDITABLE)
        fresh = Plan.objects.select_related("employee__location", "employee__organization").get(pk=plan.pk)
        now = fingerprint(fresh, step)
        if now not in {seen, _written_by(actor, plan, step, tab)}:
            raise DraftConflictError(_("Somebody else has saved this step since you opened it."))
        if fresh.status == PlanStatus.CHANGES_REQUESTED:
            take_back_to_draft(actor=actor, plan=fresh)
        content = content_of_draft(fresh)
        if part.get("length_days", fresh.length_days) != fresh.length_days:
            content["milestones"] = fitting_milestones(fresh, part["length_days"])
        revise_draft(actor=actor, plan=fresh, **{**content, **part})
        written = fingerprint(Plan.objects.get(pk=plan.pk), step)
        if tab:
            _keep(actor, plan, step, tab, seen=written, typed=None)
    return written


def keep_typed(
    *, actor: Membership, plan: Plan, step: str, tab: str, typed: Mapping[str, Sequence[str]], seen: str
) -> DraftAutosave:
    """Keep what is typed exactly as typed, beside the draft; only its writer reads it again."""
    require(is_manager_in(actor, plan))
    clean = {name: [value.replace("\x00", "") for value in values] for name, values in typed.items()}
    with transaction.atomic():
        return _keep(actor, plan, step, tab, seen=seen, typed=clean)


def forget_typed(*, actor: Membership, kept: DraftAutosave) -> None:
    """Throw the kept words away, at their writer's wish or because all of them are in the draft."""
    require(kept.member_id == actor.pk)
    kept.delete()


def _keep(
    actor: Membership, plan: Plan, step: str, tab: str, *, seen: str, typed: dict[str, list[str]] | None
) -> DraftAutosave:
    kept, _is_new = DraftAutosave.objects.update_or_create(
        plan=plan,
        member=actor,
        step=step,
        tab=tab[:32],
        defaults={"seen": seen[:16], "typed": typed, "kept_at": timezone.now()},
    )
    forget_oldest(DraftAutosave.objects.filter(plan=plan, member=actor, step=step))
    return kept


def _written_by(actor: Membership, plan: Plan, step: str, tab: str) -> str:
    """Return the state this tab wrote last: its own saving a moment ago is no conflict."""
    own = DraftAutosave.objects.filter(plan=plan, member=actor, step=step, tab=tab, typed__isnull=True)
    return own.values_list("seen", flat=True).first() or ""
