"""Addresses of the API, outside any organization: the token names it."""

import functools
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from metrics.api import errors
from metrics.api.app import api
from metrics.api.docs import api_docs


@csrf_exempt
def nothing_here(_request: HttpRequest, _rest: str = "") -> HttpResponse:
    """Answer an unknown address as the API answers everything."""
    return errors.Refusal(errors.NOT_FOUND, "not_found", "There is nothing at this address.").response()


def in_one_shape(pattern: URLPattern) -> URLPattern:
    """Have the address refuse a wrong method as the API refuses everything: the library answers it in plain text."""
    run = pattern.callback

    @functools.wraps(run)
    def serve(request: HttpRequest, *args: Any, **arguments: Any) -> HttpResponseBase:
        answer: HttpResponseBase = run(request, *args, **arguments)
        if answer.status_code != errors.NOT_ALLOWED:
            return answer
        allowed = ", ".join(sorted(method.strip() for method in answer.headers["Allow"].split(",")))
        return errors.Refusal(
            errors.NOT_ALLOWED,
            "method_not_allowed",
            f"This address takes {allowed}, not {request.method}.",
            headers={"Allow": allowed},
        ).response()

    return URLPattern(pattern.pattern, serve, pattern.default_args, pattern.name)


operations, application, namespace = api.urls

urlpatterns = [
    path("docs", api_docs, name="api_docs"),
    path("", ([in_one_shape(one) for one in operations if isinstance(one, URLPattern)], application, namespace)),
    path("<path:_rest>", nothing_here, name="api_nothing"),
]
