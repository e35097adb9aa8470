"""Objectives: the alignment tree, one objective, and how they are written, changed and removed."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from goals.enums import CycleStatus
from goals.forms.structure import ConfirmForm
from goals.models import Cycle
from goals.selectors.coverage import coverage_by_department, total_of
from goals.selectors.disclosure import for_reader
from goals.selectors.structure import all_cycles, current_cycle, cycle_for
from goals.selectors.tree import (
    ancestors_of,
    children_of,
    goals_serving,
    objective_for,
)
from goals.selectors.tree import (
    objective_tree as tree_of,
)
from goals.services.objectives import change_objective, create_objective, remove_objective
from goals.structure_rules import can_change_objective, can_read_cycles, can_use_templates, levels_open_to
from goals.views.choices import objective_form
from people.addresses import portal_url
from people.asking import ask, handed_in
from people.http import TenantRequest, wants_part
from people.models import Department

_ask_or_act = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def objective_tree(request: TenantRequest) -> HttpResponse:
    """Show what every goal serves, from the organization down to the person."""
    cycle = _chosen_cycle(request)
    department = _chosen_department(request)
    context: dict[str, Any] = {
        "cycle": cycle,
        "cycles": all_cycles(),
        "department": department,
        "departments": Department.objects.all(),
        "levels": levels_open_to(request.member),
        "shows_cycles": can_read_cycles(request.member),
        "shows_templates": can_use_templates(request.member),
    }
    if cycle is not None:
        parts = coverage_by_department(cycle)
        shown = for_reader(request.member, parts)
        context |= {"roots": tree_of(cycle, request.member, department=department), "total": total_of(parts)}
        context |= {"breakdown": shown, "may_write": cycle.status != CycleStatus.ARCHIVED and bool(context["levels"])}
    template = "goals/objective_tree.html#tree" if wants_part(request) else "goals/objective_tree.html"
    return render(request, template, context)


@require_safe
def objective(request: TenantRequest, objective_id: int) -> HttpResponse:
    """Show an objective: what it serves, what serves it, and the goals below it the member may read."""
    found = objective_for(request.member, objective_id)
    goals, unlisted = goals_serving(request.member, found)
    context = {
        "objective": found,
        "ancestors": ancestors_of(found),
        "children": children_of(request.member, found),
        "goals": goals,
        "unlisted": unlisted,
        "may_change": found.cycle.status != CycleStatus.ARCHIVED and can_change_objective(request.member, found),
    }
    return render(request, "goals/objective.html", context)


@_ask_or_act
def objective_new(request: TenantRequest) -> HttpResponse:
    """Write an objective."""
    cycle = _chosen_cycle(request)
    if not levels_open_to(request.member) or cycle is None:
        raise PermissionDenied
    initial = {"parent": request.GET.get("parent", ""), "level": request.GET.get("level", "")}
    form = objective_form(request.member, cycle, handed_in(request), initial={k: v for k, v in initial.items() if v})
    return ask(
        request,
        form,
        act=lambda: create_objective(actor=request.member, cycle=cycle, **form.cleaned_data).get_absolute_url(),
        done=_("The objective stands in the tree. Goals can serve it from now on."),
        template="goals/objective_new.html",
        context={"cycle": cycle},
    )


@_ask_or_act
def objective_change(request: TenantRequest, objective_id: int) -> HttpResponse:
    """Change the words of an objective, what it serves and who leads it."""
    found = objective_for(request.member, objective_id)
    if not can_change_objective(request.member, found):
        raise PermissionDenied
    names = ("title", "why", "department", "owner", "parent")
    initial = {name: getattr(found, name) for name in names}
    form = objective_form(request.member, found.cycle, handed_in(request), initial=initial, of=found)

    def act() -> str:
        words = {name: value for name, value in form.cleaned_data.items() if name != "level"}
        return change_objective(actor=request.member, objective=found, **words).get_absolute_url()

    return ask(
        request,
        form,
        act=act,
        done=_("Saved."),
        template="goals/objective_change.html",
        context={"objective": found},
    )


@_ask_or_act
def objective_removal(request: TenantRequest, objective_id: int) -> HttpResponse:
    """Ask before an objective is taken away."""
    found = objective_for(request.member, objective_id)
    if not can_change_objective(request.member, found):
        raise PermissionDenied

    def act() -> str:
        address = f"{portal_url(request.organization, 'goals:objective_tree')}?cycle={found.cycle_id}"
        remove_objective(actor=request.member, objective=found)
        return address

    return ask(
        request,
        ConfirmForm(handed_in(request)),
        act=act,
        done=_("Removed. What served it serves the objective above now."),
        template="goals/objective_removal.html",
        context={
            "objective": found,
            "child_count": found.children.count(),
            "goal_count": found.goals.count(),
        },
    )


def _chosen_cycle(request: TenantRequest) -> Cycle | None:
    """Return the cycle asked for, else the current one, else the latest."""
    asked = request.GET.get("cycle", "")
    if asked.isdecimal():
        return cycle_for(int(asked))
    return current_cycle() or all_cycles().first()


def _chosen_department(request: TenantRequest) -> Department | None:
    asked = request.GET.get("department", "")
    return Department.objects.filter(pk=int(asked)).first() if asked.isdecimal() else None
