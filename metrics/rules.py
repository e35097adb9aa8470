"""Who may do what with metrics and figures."""

from metrics.enums import Rater
from people.enums import Role
from people.models import Employee, Membership
from people.rules import is_hr_partner_for, is_manager_of, is_self


def can_define_metrics(member: Membership) -> bool:
    """Return whether the member may say what is measured, and how: HR partners and HR admins."""
    return member.has_role(Role.HR_PARTNER, Role.HR_ADMIN)


def can_manage_observations(member: Membership) -> bool:
    """Return whether the member may hand in, correct and take back observations of everybody."""
    return member.has_role(Role.HR_PARTNER, Role.HR_ADMIN)


def can_read_aggregates(member: Membership) -> bool:
    """Return whether the member may read the figures of the organization and its departments, where nobody is named."""
    return member.is_active and member.has_role(Role.HR_PARTNER, Role.EXECUTIVE)


def rater_of(member: Membership, employee: Employee) -> Rater | None:
    """Return as whom the member rates the employee's competencies: as themself, as a manager above, or not at all."""
    if is_self(member, employee):
        return Rater.SELF
    return Rater.MANAGER if is_manager_of(member, employee) else None


def can_correct_value(member: Membership, employee: Employee) -> bool:
    """Return whether the member may put one value of a person right: HR partners in scope, never for themself."""
    return not is_self(member, employee) and is_hr_partner_for(member, employee)


def can_add_value(member: Membership, employee: Employee) -> bool:
    """Return whether the member may enter a value of a person by hand: the managers above and HR partners in scope."""
    return can_correct_value(member, employee) or is_manager_of(member, employee)


def can_correct_observation(member: Membership, employee: Employee) -> bool:
    """Return whether the member may correct a value of the employee: who manages observations, but never their own."""
    return can_manage_observations(member) and not is_self(member, employee)
