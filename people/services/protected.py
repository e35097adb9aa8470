"""Recording what the law protects (rules 4, 9): HR only, told to the rooms that must look at a case once more."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import ProtectedActivityKind
from people.models import Employee, Membership, ProtectedActivity
from people.registry import tell_protected_observers
from people.rules import can_see_protected_activity, is_self
from pipcycle.errors import DomainError


def record_protected_activity(
    *,
    actor: Membership,
    employee: Employee,
    kind: ProtectedActivityKind | str,
    occurred_on: datetime.date,
    note: str = "",
    about_type: str = "",
    about_id: int | None = None,
) -> ProtectedActivity:
    """Record that the employee complained, asked for an accommodation or was injured, and when; why stays with HR.

    An HR partner records it; the employee's own request on a page records itself. Every observer is told in the same
    transaction. Raises PermissionDenied, or DomainError for a day that is still to come.
    """
    if not (is_self(actor, employee) or can_see_protected_activity(actor, employee)):
        raise PermissionDenied
    if occurred_on > timezone.localdate():
        raise DomainError(_("This day is still to come. Choose today or an earlier day."), rule=4)
    with transaction.atomic():
        activity = ProtectedActivity.objects.create(
            employee=employee,
            kind=ProtectedActivityKind(kind),
            occurred_on=occurred_on,
            note=note.strip(),
            about_type=about_type,
            about_id=about_id,
            recorded_by=actor,
        )
        tell_protected_observers(employee, actor)
    return activity
