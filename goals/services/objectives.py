"""Objectives: written, changed, moved and removed. Levels only go down the tree, so it stays a tree."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goals.enums import CycleStatus, ObjectiveLevel
from goals.models import Cycle, Goal, Objective
from goals.structure_rules import can_change_objective, can_lead_objective
from people.models import Department, Employee, Membership
from pipcycle.errors import DomainError

RANK = {level: rank for rank, level in enumerate(ObjectiveLevel)}


def create_objective(
    *,
    actor: Membership,
    cycle: Cycle,
    level: str,
    title: str,
    why: str = "",
    parent: Objective | None = None,
    department: Department | None = None,
    owner: Employee | None = None,
) -> Objective:
    """Write an objective of the cycle.

    Raises PermissionDenied for whoever may not write one there, and DomainError for a parent of another cycle or of no
    higher level, a missing department or owner, or a cycle that is not open.
    """
    if not can_lead_objective(actor, level=level, department=department, owner=owner):
        raise PermissionDenied
    columns = _checked(cycle=cycle, level=level, title=title, why=why, department=department, owner=owner)
    with transaction.atomic():
        _require_open(cycle)
        _require_higher(parent, cycle=cycle, level=level)
        position = Objective.objects.filter(cycle=cycle, parent=parent).count()
        return Objective.objects.create(cycle=cycle, parent=parent, position=position, **columns)


def change_objective(
    *,
    actor: Membership,
    objective: Objective,
    title: str,
    why: str = "",
    parent: Objective | None = None,
    department: Department | None = None,
    owner: Employee | None = None,
) -> Objective:
    """Change the words, the place in the tree and who leads it; the level and the cycle stay.

    Raises PermissionDenied unless the actor may write both what it was and what it becomes, and DomainError as
    ``create_objective`` does.
    """
    _require_change(actor, objective)
    if not can_lead_objective(actor, level=objective.level, department=department, owner=owner):
        raise PermissionDenied
    columns = _checked(
        cycle=objective.cycle, level=objective.level, title=title, why=why, department=department, owner=owner
    )
    with transaction.atomic():
        _lock(objective)
        _require_open(objective.cycle)
        _require_higher(parent, cycle=objective.cycle, level=objective.level)
        for field, value in {**columns, "parent": parent}.items():
            setattr(objective, field, value)
        objective.save(update_fields=[*columns, "parent"])
    return objective


def move_objective(*, actor: Membership, objective: Objective, parent: Objective | None) -> Objective:
    """Hang the objective, with all below it, under another one, or under none.

    Raises PermissionDenied unless the actor may change it, and DomainError for a parent of another cycle or of no
    higher level.
    """
    _require_change(actor, objective)
    with transaction.atomic():
        _lock(objective)
        _require_open(objective.cycle)
        _require_higher(parent, cycle=objective.cycle, level=objective.level)
        objective.parent = parent
        objective.save(update_fields=["parent"])
    return objective


def remove_objective(*, actor: Membership, objective: Objective) -> None:
    """Take the objective away. What served it serves the objective above instead, and its goals too.

    Nobody's goal is lost: without an objective above, the goals serve none until somebody chooses one.
    """
    _require_change(actor, objective)
    with transaction.atomic():
        _lock(objective)
        _require_open(objective.cycle)
        above = objective.parent
        for child in objective.children.select_for_update(of=("self",)):
            child.parent = above
            child.save(update_fields=["parent"])
        Goal.objects.filter(objective=objective).update(objective=above)
        objective.delete()


def _require_change(actor: Membership, objective: Objective) -> None:
    if not can_change_objective(actor, objective):
        raise PermissionDenied


def _lock(objective: Objective) -> None:
    objective.refresh_from_db(from_queryset=Objective.objects.select_for_update(of=("self",), no_key=True))


def _require_open(cycle: Cycle) -> None:
    status = Cycle.objects.filter(pk=cycle.pk).values_list("status", flat=True).get()
    if status == CycleStatus.ARCHIVED:
        raise DomainError(
            gettext("“%(cycle)s” is archived, so its objectives are only read. HR can reopen it.")
            % {"cycle": cycle.name}
        )


def _require_higher(parent: Objective | None, *, cycle: Cycle, level: str) -> None:
    """Lock the parent and see that it is of the cycle and of a higher level."""
    if parent is None:
        return
    standing = Objective.objects.select_for_update(of=("self",), no_key=True).filter(pk=parent.pk).first()
    if standing is None:
        raise DomainError(_("The objective it was to serve has been removed. Choose another one."))
    if standing.cycle_id != cycle.pk:
        raise DomainError(_("An objective serves one of the same cycle. Choose another one."))
    if RANK[ObjectiveLevel(standing.level)] >= RANK[ObjectiveLevel(level)]:
        raise DomainError(
            gettext("“%(title)s” is an objective of the level “%(level)s”. Choose one of a higher level.")
            % {"title": standing.title, "level": standing.get_level_display()}
        )


def _checked(
    *,
    cycle: Cycle,
    level: str,
    title: str,
    why: str,
    department: Department | None,
    owner: Employee | None,
) -> dict[str, Any]:
    """Return the columns of an objective. Raises DomainError with what to mend."""
    title = title.strip()
    if not title:
        raise DomainError(_("Say in one line what is to be reached."))
    if level == ObjectiveLevel.DEPARTMENT and department is None:
        raise DomainError(_("Choose the department whose objective it is."))
    if level in (ObjectiveLevel.TEAM, ObjectiveLevel.PERSON) and owner is None:
        raise DomainError(_("Choose who leads it: the manager of the team, or the person."))
    return {
        "level": ObjectiveLevel(level),
        "title": title[:200],
        "why": why.strip(),
        "department": department if level == ObjectiveLevel.DEPARTMENT else None,
        "owner": owner,
    }
