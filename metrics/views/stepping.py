"""How a step about a signal is taken: a page that asks, a POST that does, and words for whoever comes too late."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from people.http import TenantRequest
from pipcycle.errors import DomainError


def handed_in(request: TenantRequest) -> QueryDict | None:
    """Return what a form is bound to: nothing while the page is only looked at."""
    return request.POST if request.method == "POST" else None


def take_step(
    request: TenantRequest,
    *,
    allowed: bool,
    form: forms.BaseForm,
    act: Callable[[], object],
    done: str | Promise,
    back: str,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Ask (GET) or act (POST) and go back; a refusal of the domain stands above the form (409), every word kept.

    Raises PermissionDenied when the member may not take the step at all.
    """
    if not allowed:
        raise PermissionDenied
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act()
            except DomainError as error:
                form.add_error(None, str(error.message))
                status = 409
            else:
                messages.success(request, str(done))
                return redirect(back)
    return render(request, template, {**context, "form": form, "back": back}, status=status)
