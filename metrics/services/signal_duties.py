"""What is owed for a signal: somebody above the person looks at it within a working week."""

from collections.abc import Collection
from enum import StrEnum

from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from metrics.enums import SignalStatus
from metrics.models import Signal
from people.enums import EmployeeStatus, Role
from people.models import Employee, Membership
from people.working_days import calendar_for
from reminders.enums import ObligationStatus
from reminders.models import Obligation
from reminders.services.obligations import fulfil, owe, withdraw

ABOUT = "signal"
WORKING_DAYS = 5


class Owed(StrEnum):
    """The kinds of obligation of signals."""

    REVIEW = "review_signal"


def owe_review(signal: Signal) -> None:
    """Ask the direct manager to look at a signal, or HR where there is none; improvements and leavers ask nothing."""
    employee = signal.series.employee
    if signal.is_improvement or employee.has_left:
        return
    manager = _manager_of(employee)
    due_on = calendar_for(manager or employee).add_working_days(timezone.localdate(), WORKING_DAYS)
    owe(
        kind=Owed.REVIEW,
        about_type=ABOUT,
        about_id=signal.pk,
        due_on=due_on,
        owner=manager,
        owner_role=None if manager else Role.HR_PARTNER,
        employee=employee,
    )


def review_is_done(signal: Signal, *, actor: Membership) -> None:
    """Close what is owed for the signal: somebody has decided."""
    fulfil(kind=Owed.REVIEW, about_type=ABOUT, about_id=signal.pk, actor=actor)


def review_is_void(signals: Collection[Signal], *, reason: str | Promise) -> None:
    """Withdraw what is owed for signals that are no longer there."""
    for signal in signals:
        withdraw(about_type=ABOUT, about_id=signal.pk, reason=reason)


def follow_the_people() -> int:
    """Let what is owed follow the reporting line: to the new manager, to HR where there is none, away with leavers.

    Returns how many obligations changed; costs one statement while nothing has.
    """
    person = Signal.objects.filter(pk=OuterRef("about_id"))
    owed = Obligation.objects.filter(kind=Owed.REVIEW, status=ObligationStatus.OPEN).annotate(
        manager_now=Subquery(person.values("series__employee__manager")[:1]),
        manager_status=Subquery(person.values("series__employee__manager__status")[:1]),
    )
    has_manager = Q(manager_now__isnull=False) & ~Q(manager_status=EmployeeStatus.LEFT)
    is_elsewhere = (has_manager & (Q(owner__isnull=True) | ~Q(owner=F("manager_now")))) | (
        ~has_manager & Q(owner__isnull=False)
    )
    is_astray = Q(employee__status=EmployeeStatus.LEFT) | is_elsewhere
    astray = list(owed.filter(is_astray).values_list("about_id", flat=True))
    for signal in Signal.objects.select_related(
        "series__employee__location", "series__employee__manager__location", "organization"
    ).filter(pk__in=astray):
        has_left = signal.series.employee.has_left
        reason = _("The employee has left.") if has_left else _("It passed on with the reporting line.")
        review_is_void([signal], reason=reason)
        if signal.status == SignalStatus.OPEN:
            owe_review(signal)
    return len(astray)


def _manager_of(employee: Employee) -> Employee | None:
    manager = employee.manager
    return None if manager is None or manager.has_left else manager
