"""The one way a plan changes its state: lock, check the table, write, keep who did it."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Membership
from pipcycle.errors import DomainError
from pips.enums import TRANSITIONS, NoteKind, PlanStatus, Step
from pips.findings import Finding, blocking, findings
from pips.models import Plan, PlanNote, PlanTransition


def require(allowed: bool) -> None:  # noqa: FBT001  # reads as a sentence
    """Raise PermissionDenied unless the rule allows the step."""
    if not allowed:
        raise PermissionDenied


def require_words(text: str, message: str | Any, rule: int | None = None) -> str:
    """Return the text without surrounding space. Raises DomainError when nothing is left."""
    text = text.strip()
    if not text:
        raise DomainError(message, rule=rule)
    return text


def lock_plan(plan: Plan, expected: Collection[PlanStatus]) -> None:
    """Lock the plan's row until the end of the transaction and read it afresh, in place.

    Raises DomainError when the plan is in none of the expected states any more; the message says who moved it and when.
    """
    plan.refresh_from_db(from_queryset=Plan.objects.select_for_update(of=("self",)))
    if plan.status not in expected:
        raise DomainError(_moved_meanwhile(plan))


def move_plan(*, plan: Plan, target: PlanStatus, actor: Membership | None, reason: str = "", **changes: Any) -> None:
    """Move a locked plan along the table, with the columns that belong to the new state.

    Raises DomainError for a move the table does not know; the database trigger refuses it as well.
    """
    source = PlanStatus(plan.status)
    if target not in TRANSITIONS[source]:
        raise DomainError(_moved_meanwhile(plan))
    plan.status = target
    for field, value in changes.items():
        setattr(plan, field, value)
    plan.save(update_fields=["status", *changes])
    PlanTransition.objects.create(plan=plan, source=source, target=target, actor=actor, reason=reason)


def write_note(*, plan: Plan, kind: NoteKind, body: str, author: Membership | None) -> PlanNote:
    """Add a remark to the plan's record for good."""
    return PlanNote.objects.create(plan=plan, kind=kind, body=body, author=author)


def require_no_block(plan: Plan, step: Step, *, outcome: str = "") -> None:
    """Raise DomainError for the first finding that blocks the step."""
    blockers = blocking(findings(plan, step, outcome=outcome))
    if blockers:
        raise _refusal(blockers[0])


def require_gates(plan: Plan, step: Step, *, note: str) -> None:
    """Raise DomainError for the first finding that blocks the step, or, without a note, that asks for a reason."""
    found = findings(plan, step)
    unanswered = found if not note.strip() else blocking(found)
    if unanswered:
        raise _refusal(unanswered[0])


def _refusal(finding: Finding) -> DomainError:
    return DomainError(f"{finding.message} {finding.how}", rule=finding.rule)


_SYSTEM = gettext_lazy("The calendar")


def _moved_meanwhile(plan: Plan) -> str:
    last = plan.transitions.select_related("actor__user").order_by("-at", "-pk").first()
    if last is None:
        return _("This plan is in the state “%(state)s”. Reload the page to see it.") % {
            "state": plan.get_status_display()
        }
    return _("%(who)s moved this plan to “%(state)s” on %(when)s. Reload the page to see it.") % {
        "who": last.actor or _SYSTEM,
        "state": PlanStatus(last.target).label,
        "when": date_format(timezone.localtime(last.at), "j F Y, H:i"),
    }
