"""Memberships: invitation, roles, the end of access."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django_rls_tenants import tenant_context

from people.enums import Role
from people.models import Department, Membership, Organization, PartnerScope, User
from people.services.accounts import (
    change_roles,
    end_access,
    invite_member,
    restore_access,
    send_invitation,
    serve_departments,
)
from people.services.invitations import write_invitation
from pipcycle.errors import DomainError
from tests.cast import PASSWORD, DepartmentFactory, EmployeeFactory, Person


def test_an_employee_without_a_sign_in_gets_one(harbor_context: Organization, adam: Person) -> None:
    nora = EmployeeFactory.create(given_name="Nora")

    member = invite_member(actor=adam.member, email=" Nora@Harbor.example ", employee=nora)

    nora.refresh_from_db()
    assert (nora.membership, member.user.email, member.user.has_usable_password()) == (
        member,
        "nora@harbor.example",
        False,
    )


def test_who_works_elsewhere_keeps_the_one_account(harbor_context: Organization, adam: Person, mallory: Person) -> None:
    User.objects.filter(pk=mallory.user.pk).update(full_name="Mallory Marsh")

    member = invite_member(actor=adam.member, email=mallory.email, full_name="Another Name")

    assert (member.user, member.user.full_name) == (mallory.user, "Mallory Marsh")
    assert User.objects.filter(email=mallory.email).count() == 1


def test_a_member_is_not_invited_twice(harbor_context: Organization, adam: Person, alice: Person) -> None:
    with pytest.raises(DomainError, match="is already a member"):
        invite_member(actor=adam.member, email=alice.email)


def test_an_employee_has_one_sign_in(harbor_context: Organization, adam: Person, alice: Person) -> None:
    with pytest.raises(DomainError, match="already has a sign-in"):
        invite_member(actor=adam.member, email="second@harbor.example", employee=alice.employee)

    assert not User.objects.filter(email="second@harbor.example").exists()


def test_the_invitation_of_a_new_account_sets_a_password(harbor_context: Organization, adam: Person) -> None:
    member = invite_member(actor=adam.member, email="nora@harbor.example")

    message = write_invitation(member)

    assert "/accounts/password/reset/key/" in message.body
    assert message.to == ["nora@harbor.example"]


def test_the_invitation_of_a_known_account_leads_to_the_sign_in(harbor_context: Organization, alice: Person) -> None:
    alice.user.set_password(PASSWORD)

    message = write_invitation(alice.member)

    assert "/accounts/login/" in message.body
    assert "/reset/" not in message.body


@pytest.mark.parametrize("who", ["alice", "bob", "hana", "eve"])
def test_only_an_hr_admin_changes_memberships(
    who: str, harbor_context: Organization, alice: Person, request: pytest.FixtureRequest
) -> None:
    actor = request.getfixturevalue(who).member
    steps: list[Callable[[], object]] = [
        lambda: invite_member(actor=actor, email="new@harbor.example"),
        lambda: change_roles(actor=actor, membership=alice.member, roles=[Role.HR_ADMIN]),
        lambda: end_access(actor=actor, membership=alice.member),
        lambda: restore_access(actor=actor, membership=alice.member),
        lambda: serve_departments(actor=actor, membership=alice.member, departments=[]),
        lambda: send_invitation(actor=actor, membership=alice.member),
    ]

    for step in steps:
        with pytest.raises(PermissionDenied):
            step()


def test_the_only_hr_admin_keeps_the_role(harbor_context: Organization, adam: Person) -> None:
    with pytest.raises(DomainError, match="is the only HR admin"):
        change_roles(actor=adam.member, membership=adam.member, roles=[])


def test_the_only_hr_admin_keeps_the_access(harbor_context: Organization, adam: Person) -> None:
    with pytest.raises(DomainError, match="is the only HR admin"):
        end_access(actor=adam.member, membership=adam.member)


def test_one_of_two_hr_admins_may_go(harbor_context: Organization, adam: Person, alice: Person) -> None:
    change_roles(actor=adam.member, membership=alice.member, roles=[Role.HR_ADMIN])

    change_roles(actor=alice.member, membership=adam.member, roles=[])

    assert Membership.objects.get(pk=adam.member.pk).roles == []


def test_departments_served_are_replaced(harbor_context: Organization, adam: Person, hana: Person) -> None:
    sales, docks = DepartmentFactory.create(name="Sales"), DepartmentFactory.create(name="Docks")

    def served() -> list[str]:
        return list(PartnerScope.objects.values_list("department__name", flat=True).order_by("department__name"))

    seen = []
    for departments in ([sales], [docks, sales], []):
        serve_departments(actor=adam.member, membership=hana.member, departments=departments)
        seen.append(served())

    assert seen == [["Sales"], ["Docks", "Sales"], []]


def test_a_department_of_another_tenant_is_not_served(
    harbor_context: Organization, adam: Person, hana: Person, mallory: Person
) -> None:
    with tenant_context(mallory.organization.pk):
        foreign = Department.objects.get()

    with pytest.raises(PermissionDenied):
        serve_departments(actor=adam.member, membership=hana.member, departments=[foreign])
