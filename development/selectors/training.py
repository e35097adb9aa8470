"""Training as a member may see it: the catalogue is everybody's, who completed what is for those who follow them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.utils import timezone

from development.learning_enums import EnrolmentStatus, Standing
from development.learning_obligations import RENEWAL_DAYS
from development.models import Certificate, DevelopmentPlan, Enrolment, TrainingCourse
from people.enums import EmployeeStatus
from people.models import Employee, Membership
from people.selectors.employees import employees_followed_by


def courses(*, with_former: bool = False) -> QuerySet[TrainingCourse]:
    """Return the catalogue: what is on offer, and what was as well for those who keep it."""
    return TrainingCourse.objects.all() if with_former else TrainingCourse.objects.filter(is_offered=True)


def courses_to_plan(plan: DevelopmentPlan | None) -> QuerySet[TrainingCourse]:
    """Return the courses an action of the plan may name: those on offer, and those it names already."""
    on_offer = Q(is_offered=True)
    if plan is not None:
        on_offer |= Q(Exists(plan.actions.filter(course=OuterRef("pk"))))
    return TrainingCourse.objects.filter(on_offer).order_by("name", "pk")


def with_competencies(rows: QuerySet[TrainingCourse]) -> QuerySet[TrainingCourse]:
    """Add what each course teaches."""
    return rows.prefetch_related("teaches__competency")


def enrolments_visible_to(member: Membership) -> QuerySet[Enrolment]:
    """Return the enrolments of everyone the member follows: themself, those below, those they serve as HR partner."""
    followed = employees_followed_by(member).filter(pk=OuterRef("employee"))
    return Enrolment.objects.filter(Exists(followed))


def enrolment_for(member: Membership, enrolment_id: int) -> Enrolment:
    """Return the enrolment with what its page shows, else Http404."""
    rows = enrolments_visible_to(member).select_related(
        "organization", "course", "employee__manager__location", "answered_by__user", "requested_by__user"
    )
    found = rows.filter(pk=enrolment_id).first()
    if found is None:
        raise Http404
    found.employee.organization = found.course.organization = found.organization
    return found


def certificate_for(member: Membership, certificate_id: int) -> Certificate:
    """Return a certificate of an enrolment the member may read, else Http404."""
    visible = enrolments_visible_to(member).filter(pk=OuterRef("enrolment"))
    found = Certificate.objects.filter(Q(Exists(visible)), pk=certificate_id).first()
    if found is None:
        raise Http404
    return found


def enrolments_of(employee: Employee) -> QuerySet[Enrolment]:
    """Return the enrolments of one employee, latest first; whoever asks has looked up who may read them."""
    return Enrolment.objects.filter(employee=employee).select_related("course").order_by("-requested_at", "-pk")


def waiting_for(own: Employee) -> QuerySet[Enrolment]:
    """Return the requests of the employee's direct reports nobody has answered, the oldest first."""
    rows = Enrolment.objects.filter(employee__manager=own, status=EnrolmentStatus.REQUESTED)
    return rows.select_related("course", "employee").order_by("requested_at", "pk")


@dataclass(frozen=True, kw_only=True)
class TrainingFact:
    """A completed training, as a fact beside a question of a review."""

    course: str
    completed_on: datetime.date
    expires_on: datetime.date | None
    hours: float


def completed_training(employee: Employee, *, since: datetime.date, until: datetime.date) -> list[TrainingFact]:
    """Return what the employee completed in a period, latest first; one statement."""
    rows = Enrolment.objects.filter(
        employee=employee, status=EnrolmentStatus.COMPLETED, completed_on__range=(since, until)
    ).order_by("-completed_on", "-pk")
    values = rows.values_list("course__name", "completed_on", "expires_on", "course__hours")
    return [
        TrainingFact(course=name, completed_on=day, expires_on=expires, hours=float(hours))
        for name, day, expires, hours in values
        if day is not None
    ]


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Of those whose job asks for a course: how many have it, and whether those who lack it can still take it."""

    course_id: int
    course: str
    is_offered: bool
    needed: int
    have: int

    @property
    def lack(self) -> int:
        """Return how many do not have it."""
        return self.needed - self.have

    @property
    def percent(self) -> int:
        """Return the share that has it, rounded down: 100 means everybody."""
        return 100 * self.have // self.needed if self.needed else 0


@dataclass(frozen=True, kw_only=True)
class Need:
    """One person and one course their job asks for."""

    number: str
    name: str
    department: str
    course_id: int
    course: str
    is_offered: bool
    standing: Standing
    expires_on: datetime.date | None


def needs_of_people(member: Membership) -> list[Need]:
    """Return every course the jobs of those the member follows ask for, and where each stands; two statements."""
    latest = Enrolment.objects.filter(
        employee=OuterRef("pk"), course=OuterRef("course_id"), status=EnrolmentStatus.COMPLETED
    ).order_by("-completed_on", "-pk")
    rows = (
        employees_followed_by(member)
        .exclude(status=EmployeeStatus.LEFT)
        .annotate(course_id=F("job_description__required_training__course"))
        .filter(course_id__isnull=False)
        .annotate(
            course_name=F("job_description__required_training__course__name"),
            is_offered=F("job_description__required_training__course__is_offered"),
            last_on=Subquery(latest.values("completed_on")[:1]),
            last_until=Subquery(latest.values("expires_on")[:1]),
        )
        .order_by("family_name", "given_name", "pk", "course_name")
        .values_list(
            "number", "given_name", "family_name", "department__name", "course_id", "course_name", "is_offered",
            "last_on", "last_until",
        )
    )  # fmt: skip
    today = timezone.localdate()
    return [
        Need(
            number=number,
            name=f"{given} {family}".strip(),
            department=department or "",
            course_id=course_id,
            course=course,
            is_offered=is_offered,
            standing=standing_on(today, completed_on=last_on, expires_on=last_until),
            expires_on=last_until,
        )
        for number, given, family, department, course_id, course, is_offered, last_on, last_until in rows
    ]


def standing_on(
    today: datetime.date, *, completed_on: datetime.date | None, expires_on: datetime.date | None
) -> Standing:
    """Return where somebody stands whose latest completion was on the one day and is worth until the other."""
    if completed_on is None:
        return Standing.LACKS
    if expires_on is None:
        return Standing.HAS
    if expires_on < today:
        return Standing.RAN_OUT
    return Standing.SOON if (expires_on - today).days <= RENEWAL_DAYS else Standing.HAS


def coverage_of(needs: Iterable[Need]) -> list[Coverage]:
    """Return the coverage of each course, by its name."""
    counted: dict[tuple[str, int, bool], list[int]] = {}
    for need in needs:
        tally = counted.setdefault((need.course, need.course_id, need.is_offered), [0, 0])
        tally[0] += 1
        tally[1] += need.standing in (Standing.HAS, Standing.SOON)
    return [
        Coverage(course_id=course_id, course=course, is_offered=is_offered, needed=needed, have=have)
        for (course, course_id, is_offered), (needed, have) in sorted(counted.items())
    ]
