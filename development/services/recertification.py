"""Certificates run out: the day, and the duty to renew one in time. Doing it twice changes nothing."""

import calendar
import datetime
from collections.abc import Collection

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from development.learning_enums import EnrolmentStatus
from development.learning_obligations import ABOUT_ENROLMENT, RENEWAL_DAYS, LearningOwed
from development.models import Enrolment, TrainingCourse
from people.enums import EmployeeStatus
from pipcycle.errors import DomainError
from reminders.services.obligations import OwedBy, owe_each, withdraw_many

#: A completion before it is a slip of the hand: the year 26 instead of 2026.
FIRST_YEAR = 1900


def expiry_of(course: TrainingCourse, completed_on: datetime.date) -> datetime.date | None:
    """Return the last day a completion is worth something, None for one that lasts."""
    if course.recertification_months is None:
        return None
    return months_after(completed_on, course.recertification_months)


def valid_until(
    course: TrainingCourse, *, completed_on: datetime.date, expires_on: datetime.date | None
) -> datetime.date | None:
    """Return the last day the completion is worth something: the one given, or the one the course says, if any.

    Raises DomainError for a day still to come, one nobody alive has seen, and one before the completion.
    """
    if completed_on > timezone.localdate():
        raise DomainError(_("The day of completion is still to come. Record it when it is over."))
    if completed_on.year < FIRST_YEAR:
        raise DomainError(_("Write the year of the completion with its four figures."))
    until = expires_on or expiry_of(course, completed_on)
    if until is not None and until < completed_on:
        raise DomainError(_("The certificate ran out before it was earned. Correct one of the two days."))
    return until


def months_after(day: datetime.date, months: int) -> datetime.date:
    """Return the same day that many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def owe_recertification(employees: Collection[int] | None = None) -> int:
    """Let everyone owe a renewal whose latest certificate runs out within the time; return how many began to.

    A certificate that a later one has replaced owes nothing any more.
    """
    completed = Enrolment.objects.filter(status=EnrolmentStatus.COMPLETED)
    if employees is not None:
        completed = completed.filter(employee__in=employees)
    with transaction.atomic():
        replaced = completed.filter(Exists(_later())).order_by()
        withdraw_many(
            about_type=ABOUT_ENROLMENT, about_ids=replaced.values("pk"), reason=_("A later certificate is there.")
        )
        return owe_each(
            kind=LearningOwed.RECERTIFY, about_type=ABOUT_ENROLMENT, owed=map(_owed, _running_out(completed))
        )


def _later() -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(
        status=EnrolmentStatus.COMPLETED,
        employee=OuterRef("employee"),
        course=OuterRef("course"),
        completed_on__gt=OuterRef("completed_on"),
    )


def _running_out(completed: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    until = timezone.localdate() + datetime.timedelta(days=RENEWAL_DAYS)
    there = completed.exclude(employee__status=EmployeeStatus.LEFT).filter(course__is_offered=True)
    return there.filter(~Exists(_later()), expires_on__lte=until)


def _owed(enrolment: Enrolment) -> OwedBy:
    assert enrolment.expires_on is not None  # noqa: S101  # filtered for; narrows the type
    return OwedBy(
        about_id=enrolment.pk,
        owner_id=enrolment.employee_id,
        employee_id=enrolment.employee_id,
        due_on=enrolment.expires_on,
    )
