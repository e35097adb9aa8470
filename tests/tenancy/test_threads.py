"""Tenants do not mix when many threads serve them at once on reused connections."""

import threading

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django_rls_tenants import tenant_context

from people.models import Employee, Organization
from tests.cast import EmployeeFactory, OrganizationFactory, Person, make_person

THREADS = 8
ROUNDS = 25
PAGES = 8


@pytest.fixture
def tenants(transactional_db: None) -> dict[int, str]:
    """Four committed tenants whose people all bear the tenant's name."""
    names = {}
    for index in range(4):
        organization: Organization = OrganizationFactory.create(slug=f"tenant-{index}")
        with tenant_context(organization.pk):
            EmployeeFactory.create_batch(3, family_name=organization.slug)
        names[organization.pk] = organization.slug
    return names


def run_together(work: "list[threading.Thread]") -> None:
    """Start all threads and wait for each."""
    for thread in work:
        thread.start()
    for thread in work:
        thread.join(60)
    assert not any(thread.is_alive() for thread in work)


@pytest.mark.parametrize("in_transaction", [True, False], ids=["in a transaction", "in autocommit"])
def test_interleaved_contexts_never_see_each_other(in_transaction: bool, tenants: dict[int, str]) -> None:
    seen: list[tuple[str, set[str]]] = []

    def read_all(offset: int) -> None:
        keys = sorted(tenants)
        try:
            for step in range(ROUNDS):
                key = keys[(offset + step) % len(keys)]
                with tenant_context(key):
                    if in_transaction:
                        with transaction.atomic():
                            names = set(raw_names())
                    else:
                        names = set(raw_names())
                seen.append((tenants[key], names | set(outside_names())))
        finally:
            connections["default"].close()

    run_together([threading.Thread(target=read_all, args=(index,)) for index in range(THREADS)])

    assert len(seen) == THREADS * ROUNDS
    assert [pair for pair in seen if pair[1] != {pair[0]}] == []


def raw_names() -> list[str]:
    """Return the family names of all employees the database shows, unfiltered by the ORM."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT family_name FROM people_employee")
        return [name for (name,) in cursor.fetchall()]


def outside_names() -> list[str]:
    """Return what the same connection shows after the context is closed: nothing."""
    return raw_names()


def test_pages_of_two_tenants_never_mix(transactional_db: None) -> None:
    people: list[Person] = []
    for slug in ("harbor", "alder"):
        organization = OrganizationFactory.create(slug=slug, name=slug.title())
        people.append(make_person(organization, "Only", slug.title()))
    wrong: list[str] = []
    pages: list[int] = []

    def browse(person: Person, other: str) -> None:
        client = Client()
        client.force_login(person.user)
        try:
            for _step in range(PAGES):
                response = client.get(f"/o/{person.organization.slug}/people/me/")
                pages.append(response.status_code)
                if f"Only {other}" in response.content.decode():
                    wrong.append(other)
        finally:
            connections["default"].close()

    pairs = [(people[0], "Alder"), (people[1], "Harbor")]
    run_together([threading.Thread(target=browse, args=pairs[index % 2]) for index in range(THREADS)])

    assert (pages, wrong) == ([200] * THREADS * PAGES, [])


def test_an_error_inside_a_context_leaves_nothing_behind(tenants: dict[int, str]) -> None:
    first, second = sorted(tenants)[:2]
    with pytest.raises(ZeroDivisionError), tenant_context(first), transaction.atomic():
        assert 1 / (Employee.objects.count() - 3)

    with tenant_context(second):
        assert raw_names() == [tenants[second]]
    assert raw_names() == []
