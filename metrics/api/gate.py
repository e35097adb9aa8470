"""What a request passes before its operation runs: size, token, scope, rate. Inside, the token's tenant is open."""

import functools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_rls_tenants import tenant_context

from metrics.api import errors
from metrics.api.errors import Refusal
from metrics.enums import ApiScope
from metrics.models import ApiToken
from metrics.selectors.tokens import is_open_organization, token_in_force
from metrics.services.tokens import note_use
from metrics.tokens import organization_of

_SCHEME = "bearer "
_WINDOW = 60

Run = Callable[..., HttpResponseBase]


class ApiRequest(HttpRequest):
    """What the gate makes of a request; used for types only."""

    api_token: ApiToken


def gate(scope: ApiScope) -> Callable[[Run], Run]:
    """Return a decorator that lets only requests with a token of that scope reach the operation."""

    def decorate(run: Run) -> Run:
        @functools.wraps(run)
        def serve(request: ApiRequest, **arguments: Any) -> HttpResponseBase:
            try:
                _refuse_too_large(request)
                with _open_tenant(request) as token:
                    _require_scope(token, scope)
                    _count_request(token)
                    note_use(token=token)
                    request.api_token = token
                    return run(request, **arguments)
            except Refusal as refusal:
                transaction.set_rollback(True)
                return refusal.response()

        return serve

    return decorate


@contextmanager
def _open_tenant(request: HttpRequest) -> Iterator[ApiToken]:
    header = request.headers.get("Authorization", "")
    text = header[len(_SCHEME) :].strip() if header.lower().startswith(_SCHEME) else ""
    organization_id = organization_of(text)
    if organization_id is None or not is_open_organization(organization_id):
        raise _unauthorized()
    with tenant_context(organization_id):
        token = token_in_force(text)
        if token is None:
            raise _unauthorized()
        yield token


def _unauthorized() -> Refusal:
    return Refusal(
        errors.UNAUTHORIZED,
        "invalid_token",
        "Send a valid token: “Authorization: Bearer pip_…”. It may be unknown, expired or revoked.",
        headers={"WWW-Authenticate": 'Bearer realm="PIPCycle"'},
    )


def _require_scope(token: ApiToken, scope: ApiScope) -> None:
    if scope.value not in token.scopes:
        raise Refusal(
            errors.FORBIDDEN, "missing_scope", f"The token may not do this: it lacks the scope “{scope.value}”."
        )


def _count_request(token: ApiToken) -> None:
    """Count the request in the current minute; the counter of the cache is atomic over all processes."""
    now = int(time.time())
    key = f"api-rate:{token.organization_id}:{token.pk}:{now // _WINDOW}"
    cache.add(key, 0, 2 * _WINDOW)
    if cache.incr(key) > settings.API_REQUESTS_PER_MINUTE:
        wait = _WINDOW - now % _WINDOW
        raise Refusal(
            errors.TOO_MANY,
            "rate_limited",
            f"More than {settings.API_REQUESTS_PER_MINUTE} requests in a minute. Try again in {wait} seconds.",
            headers={"Retry-After": str(wait)},
        )


def _refuse_too_large(request: HttpRequest) -> None:
    """Refuse by what the request says of its length: nothing of it is read."""
    if int(request.headers.get("Content-Length") or 0) > settings.API_MAX_BYTES:
        raise Refusal(
            errors.TOO_LARGE,
            "too_large",
            f"The body is larger than {settings.API_MAX_BYTES // 1_000_000} MB. Send it in several requests.",
        )
