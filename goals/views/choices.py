"""What the forms of this room offer to choose from."""

from typing import Any

from django.db.models import Q

from goals.enums import ObjectiveLevel
from goals.forms.structure import ObjectiveForm
from goals.models import Cycle, Objective
from goals.selectors.tree import objectives_visible_to
from goals.structure_rules import can_manage_cycles, levels_open_to
from people.enums import EmployeeStatus
from people.models import Department, Employee, Membership, PartnerScope
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_followed_by


def objective_form(
    member: Membership, cycle: Cycle, data: Any, *, initial: dict[str, Any], of: Objective | None = None
) -> ObjectiveForm:
    """Return the form of an objective with what the member may choose; of a standing one the level stays."""
    levels = [ObjectiveLevel(of.level)] if of else levels_open_to(member)
    ranks = list(ObjectiveLevel)
    highest = ranks[: ranks.index(ObjectiveLevel(of.level)) if of else ranks.index(levels[-1])]
    parents = objectives_visible_to(member).filter(cycle=cycle, level__in=highest)
    return ObjectiveForm(
        data,
        initial=initial,
        levels=levels,
        departments=departments_served_by(member),
        owners=owners_for(member, of),
        parents=parents.order_by("position", "pk"),
    )


def departments_served_by(member: Membership) -> Any:
    """Return the departments for which the member may write objectives."""
    if can_manage_cycles(member):
        return Department.objects.all()
    return Department.objects.filter(pk__in=PartnerScope.objects.filter(membership=member).values("department"))


def owners_for(member: Membership, of: Objective | None = None) -> Any:
    """Return who may lead an objective the member writes: those they follow, everybody for HR, and who leads it now."""
    employed = Employee.objects.exclude(status=EmployeeStatus.LEFT)
    if can_manage_cycles(member):
        return employed
    own = employee_of(member)
    allowed = Q(pk__in=employees_followed_by(member).values("pk")) | Q(pk=own.pk if own else None)
    if of is not None and of.owner_id is not None:
        allowed |= Q(pk=of.owner_id)
    return employed.filter(allowed)
