"""Writing the draft of a disciplinary action; the gates stand beside it while it is written."""

import hashlib
import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.asking import handed_in
from people.http import TenantRequest
from pipcycle.errors import DomainError
from pips.discipline_enums import ActionStatus
from pips.discipline_rules import can_edit_action
from pips.forms.discipline import ActionForm, saved_action
from pips.gates.action_content import levels_skipped
from pips.looking import one_look
from pips.models import DisciplinaryAction
from pips.selectors.discipline import action_for
from pips.selectors.forms import form_of_action
from pips.services.discipline.drafting import revise_action
from pips.views.discipline.stepping import action_step_is_over, action_url
from pips.views.discipline.wording import action_readiness, action_wording


@require_http_methods(["GET", "HEAD", "POST"])
def action_edit(request: TenantRequest, action_id: int) -> HttpResponse:
    """Show the draft, or save it."""
    action = action_for(request.member, action_id)
    if action.status != ActionStatus.DRAFTED:
        return action_step_is_over(request, action)
    if not can_edit_action(request.member, action):
        raise PermissionDenied
    form = ActionForm(handed_in(request), initial=saved_action(action), form=form_of_action(action))
    if request.method != "POST":
        return _page(request, action, form)
    return _save(request, action, form)


def fingerprint_of(action: DisciplinaryAction) -> str:
    """Return a short digest of the saved draft, to notice that somebody else has saved it in the meantime."""
    saved = json.dumps(saved_action(action), cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(saved.encode()).hexdigest()[:16]


def _save(request: TenantRequest, action: DisciplinaryAction, form: ActionForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, action, form, status=422)
    if request.POST.get("seen") != fingerprint_of(action):
        form.add_error(
            None,
            _(
                "Somebody else has saved this draft since you opened it. Your words are below and not saved yet: "
                "compare them with the saved draft in a second tab, then save again to replace it."
            ),
        )
        return _page(request, action, form, status=409)
    try:
        revise_action(actor=request.member, action=action, content=form.content())
    except DomainError as error:
        form.add_error(None, str(error))
        return _page(request, action, form, status=409)
    messages.success(request, _("Draft saved."))
    return HttpResponseRedirect(action_url(request, action, "discipline:action_edit"))


def _page(request: TenantRequest, action: DisciplinaryAction, form: ActionForm, *, status: int = 200) -> HttpResponse:
    with one_look(action):
        ready, wording = action_readiness(action), action_wording(request.member, action)
    asked = [move for move in action.moves.all() if move.target == ActionStatus.DRAFTED and move.source]
    context: dict[str, Any] = {
        "action": action,
        "form": form,
        **ready,
        "skipped": levels_skipped(action),
        "seen": request.POST.get("seen", "") if status == 422 else fingerprint_of(action),
        "changes": max(asked, key=lambda move: move.at, default=None),
        **wording,
    }
    return render(request, "discipline/action_edit.html", context, status=status)
