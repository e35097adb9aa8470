"""Changing what was agreed: a form, a side-by-side look, the other side's answer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goals import rules
from goals.diff import diff_rows
from goals.enums import Measure
from goals.forms.goal import AGREED, STEPS_PREFIX, OptionalReasonForm, RevisionForm, StepFormSet
from goals.models import Goal, GoalRevision
from goals.selectors.choices import metrics_for_goals
from goals.selectors.goals import goal_for, revision_for
from goals.services.moves import moved_meanwhile
from goals.services.revisions import (
    acknowledge_revision,
    compare_revision,
    decline_revision,
    propose_revision,
    withdraw_revision,
)
from goals.views.steps import CONFLICT, UNPROCESSABLE, goal_url
from people.http import TenantRequest
from pipcycle.errors import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
def goal_revision(request: TenantRequest, goal_id: int) -> HttpResponse:
    """Say what is to be agreed instead, see it beside what is agreed, then put it to the other side."""
    goal = goal_for(request.member, goal_id)
    if rules.side_of(request.member, goal) is None:
        raise PermissionDenied
    if not rules.can_revise(request.member, goal) and request.method != "POST":
        messages.info(request, moved_meanwhile(goal))
        return redirect(goal_url(request, goal))
    form, steps = _forms(request, goal)
    context: dict[str, Any] = {"goal": goal, "form": form, "steps": steps}
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid() and steps.is_valid():
            answer = _compare_or_propose(request, goal, form, steps, context)
            if isinstance(answer, HttpResponse):
                return answer
            status = answer
    return render(request, "goals/goal_revision.html", context, status=status)


def _compare_or_propose(
    request: TenantRequest, goal: Goal, form: RevisionForm, steps: Any, context: dict[str, Any]
) -> HttpResponse | int:
    wanted: dict[str, Any] = {"changes": form.agreed()}
    if form.cleaned_data["measure"] == Measure.MILESTONES:
        wanted["steps"] = [(step.title, step.due_on) for step in steps.steps()]
    try:
        if request.POST.get("step") != "propose":
            context["rows"] = diff_rows(compare_revision(goal=goal, **wanted), metric_names())
            return 200
        propose_revision(actor=request.member, goal=goal, reason=form.cleaned_data["reason"], **wanted)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return CONFLICT
    messages.success(request, _("The change is proposed. Nothing changes before the other side has acknowledged it."))
    return redirect(goal_url(request, goal))


def _forms(request: TenantRequest, goal: Goal) -> tuple[RevisionForm, Any]:
    data = request.POST if request.method == "POST" else None
    initial = {name: getattr(goal, name) for name in AGREED}
    kept = [{"title": step.title, "due_on": step.due_on} for step in goal.steps.all()]
    form = RevisionForm(data, initial=initial, metrics=metrics_for_goals())
    return form, StepFormSet(data, prefix=STEPS_PREFIX, initial=kept)


def metric_names() -> dict[int, str]:
    """Return the name of each metric by its id."""
    return dict(metrics_for_goals().model.objects.values_list("pk", "name"))


@require_POST
def revision_answer(request: TenantRequest, goal_id: int, number: int) -> HttpResponse:
    """Acknowledge, decline or withdraw a change."""
    goal = goal_for(request.member, goal_id)
    revision = revision_for(goal, number)
    answer = request.POST.get("answer")
    asks_other_side = answer in ("acknowledge", "decline")
    rule = rules.can_answer_revision if asks_other_side else rules.can_withdraw_revision
    if not rule(request.member, revision):
        raise PermissionDenied
    form = OptionalReasonForm(request.POST)
    try:
        done = _settle(request, revision, answer, form.cleaned_data["reason"] if form.is_valid() else "")
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        context = {"goal": goal, "form": form, "words": request.POST.get("reason", "")}
        return render(request, "goals/goal_refused.html", context, status=CONFLICT)
    messages.success(request, done)
    return redirect(goal_url(request, goal, fragment="revisions"))


def _settle(request: TenantRequest, revision: GoalRevision, answer: str | None, words: str) -> str:
    """Give the revision its answer and return what to say of it."""
    if answer == "acknowledge":
        acknowledge_revision(actor=request.member, revision=revision, comment=words)
        return _("The change is in force from now on.")
    if answer == "decline":
        decline_revision(actor=request.member, revision=revision, reason=words)
        return _("The change is declined. The goal stays as agreed.")
    withdraw_revision(actor=request.member, revision=revision)
    return _("The change is taken back.")
