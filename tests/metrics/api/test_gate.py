"""Who gets in: tokens, scopes, rates."""

import datetime
import hashlib
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_rls_tenants import tenant_context
from hypothesis import given
from hypothesis import strategies as st

from metrics.enums import ApiScope
from metrics.models import ApiToken
from metrics.services.tokens import revoke_token
from metrics.tokens import hash_of, new_token, organization_of
from people.models import Organization
from tests.cast import Person
from tests.metrics.api.conftest import Call, MakeToken, figure, figures

pytestmark = pytest.mark.django_db

METRICS = "/api/v1/metrics"


def get(token: str) -> Any:
    """Ask for the metrics with a token."""
    return Client().get(METRICS, headers={"Authorization": f"Bearer {token}"})


def test_only_the_fingerprint_of_a_token_is_kept(make_token: MakeToken) -> None:
    token, text = make_token()

    assert text.startswith(f"pip_{token.organization_id}_")
    assert (token.token_hash, token.hint) == (hashlib.sha256(text.encode()).hexdigest(), text[-4:])


@given(st.integers(min_value=1, max_value=2**40))
def test_a_token_names_its_organization_and_no_two_are_alike(organization_id: int) -> None:
    first, second = new_token(organization_id), new_token(organization_id)

    assert organization_of(first) == organization_id
    assert hash_of(first) != hash_of(second)


@given(st.text(max_size=80))
def test_any_other_text_is_no_token(text: str) -> None:
    assert organization_of(text) is None


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer pip", "Basic dXNlcjpwYXNz", "Bearer pip_999999_" + "a" * 43])
def test_without_a_valid_token_nobody_gets_in(header: str, harbor: Organization) -> None:
    answer = Client().get(METRICS, headers={"Authorization": header} if header else {})

    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "invalid_token")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="PIPCycle"'


def test_a_session_is_no_token(adam: Person, client_of: Call) -> None:
    assert client_of(adam).get(METRICS).status_code == 401


def test_a_revoked_token_is_refused_at_once(adam: Person, make_token: MakeToken) -> None:
    token, text = make_token()
    assert get(text).status_code == 200

    with tenant_context(adam.organization.pk):
        revoke_token(actor=adam.member, token=token)

    assert get(text).status_code == 401


def test_an_expired_token_is_refused(make_token: MakeToken, harbor: Organization) -> None:
    token, text = make_token(expires_at=timezone.now() + datetime.timedelta(hours=1))
    assert get(text).status_code == 200

    with tenant_context(harbor.pk):
        ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now())

    assert get(text).status_code == 401


def test_a_token_of_a_closed_organization_is_refused(token: str, harbor: Organization) -> None:
    Organization.objects.filter(pk=harbor.pk).update(is_active=False)

    assert get(token).status_code == 401


def test_a_token_may_only_do_what_its_scopes_say(make_token: MakeToken, measured: Organization, hand_in: Call) -> None:
    _token, reads = make_token(ApiScope.READ_METRICS)
    _token, writes = make_token(ApiScope.WRITE_OBSERVATIONS)

    refusals = [hand_in(figures(figure()), with_token=reads), get(writes)]

    assert [(answer.status_code, answer.json()["error"]["code"]) for answer in refusals] == [(403, "missing_scope")] * 2
    assert hand_in(figures(figure()), with_token=writes).status_code == 200


def test_too_many_requests_a_minute_wait(token: str, make_token: MakeToken, settings: Any) -> None:
    settings.API_REQUESTS_PER_MINUTE = 3
    _other, other = make_token()

    answers = [get(token) for _each in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[3].headers["Retry-After"]) <= 60
    assert get(other).status_code == 200


def test_use_is_noted_once_a_minute(make_token: MakeToken, harbor: Organization) -> None:
    token, text = make_token()

    def last_use() -> datetime.datetime | None:
        with tenant_context(harbor.pk):
            return ApiToken.objects.get(pk=token.pk).last_used_at

    assert last_use() is None
    get(text)
    noted = last_use()
    get(text)

    assert noted is not None
    assert last_use() == noted


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("get", "observations", "POST"),
        ("put", "observations", "POST"),
        ("delete", "metrics", "GET"),
        ("post", "metrics", "GET"),
        ("post", "openapi.json", "GET, HEAD"),
    ],
)
def test_a_wrong_method_is_refused_in_the_shape_of_every_refusal(method: str, path: str, allowed: str) -> None:
    answer = getattr(Client(enforce_csrf_checks=True), method)(f"/api/v1/{path}")

    assert (answer.status_code, answer.headers["Allow"], answer.headers["Content-Type"]) == (
        405,
        allowed,
        "application/json",
    )
    assert answer.json() == {
        "error": {
            "code": "method_not_allowed",
            "message": f"This address takes {allowed}, not {method.upper()}.",
            "details": [],
        }
    }
