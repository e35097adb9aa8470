"""What is written in the administration: employees move, leave, get roles; nobody is locked out."""

from typing import Any

import pytest
from django_rls_tenants import tenant_context

from people.enums import EmployeeStatus
from people.models import (
    Employee,
    Membership,
    ReportingLine,
)
from tests.cast import Person
from tests.people.admin.conftest import ClientOf, address, employee_form


@pytest.mark.parametrize("field", ["manager", "department", "location", "job_description", "membership"])
def test_another_tenant_s_row_is_no_valid_choice(
    field: str, adam: Person, alice: Person, mallory: Person, client_of: ClientOf
) -> None:
    theirs = mallory.employee
    foreign = theirs.pk if field == "manager" else getattr(theirs, f"{field}_id")

    response = client_of(adam).post(
        address(Employee, "change", alice.employee.pk), employee_form(alice.employee, **{field: foreign})
    )

    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == [field]


def test_a_new_manager_moves_the_reporting_line(adam: Person, alice: Person, eve: Person, client_of: ClientOf) -> None:
    response = client_of(adam).post(
        address(Employee, "change", alice.employee.pk), employee_form(alice.employee, manager=eve.employee.pk)
    )

    assert response.status_code == 302
    with tenant_context(adam.organization.pk):
        above = ReportingLine.objects.filter(employee=alice.employee).values_list("manager_id", "distance")
        assert list(above) == [(eve.employee.pk, 1)]


def test_a_circle_is_refused_beside_the_field(adam: Person, alice: Person, carol: Person, client_of: ClientOf) -> None:
    response = client_of(adam).post(
        address(Employee, "change", carol.employee.pk), employee_form(carol.employee, manager=alice.employee.pk)
    )

    assert list(response.context["adminform"].form.errors) == ["manager"]


def test_a_new_employee_joins_the_reporting_line(adam: Person, bob: Person, client_of: ClientOf) -> None:
    blank = dict.fromkeys(employee_form(bob.employee), "")

    response = client_of(adam).post(
        address(Employee, "add"),
        {**blank, "number": "N1", "given_name": "Nora", "status": "active", "manager": bob.employee.pk},
    )

    assert response.status_code == 302
    with tenant_context(adam.organization.pk):
        nora = Employee.objects.get(number="N1")
        assert ReportingLine.objects.filter(employee=nora).count() == 2


def test_who_is_marked_as_left_loses_the_sign_in(adam: Person, alice: Person, client_of: ClientOf) -> None:
    client_of(adam).post(
        address(Employee, "change", alice.employee.pk),
        employee_form(alice.employee, status=EmployeeStatus.LEFT, left_on="2026-05-29"),
    )

    with tenant_context(adam.organization.pk):
        assert Employee.objects.get(pk=alice.employee.pk).status == EmployeeStatus.LEFT
        assert not Membership.objects.get(pk=alice.member.pk).is_active


def membership_form(**facts: Any) -> dict[str, Any]:
    """Return the fields of a membership's form without departments."""
    management = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    return {**{f"partner_scopes-{name}": value for name, value in management.items()}, **facts}


def test_the_only_hr_admin_cannot_be_taken_away(adam: Person, client_of: ClientOf) -> None:
    response = client_of(adam).post(
        address(Membership, "change", adam.member.pk), membership_form(roles=[], is_active="on")
    )

    assert "is the only HR admin" in response.content.decode()
    with tenant_context(adam.organization.pk):
        assert Membership.objects.get(pk=adam.member.pk).roles == ["hr_admin"]


def test_roles_are_given(adam: Person, alice: Person, client_of: ClientOf) -> None:
    response = client_of(adam).post(
        address(Membership, "change", alice.member.pk),
        membership_form(roles=["hr_partner", "executive"], is_active="on"),
    )

    assert response.status_code == 302
    with tenant_context(adam.organization.pk):
        assert Membership.objects.get(pk=alice.member.pk).roles == ["executive", "hr_partner"]


def test_a_guest_is_given_no_role_and_no_employment(
    adam: Person, alice: Person, gwen: Person, client_of: ClientOf
) -> None:
    client = client_of(adam)
    role = client.post(
        address(Membership, "change", gwen.member.pk), membership_form(roles=["executive"], is_active="on")
    )
    employed = client.post(
        address(Employee, "change", alice.employee.pk), employee_form(alice.employee, membership=gwen.member.pk)
    )

    assert list(role.context["adminform"].form.errors) == ["roles"]
    assert list(employed.context["adminform"].form.errors) == ["membership"]


def test_a_guest_who_is_invited_becomes_a_member(adam: Person, gwen: Person, client_of: ClientOf) -> None:
    client = client_of(adam)
    assert "Guest: Gwen Grant" in client.get(address(Membership, "changelist")).content.decode()

    answer = client.post(address(Membership, "add"), {"email": gwen.email, "roles": ["executive"]})

    assert answer.status_code == 302
    with tenant_context(adam.organization.pk):
        member = Membership.objects.get(pk=gwen.member.pk)
    assert (member.is_guest, member.roles) == (False, ["executive"])
