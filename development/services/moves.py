"""The one way a development plan changes its state: lock, check the table, write, keep who did it."""

import datetime
from collections.abc import Collection
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from development.enums import ACTION_TRANSITIONS, DEVELOPMENT_TRANSITIONS, ActionStatus, DevelopmentStatus, Side
from development.models import DevelopmentAction, DevelopmentMove, DevelopmentPlan
from development.obligations import ABOUT_ACTION, ABOUT_PLAN, Owed
from goals.presence import first_day_there, working_days_there
from people.models import Employee, Membership
from pipcycle.errors import DomainError
from reminders.services.obligations import owe


def require_words(text: str, message: Any) -> str:
    """Return the text without surrounding space. Raises DomainError when nothing is left."""
    text = text.strip()
    if not text:
        raise DomainError(message)
    return text


def lock_plan(plan: DevelopmentPlan, expected: Collection[DevelopmentStatus]) -> None:
    """Lock the plan's row until the end of the transaction and read it afresh, in place.

    Raises DomainError when the plan is in none of the expected states any more; the message says who moved it.
    """
    plan.refresh_from_db(from_queryset=DevelopmentPlan.objects.select_for_update(of=("self",), no_key=True))
    if plan.status not in expected:
        raise DomainError(moved_meanwhile(plan))


def move_plan(
    *, plan: DevelopmentPlan, target: DevelopmentStatus, actor: Membership | None, reason: str = "", **changes: Any
) -> None:
    """Move a locked plan along the table, with the columns that belong to the new state.

    Raises DomainError for a move the table does not know; the database trigger refuses it as well.
    """
    source = DevelopmentStatus(plan.status)
    if target not in DEVELOPMENT_TRANSITIONS[source]:
        raise DomainError(moved_meanwhile(plan))
    for field, value in {"status": target, **changes}.items():
        setattr(plan, field, value)
    plan.save(update_fields=["status", *changes])
    DevelopmentMove.objects.create(plan=plan, source=source, target=target, actor=actor, reason=reason)


def moved_meanwhile(plan: DevelopmentPlan) -> str:
    """Return who moved the plan last, when and to which state; that it runs by itself since is nobody's move."""
    moves = plan.moves.select_related("actor__user").exclude(target=DevelopmentStatus.RUNNING)
    last = moves.order_by("-at", "-pk").first()
    if last is None or last.actor is None:
        return _("This plan is in the state “%(state)s” now. Reload the page to see it.") % {
            "state": plan.get_status_display()
        }
    return _("%(who)s moved this plan to “%(state)s” on %(when)s. Reload the page to see it.") % {
        "who": last.actor,
        "state": DevelopmentStatus(last.target).label,
        "when": date_format(timezone.localtime(last.at), "j F Y, H:i"),
    }


def lock_action(action: DevelopmentAction, expected: Collection[ActionStatus]) -> None:
    """Lock the action with its plan, the plan first, and read both afresh. Raises DomainError for another state."""
    plan = action.plan
    plan.refresh_from_db(from_queryset=DevelopmentPlan.objects.select_for_update(of=("self",), no_key=True))
    action.refresh_from_db(from_queryset=DevelopmentAction.objects.select_for_update(of=("self",), no_key=True))
    action.plan = plan
    if action.status not in expected:
        raise DomainError(
            _("This action is “%(state)s” now. Reload the page to see it.") % {"state": action.get_status_display()}
        )


def move_action(action: DevelopmentAction, target: ActionStatus, **changes: Any) -> None:
    """Move a locked action along its table, or write the columns where it stays. Raises DomainError."""
    if target != action.status and target not in ACTION_TRANSITIONS[ActionStatus(action.status)]:
        raise DomainError(
            _("This action is “%(state)s” now. Reload the page to see it.") % {"state": action.get_status_display()}
        )
    for field, value in {"status": target, **changes}.items():
        setattr(action, field, value)
    action.save(update_fields=["status", *changes])


def person_on(side: Side | str, plan: DevelopmentPlan) -> Employee | None:
    """Return who owes on that side: the employee, or the direct manager."""
    employee: Employee = plan.employee
    manager: Employee | None = employee.manager
    return employee if side == Side.EMPLOYEE else manager


def owe_plan(
    side: Side | str,
    plan: DevelopmentPlan,
    kind: Owed,
    *,
    working_days: int | None = None,
    due_on: datetime.date | None = None,
) -> None:
    """Let the person on that side owe something about the plan, within days at work or on a day."""
    owner = person_on(side, plan)
    if owner is None or owner.has_left:
        return
    day = _day(owner, working_days, due_on)
    owe(kind=kind, about_type=ABOUT_PLAN, about_id=plan.pk, due_on=day, owner=owner, employee=plan.employee)


def owe_action(
    owner: Employee | None,
    action: DevelopmentAction,
    kind: Owed,
    *,
    working_days: int | None = None,
    due_on: datetime.date | None = None,
) -> None:
    """Let somebody owe something about the action, within days at work or on a day."""
    if owner is None or owner.has_left:
        return
    day = _day(owner, working_days, due_on)
    owe(kind=kind, about_type=ABOUT_ACTION, about_id=action.pk, due_on=day, owner=owner, employee=action.plan.employee)


def _day(owner: Employee, working_days: int | None, due_on: datetime.date | None) -> datetime.date:
    if due_on is not None:
        return first_day_there(owner, due_on)
    return working_days_there(owner, timezone.localdate(), working_days or 0)
