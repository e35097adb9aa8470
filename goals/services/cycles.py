"""Cycles: opened, changed, frozen, reopened, archived; with each its promises move along."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goals.enums import CYCLE_TRANSITIONS, CycleKind, CycleStatus
from goals.models import Cycle
from goals.proposals import ABOUT_CYCLE, PROPOSE_GOALS
from goals.selectors.structure import yet_to_propose
from goals.services.resting import ASKED_WHILE_OPEN, rest, wake
from goals.structure_rules import can_manage_cycles
from people.models import Employee, Membership
from pipcycle.errors import DomainError
from reminders.services.obligations import fulfil, move, owe_many

#: What a person who joins late is given, however near the cycle's own date is.
DAYS_FOR_LATE_JOINERS = 14
LONGEST_NAME = 200


def open_cycle(
    *,
    actor: Membership,
    name: str,
    kind: str,
    starts_on: datetime.date,
    ends_on: datetime.date,
    propose_by: datetime.date,
    update_every_weeks: int = 4,
) -> Cycle:
    """Open a cycle and ask everybody who has a manager for goals by its date; ten thousand people in seconds.

    Raises PermissionDenied for whoever may not manage cycles, and DomainError for dates out of order or a name in use.
    """
    _require(actor)
    columns = _checked(
        name=name,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        propose_by=propose_by,
        update_every_weeks=update_every_weeks,
    )
    _require_ahead(propose_by)
    with transaction.atomic():
        try:
            with transaction.atomic():
                cycle = Cycle.objects.create(**columns)
        except IntegrityError as error:
            raise _name_is_taken(name) from error
        owe_proposals(cycle=cycle, with_time=False)
    return cycle


def change_cycle(
    *,
    actor: Membership,
    cycle: Cycle,
    name: str,
    kind: str,
    starts_on: datetime.date,
    ends_on: datetime.date,
    propose_by: datetime.date,
    update_every_weeks: int,
) -> Cycle:
    """Change the cycle's facts; a new date moves what is owed, and says why. Goals keep their own dates.

    A new rhythm holds from the next update of each goal on. Raises DomainError for an archived cycle, for dates out of
    order, a name in use, or a date to propose by that is over.
    """
    _require(actor)
    columns = _checked(
        name=name,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        propose_by=propose_by,
        update_every_weeks=update_every_weeks,
    )
    with transaction.atomic():
        _lock(cycle)
        if cycle.status == CycleStatus.ARCHIVED:
            raise DomainError(_("An archived cycle is only read. Reopen it first."))
        was = cycle.propose_by
        if propose_by != was:
            _require_ahead(propose_by)
        for field, value in columns.items():
            setattr(cycle, field, value)
        try:
            with transaction.atomic():
                cycle.save(update_fields=[*columns])
        except IntegrityError as error:
            raise _name_is_taken(name) from error
        if propose_by != was:
            _move_proposals(cycle, was)
    return cycle


def freeze_cycle(*, actor: Membership, cycle: Cycle) -> Cycle:
    """Freeze the cycle: no new goals and no new targets, updates go on.

    Nobody is asked for goals or for an answer any more. Raises PermissionDenied, or DomainError for a move the table
    does not know.
    """
    with transaction.atomic():
        _move(actor, cycle, CycleStatus.FROZEN)
        rest(cycle=cycle, kinds=ASKED_WHILE_OPEN, reason=_("The cycle has been frozen."))
    return cycle


def archive_cycle(*, actor: Membership, cycle: Cycle) -> Cycle:
    """Archive the cycle: everything is kept and read, nothing is owed. Raises as ``freeze_cycle`` does."""
    with transaction.atomic():
        _move(actor, cycle, CycleStatus.ARCHIVED)
        rest(cycle=cycle, kinds=None, reason=_("The cycle has been archived."))
    return cycle


def reopen_cycle(*, actor: Membership, cycle: Cycle) -> Cycle:
    """Open the cycle again; what rested is owed again, with time to do it. Raises as ``freeze_cycle`` does."""
    with transaction.atomic():
        was = _move(actor, cycle, CycleStatus.OPEN)
        owe_proposals(cycle=cycle)
        wake(cycle=cycle, with_updates=was == CycleStatus.ARCHIVED)
    return cycle


def owe_proposals(*, cycle: Cycle, with_time: bool = True) -> int:
    """Ask everybody for goals who is to propose some in the open cycle and is not asked yet; return how many were.

    Harmless to repeat: each day it finds who has joined since. ``with_time`` gives them two weeks at least.
    """
    today = timezone.localdate()
    with transaction.atomic():
        _lock(cycle)
        if cycle.status != CycleStatus.OPEN or cycle.ends_on < today:
            return 0
        soonest = min(today + datetime.timedelta(days=DAYS_FOR_LATE_JOINERS), cycle.ends_on)
        return owe_many(
            kind=PROPOSE_GOALS,
            about_type=ABOUT_CYCLE,
            about_id=cycle.pk,
            due_on=max(cycle.propose_by, soonest) if with_time else cycle.propose_by,
            owners=yet_to_propose(cycle).values_list("pk", flat=True).iterator(chunk_size=5000),
        )


def keep_proposal(*, actor: Membership | None, cycle: Cycle, employee: Employee) -> int:
    """Close the employee's promise to propose goals in the cycle as kept; called with the first goal proposed."""
    return fulfil(kind=PROPOSE_GOALS, about_type=ABOUT_CYCLE, about_id=cycle.pk, actor=actor, owner=employee)


