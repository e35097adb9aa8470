"""Organizations and memberships of a user: the one place that looks across tenants, and only at the user's own rows."""

from collections.abc import Sequence
from typing import Any

from django.core.cache import cache
from django.db.models import Exists, OuterRef
from django_rls_tenants import admin_context

from people.enums import Role
from people.models import Employee, Membership, Organization


def organization_by_slug(slug: str) -> Organization | None:
    """Return the active organization of that short name."""
    return Organization.objects.filter(slug=slug, is_active=True).first()


def member_for(*, user: Any, organization: Organization) -> Membership | None:
    """Return the user's active membership in the organization whose context is open.

    With it come the employee and whether anybody reports to them: every page asks for both.
    """
    has_reports = Exists(Employee.objects.filter(manager=OuterRef("employee__pk")))
    member: Membership | None = (
        Membership.objects.select_related("employee", "employee__location")
        .filter(user_id=user.pk, is_active=True)
        .annotate(has_reports=has_reports)
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


def organizations_of(user: Any) -> list[Organization]:
    """Return the organizations to switch between, from the cache: no page waits for a list it may not show.

    It only names them; whether the user may enter is decided by the middleware on each request.
    """
    known: list[tuple[int, str, str]] | None = cache.get_or_set(
        _organizations_key(user.pk),
        lambda: [(m.organization.pk, m.organization.name, m.organization.slug) for m in memberships_of(user)],
        timeout=300,
    )
    return [Organization(pk=pk, name=name, slug=slug) for pk, name, slug in known or []]


def forget_organizations_of(user_id: int) -> None:
    """Read the user's organizations afresh at the next page."""
    cache.delete(_organizations_key(user_id))


def _organizations_key(user_id: int) -> str:
    return f"organizations-of-{user_id}"


def administered_organizations(user: Any) -> list[Organization]:
    """Return the organizations whose administration is open to the user: as HR admin or as HR analyst."""
    return [member.organization for member in memberships_of(user) if member.has_role(Role.HR_ADMIN, Role.HR_ANALYST)]


def admin_organization_of(user: Any, *, chosen_id: int | None) -> Organization | None:
    """Return the organization the user administers: the chosen one if it is theirs, else their first, else None."""
    administered = administered_organizations(user)
    chosen = [organization for organization in administered if organization.pk == chosen_id]
    return next(iter(chosen or administered), None)


def is_only_administrator(membership: Membership) -> bool:
    """Return whether no other active member of the organization is an HR admin."""
    administrators = Membership.objects.filter(
        is_active=True, user__is_active=True, roles__contains=[Role.HR_ADMIN.value]
    )
    return list(administrators.values_list("pk", flat=True)[:2]) == [membership.pk]


def employee_of(member: Membership) -> Employee | None:
    """Return the employee the member is, or None for a member who is not employed (an outside HR adviser)."""
    employee: Employee | None = getattr(member, "employee", None)
    return employee


def member_time_zone(member: Membership) -> str:
    """Return the zone of the member's place of work, else the organization's."""
    employee = employee_of(member)
    if employee is not None and employee.location is not None:
        return str(employee.location.time_zone)
    return str(member.organization.time_zone)
