"""Writing a goal: whom it is for, the draft, the words of an agreed one."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goals import rules
from goals.enums import Measure, Purpose, Visibility
from goals.forms.goal import STEPS_PREFIX, ForWhomForm, GoalForm, StepFormSet, WordsForm
from goals.models import Cycle, Goal
from goals.selectors.choices import (
    metrics_for_goals,
    objectives_for,
    open_cycles,
    people_to_set_goals_for,
    responsibilities_for,
)
from goals.selectors.goals import goal_for
from goals.services.goals import change_draft, change_words, draft_goal, propose_goal
from goals.services.wording import keep_set_aside
from goals.starters import facts_of_signal, signal_asked_for, start_goal
from goals.views.coach import coach_context
from goals.views.steps import UNPROCESSABLE, goal_url, take_step
from metrics.models import Signal
from people.http import TenantRequest
from people.models import Employee
from people.selectors.accounts import employee_of
from pipcycle.errors import DomainError

USUAL_DAYS = 90


@require_http_methods(["GET", "HEAD", "POST"])
def goal_new(request: TenantRequest) -> HttpResponse:
    """Begin a goal; without a person in the address, ask whom it is for."""
    signal = _signal_in(request)
    employee = signal.series.employee if signal is not None else _person_in(request)
    if employee is None:
        return _ask_for_whom(request)
    cycles = open_cycles(today=timezone.localdate())
    if not cycles.exists():
        return render(request, "goals/no_cycle.html", {"employee": employee})

    def save(form: GoalForm, steps: Any) -> Goal:
        cycle, facts = form.cleaned_data["cycle"], form.facts(steps.steps())
        if signal is not None:
            return start_goal(actor=request.member, signal=signal, cycle=cycle, facts=facts)
        return draft_goal(actor=request.member, employee=employee, cycle=cycle, facts=facts)

    initial = {**_fresh(cycles, request.GET), **(facts_of_signal(signal) if signal is not None else {})}
    return _form_page(request, employee=employee, goal=None, initial=initial, save=save)


def _signal_in(request: TenantRequest) -> Signal | None:
    """Return the signal the goal is to answer, if the address names one. Raises Http404 for one not to be answered."""
    wanted = request.GET.get("signal", "")
    if not wanted:
        return None
    signal = signal_asked_for(request.member, wanted)
    if signal is None:
        raise Http404
    return signal


def _person_in(request: TenantRequest) -> Employee | None:
    """Return whom the goal is for, or None where that is a question. Raises Http404 for anybody not to be chosen."""
    people = people_to_set_goals_for(request.member)
    own = employee_of(request.member)
    wanted = request.GET.get("employee", "")
    if not wanted and (own is None or people.count() > 1):
        return None
    employee = people.filter(pk=wanted or getattr(own, "pk", 0)).first() if (wanted or "0").isdecimal() else None
    if employee is None:
        raise Http404
    return employee


def _ask_for_whom(request: TenantRequest) -> HttpResponse:
    people = people_to_set_goals_for(request.member)
    if not people.exists():
        raise PermissionDenied
    form = ForWhomForm(request.GET if "choose" in request.GET else None, employees=people)
    context = {"form": form, "own": employee_of(request.member)}
    return render(request, "goals/goal_for_whom.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def goal_edit(request: TenantRequest, goal_id: int) -> HttpResponse:
    """Change a draft."""
    goal = goal_for(request.member, goal_id)
    if rules.side_of(request.member, goal) is None:
        raise PermissionDenied
    if not rules.can_write_draft(request.member, goal):
        messages.info(request, _("This goal is no draft any more."))
        return redirect(goal_url(request, goal))

    def save(form: GoalForm, steps: Any) -> Goal:
        return change_draft(
            actor=request.member, goal=goal, facts=form.facts(steps.steps()), cycle=form.cleaned_data["cycle"]
        )

    initial = {name: getattr(goal, name) for name in GoalForm.base_fields}
    return _form_page(request, employee=goal.employee, goal=goal, initial=initial, save=save)


def _form_page(
    request: TenantRequest, *, employee: Employee, goal: Goal | None, initial: Any, save: Any
) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form, steps = _forms(data, employee, goal, initial)
    if data is not None and form.is_valid() and steps.is_valid():
        try:
            saved = save(form, steps)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            aside = coach_context(employee, data, goal=saved)["aside"]
            return _saved(request, keep_set_aside(actor=request.member, goal=saved, aside=aside))
    typed = data if data is not None or goal is None else _as_typed(form, steps)
    coached = coach_context(employee, typed, goal=goal) if typed is not None else {}
    context = coached | {
        "form": form,
        "steps": steps,
        "employee": employee,
        "goal": goal,
        "is_own": employee == employee_of(request.member),
        "is_milestones": form["measure"].value() == Measure.MILESTONES,
    }
    status = UNPROCESSABLE if form.errors or (data is not None and not steps.is_valid()) else 200
    return render(request, "goals/goal_form.html", context, status=status)


def _forms(data: QueryDict | None, employee: Employee, goal: Goal | None, initial: Any) -> tuple[GoalForm, Any]:
    cycles = open_cycles(today=timezone.localdate())
    if goal is not None:
        cycles = cycles | Cycle.objects.filter(pk=goal.cycle_id)
    form = GoalForm(
        data,
        initial=initial,
        cycles=cycles,
        objectives=objectives_for(cycles),
        responsibilities=responsibilities_for(employee),
        metrics=metrics_for_goals(),
    )
    kept = [] if goal is None else [{"title": step.title, "due_on": step.due_on} for step in goal.steps.all()]
    return form, StepFormSet(data, prefix=STEPS_PREFIX, initial=kept)


def _as_typed(form: GoalForm, steps: Any) -> QueryDict:
    """Return the draft as its form would send it, for the coach beside it."""
    data = QueryDict(mutable=True)
    for part in (form, *steps.forms):
        for bound in part:
            value = getattr(bound.value(), "pk", bound.value())
            data[bound.html_name] = "" if value is None else str(value)
    return data


def _saved(request: TenantRequest, goal: Goal) -> HttpResponse:
    """Go on to the goal, or propose it at once where that was asked for."""
    if "set_aside" in request.POST or "take_back" in request.POST:
        messages.success(request, _("The draft is saved, with what is set aside."))
        return redirect(goal_url(request, goal, "goals:goal_edit", fragment="coach-title"))
    if request.POST.get("then") != "propose":
        messages.success(request, _("The draft is saved. Nobody is asked to agree before you propose it."))
        return redirect(goal_url(request, goal))
    try:
        propose_goal(actor=request.member, goal=goal)
    except DomainError as refusal:
        messages.error(request, _("The draft is saved but not proposed. %(why)s") % {"why": refusal})
        return redirect(goal_url(request, goal, "goals:goal_edit"))
    messages.success(request, _("The goal is proposed. The other side is asked for an answer."))
    return redirect(goal_url(request, goal))


def _fresh(cycles: Any, asked: QueryDict) -> dict[str, Any]:
    today = timezone.localdate()
    cycle = cycles.first()
    starts_on = max(today, cycle.starts_on)
    purpose = asked.get("purpose", "")
    return {
        "cycle": cycle,
        "measure": Measure.NUMBER,
        "direction": "higher",
        "weight": 1,
        "visibility": Visibility.PRIVATE,
        "purpose": purpose if purpose in Purpose.values else Purpose.PERFORMANCE,
        "title": asked.get("title", "")[:200],
        "starts_on": starts_on,
        "due_on": min(starts_on + datetime.timedelta(days=USUAL_DAYS), max(cycle.ends_on, starts_on)),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def goal_words(request: TenantRequest, goal_id: int) -> HttpResponse:
    """Change the words of an agreed goal; target, measure and dates are not among them."""
    goal = goal_for(request.member, goal_id)
    initial = {name: getattr(goal, name) for name in WordsForm.base_fields}
    form = WordsForm(request.POST if request.method == "POST" else None, initial=initial)
    return take_step(
        request,
        goal,
        allowed=rules.can_edit_words(request.member, goal),
        form=form,
        act=lambda: change_words(actor=request.member, goal=goal, **form.cleaned_data),
        done=_("The words are changed. The other side is told."),
        template="goals/goal_words.html",
    )
