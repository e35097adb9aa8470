"""Plans that end without an outcome: the employee has left, or the concern turned out to be about conduct."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Employee, Membership
from pipcycle.errors import DomainError, require
from pips.enums import ClosingReason, NoteKind, PlanStatus
from pips.models import Plan
from pips.obligations import About
from pips.rules import can_close_as_left
from pips.services.ending import drop_proposals
from pips.services.moves import lock_plan, move_plan, write_note
from pips.services.notices import tell_both
from pips.services.promises import withdraw_everything
from reminders.services.obligations import withdraw

_NOT_CLOSED = frozenset(PlanStatus) - {PlanStatus.CLOSED}


def record_departure(*, actor: Membership, plan: Plan) -> None:
    """Close the plan by hand because the employee has left. Raises PermissionDenied or DomainError."""
    if not plan.employee.has_left:
        raise DomainError(_("The employee is still employed. Their last day is recorded with the person first."))
    require(can_close_as_left(actor, plan))
    with transaction.atomic():
        lock_plan(plan, _NOT_CLOSED)
        _close_as_left(plan, actor)


def close_for_leaver(*, plan: Plan, actor: Membership | None = None) -> bool:
    """Close the plan of somebody who has left; return whether it did. Doing it twice changes nothing."""
    with transaction.atomic():
        plan.refresh_from_db(from_queryset=Plan.objects.select_for_update(of=("self",)))
        if plan.status == PlanStatus.CLOSED or not plan.employee.has_left:
            return False
        _close_as_left(plan, actor)
        return True


def employee_left(employee: Employee, actor: Membership | None) -> None:
    """Observe the people room: the employment has ended, so nothing of the plan is owed any more."""
    for plan in Plan.objects.select_related("employee", "manager").filter(employee=employee, status__in=_NOT_CLOSED):
        plan.employee = employee
        close_for_leaver(plan=plan, actor=actor)


def turn_away(*, plan: Plan, actor: Membership, reason: str) -> None:
    """Close a locked plan whose concern was about conduct; its employee is told if it had been handed over."""
    _close(plan, actor, ClosingReason.CONVERTED, reason)
    if plan.issued_at is not None:
        tell_both(
            plan=plan,
            event="converted",
            subject=_("A plan has ended in PIPCycle"),
            lines=[_("A plan that concerns you has ended without an outcome. The page says why.")],
            actor=actor,
        )


def _close_as_left(plan: Plan, actor: Membership | None) -> None:
    _close(plan, actor, ClosingReason.LEFT, gettext("The employee has left. The record is kept."))
    withdraw(about_type=About.OUTCOME, about_id=plan.pk, reason=gettext("The employee has left."))


def _close(plan: Plan, actor: Membership | None, why: ClosingReason, reason: str) -> None:
    move_plan(
        plan=plan,
        target=PlanStatus.CLOSED,
        actor=actor,
        reason=reason,
        closed_at=timezone.now(),
        closing_reason=why,
    )
    drop_proposals(plan=plan, actor=actor, reason=reason)
    write_note(plan=plan, kind=NoteKind.CLOSED, body=f"{why.label}\n{reason}", author=actor)
    withdraw_everything(plan, str(why.label))
