"""The ladder of jobs, and making a job on it one's aim."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from development import rules
from development.enums import DevelopmentStatus, StepKind
from development.inputs import GapInput, PlanInput
from development.ladder import Edge, makes_circle
from development.models import DevelopmentGap, DevelopmentPlan, JobStep
from development.selectors.career import all_steps, edges_of, skills_for_job
from development.selectors.plans import open_plan_of
from development.selectors.starting import USUAL_DAYS, first_aspiration
from development.services.moves import lock_plan
from development.services.plans import draft_plan
from metrics.selectors.skills import Skill
from people.models import Employee, JobDescription, Membership
from pipcycle.errors import DomainError, require

NOTE_LENGTH = 300


def add_step(
    *, actor: Membership, source: JobDescription, target: JobDescription, kind: str = StepKind.UP, note: str = ""
) -> JobStep:
    """Say that people go from one job to the other. Raises PermissionDenied, DomainError for a circle or a double."""
    require(rules.can_change_ladder(actor))
    if source.pk == target.pk:
        raise DomainError(_("A step leads from one job to another. Choose two."))
    with transaction.atomic():
        _lock_ladder()
        edges = edges_of(list(all_steps()))
        new = Edge(source=source.pk, target=target.pk, kind=kind)
        if kind == StepKind.UP and makes_circle(edges, new):
            raise DomainError(
                _("From “%(target)s” the ladder already leads up to “%(source)s”. Make it a step across instead.")
                % {"target": target.name, "source": source.name}
            )
        try:
            with transaction.atomic():
                return JobStep.objects.create(
                    source=source, target=target, kind=kind, note=note.strip()[:NOTE_LENGTH], created_by=actor
                )
        except IntegrityError:
            raise DomainError(
                _("The step from “%(source)s” to “%(target)s” is on the ladder already.")
                % {"source": source.name, "target": target.name}
            ) from None


def _lock_ladder() -> None:
    """Let one step be added at a time: whoever comes second reads what the first has added.

    The jobs are locked, not the steps: a step that is being added cannot be.
    """
    list(JobDescription.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def remove_step(*, actor: Membership, step: JobStep) -> None:
    """Take the step off the ladder; plans that aim at the job keep their aim. Raises PermissionDenied."""
    require(rules.can_change_ladder(actor))
    step.delete()


def make_aim(*, actor: Membership, employee: Employee, job: JobDescription) -> DevelopmentPlan:
    """Write the job into the employee's plan as their aim, with what is missing to it; a new draft where none is open.

    In a draft the words that stand stay, and gaps are added, not taken away. Raises PermissionDenied, and DomainError
    for a plan that is submitted or agreed already.
    """
    require(rules.can_choose_aim(actor, employee))
    missing = [skill for skill in skills_for_job(employee, job) if not _is_met(skill)]
    with transaction.atomic():
        plan = open_plan_of(employee)
        if plan is None:
            return draft_plan(actor=actor, employee=employee, facts=_facts(job, missing))
        plan.employee = employee
        if plan.status != DevelopmentStatus.DRAFTED:
            raise DomainError(
                _("Your development plan is “%(state)s”. Take it back or close it; the job can be the next one’s aim.")
                % {"state": plan.get_status_display()}
            )
        lock_plan(plan, {DevelopmentStatus.DRAFTED})
        plan.aim = job
        plan.aspiration = plan.aspiration or first_aspiration(job.name)
        plan.save(update_fields=["aim", "aspiration"])
        _add_gaps(plan, missing)
    return plan


def _is_met(skill: Skill) -> bool:
    levels = skill.gap.levels
    return levels is not None and levels <= 0


def _facts(job: JobDescription, missing: list[Skill]) -> PlanInput:
    today = timezone.localdate()
    return PlanInput(
        starts_on=today,
        ends_on=today + datetime.timedelta(days=USUAL_DAYS),
        aspiration=first_aspiration(job.name),
        aim=job,
        gaps=[
            GapInput(competency=skill.competency, current_level=skill.gap.view, target_level=skill.expected or 1)
            for skill in missing
        ],
    )


def _add_gaps(plan: DevelopmentPlan, missing: list[Skill]) -> None:
    """Add what is missing; a gap that stands already aims at the higher of the two levels."""
    standing = {gap.competency_id: gap for gap in plan.gaps.all()}
    for skill in missing:
        wanted = skill.expected or 1
        gap = standing.get(skill.competency.pk)
        if gap is None:
            DevelopmentGap.objects.create(
                plan=plan,
                competency=skill.competency,
                position=len(standing),
                current_level=skill.gap.view,
                target_level=wanted,
            )
        elif gap.target_level < wanted:
            gap.target_level = wanted
            gap.save(update_fields=["target_level"])
