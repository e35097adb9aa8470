"""How a page of this room asks and acts: GET shows the form, POST acts; a refusal stands above what was typed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise

from people.http import TenantRequest
from pipcycle.errors import DomainError


def handed_in(request: TenantRequest) -> Any:
    """Return what a form is bound to: nothing while the page is only looked at."""
    return request.POST if request.method == "POST" else None


def ask(
    request: TenantRequest,
    form: forms.BaseForm,
    *,
    act: Callable[[], str],
    done: str | Promise,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Show the form, or act on it and go where ``act`` says; 422 for a form not valid, 409 for a refusal."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                address = act()
            except DomainError as error:
                form.add_error(None, str(error.message))
                status = 409
            else:
                messages.success(request, str(done))
                return HttpResponseRedirect(address)
    return render(request, template, {"form": form, **context}, status=status)
