"""A request with an ``Idempotency-Key`` is done once; sent again it gets the first answer."""

import functools
import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.http import JsonResponse
from django.http.response import HttpResponseBase

from metrics.api import errors
from metrics.api.errors import Refusal
from metrics.api.gate import ApiRequest
from metrics.models import IdempotentAnswer

HEADER = "Idempotency-Key"
MAX_KEY = 200
_PENDING = 0
_SUCCESS = 200

Run = Callable[..., HttpResponseBase]


def once_per_key(run: Run) -> Run:
    """Let the operation run once per key and token. Only success is kept: a refusal may be mended and sent again."""

    @functools.wraps(run)
    def serve(request: ApiRequest, **arguments: Any) -> HttpResponseBase:
        key = request.headers.get(HEADER, "").strip()
        if not key:
            return run(request, **arguments)
        if len(key) > MAX_KEY:
            raise Refusal(errors.BAD_REQUEST, "bad_key", f"The {HEADER} has more than {MAX_KEY} characters.")
        with transaction.atomic():
            return _serve_once(request, key, lambda: run(request, **arguments))

    return serve


def _serve_once(request: ApiRequest, key: str, run: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    digest = hashlib.sha256(request.body).hexdigest()
    claimed = _claim(request, key, digest)
    if claimed is None:
        return _earlier_answer(request, key, digest)
    response = run()
    if response.status_code != _SUCCESS:
        transaction.set_rollback(True)  # the key is free again, and nothing else is kept either
        return response
    claimed.status = response.status_code
    claimed.body = json.loads(response.content)  # type: ignore[attr-defined]  # operations never stream
    claimed.save(update_fields=["status", "body"])
    return response


def _claim(request: ApiRequest, key: str, digest: str) -> IdempotentAnswer | None:
    """Take the key; None if it was taken. Where another request holds it, the database waits for its end."""
    try:
        with transaction.atomic():
            return IdempotentAnswer.objects.create(
                token=request.api_token, key=key, request_sha256=digest, status=_PENDING, body={}
            )
    except IntegrityError:
        return None


def _earlier_answer(request: ApiRequest, key: str, digest: str) -> HttpResponseBase:
    answer = IdempotentAnswer.objects.get(token=request.api_token, key=key)
    if answer.request_sha256 != digest:
        raise Refusal(
            errors.UNPROCESSABLE,
            "key_reused",
            f"This {HEADER} was used for another body. Take a new key for each new request.",
        )
    return JsonResponse(answer.body, status=answer.status, headers={"Idempotent-Replayed": "true"})
