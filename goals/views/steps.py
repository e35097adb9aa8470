"""How every step of a goal is taken: a page that asks, a POST that does, and words for whoever comes too late."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goals import rules
from goals.models import Goal
from goals.services.moves import moved_meanwhile
from people.addresses import portal_url
from people.http import TenantRequest
from pipcycle.errors import DomainError

UNPROCESSABLE, CONFLICT = 422, 409


def goal_url(
    request: TenantRequest, goal: Goal, name: str = "goals:goal_detail", *, fragment: str = "", **ids: Any
) -> str:
    """Return the address of one of the goal's pages."""
    address = portal_url(request.organization, name, goal_id=goal.pk, **ids)
    return f"{address}#{fragment}" if fragment else address


def take_step(
    request: TenantRequest,
    goal: Goal,
    *,
    allowed: bool,
    form: forms.Form,
    act: Callable[[], object],
    done: str,
    template: str,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Ask, or do and go back to the goal.

    Whoever is on neither side is refused (403). Where the goal has moved on, a reader is led to it with who moved it,
    and one who wrote keeps the words in the form (409).
    """
    if rules.side_of(request.member, goal) is None:
        raise PermissionDenied
    if not allowed and request.method != "POST":
        messages.info(request, moved_meanwhile(goal))
        return redirect(goal_url(request, goal))
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                act()
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = CONFLICT
            else:
                messages.success(request, done)
                return redirect(goal_url(request, goal))
    return render(request, template, {"goal": goal, "form": form, **(context or {})}, status=status)
