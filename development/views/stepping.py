"""How every step of a plan is taken: a page that asks, a POST that does, and words for whoever comes too late."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect

from development.models import DevelopmentPlan
from development.rules import side_of
from development.services.moves import moved_meanwhile
from people.addresses import portal_url
from people.asking import ask
from people.http import TenantRequest


def plan_url(request: TenantRequest, plan: DevelopmentPlan, name: str = "plan", *, fragment: str = "") -> str:
    """Return the address of one of the plan's pages."""
    address = portal_url(request.organization, f"development:{name}", plan_id=plan.pk)
    return f"{address}#{fragment}" if fragment else address


def take_step(
    request: TenantRequest,
    plan: DevelopmentPlan,
    *,
    allowed: bool,
    form: forms.Form,
    act: Callable[[], object],
    done: str,
    template: str,
    context: dict[str, Any] | None = None,
    fragment: str = "",
    over: str = "",
) -> HttpResponse:
    """Ask, or do and go back to the plan.

    Whoever is on neither side is refused (403). Where the plan has moved on, a reader is led to it with who moved it,
    and one who wrote keeps the words in the form (409). ``over`` says what is over where the plan has not moved.
    """
    if side_of(request.member, plan) is None:
        raise PermissionDenied
    if not allowed and request.method != "POST":
        messages.info(request, over or moved_meanwhile(plan))
        return redirect(plan_url(request, plan))

    def act_and_return() -> str:
        act()
        return plan_url(request, plan, fragment=fragment)

    shown = {"plan": plan, **(context or {})}
    return ask(request, form, act=act_and_return, done=done, template=template, context=shown)
