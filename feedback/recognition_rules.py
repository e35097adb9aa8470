"""Who may do what with recognition."""

from feedback.models import Recognition
from people.models import Employee, Membership
from people.rules import is_hr_admin, is_hr_partner_for, is_manager, is_manager_of, is_self
from people.selectors.accounts import employee_of


def can_recognize(member: Membership) -> bool:
    """Return whether the member may recognize others: everybody employed here."""
    own = employee_of(member)
    return member.is_active and own is not None and not own.has_left


def can_define_values(member: Membership) -> bool:
    """Return whether the member says what the organization values, and whether every team has a wall: HR admins."""
    return is_hr_admin(member)


def can_read_wall(member: Membership, manager: Employee) -> bool:
    """Return whether the member may read the wall of the manager's team.

    Those who report to the manager, the manager, the managers above, and the HR partners who serve the manager.
    """
    own = employee_of(member)
    if own is not None and member.is_active and manager.pk in (own.pk, own.manager_id):
        return True
    return is_manager_of(member, manager) or is_hr_partner_for(member, manager)


def can_open_wall(member: Membership, manager: Employee) -> bool:
    """Return whether the member decides on the wall of the manager's team: the manager, nobody else."""
    return is_self(member, manager) and is_manager(member)


def can_withdraw_recognition(member: Membership, recognition: Recognition) -> bool:
    """Return whether the member may take it off: who gave it, who received it, and the managers above them."""
    own = employee_of(member)
    if own is None or not member.is_active:
        return False
    return own.pk in (recognition.author_id, recognition.receiver_id) or is_manager_of(member, recognition.receiver)
