"""An action of a plan: proposed, answered, brought further, ended."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from development import rules
from development.forms.plans import ActionForm
from development.forms.steps import ProgressForm, ReasonForm, UpdateForm
from development.selectors.plans import action_for, evidence_file_for, plan_for
from development.selectors.starting import action_rows
from development.services.actions import accept_action, decline_action, drop_action, propose_action, update_action
from development.views.asked import origin_in
from development.views.choices import choices_for
from development.views.plan import actions_context, shown_action
from development.views.stepping import plan_url, take_step
from goals.services.evidence import handed_file
from people.asking import CONFLICT, UNPROCESSABLE, ask, ask_or_act, handed_in
from people.http import TenantRequest, wants_part
from pipcycle.errors import DomainError, require
from pipcycle.exports import file_response


@ask_or_act
def action_new(request: TenantRequest, plan_id: int) -> HttpResponse:
    """Propose a further action for an agreed plan, filled in from what it starts from."""
    plan = plan_for(request.member, plan_id)
    origin = origin_in(request, plan.employee)
    first: dict[str, Any] = next(iter(action_rows(plan.employee, origin)), {})
    form = ActionForm(handed_in(request), choices=choices_for(plan.employee), initial=first)
    return take_step(
        request,
        plan,
        allowed=rules.can_propose_action(request.member, plan),
        form=form,
        act=lambda: propose_action(actor=request.member, plan=plan, facts=form.facts(), origin=origin),
        done=_("The action is proposed. It counts once the other side has accepted it."),
        template="development/action_new.html",
        fragment="actions",
    )


@ask_or_act
def action(request: TenantRequest, action_id: int) -> HttpResponse:
    """Show an action with its record, and take in how far it is."""
    shown = action_for(request.member, action_id)
    if request.method == "POST":
        require(rules.side_of(request.member, shown.plan) is not None)
    form = UpdateForm(handed_in(request), request.FILES or None, action=shown)
    row = shown_action(request.member, shown)

    def act() -> str:
        said = form.cleaned_data
        file = handed_file(said.pop("evidence"))
        update_action(actor=request.member, action=shown, evidence=file, **said)
        return plan_url(request, shown.plan, fragment="actions")

    return ask(
        request,
        form,
        act=act,
        done=_("Your update is on the record."),
        template="development/action.html",
        context={"row": row, "updates": list(shown.updates.select_related("author__user"))},
    )


@require_POST
def action_progress(request: TenantRequest, action_id: int) -> HttpResponse:
    """Take in how far an action is from its row; htmx gets the section again, a plain browser the plan."""
    shown = action_for(request.member, action_id)
    form = ProgressForm(request.POST, action=shown)
    error, status = "", 200
    if form.is_valid():
        try:
            update_action(actor=request.member, action=shown, progress=form.cleaned_data["progress"])
        except DomainError as refusal:
            error, status = str(refusal), CONFLICT
    else:
        error, status = _("Progress is a whole number from 0 to 100."), UNPROCESSABLE
    if not wants_part(request):
        messages.add_message(
            request, messages.ERROR if error else messages.SUCCESS, error or _("Your update is on the record.")
        )
        return redirect(plan_url(request, shown.plan, fragment="actions"))
    plan = plan_for(request.member, shown.plan_id)
    context = {**actions_context(request.member, plan), "error": error, "touched": action_id}
    return render(request, "development/plan.html#actions", context, status=status)


@require_safe
def evidence(request: TenantRequest, file_id: int) -> HttpResponse:
    """Hand a file to somebody who may read the plan of its action; it is never shown inside the portal."""
    file = evidence_file_for(request.member, file_id)
    return file_response(filename=file.filename, content_type=file.content_type, content=bytes(file.content))


@ask_or_act
def action_answer(request: TenantRequest, action_id: int) -> HttpResponse:
    """Accept a proposed action, or decline it with a reason."""
    asked = action_for(request.member, action_id)
    is_accepted = request.POST.get("answer") == "accept"
    form = ReasonForm(handed_in(request), label=_("Why not?"), is_optional=is_accepted)

    def act() -> None:
        if is_accepted:
            accept_action(actor=request.member, action=asked)
        else:
            decline_action(actor=request.member, action=asked, reason=form.cleaned_data["reason"])

    return take_step(
        request,
        asked.plan,
        allowed=rules.can_answer_action(request.member, asked),
        form=form,
        act=act,
        done=_("The action is part of the plan now.") if is_accepted else _("The action is declined."),
        template="development/action_answer.html",
        context={"action": asked},
        fragment="actions",
    )


@ask_or_act
def action_ending(request: TenantRequest, action_id: int) -> HttpResponse:
    """End an action undone, or take a proposal back."""
    ended = action_for(request.member, action_id)
    form = ReasonForm(handed_in(request), label=_("Why does it end undone?"))
    return take_step(
        request,
        ended.plan,
        allowed=rules.can_drop_action(request.member, ended),
        form=form,
        act=lambda: drop_action(actor=request.member, action=ended, reason=form.cleaned_data["reason"]),
        done=_("The action is ended."),
        template="development/action_ending.html",
        context={"action": ended},
        fragment="actions",
    )
