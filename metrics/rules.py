"""Who may do what with metrics and figures."""

from people.enums import Role
from people.models import Membership


def can_define_metrics(member: Membership) -> bool:
    """Return whether the member may say what is measured, and how: HR partners and HR admins."""
    return member.has_role(Role.HR_PARTNER, Role.HR_ADMIN)


def can_manage_observations(member: Membership) -> bool:
    """Return whether the member may hand in, correct and take back observations of everybody."""
    return member.has_role(Role.HR_PARTNER, Role.HR_ADMIN)
