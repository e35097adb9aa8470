"""Memberships: inviting people, their roles, ending their access."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people.enums import Role
from people.models import Department, Employee, Membership, PartnerScope, User
from people.rules import is_hr_admin
from people.selectors.accounts import forget_organizations_of
from pipcycle.errors import DomainError, require


def invite_member(
    *,
    actor: Membership | None,
    email: str,
    full_name: str = "",
    roles: Iterable[Role] = (),
    employee: Employee | None = None,
) -> Membership:
    """Give a person a sign-in to the open organization; who has one elsewhere keeps the same account.

    A guest becomes a member. The invitation mail is sent after the commit. Raises PermissionDenied, or DomainError when
    the address is already a member, or the employee has a sign-in.
    """
    _require_hr_admin(actor)
    if employee is not None and employee.membership_id is not None:
        raise DomainError(_("%(name)s already has a sign-in.") % {"name": employee.full_name})
    address = email.strip().lower()
    with transaction.atomic():
        membership = _membership_at(address, full_name)
        if membership.pk is not None and not membership.is_guest:
            raise DomainError(_("%(email)s is already a member. Change their roles instead.") % {"email": address})
        membership.guest_name, membership.roles, membership.is_active = "", _values(roles), True
        membership.save()
        if employee is not None:
            employee.membership = membership
            employee.save(update_fields=["membership", "updated_at"])
        _switcher_changed(membership)
        send_invitation(actor=actor, membership=membership)
    return membership


def admit_guest(*, actor: Membership, email: str, full_name: str) -> Membership:
    """Give somebody from outside a sign-in that opens nothing, and send the mail that tells them how to use it.

    The room that asks them in has checked that it may, and decides what they read. A guest who is known keeps the first
    name. Raises PermissionDenied for a guest, DomainError where HR has closed the organization to the address.
    """
    require(actor.is_active and not actor.is_guest)
    with transaction.atomic():
        membership = _membership_at(email.strip().lower(), full_name)
        if membership.pk is None:
            membership.guest_name = full_name
            membership.save()
            _switcher_changed(membership)
        if not (membership.is_guest and membership.is_active and membership.user.is_active):
            raise DomainError(_("HR has ended the access of this address. Ask HR first."))
        _mail_invitation(membership)
    return membership


def _membership_at(address: str, full_name: str) -> Membership:
    """Return the membership of the address, or one that is not saved yet; an account is made where there is none."""
    user = User.objects.filter(email=address).first()
    if user is None:
        user = User.objects.create_user(address, full_name=full_name)
    return Membership.objects.select_related("user").filter(user=user).first() or Membership(user=user)


def send_invitation(*, actor: Membership | None, membership: Membership) -> None:
    """Send (again) the mail that tells a member how to sign in; it leaves after the commit."""
    _require_hr_admin(actor)
    _mail_invitation(membership)


def _mail_invitation(membership: Membership) -> None:
    from people.tasks import send_invitation_mail  # noqa: PLC0415  # tasks call services: a circle

    transaction.on_commit(
        lambda: send_invitation_mail.delay(organization_id=membership.organization_id, membership_id=membership.pk)
    )


def change_roles(*, actor: Membership | None, membership: Membership, roles: Iterable[Role]) -> Membership:
    """Give a member other roles. Raises PermissionDenied, or DomainError for a guest, or when no HR admin is left."""
    _require_hr_admin(actor)
    values = _values(roles)
    if values and membership.is_guest:
        raise DomainError(_("A guest holds no role. Invite the address to make it a member."))
    with transaction.atomic():
        if Role.HR_ADMIN.value not in values:
            _require_other_administrator(membership)
        membership.roles = values
        membership.save(update_fields=["roles"])
    return membership


def end_access(*, actor: Membership | None, membership: Membership) -> Membership:
    """Close the organization to a member; the record of what they did stays.

    Raises PermissionDenied, or DomainError when no HR admin would be left.
    """
    _require_hr_admin(actor)
    with transaction.atomic():
        _require_other_administrator(membership)
        membership.is_active = False
        membership.save(update_fields=["is_active"])
        _switcher_changed(membership)
    return membership


def restore_access(*, actor: Membership | None, membership: Membership) -> Membership:
    """Open the organization to a former member again. Raises PermissionDenied."""
    _require_hr_admin(actor)
    membership.is_active = True
    membership.save(update_fields=["is_active"])
    _switcher_changed(membership)
    return membership


def serve_departments(*, actor: Membership | None, membership: Membership, departments: Iterable[Department]) -> None:
    """Let an HR partner serve these departments only; none at all means the whole organization.

    Raises PermissionDenied, also for a department of another organization.
    """
    _require_hr_admin(actor)
    named = {department.pk for department in departments}
    wanted = list(Department.objects.filter(pk__in=named))
    if len(wanted) != len(named):
        raise PermissionDenied
    with transaction.atomic():
        PartnerScope.objects.filter(membership=membership).exclude(department__in=wanted).delete()
        PartnerScope.objects.bulk_create(
            [PartnerScope(membership=membership, department=department) for department in wanted],
            ignore_conflicts=True,
        )


def _switcher_changed(membership: Membership) -> None:
    transaction.on_commit(lambda: forget_organizations_of(membership.user_id))


def _values(roles: Iterable[Role]) -> list[str]:
    return sorted({Role(role).value for role in roles})


def _require_hr_admin(actor: Membership | None) -> None:
    if actor is not None and not is_hr_admin(actor):
        raise PermissionDenied


def _require_other_administrator(membership: Membership) -> None:
    """Refuse to leave the organization without an HR admin; one such change runs at a time."""
    administrators = Membership.objects.select_for_update().filter(
        is_active=True, roles__contains=[Role.HR_ADMIN.value]
    )
    remaining = [administrator.pk for administrator in administrators.order_by("pk")]
    if membership.pk in remaining and len(remaining) == 1:
        raise DomainError(
            _("%(name)s is the only HR admin. Make somebody else an HR admin first.") % {"name": str(membership)}
        )
