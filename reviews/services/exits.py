"""Exit interviews: opened by a last day, answered once, by the leaver or in a conversation with HR."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import EmployeeStatus, Role
from people.models import Employee, Membership, ReportingLine
from people.rules import is_self
from pipcycle.errors import DomainError, require
from reminders.services.obligations import fulfil, owe, withdraw
from reviews.models import ExitInterview
from reviews.pulse_enums import ExitStatus
from reviews.pulse_obligations import ABOUT_EXIT, ANSWER_EXIT, HOLD_EXIT
from reviews.pulse_rules import can_answer_exit

#: How long after the last day HR may still hold the interview.
DAYS_TO_HOLD = 30


def employee_left(employee: Employee, _actor: Membership | None) -> None:
    """Open the interview of somebody whose employment ends now; HR holds it, for their sign-in ends with it."""
    open_exit_interview(employee=employee)


def open_exit_interview(*, employee: Employee) -> ExitInterview | None:
    """Open the interview of whoever has a last day, or move the one that waits; asking twice changes nothing.

    Who still works is asked themself; whoever has left is asked by HR.
    """
    if employee.left_on is None:
        return None
    with transaction.atomic():
        interviews = ExitInterview.objects.filter(employee=employee)
        interview = interviews.select_for_update(no_key=True).filter(status=ExitStatus.OPEN).first()
        if interview is None:
            if interviews.filter(left_on=employee.left_on).exists():
                return None
            interview = ExitInterview(employee=employee)
        above = ReportingLine.objects.filter(employee=employee).values_list("manager", flat=True)
        interview.left_on = employee.left_on
        interview.hidden_from = sorted({*interview.hidden_from, *above})
        interview.save()
        _owe(interview, employee)
    return interview


def follow_leavers() -> int:
    """Open, move and end interviews as last days are set, moved, taken back and long past; return how many changed."""
    today = timezone.localdate()
    recent = Q(left_on__gte=today - datetime.timedelta(days=DAYS_TO_HOLD))
    known = ExitInterview.objects.filter(employee=OuterRef("pk"), left_on=OuterRef("left_on"))
    leavers = Employee.objects.filter(recent, ~Exists(known))
    opened = [open_exit_interview(employee=one) for one in leavers]
    waiting = ExitInterview.objects.filter(status=ExitStatus.OPEN)
    ended = waiting.filter(Q(left_on__lt=today - datetime.timedelta(days=DAYS_TO_HOLD)) | Q(employee__left_on=None))
    keys = list(ended.values_list("pk", flat=True))
    for key in keys:
        _lapse(key)
    gone = waiting.filter(employee__status=EmployeeStatus.LEFT, left_on=F("employee__left_on"))
    for one in gone.select_related("employee"):
        _owe(one, one.employee)
    return len([one for one in opened if one is not None]) + len(keys)


def answer_exit_interview(*, actor: Membership, interview: ExitInterview, **answers: Any) -> ExitInterview:
    """Keep what the leaver says, once. Raises PermissionDenied, or DomainError where it is answered already."""
    require(can_answer_exit(actor, interview) or not interview.is_open)
    is_own = is_self(actor, interview.employee)
    with transaction.atomic():
        changed = ExitInterview.objects.filter(pk=interview.pk, status=ExitStatus.OPEN).update(
            **answers,
            status=ExitStatus.ANSWERED,
            answered_on=timezone.localdate(),
            conducted_by=None if is_own else actor,
        )
        if not changed:
            raise DomainError(_("This interview is answered or over. Reload the page to see it."))
        for kind in (ANSWER_EXIT, HOLD_EXIT):
            fulfil(kind=kind, about_type=ABOUT_EXIT, about_id=interview.pk, actor=actor)
    interview.refresh_from_db()
    return interview


def _owe(interview: ExitInterview, employee: Employee) -> None:
    if employee.status == EmployeeStatus.LEFT:
        withdraw(about_type=ABOUT_EXIT, about_id=interview.pk, kind=ANSWER_EXIT, reason=_("The employee has left."))
        owe(
            kind=HOLD_EXIT,
            about_type=ABOUT_EXIT,
            about_id=interview.pk,
            due_on=interview.left_on + datetime.timedelta(days=DAYS_TO_HOLD // 2),
            owner_role=Role.HR_PARTNER,
            employee=employee,
        )
    else:
        owe(
            kind=ANSWER_EXIT,
            about_type=ABOUT_EXIT,
            about_id=interview.pk,
            due_on=interview.left_on,
            owner=employee,
            employee=employee,
        )


def _lapse(key: int) -> None:
    with transaction.atomic():
        if ExitInterview.objects.filter(pk=key, status=ExitStatus.OPEN).update(status=ExitStatus.LAPSED):
            withdraw(about_type=ABOUT_EXIT, about_id=key, reason=_("The time to hold it is over."))
