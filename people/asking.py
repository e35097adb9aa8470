"""How a page asks and acts: GET shows the form, POST acts; a refusal of the domain stands above what was typed."""

from collections.abc import Callable
from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods

from people.http import TenantRequest
from pipcycle.errors import DomainError

UNPROCESSABLE, CONFLICT = 422, 409

ask_or_act = require_http_methods(["GET", "HEAD", "POST"])


class Answerable(Protocol):
    """What a page is typed into: a form, or several that are valid together."""

    def is_valid(self) -> bool:
        """Return whether everything typed can be read."""

    def add_error(self, field: None, error: Any, /) -> None:
        """Show a refusal above the form."""


def handed_in(request: TenantRequest) -> QueryDict | None:
    """Return what a form is bound to: nothing while the page is only looked at."""
    return request.POST if request.method == "POST" else None


def ask(
    request: TenantRequest,
    form: Answerable,
    *,
    act: Callable[[], str],
    done: str | Promise,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Show the form, or act on it and go where ``act`` says; 422 for a form not valid, 409 for a refusal."""
    status = 200
    if request.method == "POST":
        answer = attempt(request, form, act, done=done)
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    return render(request, template, {"form": form, **context}, status=status)


def attempt(
    request: TenantRequest, form: Answerable, act: Callable[[], str], *, done: str | Promise
) -> HttpResponseRedirect | int:
    """Act on a valid form and go where ``act`` says, else return the status to show the form with.

    422 when the form is not valid, 409 when the domain refuses; its message then stands above the form.
    """
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        address = act()
    except DomainError as error:
        form.add_error(None, str(error.message))
        return CONFLICT
    messages.success(request, str(done))
    return HttpResponseRedirect(address)
