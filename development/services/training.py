"""The catalogue of courses, and somebody's place in one from the request to the completion."""

import datetime
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from development import learning_rules as rules
from development.enums import Side
from development.learning_enums import EnrolmentStatus, Provision
from development.learning_obligations import ABOUT_ENROLMENT, DAYS_TO_ANSWER, LearningOwed
from development.models import Certificate, CourseCompetency, Enrolment, RequiredTraining, TrainingCourse
from development.rules import side_towards
from development.services.actions import courses_completed
from development.services.moves import require_words
from development.services.recertification import owe_recertification, valid_until
from goals.presence import working_days_there
from goals.services.evidence import EvidenceFile, file_columns
from people.addresses import portal_url
from people.models import Competency, Employee, JobDescription, Membership
from pipcycle.errors import DomainError, require
from reminders.services.notices import notify
from reminders.services.obligations import fulfil, owe, withdraw, withdraw_many

REQUESTED, APPROVED, DECLINED, COMPLETED, CANCELLED = EnrolmentStatus


@dataclass(frozen=True, kw_only=True)
class CourseInput:
    """Everything the catalogue says of a course; ``teaches`` is kept beside it."""

    code: str
    name: str
    description: str = ""
    provision: str = Provision.INTERNAL
    provider: str = ""
    hours: Decimal = Decimal(0)
    cost: Decimal = Decimal(0)
    currency: str = ""
    link: str = ""
    recertification_months: int | None = None
    is_offered: bool = True
    teaches: Iterable[Competency] = field(default_factory=tuple)


def save_course(*, actor: Membership, facts: CourseInput, course: TrainingCourse | None = None) -> TrainingCourse:
    """Write a course into the catalogue, or change it; nobody owes a course again that is not offered any more.

    Raises PermissionDenied, or DomainError for a code in use.
    """
    require(rules.can_keep_catalogue(actor))
    if facts.cost and not facts.currency:
        raise DomainError(_("Say in which currency the course costs that much."))
    columns = asdict(facts)
    teaches = list(columns.pop("teaches"))
    course = course or TrainingCourse(created_by=actor)
    for name, value in columns.items():
        setattr(course, name, value)
    try:
        with transaction.atomic():
            course.save()
            course.teaches.exclude(competency__in=teaches).delete()
            CourseCompetency.objects.bulk_create(
                [CourseCompetency(course=course, competency=one) for one in teaches], ignore_conflicts=True
            )
            if not course.is_offered:
                _release_from(course)
    except IntegrityError:
        raise DomainError(
            _("Another course has the code %(code)s. Choose a different one.") % {"code": facts.code}
        ) from None
    return course


def _release_from(course: TrainingCourse) -> None:
    withdraw_many(
        about_type=ABOUT_ENROLMENT,
        about_ids=course.enrolments.order_by().values("pk"),
        kinds=[LearningOwed.RECERTIFY],
        reason=_("The course is not offered any more."),
    )


def require_course(*, actor: Membership, course: TrainingCourse, job: JobDescription) -> RequiredTraining:
    """Say that everybody of the job needs the course; saying it twice changes nothing. Raises PermissionDenied."""
    require(rules.can_keep_catalogue(actor))
    return RequiredTraining.objects.get_or_create(course=course, job=job)[0]


def drop_requirement(*, actor: Membership, required: RequiredTraining) -> None:
    """Say that the job does not need the course any more. Raises PermissionDenied."""
    require(rules.can_keep_catalogue(actor))
    required.delete()


def enrol(*, actor: Membership, employee: Employee, course: TrainingCourse, purpose: str = "") -> Enrolment:
    """Ask for a place. What a manager above asks for is approved with it, as is what nobody is there to answer.

    Raises PermissionDenied, or DomainError for a course that is not offered and for a second open place in it.
    """
    require(rules.can_enrol(actor, employee))
    if not course.is_offered:
        raise DomainError(_("This course is not offered any more. Choose another one."))
    is_approved = side_towards(actor, employee) == Side.MANAGER or employee.manager is None
    answered = {"answered_by": actor, "answered_at": timezone.now()} if is_approved else {}
    with transaction.atomic():
        try:
            with transaction.atomic():
                enrolment = Enrolment.objects.create(
                    employee=employee,
                    course=course,
                    purpose=purpose.strip(),
                    status=APPROVED if is_approved else REQUESTED,
                    requested_by=actor,
                    **answered,
                )
        except IntegrityError:
            raise DomainError(
                _("%(name)s has a place in this course already, or has asked for one.") % {"name": employee.full_name}
            ) from None
        if is_approved:
            _tell(enrolment, employee, "enrolled", _("You have a place in a course"))
        elif employee.manager is not None:
            _ask_manager(enrolment, employee.manager)
    return enrolment


