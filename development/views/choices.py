"""What the selects of a plan's form offer."""

from development.forms.plans import Choices
from development.selectors.career import next_jobs
from people.models import Competency, Employee, JobDescription
from people.selectors.employees import managers_above

MOST_OWNERS = 3


def choices_for(employee: Employee, *, aim: JobDescription | None = None) -> Choices:
    """Return every competency, the jobs on the ladder, and who can see to an action: the employee, then those above.

    A job that is the aim already is offered even where the ladder has changed since.
    """
    jobs = {job.pk: job for job in next_jobs(employee)}
    if aim is not None:
        jobs.setdefault(aim.pk, aim)
    above = managers_above(employee).select_related("organization")[:MOST_OWNERS]
    return Choices(
        competencies={one.pk: one for one in Competency.objects.order_by("name")},
        owners={one.pk: one for one in (employee, *above)},
        jobs=jobs,
    )
