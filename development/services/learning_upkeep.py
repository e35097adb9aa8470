"""What changes among people do to courses and mentorships; doing it twice changes nothing."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from development.learning_enums import OPEN_ENROLMENTS, EnrolmentStatus, MentorshipStatus
from development.learning_obligations import ABOUT_ENROLMENT, ABOUT_MENTORSHIP, DAYS_TO_ANSWER, LearningOwed
from development.models import Enrolment, MentorProfile, Mentorship
from goals.presence import working_days_there
from people.enums import EmployeeStatus
from people.models import Employee, Membership, ReportingLine
from reminders.enums import ObligationStatus
from reminders.models import Obligation
from reminders.services.obligations import owe, withdraw, withdraw_many


def learner_left(employee: Employee, _actor: Membership | None) -> None:
    """Give back the places and end the mentorships of somebody who leaves, in the transaction in which they do."""
    _release(Q(pk=employee.pk))


def release_leavers() -> int:
    """Do the same for people an import made leave; return how many places and mentorships ended."""
    return _release(Q(status=EmployeeStatus.LEFT))


def hand_on_requests() -> int:
    """Let the direct manager answer what a former manager was asked, with time to do it; return how many changed."""
    above = ReportingLine.objects.filter(manager=OuterRef("owner"), employee=OuterRef("employee"))
    astray = Obligation.objects.filter(
        kind=LearningOwed.ANSWER_ENROLMENT, status=ObligationStatus.OPEN, employee__manager__isnull=False
    ).filter(~Exists(above))
    with transaction.atomic():
        found = list(astray.select_related("employee__manager__location"))
        for obligation in found:
            _ask_anew(obligation)
    return len(found)


def _release(who: Q) -> int:
    leavers = Employee.objects.filter(who).order_by().values("pk")
    places = Enrolment.objects.filter(employee__in=leavers).order_by()
    with transaction.atomic():
        withdraw_many(about_type=ABOUT_ENROLMENT, about_ids=places.values("pk"), reason=_("The employee has left."))
        ended = places.filter(status__in=OPEN_ENROLMENTS).update(status=EnrolmentStatus.CANCELLED)
        MentorProfile.objects.filter(employee__in=leavers, is_open=True).update(is_open=False)
        between = Mentorship.objects.filter(Q(mentor__in=leavers) | Q(mentee__in=leavers)).order_by()
        withdraw_many(about_type=ABOUT_MENTORSHIP, about_ids=between.values("pk"), reason=_("One of the two has left."))
        ended += between.filter(status=MentorshipStatus.REQUESTED).update(status=MentorshipStatus.WITHDRAWN)
        return ended + between.filter(status=MentorshipStatus.ACTIVE).update(
            status=MentorshipStatus.CLOSED, closed_at=timezone.now()
        )


def _ask_anew(obligation: Obligation) -> None:
    employee = obligation.employee
    assert employee is not None  # noqa: S101  # the query asks for their manager
    manager = employee.manager
    assert manager is not None  # noqa: S101  # as above
    withdraw(
        about_type=ABOUT_ENROLMENT,
        about_id=obligation.about_id,
        kind=LearningOwed.ANSWER_ENROLMENT,
        reason=_("It passed on with the reporting line."),
    )
    owe(
        kind=LearningOwed.ANSWER_ENROLMENT,
        about_type=ABOUT_ENROLMENT,
        about_id=obligation.about_id,
        due_on=working_days_there(manager, timezone.localdate(), DAYS_TO_ANSWER),
        owner=manager,
        employee=employee,
    )
