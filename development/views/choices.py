"""What the selects of a plan's form offer."""

from development.forms.plans import Choices
from development.models import DevelopmentPlan
from development.selectors.career import next_jobs
from development.selectors.training import courses_to_plan
from people.models import Competency, Employee, JobDescription
from people.selectors.employees import managers_above

MOST_OWNERS = 3


def choices_for(employee: Employee, *, plan: DevelopmentPlan | None = None) -> Choices:
    """Return every competency, the jobs on the ladder, the courses, and who can see to an action, the employee first.

    A job or a course the plan names already is offered even where the ladder or the catalogue has changed since.
    """
    aim: JobDescription | None = plan.aim if plan is not None else None
    jobs = {job.pk: job for job in next_jobs(employee)}
    if aim is not None:
        jobs.setdefault(aim.pk, aim)
    above = managers_above(employee).select_related("organization")[:MOST_OWNERS]
    return Choices(
        competencies={one.pk: one for one in Competency.objects.order_by("name")},
        owners={one.pk: one for one in (employee, *above)},
        jobs=jobs,
        courses={one.pk: one for one in courses_to_plan(plan)},
    )
