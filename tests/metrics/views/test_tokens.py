"""The pages on which an HR admin gives programs access."""

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from django_rls_tenants import tenant_context
from pytest_django import DjangoAssertNumQueries

from metrics.enums import ApiScope
from metrics.models import ApiToken
from metrics.services.tokens import create_token, revoke_token
from pipcycle.errors import DomainError
from tests.cast import Person

LIST = "/o/harbor/metrics/tokens/"
ClientOf = Callable[[Person], Client]


@pytest.fixture
def admin(adam: Person, client_of: ClientOf) -> Client:
    """Return Adam's browser."""
    return client_of(adam)


def filled(**changes: Any) -> dict[str, Any]:
    """Return the form as a browser sends it."""
    return {"name": "Call centre", "scopes": ["observations:write"], "expires_on": "", **changes}


def only_token(adam: Person) -> ApiToken:
    """Return the one token of Harbor."""
    with tenant_context(adam.organization.pk):
        return ApiToken.objects.get()


def test_an_empty_list_teaches_the_next_step(admin: Client) -> None:
    assert "Make the first token" in admin.get(LIST).text


def test_a_token_is_shown_once_and_works(admin: Client, adam: Person) -> None:
    made = admin.post(f"{LIST}new/", filled(scopes=["metrics:read"]))

    shown = re.findall(r"pip_\d+_[\w-]{43}", made.text)
    assert (made.status_code, len(set(shown))) == (200, 1)
    assert "no-store" in made.headers["Cache-Control"]
    assert shown[0] not in admin.get(LIST).text
    assert Client().get("/api/v1/metrics", headers={"Authorization": f"Bearer {shown[0]}"}).status_code == 200


def test_the_last_day_is_whole(admin: Client, adam: Person) -> None:
    admin.post(f"{LIST}new/", filled(expires_on="2030-05-31"))

    token = only_token(adam)
    assert token.expires_at == datetime.datetime(2030, 6, 1, 4, 0, tzinfo=datetime.UTC)  # midnight in New York
    assert "31 May 2030" in admin.get(LIST).text or "May 31, 2030" in admin.get(LIST).text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"expires_on": "2020-01-01"}, "__all__"),
        ({"expires_on": "soon"}, "expires_on"),
    ],
)
def test_a_token_that_makes_no_sense_is_refused_with_what_was_typed(
    admin: Client, adam: Person, changes: dict[str, Any], field: str
) -> None:
    answer = admin.post(f"{LIST}new/", filled(**changes))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    with tenant_context(adam.organization.pk):
        assert not ApiToken.objects.exists()


def test_revoking_asks_first_and_happens_once(admin: Client, adam: Person) -> None:
    admin.post(f"{LIST}new/", filled())
    path = f"{LIST}{only_token(adam).pk}/revocation/"

    assert "Revoke “Call centre”?" in admin.get(path).text
    assert only_token(adam).revoked_at is None
    assert admin.post(path).headers["Location"] == LIST
    assert only_token(adam).revoked_at is not None
    assert admin.post(path).status_code == 409


@pytest.mark.parametrize("who", ["alice", "bob", "hana", "eve", "ines"])
def test_only_the_hr_admin_gives_access(
    who: str, admin: Client, adam: Person, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    admin.post(f"{LIST}new/", filled())
    other: Person = request.getfixturevalue(who)
    client = client_of(other)
    token = only_token(adam)

    assert [client.post(f"{LIST}{path}").status_code for path in ("new/", f"{token.pk}/revocation/")] == [403, 403]
    with tenant_context(adam.organization.pk), pytest.raises(PermissionDenied):
        create_token(actor=other.member, name="Mine", scopes=tuple(ApiScope), expires_at=None)
    with tenant_context(adam.organization.pk), pytest.raises(PermissionDenied):
        revoke_token(actor=other.member, token=token)


def test_a_token_needs_a_scope_and_a_future(adam: Person) -> None:
    with tenant_context(adam.organization.pk):
        with pytest.raises(DomainError, match="at least one thing"):
            create_token(actor=adam.member, name="Nothing", scopes=(), expires_at=None)
        with pytest.raises(DomainError, match="expired already"):
            create_token(actor=adam.member, name="Late", scopes=tuple(ApiScope), expires_at=timezone.now())


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_token_and_for_three(
    count: int, admin: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _each in range(count):
        admin.post(f"{LIST}new/", filled())
    admin.get(LIST)

    with django_assert_num_queries(10):
        admin.get(LIST)
