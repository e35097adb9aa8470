"""The ladder of jobs, and development plans in every state: written in bulk, as the services would have left them."""

import datetime
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from django.utils import timezone

from demo.seed import development_texts as texts
from demo.seed.stage import days_ago, member_of, on
from development.enums import ActionKind, ActionStatus, DevelopmentStatus, Side
from development.models import (
    ActionUpdate,
    DevelopmentAction,
    DevelopmentGap,
    DevelopmentMove,
    DevelopmentPlan,
    JobStep,
)
from development.obligations import ABOUT_ACTION, ABOUT_PLAN, Owed
from development.services.sealing import acknowledge_plan, seal_plan
from documents.enums import AcknowledgementKind
from metrics.selectors.skills import PersonSkills, team_gaps
from people.enums import CompetencyLevel, EmployeeStatus
from people.models import Competency, Employee, JobDescription
from reminders.models import Obligation

DRAFTED, SUBMITTED, APPROVED, RUNNING, CLOSED, WITHDRAWN = DevelopmentStatus
#: Of the demo manager's direct reports, the demo employee first; the rest of the team has none yet.
TEAM = (RUNNING, SUBMITTED, RUNNING, APPROVED, CLOSED, DRAFTED, WITHDRAWN)
#: Of the others who have one, in turn.
OTHERS = (RUNNING, CLOSED, RUNNING, SUBMITTED, DRAFTED, RUNNING, APPROVED, WITHDRAWN)
EVERY = 3
MOST_OTHERS = 40
#: How many days ago a plan of the state began; an approved one is still to begin.
BEGAN: dict[DevelopmentStatus, int] = {RUNNING: 75, CLOSED: 260, WITHDRAWN: 120, SUBMITTED: 2, DRAFTED: 0, APPROVED: -9}
LENGTH = 180
#: A plan is begun this many days from its first day.
BEGUN = -20
#: Progress of the actions of a running plan, in turn; None is done.
PROGRESS = (60, None, 20, 0)


@dataclass
class Rows:
    """What is to be written, a list a table."""

    plans: list[DevelopmentPlan] = field(default_factory=list)
    gaps: list[DevelopmentGap] = field(default_factory=list)
    actions: list[DevelopmentAction] = field(default_factory=list)
    moves: list[DevelopmentMove] = field(default_factory=list)
    updates: list[ActionUpdate] = field(default_factory=list)


def create_development(signed_in: dict[str, Employee], *, chance: random.Random) -> None:
    """Write everything inside the open tenant context."""
    jobs = {job.name: job for job in JobDescription.objects.all()}
    _create_ladder(jobs)
    cast = _cast(signed_in)
    columns, skills = team_gaps([person for person, _status in cast])
    rows = Rows()
    for (person, status), known in zip(cast, skills, strict=True):
        _tell(rows, person, status, known, columns, chance=chance, jobs=jobs)
    _write(rows)
    _seal(signed_in["employee"])
    _propose(signed_in["employee"])
    _owe()


def _create_ladder(jobs: dict[str, JobDescription]) -> None:
    JobStep.objects.bulk_create(
        JobStep(source=jobs[source], target=jobs[target], kind=kind, note=note)
        for source, target, kind, note in texts.STEPS
        if source in jobs and target in jobs
    )


def _cast(signed_in: dict[str, Employee]) -> list[tuple[Employee, DevelopmentStatus]]:
    """Return who has a plan, and in which state: the manager's team first, then some of everybody else."""
    people = Employee.objects.exclude(status=EmployeeStatus.LEFT).select_related("manager", "job_description")
    by_key = {person.pk: person for person in people.order_by("number")}
    manager, first = signed_in["manager"].pk, signed_in["employee"].pk
    team = [by_key[first], *(one for one in by_key.values() if one.manager_id == manager and one.pk != first)]
    told = list(zip(team, TEAM, strict=False))
    known = {manager, *(one.pk for one in team)}
    rest = [one for one in by_key.values() if one.pk not in known and one.manager_id is not None][::EVERY]
    return [(by_key[manager], RUNNING), *told, *zip(rest[:MOST_OTHERS], cycle(OTHERS), strict=False)]


def _tell(
    rows: Rows,
    person: Employee,
    status: DevelopmentStatus,
    known: PersonSkills,
    columns: Sequence[Competency],
    *,
    chance: random.Random,
    jobs: dict[str, JobDescription],
) -> None:
    """Put one person's plan together."""
    began = days_ago(BEGAN[status])
    plan = DevelopmentPlan(
        employee=person,
        starts_on=began,
        ends_on=began + datetime.timedelta(days=LENGTH),
        aspiration=chance.choice(texts.ASPIRATIONS),
        strengths=chance.choice(texts.STRENGTHS),
        aim=_next_job(person, jobs),
        status=status,
        drafted_side=Side.MANAGER if status == WITHDRAWN else Side.EMPLOYEE,
        created_by_id=person.membership_id,
        **_columns(person, status, began),
    )
    rows.plans.append(plan)
    _tell_moves(rows, plan, began)
    gaps = _gaps(plan, known, columns)
    rows.gaps.extend(gaps)
    _tell_actions(rows, plan, gaps, chance)


