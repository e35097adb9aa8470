"""Hiring, changing and ending employments."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from people.enums import EmployeeStatus, LeavingKind
from people.models import Employee, Organization
from people.services.employees import change_employee, create_employee, end_employment
from pipcycle.errors import DomainError
from tests.cast import Person


def test_leaving_ends_the_sign_in_too(harbor_context: Organization, alice: Person, adam: Person) -> None:
    end_employment(
        actor=adam.member, employee=alice.employee, left_on=datetime.date(2026, 5, 29), kind=LeavingKind.VOLUNTARY
    )

    alice.member.refresh_from_db()
    stored = Employee.objects.get(pk=alice.employee.pk)
    assert (stored.status, stored.left_on, alice.member.is_active) == (
        EmployeeStatus.LEFT,
        datetime.date(2026, 5, 29),
        False,
    )


def test_nobody_leaves_before_they_came(harbor_context: Organization, alice: Person, adam: Person) -> None:
    with pytest.raises(DomainError, match="The last day is before the day of hire"):
        end_employment(
            actor=adam.member, employee=alice.employee, left_on=datetime.date(2020, 3, 1), kind=LeavingKind.OTHER
        )


def test_a_number_belongs_to_one_employee(harbor_context: Organization, alice: Person, adam: Person) -> None:
    with pytest.raises(DomainError, match="belongs to Alice Archer"):
        create_employee(actor=adam.member, number=alice.employee.number, given_name="New")


def test_a_change_writes_the_named_facts_only(harbor_context: Organization, alice: Person, adam: Person) -> None:
    Employee.objects.filter(pk=alice.employee.pk).update(last_rating="Meets")

    change_employee(actor=adam.member, employee=alice.employee, family_name="Arden")

    stored = Employee.objects.get(pk=alice.employee.pk)
    assert (stored.family_name, stored.last_rating) == ("Arden", "Meets")


@pytest.mark.parametrize("who", ["alice", "bob", "hana", "eve"])
def test_only_an_hr_admin_changes_employees(
    who: str, harbor_context: Organization, alice: Person, request: pytest.FixtureRequest
) -> None:
    person: Person = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        change_employee(actor=person.member, employee=alice.employee, family_name="Arden")
