"""Responsibilities and competencies of the demo's jobs, written in a few set-based statements."""

from demo.seed.job_texts import COMPETENCIES, levels_of, responsibilities_of
from people.models import Competency, JobCompetency, JobDescription, Responsibility


def create_job_contents() -> None:
    """Say of every job of the open tenant what it answers for and what it asks."""
    jobs = list(JobDescription.objects.all())
    competencies = {
        row.name: row
        for row in Competency.objects.bulk_create(
            Competency(name=name, description=description) for name, description in COMPETENCIES.items()
        )
    }
    Responsibility.objects.bulk_create(
        Responsibility(job_description=job, position=position, title=title)
        for job in jobs
        for position, title in enumerate(responsibilities_of(job.name))
    )
    JobCompetency.objects.bulk_create(
        JobCompetency(job_description=job, competency=competencies[name], expected_level=level)
        for job in jobs
        for name, level in levels_of(job.name).items()
    )
