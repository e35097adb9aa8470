"""The first page and the switch between organizations."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_rls_tenants import tenant_context
from pytest_django import DjangoAssertNumQueries

from people.enums import Role
from people.models import Organization, User
from people.selectors.accounts import organizations_of
from people.services.accounts import end_access
from tests.cast import MembershipFactory, Person, UserFactory

ClientOf = Callable[[Person | User], Client]


@pytest.fixture
def alice_at_alder(alice: Person, alder: Organization) -> Person:
    """Alice's second membership."""
    with tenant_context(alder.pk):
        member = MembershipFactory.create(user=alice.user)
        member.organization = alder
        return Person(alice.user, member)


def test_an_anonymous_visitor_signs_in(db: None, client: Client) -> None:
    response = client.get("/")

    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/")


def test_one_membership_leads_home(alice: Person, client_of: ClientOf) -> None:
    response = client_of(alice).get("/")

    assert (response.status_code, response["Location"]) == (302, "/o/harbor/")


def test_several_memberships_are_chosen_from(alice_at_alder: Person, client_of: ClientOf) -> None:
    response = client_of(alice_at_alder).get("/")

    body = response.content.decode()
    assert response.status_code == 200
    assert [slug for slug in ("alder", "harbor") if f'href="/o/{slug}/"' in body] == ["alder", "harbor"]


def test_no_membership_says_what_to_do(db: None, client_of: ClientOf) -> None:
    user = UserFactory.create(email="nobody@harbor.example")

    response = client_of(user).get("/")

    assert response.status_code == 200
    assert "ask the HR department to give this address access" in response.content.decode()


def test_an_ended_membership_is_none(alice: Person, client_of: ClientOf) -> None:
    with tenant_context(alice.organization.pk):
        end_access(actor=None, membership=alice.member)

    assert "belong to no organization" in client_of(alice).get("/").content.decode()
    assert client_of(alice).get("/o/harbor/people/me/").status_code == 404


def test_a_closed_organization_is_none(alice: Person, client_of: ClientOf) -> None:
    Organization.objects.filter(pk=alice.organization.pk).update(is_active=False)

    assert "belong to no organization" in client_of(alice).get("/").content.decode()
    assert client_of(alice).get("/o/harbor/people/me/").status_code == 404


def test_the_switcher_is_shown_to_people_with_two_memberships(
    alice: Person, bob: Person, alice_at_alder: Person, client_of: ClientOf
) -> None:
    pages = [client_of(person).get("/o/harbor/people/me/").content.decode() for person in (alice, bob)]

    assert ['href="/o/alder/"' in page for page in pages] == [True, False]


def test_the_switcher_comes_from_the_cache(
    alice_at_alder: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = organizations_of(alice_at_alder.user)

    with django_assert_num_queries(0):
        second = organizations_of(alice_at_alder.user)

    assert first == second
    assert [organization.slug for organization in second] == ["alder", "harbor"]


def test_the_switcher_follows_an_ended_membership_at_once(
    alice_at_alder: Person, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    organizations_of(alice_at_alder.user)

    with tenant_context(alice_at_alder.organization.pk), django_capture_on_commit_callbacks(execute=True):
        end_access(actor=None, membership=alice_at_alder.member)

    assert [organization.slug for organization in organizations_of(alice_at_alder.user)] == ["harbor"]


def test_the_administration_opens_for_hr_admins_only(adam: Person, hana: Person, client_of: ClientOf) -> None:
    path = "/o/harbor/people/administration/"

    opened = client_of(adam).get(path)

    assert (opened.status_code, opened["Location"]) == (302, "/admin/")
    assert client_of(hana).get(path).status_code == 403


def test_roles_of_one_organization_do_not_count_in_another(alice_at_alder: Person, client_of: ClientOf) -> None:
    with tenant_context(alice_at_alder.organization.pk):
        alice_at_alder.member.roles = [Role.HR_ADMIN.value]
        alice_at_alder.member.save(update_fields=["roles"])
    client = client_of(alice_at_alder)

    assert [client.get(f"/o/{slug}/people/").status_code for slug in ("alder", "harbor")] == [200, 403]