def _move(actor: Membership, cycle: Cycle, target: CycleStatus) -> CycleStatus:
    """Lock the cycle and move it along the table; return where it stood."""
    _require(actor)
    _lock(cycle)
    source = CycleStatus(cycle.status)
    if target not in CYCLE_TRANSITIONS[source]:
        raise DomainError(
            gettext("“%(name)s” is already: %(state)s. Reload the page to see it.")
            % {"name": cycle.name, "state": cycle.get_status_display()}
        )
    cycle.status = target
    cycle.save(update_fields=["status"])
    return source


def _lock(cycle: Cycle) -> None:
    cycle.refresh_from_db(from_queryset=Cycle.objects.select_for_update(of=("self",), no_key=True))


def _require(actor: Membership) -> None:
    if not can_manage_cycles(actor):
        raise PermissionDenied


def _require_ahead(day: datetime.date) -> None:
    if day < timezone.localdate():
        raise DomainError(_("Choose a day still to come by which goals are proposed, so that everybody has a chance."))


def _name_is_taken(name: str) -> DomainError:
    return DomainError(
        gettext("There is a cycle called “%(name)s” already. Open that one, or give this one another name.")
        % {"name": name.strip()}
    )


def _checked(**columns: Any) -> dict[str, Any]:
    """Return the columns of a cycle. Raises DomainError with what to mend."""
    columns["name"] = columns["name"].strip()[:LONGEST_NAME]
    if not columns["name"]:
        raise DomainError(_("Give the cycle a name, such as “2027, first half”."))
    columns["kind"] = CycleKind(columns["kind"])
    if columns["ends_on"] <= columns["starts_on"]:
        raise DomainError(_("The last day of a cycle comes after its first."))
    if columns["propose_by"] > columns["ends_on"]:
        raise DomainError(_("Goals are proposed before the cycle ends."))
    if not 1 <= columns["update_every_weeks"] <= 26:
        raise DomainError(_("Between two updates lie 1 to 26 weeks."))
    return columns


def _move_proposals(cycle: Cycle, was: datetime.date) -> None:
    move(
        kind=PROPOSE_GOALS,
        about_type=ABOUT_CYCLE,
        about_id=cycle.pk,
        due_on=cycle.propose_by,
        reason=gettext("The date of the cycle moved from %(old)s to %(new)s.")
        % {"old": date_format(was, "j F Y"), "new": date_format(cycle.propose_by, "j F Y")},
        unless_due_after=max(was, cycle.propose_by),
    )
