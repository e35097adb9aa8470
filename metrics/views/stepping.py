"""How a step about a signal is taken: a page that asks, a POST that does, and words for whoever comes too late."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.functional import Promise

from people.asking import ask
from people.http import TenantRequest
from pipcycle.errors import require


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
    require(allowed)

    def act_and_return() -> str:
        act()
        return back

    return ask(request, form, act=act_and_return, done=done, template=template, context={**context, "back": back})
