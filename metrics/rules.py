"""Who may do what with metrics and figures."""

from metrics.enums import Rater
from metrics.models import Series, Signal
from people.enums import Role
from people.models import Employee, Membership
from people.rules import is_hr_partner_for, is_manager, is_manager_of, is_self


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


def can_confirm_shift(member: Membership, series: Series) -> bool:
    """Return whether the member may say that the process has changed: managers above and HR, never the person."""
    employee = series.employee
    if is_self(member, employee):
        return False
    return is_manager_of(member, employee) or is_hr_partner_for(member, employee)


def can_decide_signal(member: Membership, signal: Signal) -> bool:
    """Return whether the member may say what a signal means: managers above and HR partners, never the person."""
    return can_confirm_shift(member, signal.series)


def can_comment_on_signal(member: Membership, signal: Signal) -> bool:
    """Return whether the member may put their own view beside a signal: the person it is about."""
    return is_self(member, signal.series.employee)


def receives_signals(member: Membership) -> bool:
    """Return whether signals about others reach the member: managers and HR partners."""
    return member.has_role(Role.HR_PARTNER) or is_manager(member)


def can_manage_tokens(member: Membership) -> bool:
    """Return whether the member may give programs access to the organization: HR admins."""
    return member.has_role(Role.HR_ADMIN)
