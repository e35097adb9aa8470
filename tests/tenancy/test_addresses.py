"""Every address × every role × another tenant's object."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from people.models import Organization
from people.rules import is_hr_partner
from pips.enums import PlanStatus
from tests.cast import Person, make_person
from tests.tenancy.samples import SAMPLES
from tests.tenancy.world import FORBIDDEN, MISSING, World, make_world

CAST = ["alice", "bob", "carol", "hana", "adam", "eve", "ines"]
WRONG_METHOD = 405
SIGN_IN = 302

#: Addresses outside any organization, each with the reason why the walk leaves it out.
EXCEPTIONS = {
    "front_door": "leads to the visitor's own organizations; tests/people/views/test_front.py",
    "choose_administration": "lists the visitor's own organizations; tests/people/admin",
    "verify_document": "public by design: tells whether a held file has a hash, never a name; tests/documents",
    "gallery": "shows components, no rows",
    "healthz": "tells that the process lives, no rows",
    "readyz": "tells that the services answer, no rows",
}
EXCEPTED_ROOTS = {
    "accounts/": "the user's own account, of no tenant; tests/people/test_sign_in.py",
    "admin/": "walked with other tenants' ids in tests/people/admin",
    "demo/outbox/": "mail of the demo, served in a demo only; tests/demo",
}


def walk(patterns: list[URLPattern | URLResolver], route: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Yield (name, route) of every address, with the namespace in the name."""
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from walk(pattern.url_patterns, here, inner)
        else:
            yield f"{space}{pattern.name or here}", here


ADDRESSES = dict(walk(get_resolver().url_patterns))


def is_excepted(name: str, route: str) -> bool:
    """Return whether a reason is given for leaving the address out."""
    return name in EXCEPTIONS or any(route.startswith(root) for root in EXCEPTED_ROOTS)


def test_every_address_has_a_sample_or_a_reason() -> None:
    missing = {name for name, route in ADDRESSES.items() if name not in SAMPLES and not is_excepted(name, route)}

    assert missing == set()


def test_no_sample_and_no_exception_is_stale() -> None:
    stale = (set(SAMPLES) | set(EXCEPTIONS)) - set(ADDRESSES)
    stale |= {root for root in EXCEPTED_ROOTS if not any(route.startswith(root) for route in ADDRESSES.values())}

    assert stale == set()


def test_no_exception_reaches_into_an_organization() -> None:
    inside = {name for name, route in ADDRESSES.items() if is_excepted(name, route) and "organization_slug" in route}

    assert inside == set()


MakeWorld = Callable[[PlanStatus], World]


@pytest.fixture
def harbor_world(harbor: Organization, alice: Person, bob: Person) -> MakeWorld:
    """Return a function that makes the objects of Harbor, about Alice."""
    return lambda status: make_world(harbor, alice.employee, bob.employee, status)


@pytest.fixture
def alder_world(alder: Organization, mallory: Person) -> MakeWorld:
    """Return a function that makes the objects of Alder, about Mallory."""
    boss = make_person(alder, "Morgan", "Mills")
    return lambda status: make_world(alder, mallory.employee, boss.employee, status)


def path_of(name: str, arguments: dict[str, Any]) -> str:
    """Return the address inside Harbor."""
    return reverse(name, kwargs={"organization_slug": "harbor", **arguments})


@pytest.mark.parametrize("name", SAMPLES)
def test_each_role_gets_what_is_declared(
    name: str,
    harbor_world: MakeWorld,
    client_of: Callable[[Person], Client],
    request: pytest.FixtureRequest,
) -> None:
    sample = SAMPLES[name]
    path = path_of(name, sample.arguments(harbor_world(sample.status)))

    got = {who: client_of(request.getfixturevalue(who)).get(path).status_code for who in CAST}

    assert got == {who: sample.who.get(who, sample.others) for who in CAST}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_stranger_finds_nothing_and_an_anonymous_visitor_signs_in(
    name: str,
    harbor_world: MakeWorld,
    mallory: Person,
    oscar: Any,
    client: Client,
    client_of: Callable[[Any], Client],
) -> None:
    sample = SAMPLES[name]
    path = path_of(name, sample.arguments(harbor_world(sample.status)))
    assert is_hr_partner(mallory.member)

    strangers = [client_of(stranger) for stranger in (mallory, oscar)]
    anonymous = [client.get(path), client.post(path)]

    assert [status for who in strangers for status in (who.get(path).status_code, who.post(path).status_code)] == [
        MISSING
    ] * 4
    assert [(response.status_code, response["Location"].partition("?")[0]) for response in anonymous] == [
        (SIGN_IN, "/accounts/login/")
    ] * 2


@pytest.mark.parametrize("name", [name for name in SAMPLES if "_id" in ADDRESSES[name]])
def test_another_tenant_s_object_is_not_found(
    name: str,
    harbor_world: MakeWorld,
    alder_world: MakeWorld,
    client_of: Callable[[Person], Client],
    request: pytest.FixtureRequest,
) -> None:
    sample = SAMPLES[name]
    own, foreign = sample.arguments(harbor_world(sample.status)), sample.arguments(alder_world(sample.status))
    mixtures = [{**own, key: foreign[key]} for key in own if own[key] != foreign[key]] + [foreign]
    entitled = [who for who in CAST if sample.who.get(who, sample.others) < FORBIDDEN]
    for who in [*entitled, "eve"]:
        client = client_of(request.getfixturevalue(who))
        refusals = {MISSING} if who in entitled else {MISSING, FORBIDDEN}
        for arguments in mixtures:
            path = path_of(name, arguments)
            assert client.get(path).status_code in refusals | {WRONG_METHOD}, (who, path)
            assert client.post(path).status_code in refusals | {WRONG_METHOD}, (who, path)
