"""What the two have said they will do: owed by whoever said it, carried over until it is done."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.check_in_enums import ActionStatus
from feedback.check_in_obligations import ABOUT_ACTION, Owed
from feedback.check_in_rules import takes_part
from feedback.models import ActionItem, CheckIn, CheckInSeries
from people.models import Employee, Membership
from pipcycle.errors import DomainError
from reminders.services.obligations import fulfil, owe, withdraw


def add_action(
    *,
    actor: Membership,
    series: CheckInSeries,
    title: str,
    owner: Employee,
    due_on: datetime.date,
    agreed_in: CheckIn | None = None,
) -> ActionItem:
    """Write down what one of the two does until a day; they owe it. Raises PermissionDenied, DomainError."""
    _require_part(actor, series)
    words = _checked(series, title, owner)
    with transaction.atomic():
        action = ActionItem.objects.create(
            series=series, agreed_in=agreed_in, title=words, owner=owner, due_on=due_on, added_by=actor
        )
        _owe(action)
    return action


def change_action(
    *, actor: Membership, action: ActionItem, title: str, owner: Employee, due_on: datetime.date
) -> ActionItem:
    """Change the words, the owner or the day of an open action item. Raises PermissionDenied, DomainError."""
    _require_part(actor, action.series)
    words = _checked(action.series, title, owner)
    with transaction.atomic():
        _lock(action, {ActionStatus.OPEN})
        is_passed_on = owner.pk != action.owner_id
        action.title, action.owner, action.due_on = words, owner, due_on
        action.save(update_fields=["title", "owner", "due_on"])
        if is_passed_on:
            withdraw(about_type=ABOUT_ACTION, about_id=action.pk, reason=_("The other one does it."))
        _owe(action)
    return action


def finish_action(*, actor: Membership, action: ActionItem) -> ActionItem:
    """Say that it is done. Raises PermissionDenied for anybody but the two, DomainError when it is not open."""
    _require_part(actor, action.series)
    with transaction.atomic():
        _lock(action, {ActionStatus.OPEN})
        _set(action, ActionStatus.DONE, actor)
        fulfil(kind=Owed.DO_ACTION, about_type=ABOUT_ACTION, about_id=action.pk, actor=actor)
    return action


def drop_action(*, actor: Membership, action: ActionItem) -> ActionItem:
    """Give it up: it is no longer owed and stays on the record. Raises PermissionDenied, DomainError."""
    _require_part(actor, action.series)
    with transaction.atomic():
        _lock(action, {ActionStatus.OPEN})
        _set(action, ActionStatus.DROPPED, actor)
        withdraw(about_type=ABOUT_ACTION, about_id=action.pk, reason=_("It was given up."))
    return action


def reopen_action(*, actor: Membership, action: ActionItem) -> ActionItem:
    """Open it again, to be done by its day. Raises PermissionDenied, DomainError."""
    _require_part(actor, action.series)
    with transaction.atomic():
        _lock(action, {ActionStatus.DONE, ActionStatus.DROPPED})
        _set(action, ActionStatus.OPEN, None)
        _owe(action)
    return action


def _set(action: ActionItem, status: ActionStatus, actor: Membership | None) -> None:
    action.status, action.closed_by = status, actor
    action.closed_on = None if status == ActionStatus.OPEN else timezone.localdate()
    action.save(update_fields=["status", "closed_by", "closed_on"])


def _owe(action: ActionItem) -> None:
    owe(
        kind=Owed.DO_ACTION,
        about_type=ABOUT_ACTION,
        about_id=action.pk,
        due_on=action.due_on,
        owner=action.owner,
        employee=action.series.employee,
    )


def _lock(action: ActionItem, expected: set[ActionStatus]) -> None:
    action.refresh_from_db(fields=["status"], from_queryset=ActionItem.objects.select_for_update(no_key=True))
    if action.status not in expected:
        raise DomainError(_("Somebody has changed this meanwhile. Reload the page to see it."))


def _checked(series: CheckInSeries, title: str, owner: Employee) -> str:
    words = " ".join(title.split())
    if not words:
        raise DomainError(_("Write in a few words what is to be done."))
    if owner.pk not in (series.employee_id, series.leader_id):
        raise DomainError(_("An action item is done by one of you two."))
    return words[:300]


def _require_part(actor: Membership, series: CheckInSeries) -> None:
    if not takes_part(actor, series):
        raise PermissionDenied
