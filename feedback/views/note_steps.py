"""How a page of feedback asks and acts: GET shows the form, POST acts; a refusal stands above what was typed."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise

from people.http import TenantRequest
from pipcycle.errors import DomainError


def press(request: TenantRequest, *, act: Callable[[], str | Promise], back: str) -> HttpResponse:
    """Act on a button without a form of its own, and go back; a refusal is shown there."""
    try:
        messages.success(request, str(act()))
    except DomainError as error:
        messages.error(request, str(error.message))
    return HttpResponseRedirect(back)
