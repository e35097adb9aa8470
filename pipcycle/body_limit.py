"""Refuses a body that is too large by what the request says of its length, before anything reads it.

The check of the form's token would read all of it to a file first, so this stands before every other middleware
that touches the body.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from pipcycle.ui.errors import body_too_large

_ENVELOPE = 1024 * 1024
_OWN_LIMIT = "/api/"  # refuses by itself before reading, in its own shape


class BodyLimitMiddleware:
    """Answers 413 for more than a file to import and the fields beside it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve the request if its body may be read."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        is_limited = not request.path_info.startswith(_OWN_LIMIT)
        if is_limited and length.isdecimal() and int(length) > settings.IMPORT_MAX_BYTES + _ENVELOPE:
            return body_too_large(request)
        return self.get_response(request)
