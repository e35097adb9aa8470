"""Who may shape what goals hang on: cycles, objectives, templates."""

from goals.enums import ObjectiveLevel
from goals.models import Objective
from people.enums import Role
from people.models import Department, Employee, Membership, PartnerScope
from people.rules import is_hr_admin, is_hr_partner, is_hr_partner_for, is_manager, is_manager_of, is_self


def is_hr_partner_of_all(member: Membership) -> bool:
    """Return whether the member is an HR partner of the whole organization."""
    return is_hr_partner(member) and not PartnerScope.objects.filter(membership=member).exists()


def can_manage_cycles(member: Membership) -> bool:
    """Return whether the member may open, change, freeze and archive cycles."""
    return is_hr_admin(member) or is_hr_partner_of_all(member)


def can_read_cycles(member: Membership) -> bool:
    """Return whether the member may see how far a cycle has come: HR, and executives, who read aggregates."""
    return member.has_role(Role.HR_ADMIN, Role.HR_PARTNER, Role.EXECUTIVE)


def sees_every_group(member: Membership) -> bool:
    """Return whether figures of groups under five are open to the member: HR counts people, an executive does not."""
    return member.has_role(Role.HR_ADMIN, Role.HR_PARTNER)


def can_edit_templates(member: Membership) -> bool:
    """Return whether the member may write the goal templates of the organization."""
    return is_hr_admin(member) or is_hr_partner(member)


def can_use_templates(member: Membership) -> bool:
    """Return whether the templates are of use to the member: HR writes them, managers start goals from them."""
    return can_edit_templates(member) or is_manager(member)


def can_set_goals_of_team(member: Membership) -> bool:
    """Return whether the member may start goals for a team at once: whoever has one."""
    return is_manager(member)


def can_lead_objective(
    member: Membership, *, level: str, department: Department | None = None, owner: Employee | None = None
) -> bool:
    """Return whether the member may write an objective of the level, department and owner.

    HR writes those of the organization and of the departments it serves, managers those of their own team and of the
    teams and people below them, and each person their own.
    """
    if not member.is_active:
        return False
    if can_manage_cycles(member):
        return True
    if level == ObjectiveLevel.DEPARTMENT:
        return is_hr_partner(member) and department is not None and _serves(member, department)
    if level == ObjectiveLevel.ORGANIZATION or owner is None:
        return False
    if is_self(member, owner):
        return level == ObjectiveLevel.PERSON or is_manager(member)
    return is_manager_of(member, owner) or is_hr_partner_for(member, owner)


def can_change_objective(member: Membership, objective: Objective) -> bool:
    """Return whether the member may change, move and remove the objective."""
    return can_lead_objective(member, level=objective.level, department=objective.department, owner=objective.owner)


def levels_open_to(member: Membership) -> list[ObjectiveLevel]:
    """Return the levels at which the member may write objectives, from the highest down."""
    if can_manage_cycles(member):
        return list(ObjectiveLevel)
    levels = []
    if is_hr_partner(member):
        levels += [ObjectiveLevel.DEPARTMENT, ObjectiveLevel.TEAM, ObjectiveLevel.PERSON]
    elif is_manager(member):
        levels += [ObjectiveLevel.TEAM, ObjectiveLevel.PERSON]
    elif getattr(member, "employee", None) is not None:
        levels.append(ObjectiveLevel.PERSON)
    return levels


def _serves(member: Membership, department: Department) -> bool:
    scopes = PartnerScope.objects.filter(membership=member)
    return scopes.filter(department=department).exists()
