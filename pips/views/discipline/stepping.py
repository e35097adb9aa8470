"""How every step of a disciplinary action is taken: a page that asks, a POST that does, words for who is too late."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from people.addresses import portal_url
from people.asking import attempt
from people.http import TenantRequest
from people.models import Membership
from pips.discipline_enums import ActionStatus
from pips.models import DisciplinaryAction
from pips.views.stepping import written_words

Rule = Callable[[Membership, DisciplinaryAction], bool]


def action_url(
    request: TenantRequest, action: DisciplinaryAction, name: str = "discipline:action_detail", *, fragment: str = ""
) -> str:
    """Return the address of one of the action's pages."""
    address = portal_url(request.organization, name, action_id=action.pk)
    return f"{address}#{fragment}" if fragment else address


def where_action_stands(action: DisciplinaryAction) -> str:
    """Return who moved the action last, when and to which state."""
    last = max(action.moves.all(), key=lambda move: (move.at, move.pk), default=None)
    if last is None or last.actor is None:
        return _("It is now: %(status)s.") % {"status": action.get_status_display()}
    return _("%(who)s moved it to “%(status)s” on %(when)s.") % {
        "who": last.actor,
        "status": last.get_target_display(),
        "when": date_format(timezone.localtime(last.at), "j F Y, H:i"),
    }


def action_step_is_over(request: TenantRequest, action: DisciplinaryAction) -> HttpResponse:
    """Answer a step that the action has left behind: a reader goes back, one who wrote keeps the words (409)."""
    explanation = where_action_stands(action)
    if request.method != "POST":
        messages.info(request, explanation)
        return redirect(action_url(request, action))
    context = {"action": action, "explanation": explanation, "written": written_words(request)}
    return render(request, "discipline/step_over.html", context, status=409)


def take_action_step(
    request: TenantRequest,
    action: DisciplinaryAction,
    *,
    rule: Rule,
    open_in: AbstractSet[ActionStatus],
    form: forms.BaseForm,
    act: Callable[[], object],
    done: str | Promise,
    template: str,
    context: dict[str, Any] | None = None,
    fragment: str = "",
) -> HttpResponse:
    """Ask (GET) or act (POST), then go back to the action, or to the address that ``act`` returns.

    A refusal of the domain stands above the form, every word kept. Raises PermissionDenied when the member may not take
    the step at all.
    """
    if action.status not in open_in:
        return action_step_is_over(request, action)
    if not rule(request.member, action):
        raise PermissionDenied

    def act_and_return() -> str:
        leads_to = act()
        return leads_to if isinstance(leads_to, str) else action_url(request, action, fragment=fragment)

    status = 200
    if request.method == "POST":
        answer = attempt(request, form, act_and_return, done=done)
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    return render(request, template, {"action": action, "form": form, **(context or {})}, status=status)
