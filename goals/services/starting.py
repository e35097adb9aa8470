"""Many goals at once: copied forward from an earlier cycle, or started from a template for a team."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goals.enums import CycleStatus, GoalStatus, Measure, Side
from goals.models import Cycle, Goal, GoalStep, GoalTemplate, GoalTransition, Objective
from goals.selectors.starting import CONTINUED, Copy, copies_of
from goals.services.goals import propose_goal
from people.models import Employee, Membership, ReportingLine
from people.selectors.accounts import employee_of
from pipcycle.errors import DomainError

_FIGURES = (Measure.NUMBER, Measure.PERCENT)


@dataclass(frozen=True)
class CopyReport:
    """What came of copying: the new drafts, and the goals that had been copied before."""

    created: Sequence[Goal]
    already: Sequence[Goal]


def copy_goals_forward(
    *, actor: Membership, goals: Sequence[Goal], cycle: Cycle, starts_on: datetime.date, due_on: datetime.date
) -> CopyReport:
    """Copy the goals into the cycle as drafts that begin where the old ones stand; all or none.

    A goal that has been copied into the cycle before is told and left alone, so doing it twice doubles nothing.
    Raises PermissionDenied unless the actor is the employee of, or a manager above, each goal, and DomainError for a
    cycle that is not open, dates out of order, or a goal that cannot go on.
    """
    sides = _sides(actor, [goal.employee_id for goal in goals])
    with transaction.atomic():
        _require_open(cycle)
        _require_order(starts_on, due_on)
        # Locked in one order, so that two who copy the same goals at once wait for each other instead of colliding.
        locked = Goal.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=[goal.pk for goal in goals])
        standing = list(locked.select_related("employee").order_by("pk"))
        _require_continuable(standing, cycle)
        plans = copies_of(standing, cycle)
        wanted = [plan for plan in plans if plan.copied is None]
        objectives = _objectives_alike([plan.goal for plan in wanted], cycle)
        made = Goal.objects.bulk_create(
            [
                _copy_of(
                    plan,
                    cycle=cycle,
                    actor=actor,
                    starts_on=starts_on,
                    due_on=due_on,
                    objective=objectives.get(plan.goal.objective_id),
                )
                for plan in wanted
            ]
        )
        _copy_steps(made)
        _record_drafts(made, actor, sides)
    return CopyReport(created=made, already=[plan.goal for plan in plans if plan.copied is not None])


def create_goals_from_template(
    *,
    actor: Membership,
    template: GoalTemplate,
    cycle: Cycle,
    people: Mapping[Employee, Decimal | None],
    starts_on: datetime.date,
    due_on: datetime.date,
    objective: Objective | None = None,
    is_proposed: bool = False,
) -> list[Goal]:
    """Start the template's goal for each person, from the figure of today given for each; all or none.

    They are drafts, or with ``is_proposed`` put to each person at once. Raises PermissionDenied unless the actor stands
    above everybody, and DomainError for a cycle that is not open, dates out of order or a figure missing.
    """
    sides = _sides(actor, [person.pk for person in people])
    if Side.EMPLOYEE in sides.values():
        raise PermissionDenied
    if not people:
        raise DomainError(_("Choose at least one person."))
    _require_order(starts_on, due_on)
    if is_proposed:
        _require_figures(template, people)
    with transaction.atomic():
        _require_open(cycle)
        made = Goal.objects.bulk_create(
            Goal(
                employee=person,
                cycle=cycle,
                objective=objective,
                title=template.title,
                why=template.why,
                measure=template.measure,
                baseline=baseline if template.measure in _FIGURES else None,
                target=template.target,
                unit=template.unit,
                direction=template.direction,
                metric=template.metric,
                support_needed=template.support_needed,
                visibility=template.visibility,
                starts_on=starts_on,
                due_on=due_on,
                created_by=actor,
            )
            for person, baseline in people.items()
        )
        _record_drafts(made, actor, sides)
        if is_proposed:
            for goal in made:
                propose_goal(actor=actor, goal=goal)
    return made


def _sides(actor: Membership, employees: Sequence[int]) -> dict[int, Side]:
    """Return the actor's side towards each employee. Raises PermissionDenied where there is none."""
    own = employee_of(actor)
    if own is None or not actor.is_active:
        raise PermissionDenied
    wanted = set(employees)
    below = ReportingLine.objects.filter(manager=own, employee__in=wanted).values_list("employee", flat=True)
    sides = dict.fromkeys(below, Side.MANAGER)
    if own.pk in wanted:
        sides[own.pk] = Side.EMPLOYEE
    if wanted - sides.keys():
        raise PermissionDenied
    return sides


