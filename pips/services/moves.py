"""The one way a plan changes its state: lock, check the table, write, keep who did it."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Membership
from pipcycle.errors import DomainError
from pips.enums import TRANSITIONS, FindingKind, NoteKind, PlanStatus, Step
from pips.gates.catalogue import blocking, findings, unanswered
from pips.gates.gate import Finding
from pips.models import GateAnswer, Plan, PlanNote, PlanTransition


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


def require_gates(
    plan: Plan, step: Step, *, actor: Membership, reasons: Mapping[str, str] | None = None, outcome: str = ""
) -> None:
    """Let the step pass its gates: nothing blocks, and every warning has its written reason, which is kept.

    ``reasons`` are new answers by the code of the finding. Raises DomainError for the first finding in the way.
    """
    found = findings(plan, step, outcome=outcome)
    blockers = blocking(found)
    if blockers:
        raise _refusal(blockers[0])
    given = {code: reason.strip() for code, reason in (reasons or {}).items()}
    for finding in found:
        if finding.kind == FindingKind.WARN and given.get(finding.code):
            GateAnswer.objects.create(
                plan=plan,
                step=step,
                code=finding.code,
                rule=finding.rule,
                message=str(finding.message),
                reason=given[finding.code],
                author=actor,
            )
    open_questions = [finding for finding in unanswered(found) if not given.get(finding.code)]
    if open_questions:
        raise _refusal(open_questions[0])


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