def _columns(person: Employee, status: DevelopmentStatus, began: datetime.date) -> dict[str, Any]:
    """Return the columns that belong to the state."""
    days = dict(_WAYS[status])
    columns: dict[str, Any] = {"created_at": _noon(began + datetime.timedelta(days=BEGUN))}
    if SUBMITTED in days:
        columns["submitted_at"] = _noon(began + datetime.timedelta(days=days[SUBMITTED]))
    if APPROVED in days:
        by = person.manager.membership_id if person.manager is not None else None
        approved_on = began + datetime.timedelta(days=days[APPROVED])
        columns |= {"approved_at": _noon(approved_on), "approved_by_id": by}
    if status == CLOSED:
        closed_on = began + datetime.timedelta(days=LENGTH + 3)
        columns |= {
            "closed_at": _noon(closed_on),
            "closed_by_id": person.membership_id,
            "reflection": texts.REFLECTION,
        }
    if status == WITHDRAWN:
        columns["ended_reason"] = texts.WITHDRAWN
    return columns


#: The way to each state, with the days from the first day of the plan.
_WAYS: dict[DevelopmentStatus, tuple[tuple[DevelopmentStatus, int], ...]] = {
    DRAFTED: (),
    SUBMITTED: ((SUBMITTED, -6),),
    APPROVED: ((SUBMITTED, -14), (APPROVED, -10)),
    RUNNING: ((SUBMITTED, -6), (APPROVED, -2), (RUNNING, 0)),
    CLOSED: ((SUBMITTED, -6), (APPROVED, -2), (RUNNING, 0), (CLOSED, LENGTH + 3)),
    WITHDRAWN: ((SUBMITTED, -6), (WITHDRAWN, 30)),
}


def _tell_moves(rows: Rows, plan: DevelopmentPlan, began: datetime.date) -> None:
    source = ""
    for target, day in ((DRAFTED, BEGUN), *_WAYS[DevelopmentStatus(plan.status)]):
        by = plan.employee.manager if target in (APPROVED, WITHDRAWN) else plan.employee
        rows.moves.append(
            DevelopmentMove(
                plan=plan,
                source=source,
                target=target,
                actor_id=None if target == RUNNING else by.membership_id if by is not None else None,
                reason=texts.WITHDRAWN if target == WITHDRAWN else "",
                at=_noon(began + datetime.timedelta(days=day)),
            )
        )
        source = target


def _gaps(plan: DevelopmentPlan, known: PersonSkills, columns: Sequence[Competency]) -> list[DevelopmentGap]:
    """Return the two widest gaps of the person, or a step up in what the job asks most."""
    seen = [(gap, competency) for competency, gap in zip(columns, known.gaps, strict=True) if gap is not None]
    missing = sorted((pair for pair in seen if pair[0].is_missing), key=lambda pair: -(pair[0].levels or 0))[:2]
    is_closed = plan.status == CLOSED
    return [
        DevelopmentGap(
            plan=plan,
            competency=competency,
            position=position,
            current_level=gap.view,
            target_level=gap.expected or CompetencyLevel.PROFICIENT,
            reached_level=gap.expected if is_closed and position == 0 else None,
        )
        for position, (gap, competency) in enumerate(missing)
    ]


def _tell_actions(rows: Rows, plan: DevelopmentPlan, gaps: list[DevelopmentGap], chance: random.Random) -> None:
    kinds = chance.choice(
        (
            (ActionKind.EXPERIENCE, ActionKind.MENTOR, ActionKind.EXPERIENCE, ActionKind.COURSE),
            (ActionKind.EXPERIENCE, ActionKind.EXPERIENCE, ActionKind.COURSE),
            (ActionKind.COURSE, ActionKind.MENTOR, ActionKind.COURSE),
        )
    )
    taken: set[str] = set()
    for position, (kind, progress) in enumerate(zip(kinds, cycle(PROGRESS), strict=False)):
        choices = [words for words in texts.ACTIONS[kind] if words[0] not in taken]
        title, measure, resources = chance.choice(choices)
        taken.add(title)
        action = DevelopmentAction(
            plan=plan,
            gap=gaps[position % len(gaps)] if gaps else None,
            kind=kind,
            title=title,
            owner=plan.employee,
            starts_on=plan.starts_on,
            due_on=plan.starts_on + datetime.timedelta(days=60 + 25 * position),
            measure=measure,
            resources=resources,
            position=position,
            proposed_side=Side.EMPLOYEE,
        )
        rows.actions.append(action)
        if plan.status in (RUNNING, CLOSED):
            _tell_progress(rows, action, progress, chance)


