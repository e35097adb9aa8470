"""The fixed cast of the tests, as fixtures.

Harbor: Alice reports to Bob, Bob to Carol. Hana is an HR partner of the whole organization, Adam an HR admin, Eve an
executive, Ines an HR analyst who is not an employee. Gwen is a guest from outside whom nobody has asked in yet. Mallory
is an employee and HR partner of another tenant, Alder. Oscar is the operator of the platform and belongs to no
organization.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import factory
import pytest
from django.test import Client
from django_rls_tenants import tenant_context

from people.enums import Role
from people.models import Department, Employee, JobDescription, Location, Membership, Organization, User
from people.services.reporting_lines import rebuild_reporting_lines

PASSWORD = "a quiet harbor at dawn"


class OrganizationFactory(factory.django.DjangoModelFactory[Organization]):
    """An organization in New York."""

    class Meta:
        model = Organization

    name = factory.LazyAttribute(lambda made: made.slug.title())
    slug = factory.Sequence(lambda count: f"organization-{count}")
    country = "US"
    time_zone = "America/New_York"


class UserFactory(factory.django.DjangoModelFactory[User]):
    """A user who signs in by force; give ``password`` to sign in by form."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda count: f"person{count}@harbor.example")
    password = "!"


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    """A membership without any role, in the open tenant."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    roles = factory.LazyFunction(list)


class DepartmentFactory(factory.django.DjangoModelFactory[Department]):
    """A department of the open tenant."""

    class Meta:
        model = Department
        django_get_or_create = ("name",)

    name = "Operations"


class LocationFactory(factory.django.DjangoModelFactory[Location]):
    """A place of work of the open tenant."""

    class Meta:
        model = Location
        django_get_or_create = ("name",)

    name = "Boston"
    country = "US"
    subdivision = "MA"
    time_zone = "America/New_York"


class JobDescriptionFactory(factory.django.DjangoModelFactory[JobDescription]):
    """A job description of the open tenant."""

    class Meta:
        model = JobDescription
        django_get_or_create = ("name",)

    name = "Analyst"
    purpose = "Turns questions into figures others can act on."


class EmployeeFactory(factory.django.DjangoModelFactory[Employee]):
    """An employee of the open tenant, without a sign-in."""

    class Meta:
        model = Employee

    number = factory.Sequence(lambda count: f"E{count:05}")
    given_name = factory.Sequence(lambda count: f"Given{count}")
    family_name = factory.Sequence(lambda count: f"Family{count}")
    email = factory.LazyAttribute(lambda made: f"{made.given_name}.{made.family_name}@harbor.example".lower())
    job_description = factory.SubFactory(JobDescriptionFactory)
    department = factory.SubFactory(DepartmentFactory)
    location = factory.SubFactory(LocationFactory)
    hired_on = datetime.date(2020, 3, 2)


@dataclass(frozen=True)
class Person:
    """A member of the cast; ``employee`` raises for one who is not employed."""

    user: User
    member: Membership

    @property
    def employee(self) -> Employee:
        """The employee this person is."""
        employee: Employee = self.member.employee
        return employee

    @property
    def organization(self) -> Organization:
        """The organization this person belongs to."""
        organization: Organization = self.member.organization
        return organization

    @property
    def email(self) -> str:
        """The address this person signs in with and gets mail at."""
        return self.user.email


def make_person(
    organization: Organization,
    given_name: str,
    family_name: str,
    *,
    roles: tuple[Role, ...] = (),
    manager: Person | None = None,
    is_employed: bool = True,
    **employee: Any,
) -> Person:
    """Create a user, a membership and (unless not employed) an employee of the organization."""
    email = f"{given_name.lower()}@{organization.slug}.example"
    user = UserFactory.create(email=email, full_name=f"{given_name} {family_name}")
    with tenant_context(organization.pk):
        member = MembershipFactory.create(user=user, roles=[role.value for role in roles])
        member.organization = organization
        if is_employed:
            EmployeeFactory.create(
                membership=member,
                given_name=given_name,
                family_name=family_name,
                email=email,
                manager=manager.employee if manager else None,
                **employee,
            )
            if manager:
                rebuild_reporting_lines()
    return Person(user, member)


@pytest.fixture
def harbor(db: None) -> Organization:
    """The organization of the cast."""
    return OrganizationFactory.create(name="Harbor", slug="harbor")


@pytest.fixture
def alder(db: None) -> Organization:
    """The other organization."""
    return OrganizationFactory.create(name="Alder", slug="alder")


@pytest.fixture
def harbor_context(harbor: Organization) -> Iterator[Organization]:
    """Harbor, with its tenant context open for the whole test."""
    with tenant_context(harbor.pk):
        yield harbor


@pytest.fixture
def carol(harbor: Organization) -> Person:
    """Bob's manager."""
    return make_person(harbor, "Carol", "Castellan")


@pytest.fixture
def bob(harbor: Organization, carol: Person) -> Person:
    """Alice's manager."""
    return make_person(harbor, "Bob", "Bailey", manager=carol)


@pytest.fixture
def alice(harbor: Organization, bob: Person) -> Person:
    """An employee."""
    return make_person(harbor, "Alice", "Archer", manager=bob)


@pytest.fixture
def hana(harbor: Organization) -> Person:
    """The HR partner of the whole organization."""
    return make_person(harbor, "Hana", "Holm", roles=(Role.HR_PARTNER,))


@pytest.fixture
def adam(harbor: Organization) -> Person:
    """The HR admin."""
    return make_person(harbor, "Adam", "Abel", roles=(Role.HR_ADMIN,))


@pytest.fixture
def eve(harbor: Organization) -> Person:
    """The executive; nobody reports to her."""
    return make_person(harbor, "Eve", "Ellis", roles=(Role.EXECUTIVE,))


@pytest.fixture
def ines(harbor: Organization) -> Person:
    """The HR analyst; not an employee."""
    return make_person(harbor, "Ines", "Iverson", roles=(Role.HR_ANALYST,), is_employed=False)


@pytest.fixture
def gwen(harbor: Organization) -> Person:
    """A guest: a union officer from outside."""
    user = UserFactory.create(email="gwen@union.example", full_name="Gwen Grant")
    with tenant_context(harbor.pk):
        member = MembershipFactory.create(user=user, guest_name="Gwen Grant")
        member.organization = harbor
    return Person(user, member)


@pytest.fixture
def mallory(alder: Organization) -> Person:
    """An employee and HR partner of the other tenant."""
    return make_person(alder, "Mallory", "Marsh", roles=(Role.HR_PARTNER,))


@pytest.fixture
def oscar(db: None) -> User:
    """The operator of the platform; a member of no organization."""
    return User.objects.create_superuser("oscar@pipcycle.example", PASSWORD)


@pytest.fixture
def client_of() -> Callable[[Person | User], Client]:
    """Return a function that makes a browser in which the person is signed in."""

    def sign_in(person: Person | User) -> Client:
        client = Client()
        client.force_login(person.user if isinstance(person, Person) else person)
        return client

    return sign_in
