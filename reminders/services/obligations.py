"""The services of an obligation: owe (one, or many at once), move, fulfil, withdraw.

They belong inside the transaction of the fact itself, so a fact and its promises are never apart; each opens a
savepoint of its own where it writes more than once. They check no rule: the domain service that calls them has.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from people.enums import Role
from people.models import Employee, Membership
from reminders.enums import ObligationStatus
from reminders.models import Obligation
from reminders.registry import kind_for

REASON_LENGTH = 300
AT_ONCE = 2000


class OwedBy(NamedTuple):
    """What somebody owes: the key of the object, whose it is, about whom, and by when."""

    about_id: int
    owner_id: int
    employee_id: int
    due_on: date


def owe(
    *,
    kind: str,
    about_type: str,
    about_id: int,
    due_on: date,
    owner: Employee | None = None,
    owner_role: Role | None = None,
    employee: Employee | None = None,
) -> Obligation:
    """Open an obligation, owed by an employee or by a role.

    An open one of the same kind, object and owner is moved to the date instead, so asking twice never doubles it.
    Raises LookupError for an unknown kind and ValueError unless exactly one of owner and role is given.
    """
    kind_for(kind)
    if (owner is None) == (owner_role is None):
        message = "An obligation is owed either by an employee or by a role."
        raise ValueError(message)
    key: dict[str, Any] = {
        "kind": kind,
        "about_type": about_type,
        "about_id": about_id,
        "owner": owner,
        "owner_role": owner_role.value if owner_role else "",
    }
    with transaction.atomic():
        existing = _open_with(key)
        if existing is None:
            try:
                with transaction.atomic():
                    return Obligation.objects.create(**key, employee=employee, due_on=due_on, first_due_on=due_on)
            except IntegrityError:
                # Another transaction opened the same one between our look and our write.
                existing = _open_with(key)
                if existing is None:
                    raise
        _set_due_date(existing, due_on)
        return existing


def owe_many(*, kind: str, about_type: str, about_id: int, due_on: date, owners: Iterable[int]) -> int:
    """Open the same obligation for many employees, each about themself; return how many were opened.

    ``owners`` are ids of employees. Who owes it already keeps theirs with its date, so asking twice, or in two places
    at once, never doubles it. Ten thousand take a few statements. Raises LookupError for an unknown kind.
    """
    kind_for(kind)
    opened = 0
    with transaction.atomic():
        already = set(
            _open(about_type, about_id).filter(kind=kind, owner__isnull=False).values_list("owner", flat=True)
        )
        wanted = [owner for owner in dict.fromkeys(owners) if owner not in already]
        for first in range(0, len(wanted), AT_ONCE):
            rows = [
                Obligation(
                    kind=kind,
                    about_type=about_type,
                    about_id=about_id,
                    owner_id=owner,
                    employee_id=owner,
                    due_on=due_on,
                    first_due_on=due_on,
                )
                for owner in wanted[first : first + AT_ONCE]
            ]
            opened += len(Obligation.objects.bulk_create(rows, ignore_conflicts=True))
    return opened


def owe_each(*, kind: str, about_type: str, owed: Iterable[OwedBy]) -> int:
    """Open one obligation of a kind for each (object, owner, employee, due date); return how many were opened.

    The bulk form of ``owe`` for many objects at once: one that is open already keeps its date, so asking twice never
    doubles it. Raises LookupError for an unknown kind.
    """
    kind_for(kind)
    rows = [
        Obligation(
            kind=kind,
            about_type=about_type,
            about_id=one.about_id,
            owner_id=one.owner_id,
            employee_id=one.employee_id,
            due_on=one.due_on,
            first_due_on=one.due_on,
        )
        for one in owed
    ]
    with transaction.atomic():
        return len(Obligation.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True))


def move(
    *,
    kind: str,
    about_type: str,
    about_id: int,
    due_on: date,
    reason: str | Promise,
    unless_due_after: date | None = None,
) -> int:
    """Give the open obligations of that kind a new due date and say why; return how many changed.

    Those due after ``unless_due_after`` keep their own date.
    """
    owed = _open(about_type, about_id).filter(kind=kind).exclude(due_on=due_on)
    if unless_due_after is not None:
        owed = owed.filter(due_on__lte=unless_due_after)
    return owed.update(due_on=due_on, due_set_at=timezone.now(), moved_reason=str(reason)[:REASON_LENGTH])


def move_many(
    *,
    kind: str,
    about_type: str,
    about_ids: QuerySet[Any, Any],
    due_on: date,
    reason: str | Promise,
    latest: date | None = None,
) -> int:
    """Give the open obligations of that kind about many objects a new due date and say why; return how many changed.

    ``about_ids`` is a query of keys, so it is one statement however many there are. Whoever has until after ``latest``
    keeps their own day.
    """
    owed = Obligation.objects.filter(
        kind=kind, about_type=about_type, about_id__in=about_ids, status=ObligationStatus.OPEN
    )
    if latest is not None:
        owed = owed.filter(due_on__lte=latest)
    return owed.exclude(due_on=due_on).update(
        due_on=due_on, due_set_at=timezone.now(), moved_reason=str(reason)[:REASON_LENGTH]
    )


def fulfil(
    *, kind: str, about_type: str, about_id: int, actor: Membership | None, owner: Employee | None = None
) -> int:
    """Close the open obligations of that kind as kept, only the owner's where one is given; return how many."""
    owed = _open(about_type, about_id).filter(kind=kind)
    if owner is not None:
        owed = owed.filter(owner=owner)
    return _close(owed, status=ObligationStatus.FULFILLED, actor=actor)


def withdraw(*, about_type: str, about_id: int, kind: str | None = None, reason: str | Promise = "") -> int:
    """Close the open obligations about an object, of one kind or of all, as no longer owed; return how many."""
    owed = _open(about_type, about_id)
    if kind is not None:
        owed = owed.filter(kind=kind)
    return _close(owed, status=ObligationStatus.WITHDRAWN, reason=reason)


def withdraw_many(
    *, about_type: str, about_ids: QuerySet[Any, Any], kinds: Iterable[str] | None = None, reason: str | Promise = ""
) -> int:
    """Close the open obligations about many objects, of some kinds or of all, as no longer owed; return how many.

    ``about_ids`` is a query of keys, so it is one statement however many there are.
    """
    owed = Obligation.objects.filter(about_type=about_type, about_id__in=about_ids, status=ObligationStatus.OPEN)
    if kinds is not None:
        owed = owed.filter(kind__in=list(kinds))
    return _close(owed, status=ObligationStatus.WITHDRAWN, reason=reason)


def _open(about_type: str, about_id: int) -> QuerySet[Obligation]:
    return Obligation.objects.filter(Q(about_type=about_type, about_id=about_id), status=ObligationStatus.OPEN)


def _open_with(key: dict[str, Any]) -> Obligation | None:
    return Obligation.objects.select_for_update(no_key=True).filter(**key, status=ObligationStatus.OPEN).first()


def _set_due_date(obligation: Obligation, due_on: date) -> None:
    if obligation.due_on == due_on:
        return
    obligation.due_on = due_on
    obligation.due_set_at = timezone.now()
    obligation.save(update_fields=["due_on", "due_set_at"])


def _close(owed: Any, *, status: ObligationStatus, actor: Membership | None = None, reason: str | Promise = "") -> int:
    closed: int = owed.update(
        status=status,
        closed_at=timezone.now(),
        closed_on=timezone.localdate(),
        closed_by=actor,
        closed_reason=str(reason)[:REASON_LENGTH],
    )
    return closed
