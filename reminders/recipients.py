"""Whom mail reaches, and the address it goes to."""

from people.models import Employee


def address_of(employee: Employee) -> str:
    """Return the employee's address, else that of their sign-in, else an empty string; none once they have left."""
    if employee.has_left:
        return ""
    if employee.email:
        return employee.email
    membership = employee.membership
    if membership is None or not membership.is_active:
        return ""
    return membership.user.email
