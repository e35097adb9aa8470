"""Who may do what with pulses and exit interviews."""

from people.enums import Role
from people.models import Membership
from people.rules import is_hr_partner, is_hr_partner_for, is_manager, is_manager_of, is_self
from people.selectors.accounts import employee_of
from reviews.models import ExitInterview
from reviews.rules import can_manage_cycles


def can_run_pulses(member: Membership) -> bool:
    """Return whether the member plans and ends pulses: whoever plans cycles."""
    return can_manage_cycles(member)


def reads_every_group(member: Membership) -> bool:
    """Return whether the member reads the results of the organization and of its departments: HR and executives."""
    return member.has_role(Role.HR_ADMIN, Role.HR_PARTNER, Role.EXECUTIVE)


def can_read_pulses(member: Membership) -> bool:
    """Return whether results are of use to the member: also a manager's, of their own department alone."""
    return reads_every_group(member) or is_manager(member)


def can_answer(member: Membership) -> bool:
    """Return whether the member may be asked."""
    return member.is_active and employee_of(member) is not None


def can_list_exits(member: Membership) -> bool:
    """Return whether the member reads what leavers say: HR partners, interview by interview in their scope."""
    return is_hr_partner(member)


def can_read_exit_themes(member: Membership) -> bool:
    """Return whether the member reads what many leavers say together."""
    return member.has_role(Role.HR_ADMIN, Role.HR_PARTNER, Role.EXECUTIVE)


def can_read_exit(member: Membership, interview: ExitInterview) -> bool:
    """Return whether the member reads the interview: the leaver, and the HR partners who serve them.

    Whoever manages the leaver, or did when they left, does not, for good, not even as an HR partner.
    """
    if is_self(member, interview.employee):
        return True
    own = employee_of(member)
    if own is not None and own.pk in interview.hidden_from:
        return False
    return is_hr_partner_for(member, interview.employee) and not is_manager_of(member, interview.employee)


def can_answer_exit(member: Membership, interview: ExitInterview) -> bool:
    """Return whether the member answers: the leaver, or an HR partner who holds the interview and writes it down."""
    return interview.is_open and can_read_exit(member, interview)
