"""A program with a token of Harbor, and what it may hand in."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django_rls_tenants import tenant_context

from metrics.enums import ApiScope
from metrics.models import ApiToken
from metrics.services.tokens import create_token
from people.models import Organization
from tests.cast import EmployeeFactory, Person
from tests.metrics.uploads.figures import make_metrics

Call = Callable[..., Any]
MakeToken = Callable[..., tuple[ApiToken, str]]


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    """Forget how often tokens of earlier tests have called."""
    cache.clear()


@pytest.fixture
def make_token(adam: Person) -> MakeToken:
    """Return a function that makes a token of Harbor."""

    def make(*scopes: ApiScope, **given: Any) -> tuple[ApiToken, str]:
        with tenant_context(adam.organization.pk):
            return create_token(
                actor=adam.member, name="Call centre", scopes=scopes or tuple(ApiScope), **{"expires_at": None, **given}
            )

    return make


@pytest.fixture
def token(make_token: MakeToken) -> str:
    """Return a token of Harbor that may do everything."""
    return make_token()[1]


@pytest.fixture
def measured(harbor: Organization) -> Organization:
    """Return Harbor, which measures accuracy and calls of N1 and N2."""
    with tenant_context(harbor.pk):
        make_metrics()
        EmployeeFactory.create(number="N1")
        EmployeeFactory.create(number="N2")
    return harbor


@pytest.fixture
def hand_in(token: str) -> Call:
    """Return a function that posts to the API as the program does; ``body`` as text is sent as it is."""

    def send(body: Any, *, with_token: str = token, **headers: str) -> Any:
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        return Client(enforce_csrf_checks=True).post(
            "/api/v1/observations",
            text,
            content_type="application/json",
            headers={"Authorization": f"Bearer {with_token}", **headers},
        )

    return send


def figure(**changes: Any) -> dict[str, Any]:
    """Return a figure that can be recorded."""
    return {"employee": "N1", "metric": "accuracy", "date": "2026-06-01", "value": 97.5, **changes}


def figures(*items: dict[str, Any], **extra: Any) -> dict[str, Any]:
    """Return a body with the figures."""
    return {"observations": list(items), **extra}