def _tell_progress(rows: Rows, action: DevelopmentAction, progress: int | None, chance: random.Random) -> None:
    """Say how far the action is, and leave the word on the record."""
    is_closed = action.plan.status == CLOSED
    day = min(action.due_on - datetime.timedelta(days=chance.randrange(2, 20)), days_ago(3))
    if progress is None or (is_closed and progress >= 20):
        action.status, action.progress, action.done_on = ActionStatus.DONE, 100, day
        action.evidence_text = texts.EVIDENCE
    else:
        action.progress = progress
    if action.progress:
        rows.updates.append(
            ActionUpdate(
                action=action,
                progress=action.progress,
                note=chance.choice(texts.NOTES) if action.progress < 100 else "",
                author_id=action.plan.employee.membership_id,
                at=_noon(day),
            )
        )


def _next_job(person: Employee, jobs: dict[str, JobDescription]) -> JobDescription | None:
    name = person.job_description.name if person.job_description is not None else ""
    onward = [jobs[target] for source, target, _kind, _note in texts.STEPS if source == name and target in jobs]
    return onward[0] if onward else None


def _write(rows: Rows) -> None:
    DevelopmentPlan.objects.bulk_create(rows.plans)
    DevelopmentGap.objects.bulk_create(rows.gaps)
    DevelopmentAction.objects.bulk_create(rows.actions)
    DevelopmentMove.objects.bulk_create(rows.moves)
    ActionUpdate.objects.bulk_create(rows.updates)


def _seal(employee: Employee) -> None:
    """Put the demo employee's plan into the file as it was agreed, and let the employee acknowledge it."""
    plan = DevelopmentPlan.objects.select_related("approved_by", "employee__organization").get(
        employee=employee, status=RUNNING
    )
    actor, agreed = plan.approved_by, BEGAN[RUNNING] - dict(_WAYS[RUNNING])[APPROVED]
    assert actor is not None  # noqa: S101  # the demo employee has a manager; narrows the type
    with on(days_ago(agreed)):
        seal_plan(actor=actor, plan=plan)
    with on(days_ago(agreed - 1)):
        acknowledge_plan(actor=member_of(employee), plan=plan, kind=AcknowledgementKind.RECEIVED)


def _propose(employee: Employee) -> None:
    """Let the manager propose one more action for the demo employee's plan."""
    plan = DevelopmentPlan.objects.filter(employee=employee, status=RUNNING).first()
    if plan is not None:
        title, measure, resources = texts.PROPOSED
        DevelopmentAction.objects.create(
            plan=plan,
            title=title,
            measure=measure,
            resources=resources,
            owner=employee,
            starts_on=days_ago(1),
            due_on=days_ago(-50),
            position=9,
            status=ActionStatus.PROPOSED,
            proposed_side=Side.MANAGER,
        )


def _owe() -> None:
    """Owe what the services would have left open, in one statement."""
    owed: list[Obligation] = []
    for plan in DevelopmentPlan.objects.select_related("employee__manager").filter(status__in=_OWED):
        kind, in_days, is_manager = _OWED[DevelopmentStatus(plan.status)]
        owner = plan.employee.manager if is_manager else plan.employee
        due_on = plan.ends_on if kind == Owed.CLOSE else days_ago(-in_days)
        owed.append(_duty(kind, (ABOUT_PLAN, plan.pk), owner, plan.employee, due_on))
    actions = DevelopmentAction.objects.filter(plan__status=RUNNING).select_related("plan__employee", "owner")
    for action in actions:
        about = ((ABOUT_ACTION, action.pk), action.owner, action.plan.employee)
        if action.status == ActionStatus.OPEN:
            owed.append(_duty(Owed.UPDATE_ACTION, *about, action.due_on))
        elif action.status == ActionStatus.PROPOSED:
            owed.append(_duty(Owed.ANSWER_ACTION, *about, days_ago(-4)))
    Obligation.objects.bulk_create(owed)


_OWED: dict[DevelopmentStatus, tuple[Owed, int, bool]] = {
    DRAFTED: (Owed.SUBMIT, 8, False),
    SUBMITTED: (Owed.APPROVE, 3, True),
    RUNNING: (Owed.CLOSE, 0, False),
}


def _duty(
    kind: Owed, about: tuple[str, int], owner: Employee | None, employee: Employee, due_on: datetime.date
) -> Obligation:
    return Obligation(
        kind=kind,
        about_type=about[0],
        about_id=about[1],
        owner=owner,
        employee=employee,
        due_on=due_on,
        first_due_on=due_on,
        due_set_at=timezone.now(),
    )


def _noon(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(12, 0, tzinfo=datetime.UTC))
