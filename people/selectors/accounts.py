"""Organizations and memberships of a user: the one place that looks across tenants, and only at the user's own rows."""

from collections.abc import Sequence
from typing import Any

from django_rls_tenants import admin_context

from people.enums import Role
from people.models import Employee, Membership, Organization


def organization_by_slug(slug: str) -> Organization | None:
    """Return the active organization of that short name."""
    return Organization.objects.filter(slug=slug, is_active=True).first()


def member_for(*, user: Any, organization: Organization) -> Membership | None:
    """Return the user's active membership in the organization whose context is open, with the employee beside it."""
    member: Membership | None = (
        Membership.objects.select_related("employee", "employee__location")
        .filter(user_id=user.pk, is_active=True)
        .first()
    )
    if member is not None:
        member.organization = organization
        member.user = user
    return member


def memberships_of(user: Any) -> Sequence[Membership]:
    """Return the user's own active memberships in every organization, for the tenant switcher."""
    with admin_context():
        return list(
            Membership.objects.select_related("organization")
            .filter(user_id=user.pk, is_active=True, organization__is_active=True)
            .order_by("organization__name")
        )


def admin_organization_of(user: Any, *, chosen_id: int | None) -> Organization | None:
    """Return the organization an HR admin administers: the chosen one if it is theirs, else their first, else None."""
    administered = [member for member in memberships_of(user) if member.has_role(Role.HR_ADMIN)]
    for member in administered:
        if member.organization_id == chosen_id:
            return member.organization
    return administered[0].organization if administered else None


def employee_of(member: Membership) -> Employee | None:
    """Return the employee the member is, or None for a member who is not employed (an outside HR adviser)."""
    employee: Employee | None = getattr(member, "employee", None)
    return employee


def member_time_zone(member: Membership) -> str:
    """Return the zone of the member's place of work, else the organization's."""
    employee = employee_of(member)
    if employee is not None and employee.location is not None:
        return str(employee.location.time_zone)
    return member.organization.time_zone
