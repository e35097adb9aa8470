"""Every address × every role × another tenant's object."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django_rls_tenants import tenant_context

from people.models import Organization
from people.rules import is_hr_partner
from pips.enums import PlanStatus
from pips.models import PlanCompanion
from tests.cast import Person, make_person
from tests.tenancy.samples import SAMPLES, SETS
from tests.tenancy.world import FORBIDDEN, MISSING, Sample, World, make_world

CAST = ["alice", "bob", "carol", "hana", "adam", "eve", "ines"]
WRONG_METHOD = 405
SIGN_IN = 302

#: Addresses outside any organization, each with the reason why the walk leaves it out.
EXCEPTIONS = {
    "front_door": "leads to the visitor's own organizations; tests/people/views/test_front.py",
    "choose_administration": "lists the visitor's own organizations; tests/people/admin",
    "verify_document": "public by design: tells whether a held file has a hash, never a name; tests/documents",
    "calendar_feed": "the secret names the organization, no session does; tests/reminders/test_calendar.py",
    "gallery": "shows components, no rows",
    "healthz": "tells that the process lives, no rows",
    "readyz": "tells that the services answer, no rows",
}
EXCEPTED_ROOTS = {
    "accounts/": "the user's own account, of no tenant; tests/people/test_sign_in.py",
    "admin/": "walked with other tenants' ids in tests/people/admin",
    "api/": "the token names the organization, no session does; tests/metrics/api/test_tenancy.py",
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


@dataclass(frozen=True)
class Walk:
    """Addresses that are walked with one world: of one set, with the plan in one state."""

    name: str
    status: PlanStatus
    samples: dict[str, Sample]

    @property
    def with_ids(self) -> dict[str, Sample]:
        """The addresses that name an object."""
        return {name: sample for name, sample in self.samples.items() if "_id" in ADDRESSES[name]}


def walks() -> Iterator[Walk]:
    """Yield every set, apart for each state of the plan it asks for."""
    for name, samples in SETS.items():
        for status in dict.fromkeys(sample.status for sample in samples.values()):
            wanted = {address: sample for address, sample in samples.items() if sample.status == status}
            yield Walk(f"{name}, plan {status}", status, wanted)


WALKS = list(walks())
MakeWorld = Callable[[PlanStatus], World]


def test_every_sample_is_walked() -> None:
    assert Counter(name for walk in WALKS for name in walk.samples) == Counter(SAMPLES.keys())


@pytest.fixture
def harbor_world(harbor: Organization, alice: Person, bob: Person) -> MakeWorld:
    """Return a function that makes the objects of Harbor, about Alice."""
    return lambda status: make_world(harbor, alice.employee, bob.employee, status)


@pytest.fixture
def alder_world(alder: Organization, mallory: Person) -> MakeWorld:
    """Return a function that makes the objects of Alder, about Mallory."""
    boss = make_person(alder, "Morgan", "Mills")
    return lambda status: make_world(alder, mallory.employee, boss.employee, status)


@pytest.fixture
def clients(client_of: Callable[[Person], Client], request: pytest.FixtureRequest) -> dict[str, Client]:
    """The browsers of the cast."""
    return {who: client_of(request.getfixturevalue(who)) for who in CAST}


def path_of(name: str, arguments: dict[str, Any]) -> str:
    """Return the address inside Harbor."""
    return reverse(name, kwargs={"organization_slug": "harbor", **arguments})


@contextmanager
def undone() -> Iterator[None]:
    """Take back what was written inside, so that each address meets the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def status_of(client: Client, path: str, method: str = "get") -> int:
    """Return what the client gets, leaving no trace."""
    with undone():
        return int(getattr(client, method)(path).status_code)


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.name)
def test_each_role_gets_what_is_declared(
    walk: Walk, harbor_world: MakeWorld, clients: dict[str, Client], gwen: Person, client_of: Callable[[Person], Client]
) -> None:
    world = harbor_world(walk.status)
    with tenant_context(world.organization.pk):
        PlanCompanion.objects.create(plan=world.plan, member=gwen.member)
    clients["gwen"] = client_of(gwen)
    paths = {name: path_of(name, sample.arguments(world)) for name, sample in walk.samples.items()}

    got = {name: {who: status_of(clients[who], path) for who in clients} for name, path in paths.items()}

    assert got == {
        name: {"gwen": sample.guest} | {who: sample.who.get(who, sample.others) for who in CAST}
        for name, sample in walk.samples.items()
    }


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.name)
def test_a_stranger_finds_nothing_and_an_anonymous_visitor_signs_in(
    walk: Walk,
    harbor_world: MakeWorld,
    mallory: Person,
    oscar: Any,
    client: Client,
    client_of: Callable[[Any], Client],
) -> None:
    world = harbor_world(walk.status)
    assert is_hr_partner(mallory.member)
    strangers = [client_of(mallory), client_of(oscar)]

    for name, sample in walk.samples.items():
        path = path_of(name, sample.arguments(world))
        found = [status_of(who, path, method) for who in strangers for method in ("get", "post")]
        anonymous = [client.get(path), client.post(path)]

        assert found == [MISSING] * 4, path
        assert [(response.status_code, response["Location"].partition("?")[0]) for response in anonymous] == [
            (SIGN_IN, "/accounts/login/")
        ] * 2, path


@pytest.mark.parametrize("walk", [walk for walk in WALKS if walk.with_ids], ids=lambda walk: walk.name)
def test_another_tenant_s_object_is_not_found(
    walk: Walk, harbor_world: MakeWorld, alder_world: MakeWorld, clients: dict[str, Client]
) -> None:
    own_world, foreign_world = harbor_world(walk.status), alder_world(walk.status)
    for name, sample in walk.with_ids.items():
        own, foreign = sample.arguments(own_world), sample.arguments(foreign_world)
        mixtures = [{**own, key: foreign[key]} for key in own if own[key] != foreign[key]] + [foreign]
        entitled = [who for who in CAST if sample.who.get(who, sample.others) < FORBIDDEN]
        for who in [*entitled, "eve"]:
            refusals = {MISSING, WRONG_METHOD} if who in entitled else {MISSING, FORBIDDEN, WRONG_METHOD}
            for arguments in mixtures:
                path = path_of(name, arguments)
                got = {status_of(clients[who], path, method) for method in ("get", "post")}
                assert got <= refusals, (who, path)
