"""The ladder of jobs, and what is missing to a job on it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from development.enums import StepKind
from development.ladder import Edge, rungs_from
from development.models import JobStep
from metrics.models import SkillRating
from metrics.selectors.skills import Skill, skills_of
from people.models import Competency, Employee, JobCompetency, JobDescription


@dataclass(frozen=True, kw_only=True)
class LadderJob:
    """A job on the ladder as somebody sees it: how many of its competencies they meet, miss, or are not rated in."""

    job: JobDescription
    note: str
    is_across: bool
    met: int
    missing: int
    unknown: int

    @property
    def asked(self) -> int:
        """Return how many competencies the job asks for."""
        return self.met + self.missing + self.unknown

    @property
    def met_percent(self) -> int:
        """Return how much of what the job asks is there, for the drawing."""
        return 100 * self.met // self.asked if self.asked else 0


def all_steps() -> QuerySet[JobStep]:
    """Return every step of the ladder with its jobs, by name."""
    return JobStep.objects.select_related("source", "target").order_by("source__name", "target__name", "pk")


def edges_of(steps: Collection[JobStep]) -> list[Edge]:
    """Return the steps as a graph."""
    return [Edge(source=step.source_id, target=step.target_id, kind=step.kind) for step in steps]


def ladder_of(employee: Employee, skills: Sequence[Skill]) -> list[list[LadderJob]]:
    """Return the rungs above the employee's job, the nearest first; two queries, however long the ladder."""
    if employee.job_description_id is None:
        return []
    steps = list(all_steps())
    rungs = rungs_from(employee.job_description_id, edges_of(steps))
    asked = _asked({job for rung in rungs for job in rung})
    views = views_by_competency(skills)
    below = {employee.job_description_id}
    drawn = []
    for rung in rungs:
        drawn.append([_ladder_job(job, steps, below, asked[job], views) for job in rung])
        below = set(rung)
    return drawn


def _ladder_job(
    job: int, steps: list[JobStep], below: set[int], asked: dict[int, int], views: dict[int, int | None]
) -> LadderJob:
    step = next(step for step in steps if step.target_id == job and step.source_id in below)
    gaps = [None if (view := views.get(competency)) is None else level - view for competency, level in asked.items()]
    known = [gap for gap in gaps if gap is not None]
    return LadderJob(
        job=step.target,
        note=step.note,
        is_across=step.kind == StepKind.ACROSS,
        met=sum(gap <= 0 for gap in known),
        missing=sum(gap > 0 for gap in known),
        unknown=len(gaps) - len(known),
    )


def _asked(jobs: Collection[int]) -> dict[int, dict[int, int]]:
    asked: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for row in JobCompetency.objects.filter(job_description__in=jobs):
        asked[row.job_description_id][row.competency_id] = row.expected_level
    return asked


def views_by_competency(skills: Sequence[Skill]) -> dict[int, int | None]:
    """Return how somebody is seen in each competency: by the manager, or by themself where that is all there is."""
    return {skill.competency.pk: skill.gap.view for skill in skills}


def job_on_ladder(employee: Employee, job_id: int) -> JobDescription:
    """Return a job that can be reached from the employee's, else Http404: the ladder opens no other job."""
    if employee.job_description_id is not None:
        steps = list(all_steps())
        if any(job_id in rung for rung in rungs_from(employee.job_description_id, edges_of(steps))):
            job: JobDescription = next(step.target for step in steps if step.target_id == job_id)
            return job
    raise Http404


def skills_for_job(employee: Employee, job: JobDescription) -> list[Skill]:
    """Return what the other job asks, the most first, held against how the employee is seen today; three queries."""
    known = {skill.competency.pk: skill for skill in skills_of(employee)}
    asked = JobCompetency.objects.filter(job_description=job).select_related("competency")
    return [
        Skill(competency=row.competency, expected=row.expected_level, ratings=_ratings(known, row.competency))
        for row in asked.order_by("-expected_level", "competency__name")
    ]


def _ratings(known: dict[int, Skill], competency: Competency) -> Sequence[SkillRating]:
    skill = known.get(competency.pk)
    return () if skill is None else skill.ratings


def next_jobs(employee: Employee) -> list[JobDescription]:
    """Return every job on the ladder above the employee's, the nearest first, for a choice."""
    return [one.job for rung in ladder_of(employee, ()) for one in rung]
