"""Proposing a goal, answering it, and how it ends."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goals import rules
from goals.enums import Result, Side
from goals.forms.goal import CompletionForm, OptionalReasonForm, ReasonForm
from goals.models import Goal
from goals.selectors.coach import set_aside_in
from goals.selectors.goals import goal_for
from goals.services import goals as services
from goals.views.coach import shown_aside
from goals.views.steps import take_step
from people.http import TenantRequest


class NoWordsForm(forms.Form):
    """A question that needs no words."""


def _data(request: TenantRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_POST
def goal_proposal(request: TenantRequest, goal_id: int) -> HttpResponse:
    """Put a draft to the other side."""
    goal = goal_for(request.member, goal_id)
    return take_step(
        request,
        goal,
        allowed=rules.can_propose(request.member, goal),
        form=NoWordsForm(request.POST),
        act=lambda: services.propose_goal(actor=request.member, goal=goal),
        done=_("The goal is proposed. The other side is asked for an answer."),
        template="goals/goal_refused.html",
    )


@require_POST
def goal_taking_back(request: TenantRequest, goal_id: int) -> HttpResponse:
    """Take a proposal back that nobody has answered."""
    goal = goal_for(request.member, goal_id)
    return take_step(
        request,
        goal,
        allowed=rules.can_take_back(request.member, goal),
        form=NoWordsForm(request.POST),
        act=lambda: services.take_back_goal(actor=request.member, goal=goal),
        done=_("The proposal is taken back. The goal is a draft again."),
        template="goals/goal_refused.html",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def goal_answer(request: TenantRequest, goal_id: int) -> HttpResponse:
    """Accept a proposed goal, or return it with what one would change."""
    goal = goal_for(request.member, goal_id)
    is_return = request.POST.get("answer") == "return"
    form = (ReasonForm if is_return else OptionalReasonForm)(_data(request))

    def act() -> Goal:
        if is_return:
            return services.return_goal(actor=request.member, goal=goal, reason=form.cleaned_data["reason"])
        return services.accept_goal(actor=request.member, goal=goal)

    done = _("The goal is returned with your words.") if is_return else _("The goal is agreed. It counts from now on.")
    return take_step(
        request,
        goal,
        allowed=rules.can_answer(request.member, goal),
        form=form,
        act=act,
        done=done,
        template="goals/goal_answer.html",
        context={
            "proposer": Side(goal.proposed_side).label if goal.proposed_side else "",
            "shown_aside": shown_aside(set_aside_in(goal)),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def goal_completion(request: TenantRequest, goal_id: int) -> HttpResponse:
    """Say how an agreed goal ended."""
    goal = goal_for(request.member, goal_id)
    form = CompletionForm(_data(request), label=_("What the result rests on"))
    return take_step(
        request,
        goal,
        allowed=rules.can_complete(request.member, goal),
        form=form,
        act=lambda: services.complete_goal(
            actor=request.member,
            goal=goal,
            result=Result(form.cleaned_data["result"]),
            reason=form.cleaned_data["reason"],
        ),
        done=_("The goal is completed. Say a word about it within three working days."),
        template="goals/goal_completion.html",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def goal_reopening(request: TenantRequest, goal_id: int) -> HttpResponse:
    """Take the completion of a goal back."""
    goal = goal_for(request.member, goal_id)
    form = ReasonForm(_data(request), label=_("Why does it go on?"))
    return take_step(
        request,
        goal,
        allowed=rules.can_reopen(request.member, goal),
        form=form,
        act=lambda: services.reopen_goal(actor=request.member, goal=goal, reason=form.cleaned_data["reason"]),
        done=_("The goal goes on."),
        template="goals/goal_step.html",
        context={"title": _("Open the goal again"), "button": _("Open it again")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def goal_cancellation(request: TenantRequest, goal_id: int) -> HttpResponse:
    """Give a goal up."""
    goal = goal_for(request.member, goal_id)
    form = ReasonForm(_data(request), label=_("Why is it given up?"))
    return take_step(
        request,
        goal,
        allowed=rules.can_cancel(request.member, goal),
        form=form,
        act=lambda: services.cancel_goal(actor=request.member, goal=goal, reason=form.cleaned_data["reason"]),
        done=_("The goal is given up. It stays on the record."),
        template="goals/goal_step.html",
        context={
            "title": _("Give the goal up"),
            "lead": _("It ends without a result and nothing is owed for it any more."),
            "button": _("Give it up"),
            "is_danger": True,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def goal_feedback(request: TenantRequest, goal_id: int) -> HttpResponse:
    """Say something about a goal, for the record."""
    goal = goal_for(request.member, goal_id)
    form = ReasonForm(_data(request), label=_("Your words"))
    return take_step(
        request,
        goal,
        allowed=rules.can_give_feedback(request.member, goal),
        form=form,
        act=lambda: services.give_feedback(actor=request.member, goal=goal, text=form.cleaned_data["reason"]),
        done=_("Your words are on the record of the goal."),
        template="goals/goal_step.html",
        context={
            "title": _("Say something about the goal"),
            "lead": _("What went well, what got in the way, what you would keep. Both of you read it."),
            "button": _("Put it on the record"),
        },
    )
