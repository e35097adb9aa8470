"""Every refusal of the API has one shape: ``{"error": {"code", "message", "details"}}``."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import JsonResponse

BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_FOUND, NOT_ALLOWED = 400, 401, 403, 404, 405
CONFLICT, TOO_LARGE, UNPROCESSABLE, TOO_MANY, FAULT = 409, 413, 422, 429, 500


class Refusal(Exception):  # noqa: N818  # a refusal is an answer, no fault of ours
    """An answer other than success; ``headers`` go with it."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        details: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.details = details
        self.headers = headers or {}

    def response(self) -> JsonResponse:
        """Return the answer."""
        error = {"code": self.code, "message": self.message, "details": list(self.details)}
        return JsonResponse({"error": error}, status=self.status, headers=dict(self.headers))
