"""Job descriptions and competencies as a member may see them."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from people.enums import EmployeeStatus
from people.models import (
    Competency,
    Employee,
    JobCompetency,
    JobDescription,
    Membership,
    ReportingLine,
    Responsibility,
)
from people.rules import is_hr_admin, is_hr_partner
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_visible_to


def jobs_visible_to(member: Membership) -> QuerySet[JobDescription]:
    """Return the jobs the member may read: all for HR, else their own and those of everyone below them."""
    if not member.is_active:
        return JobDescription.objects.none()
    if is_hr_admin(member) or is_hr_partner(member):
        return JobDescription.objects.all()
    own = employee_of(member)
    if own is None:
        return JobDescription.objects.none()
    below = ReportingLine.objects.filter(manager=own, employee__job_description=OuterRef("pk"))
    return JobDescription.objects.filter(Q(pk=own.job_description_id) | Exists(below))


def with_job_facts(jobs: QuerySet[JobDescription]) -> QuerySet[JobDescription]:
    """Add what a row of the list shows: how many people, responsibilities and competencies."""
    counted: QuerySet[JobDescription] = jobs.annotate(
        people_count=_count_of(Employee.objects.exclude(status=EmployeeStatus.LEFT)),
        responsibility_count=_count_of(Responsibility.objects.all()),
        competency_count=_count_of(JobCompetency.objects.all()),
    )
    return counted


def jobs_to_export(member: Membership) -> QuerySet[JobDescription]:
    """Return the jobs with everything in them, for a file."""
    return with_job_facts(jobs_visible_to(member)).prefetch_related("responsibilities", _competencies())


def job_for(member: Membership, job_id: int) -> JobDescription:
    """Return a job with what its page shows; Http404 when the member may not read it."""
    rows = jobs_visible_to(member).prefetch_related("responsibilities", _competencies())
    job: JobDescription = get_object_or_404(rows, pk=job_id)
    return job


def people_in_job(member: Membership, job: JobDescription) -> QuerySet[Employee]:
    """Return those who have the job and whom the member may look up, by name."""
    people = employees_visible_to(member).filter(job_description=job)
    return people.exclude(status=EmployeeStatus.LEFT).order_by("family_name", "given_name", "id")


def count_in_job(job: JobDescription) -> int:
    """Return how many people have the job."""
    return Employee.objects.filter(job_description=job).exclude(status=EmployeeStatus.LEFT).count()


def uses_of(responsibilities: Collection[int]) -> Counter[int]:
    """Return how many rows of the rooms above point at each responsibility (goals, for one).

    Read from the references themselves, so that this room need not know who they are.
    """
    uses: Counter[int] = Counter()
    for relation in Responsibility._meta.related_objects:
        field = f"{relation.field.name}_id"
        model: Any = relation.related_model
        rows = model.objects.filter(**{f"{field}__in": responsibilities})
        uses.update(dict(rows.order_by().values_list(field).annotate(number=Count("pk"))))
    return uses


def competencies_with_facts() -> QuerySet[Competency]:
    """Return every competency with the number of jobs that ask for it."""
    counted: Any = Competency.objects.annotate(job_count=Count("jobs"))
    competencies: QuerySet[Competency] = counted
    return competencies


def competency_for(competency_id: int) -> Competency:
    """Return a competency, or raise Http404."""
    competency: Competency = get_object_or_404(competencies_with_facts(), pk=competency_id)
    return competency


def _competencies() -> "Prefetch[str, QuerySet[JobCompetency], str]":
    rows = JobCompetency.objects.select_related("competency").order_by("-expected_level", "competency__name")
    return Prefetch("competencies", queryset=rows)


def _count_of(rows: QuerySet[Employee] | QuerySet[Responsibility] | QuerySet[JobCompetency]) -> Coalesce:
    counted = (
        rows.filter(job_description=OuterRef("pk")).order_by().values("job_description").annotate(number=Count("pk"))
    )
    return Coalesce(Subquery(counted.values("number"), output_field=IntegerField()), 0)
