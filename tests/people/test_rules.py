"""Who may do what with people, and whom each sees."""

from collections.abc import Callable

import pytest
from django_rls_tenants import tenant_context

from people import rules
from people.enums import Role
from people.models import Employee, Leave, Membership, Organization, PartnerScope
from people.selectors.employees import (
    employees_below,
    employees_visible_to,
    hr_partners_for,
    managers_above,
)
from tests.cast import DepartmentFactory, Person, make_person
from tests.tenancy.rows import make_object

CAST = ["alice", "bob", "carol", "hana", "adam", "eve", "ines"]
Rule = Callable[[Membership, Employee], bool]


@pytest.fixture
def cast(harbor_context: Organization, request: pytest.FixtureRequest) -> dict[str, Person]:
    """Everybody of Harbor by name, inside its tenant."""
    return {who: request.getfixturevalue(who) for who in CAST}


@pytest.mark.parametrize(
    ("rule", "who"),
    [
        (rules.is_manager_of, "bob carol"),
        (rules.is_hr_partner_for, "hana"),
        (rules.is_self, "alice"),
        (rules.can_view_employee, "alice bob carol hana adam"),
        (rules.can_record_leave, "hana adam"),
    ],
)
def test_a_rule_about_alice_holds_for(rule: Rule, who: str, cast: dict[str, Person]) -> None:
    alice = cast["alice"].employee

    assert [name for name in CAST if rule(cast[name].member, alice)] == who.split()


@pytest.mark.parametrize(
    ("rule", "who"),
    [
        (rules.is_manager, "bob carol"),
        (rules.is_hr_admin, "adam"),
        (rules.is_hr_partner, "hana"),
        (rules.is_executive, "eve"),
        (rules.is_hr_analyst, "ines"),
        (rules.can_import_people, "adam"),
        (rules.can_administer_people, "adam"),
        (rules.can_list_people, "bob carol hana adam"),
        (rules.can_export_people, "bob carol hana adam"),
    ],
)
def test_a_rule_of_the_organization_holds_for(
    rule: Callable[[Membership], bool], who: str, cast: dict[str, Person]
) -> None:
    assert [name for name in CAST if rule(cast[name].member)] == who.split()


def test_a_reason_of_leave_is_read_by_hr_and_the_employee(cast: dict[str, Person]) -> None:
    leave = make_object(Leave, employee=cast["alice"].employee)

    readers = [name for name in CAST if rules.can_view_leave_reason(cast[name].member, leave)]

    assert readers == ["alice", "hana", "adam"]


def test_an_ended_membership_may_nothing(cast: dict[str, Person]) -> None:
    alice = cast["alice"].employee
    for person in cast.values():
        person.member.is_active = False

    about_alice = [rules.is_manager_of, rules.is_hr_partner_for, rules.can_view_employee, rules.can_record_leave]
    assert [rule for rule in about_alice for person in cast.values() if rule(person.member, alice)] == []
    assert [employees_visible_to(person.member).count() for person in cast.values()] == [0] * len(CAST)


def test_a_rule_does_not_reach_another_tenant(cast: dict[str, Person], mallory: Person) -> None:
    theirs = mallory.employee

    seen = [name for name in CAST if rules.can_view_employee(cast[name].member, theirs)]

    assert (seen, rules.is_hr_partner_for(cast["hana"].member, theirs)) == ([], False)


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("alice", ["Alice"]),
        ("bob", ["Alice", "Bob"]),
        ("carol", ["Alice", "Bob", "Carol"]),
        ("hana", ["Adam", "Alice", "Bob", "Carol", "Eve", "Hana"]),
        ("adam", ["Adam", "Alice", "Bob", "Carol", "Eve", "Hana"]),
        ("eve", ["Eve"]),
        ("ines", []),
    ],
)
def test_each_sees(who: str, names: list[str], cast: dict[str, Person]) -> None:
    visible = employees_visible_to(cast[who].member).order_by("given_name")

    assert list(visible.values_list("given_name", flat=True)) == names


def test_the_line_above_and_below(cast: dict[str, Person]) -> None:
    above = [manager.given_name for manager in managers_above(cast["alice"].employee)]
    below = {employee.given_name for employee in employees_below(cast["carol"].employee)}

    assert (above, below) == (["Bob", "Carol"], {"Alice", "Bob"})


def test_a_partner_of_departments_serves_those_only(cast: dict[str, Person], harbor: Organization) -> None:
    alice = cast["alice"].employee
    sales = DepartmentFactory.create(name="Sales")
    petra = make_person(harbor, "Petra", "Pohl", roles=(Role.HR_PARTNER,), is_employed=False)
    scope = PartnerScope.objects.create(membership=petra.member, department=sales)

    elsewhere = [partner.pk for partner in hr_partners_for(alice)], rules.is_hr_partner_for(petra.member, alice)
    scope.department = alice.department
    scope.save(update_fields=["department"])
    here = {partner.pk for partner in hr_partners_for(alice)}, rules.is_hr_partner_for(petra.member, alice)

    assert elsewhere == ([cast["hana"].member.pk], False)
    assert here == ({cast["hana"].member.pk, petra.member.pk}, True)


def test_a_partner_who_lost_access_serves_nobody(cast: dict[str, Person]) -> None:
    Membership.objects.filter(pk=cast["hana"].member.pk).update(is_active=False)

    assert list(hr_partners_for(cast["alice"].employee)) == []


def test_an_executive_who_manages_sees_those_below(harbor: Organization, carol: Person) -> None:
    with tenant_context(harbor.pk):
        carol.member.roles = [Role.EXECUTIVE.value]
        make_person(harbor, "Dora", "Dahl", manager=carol)
        visible = {employee.given_name for employee in employees_visible_to(carol.member)}

    assert visible == {"Carol", "Dora"}
