"""Addresses of the API, outside any organization: the token names it."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from metrics.api import errors
from metrics.api.app import api
from metrics.api.docs import api_docs


@csrf_exempt
def nothing_here(_request: HttpRequest, _rest: str = "") -> HttpResponse:
    """Answer an unknown address as the API answers everything."""
    return errors.Refusal(errors.NOT_FOUND, "not_found", "There is nothing at this address.").response()


urlpatterns = [
    path("docs", api_docs, name="api_docs"),
    path("", api.urls),
    path("<path:_rest>", nothing_here, name="api_nothing"),
]
