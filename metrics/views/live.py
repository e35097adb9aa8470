"""Pages that keep themselves up to date: htmx asks again now and then, and is told when nothing has changed."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from people.http import TenantRequest, wants_part

STAMP = "X-Figures-Stamp"


def is_unchanged(request: TenantRequest, stamp: str) -> bool:
    """Return whether the page the browser holds says the same as the figures do now."""
    return wants_part(request) and request.headers.get(STAMP) == stamp


def nothing_new() -> HttpResponse:
    """Return the answer htmx leaves the page alone for."""
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def render_live(request: TenantRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render the page, or its part ``figures`` where htmx asks for it."""
    response = render(request, f"{template}#figures" if wants_part(request) else template, context)
    patch_vary_headers(response, ["HX-Request", STAMP])
    return response
