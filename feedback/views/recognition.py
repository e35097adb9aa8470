"""Recognition: the wall of a team, giving it, taking it off."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feedback import recognition_rules as rules
from feedback.forms.notes import WordForm
from feedback.forms.recognition import RecognitionForm
from feedback.selectors.recognition import (
    goals_shown,
    goals_to_recognize,
    is_opted_out,
    own_walls,
    recognition_for,
    recognition_on_wall,
    values_offered,
    wall_is_open,
    wall_manager_for,
)
from feedback.services.recognition import give_recognition, set_wall_open, withdraw_recognition
from feedback.views.colleagues import ask_for_colleague, colleague_in
from feedback.views.note_steps import press
from people.addresses import portal_url
from people.asking import ask, handed_in
from people.http import TenantRequest
from people.models import Employee
from people.selectors.accounts import employee_of
from pipcycle.ui.pages import page_of

PAGE_SIZE = 30


@require_safe
def recognition_home(request: TenantRequest) -> HttpResponse:
    """Lead to the wall of the member's own team; without one, say what recognition is."""
    if not rules.can_recognize(request.member):
        raise PermissionDenied
    walls = own_walls(request.member)
    if not walls:
        return render(request, "feedback/recognition_home.html", {})
    chosen = next((manager for manager in walls if wall_is_open(manager)), walls[0])
    return HttpResponseRedirect(portal_url(request.organization, "feedback:wall", manager_id=chosen.pk))


@require_safe
def wall(request: TenantRequest, manager_id: int) -> HttpResponse:
    """Show the wall of a manager's team, latest first."""
    member = request.member
    manager = wall_manager_for(member, manager_id)
    rows = recognition_on_wall(member, manager).order_by("-given_at", "-pk")
    page = page_of(rows, number=request.GET.get("page"), size=PAGE_SIZE, load=lambda found: found)
    own = employee_of(member)
    context: dict[str, Any] = {
        "manager": manager,
        "page": page,
        "goal_ids": goals_shown(member, list(page.object_list)),
        "is_open": wall_is_open(manager),
        "can_open": rules.can_open_wall(member, manager),
        "can_recognize": rules.can_recognize(member),
        "walls": own_walls(member),
        "is_own": own is not None and own.pk == manager.pk,
        "own": own,
        "may_take_off": own is not None and own.pk == manager.pk,
    }
    return render(request, "feedback/wall.html", context)


@require_POST
def wall_opening(request: TenantRequest, manager_id: int) -> HttpResponse:
    """Open the wall of one's own team, or close it."""
    manager = wall_manager_for(request.member, manager_id)
    if not rules.can_open_wall(request.member, manager):
        raise PermissionDenied
    is_open = request.POST.get("turn") == "on"

    def act() -> str:
        set_wall_open(actor=request.member, manager=manager, is_open=is_open)
        return _("Your team has a wall now.") if is_open else _("The wall of your team is closed.")

    return press(request, act=act, back=portal_url(request.organization, "feedback:wall", manager_id=manager.pk))


@require_http_methods(["GET", "HEAD", "POST"])
def recognition_new(request: TenantRequest) -> HttpResponse:
    """Recognize a colleague; without a person in the address, ask whom."""
    if not rules.can_recognize(request.member):
        raise PermissionDenied
    receiver = colleague_in(request)
    if receiver is None:
        lead = _("Thanks in the open, with your name under it, for something that served a value or a goal.")
        words = {"title": _("Recognize a colleague"), "lead": lead, "button": _("Go on"), "is_recognition": True}
        return ask_for_colleague(request, words)
    goals = goals_to_recognize(request.member, receiver).order_by("-due_on", "pk")
    form = RecognitionForm(handed_in(request), values=values_offered(), goals=goals)

    def act() -> str:
        words = form.cleaned_data
        give_recognition(
            actor=request.member,
            receiver=receiver,
            text=words["text"],
            value=words.get("value"),
            goal=words.get("goal"),
        )
        return _after_giving(request, receiver)

    context = {
        "receiver": receiver,
        "is_unwilling": is_opted_out(receiver),
        "has_wall": receiver.manager is not None and wall_is_open(receiver.manager),
        "has_ties": "value" in form.fields or "goal" in form.fields,
    }
    done = _("%(name)s is told that somebody recognizes their work.") % {"name": receiver.full_name}
    return ask(request, form, act=act, done=done, template="feedback/recognition_form.html", context=context)


@require_http_methods(["GET", "HEAD", "POST"])
def recognition_withdrawal(request: TenantRequest, recognition_id: int) -> HttpResponse:
    """Take recognition off: who gave it, who received it, and the managers above them."""
    found = recognition_for(request.member, recognition_id)
    if not rules.can_withdraw_recognition(request.member, found):
        raise PermissionDenied
    form = WordForm(handed_in(request), label=_("Why, if you like to say it"))

    def act() -> str:
        withdraw_recognition(actor=request.member, recognition=found, reason=form.cleaned_data["words"])
        return portal_url(request.organization, "feedback:recognition_home")

    done = _("It is taken off. Who did it and why is kept for HR.")
    context = {"row": found}
    return ask(request, form, act=act, done=done, template="feedback/recognition_withdrawal.html", context=context)


def _after_giving(request: TenantRequest, receiver: Employee) -> str:
    own = employee_of(request.member)
    if own is not None and receiver.manager_id is not None and receiver.manager_id in (own.pk, own.manager_id):
        return portal_url(request.organization, "feedback:wall", manager_id=receiver.manager_id)
    return portal_url(request.organization, "feedback:recognition_home")
