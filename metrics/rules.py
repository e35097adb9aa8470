"""Who may do what with metrics and figures."""

from people.enums import Role
from people.models import Membership


def can_define_metrics(member: Membership) -> bool:
    """Return whether the member may say what is measured, and how: HR partners and HR admins."""
    return member.has_role(Role.HR_PARTNER, Role.HR_ADMIN)


def can_manage_observations(member: Membership) -> bool:
    """Return whether the member may hand in, correct and take back observations of everybody."""
    return member.has_role(Role.HR_PARTNER, Role.HR_ADMIN)


def can_read_aggregates(member: Membership) -> bool:
    """Return whether the member may read the figures of the organization and its departments, where nobody is named."""
    return member.is_active and member.has_role(Role.HR_PARTNER, Role.EXECUTIVE)