def _ask_manager(enrolment: Enrolment, manager: Employee) -> None:
    owe(
        kind=LearningOwed.ANSWER_ENROLMENT,
        about_type=ABOUT_ENROLMENT,
        about_id=enrolment.pk,
        due_on=working_days_there(manager, timezone.localdate(), DAYS_TO_ANSWER),
        owner=manager,
        employee=enrolment.employee,
    )
    _tell(enrolment, manager, "requested", _("A course waits for your answer"))


def approve_enrolment(*, actor: Membership, enrolment: Enrolment) -> Enrolment:
    """Approve the place. Raises PermissionDenied or DomainError: of two who answer at once, the second is told."""
    return _answer(actor, enrolment, APPROVED, "")


def decline_enrolment(*, actor: Membership, enrolment: Enrolment, reason: str) -> Enrolment:
    """Decline the place with a reason. Raises PermissionDenied or DomainError."""
    return _answer(actor, enrolment, DECLINED, require_words(reason, _("Say why: the employee reads it.")))


def _answer(actor: Membership, enrolment: Enrolment, target: EnrolmentStatus, reason: str) -> Enrolment:
    require(side_towards(actor, enrolment.employee) == Side.MANAGER)
    with transaction.atomic():
        _move(enrolment, {REQUESTED}, status=target, answered_by=actor, answered_at=timezone.now(), reason=reason)
        fulfil(kind=LearningOwed.ANSWER_ENROLMENT, about_type=ABOUT_ENROLMENT, about_id=enrolment.pk, actor=actor)
        subject = _("Your course is approved") if target == APPROVED else _("Your course is declined")
        _tell(enrolment, enrolment.employee, target, subject)
    return enrolment


def complete_enrolment(
    *,
    actor: Membership,
    enrolment: Enrolment,
    completed_on: datetime.date,
    expires_on: datetime.date | None = None,
    certificate: EvidenceFile | None = None,
) -> Enrolment:
    """Record the completion with its certificate; without a day of its own it runs out when the course says so.

    Raises PermissionDenied, or DomainError for days out of order and for a file that is not what its name says.
    """
    require(side_towards(actor, enrolment.employee) is not None)
    until = valid_until(enrolment.course, completed_on=completed_on, expires_on=expires_on)
    columns = file_columns(certificate) if certificate is not None else None
    with transaction.atomic():
        _move(
            enrolment,
            {APPROVED},
            status=COMPLETED,
            completed_on=completed_on,
            expires_on=until,
            recorded_by=actor,
        )
        if columns is not None:
            Certificate.objects.create(enrolment=enrolment, uploaded_by=actor, **columns)
        owe_recertification([enrolment.employee_id])
        courses_completed([enrolment.employee_id])
    return enrolment


def cancel_enrolment(*, actor: Membership, enrolment: Enrolment) -> Enrolment:
    """Give the place back; an employee whose manager does it is told. Raises PermissionDenied or DomainError."""
    side = side_towards(actor, enrolment.employee)
    require(side is not None)
    with transaction.atomic():
        _move(enrolment, {REQUESTED, APPROVED} if side == Side.EMPLOYEE else {APPROVED}, status=CANCELLED)
        withdraw(about_type=ABOUT_ENROLMENT, about_id=enrolment.pk, reason=_("The place was given back."))
        if side == Side.MANAGER:
            _tell(enrolment, enrolment.employee, "given-back", _("Your place in a course was given back"))
    return enrolment


def _move(enrolment: Enrolment, expected: set[EnrolmentStatus], **changes: object) -> None:
    """Change the row where it still stands as expected, in one statement. Raises DomainError where it does not."""
    try:
        with transaction.atomic():
            moved = Enrolment.objects.filter(pk=enrolment.pk, status__in=expected).update(**changes)
    except IntegrityError:
        raise DomainError(_("A completion of this course on that day is on the record already.")) from None
    enrolment.refresh_from_db(fields=["status", "answered_by", "answered_at", "reason", "completed_on", "expires_on"])
    if not moved:
        raise DomainError(
            _("This enrolment is “%(state)s” now. Reload the page to see it.")
            % {"state": enrolment.get_status_display()}
        )


def _tell(enrolment: Enrolment, person: Employee, event: str, subject: str) -> None:
    if not person.has_left:
        notify(
            key=f"enrolment:{enrolment.pk}:{event}:{person.pk}",
            to=person,
            subject=subject,
            lines=[_("It is about a course of the training catalogue.")],
            url=portal_url(enrolment.organization, "development:enrolment", enrolment_id=enrolment.pk),
        )