def _require_open(cycle: Cycle) -> None:
    standing = Cycle.objects.select_for_update(of=("self",), no_key=True).get(pk=cycle.pk)
    if standing.status != CycleStatus.OPEN:
        raise DomainError(
            gettext("“%(cycle)s” is: %(state)s. Goals are started in an open cycle; HR can reopen it.")
            % {"cycle": standing.name, "state": standing.get_status_display()}
        )


def _require_order(starts_on: datetime.date, due_on: datetime.date) -> None:
    if due_on < starts_on:
        raise DomainError(_("The due date comes after the first day."))


def _require_continuable(goals: Sequence[Goal], cycle: Cycle) -> None:
    if not goals:
        raise DomainError(_("Choose at least one goal."))
    for goal in goals:
        if goal.cycle_id == cycle.pk:
            raise DomainError(gettext("“%(goal)s” is of this cycle already.") % {"goal": goal.title})
        if goal.status not in CONTINUED:
            raise DomainError(
                gettext("“%(goal)s” has never been agreed, so there is nothing to continue.") % {"goal": goal.title}
            )


def _require_figures(template: GoalTemplate, people: Mapping[Employee, Decimal | None]) -> None:
    if template.measure not in _FIGURES:
        return
    for person, baseline in people.items():
        if baseline is None:
            raise DomainError(
                gettext("Say where %(name)s stands today: without it nobody can tell how far the goal has come.")
                % {"name": person.full_name}
            )


def _objectives_alike(goals: Sequence[Goal], cycle: Cycle) -> dict[int | None, Objective]:
    """Return for each objective of the goals the one of the cycle that has the same level, place and words."""
    former = Objective.objects.filter(pk__in={goal.objective_id for goal in goals if goal.objective_id})
    alike = {(one.level, one.department_id, one.title.casefold()): one for one in Objective.objects.filter(cycle=cycle)}
    found = {one.pk: alike.get((one.level, one.department_id, one.title.casefold())) for one in former}
    return {key: one for key, one in found.items() if one is not None}


def _copy_of(
    plan: Copy,
    *,
    cycle: Cycle,
    actor: Membership,
    starts_on: datetime.date,
    due_on: datetime.date,
    objective: Objective | None,
) -> Goal:
    former = plan.goal
    return Goal(
        employee=former.employee,
        cycle=cycle,
        objective=objective,
        responsibility_id=former.responsibility_id,
        purpose=former.purpose,
        title=former.title,
        why=former.why,
        measure=former.measure,
        baseline=plan.baseline if former.measure in _FIGURES else None,
        target=former.target,
        unit=former.unit,
        direction=former.direction,
        metric_id=former.metric_id,
        support_needed=former.support_needed,
        weight=former.weight,
        visibility=former.visibility,
        starts_on=starts_on,
        due_on=due_on,
        copied_from=former,
        created_by=actor,
    )


def _copy_steps(made: Sequence[Goal]) -> None:
    """Take over the milestones that are not done, moved with the due date of their goal."""
    by_former = {goal.copied_from_id: goal for goal in made if goal.measure == Measure.MILESTONES}
    steps = GoalStep.objects.filter(goal__in=by_former.keys(), done_on__isnull=True).select_related("goal")
    GoalStep.objects.bulk_create(
        GoalStep(
            goal=by_former[step.goal_id],
            position=step.position,
            title=step.title,
            due_on=step.due_on and step.due_on + (by_former[step.goal_id].due_on - step.goal.due_on),
        )
        for step in steps
    )


def _record_drafts(made: Sequence[Goal], actor: Membership, sides: Mapping[int, Side]) -> None:
    GoalTransition.objects.bulk_create(
        GoalTransition(
            goal=goal,
            source="",
            target=GoalStatus.DRAFT,
            side=sides[goal.employee_id],
            actor=actor,
            reason=_came_from(goal),
        )
        for goal in made
    )


def _came_from(goal: Goal) -> str:
    if goal.copied_from is None:
        return ""
    return gettext("Copied from “%(goal)s”, due on %(day)s.") % {
        "goal": goal.copied_from.title,
        "day": goal.copied_from.due_on.isoformat(),
    }
