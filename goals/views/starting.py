"""Many goals at once: what would be made is shown first, and made with the same page."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from goals.enums import Measure
from goals.forms.starting import CopyForm, TeamGoalsForm
from goals.models import Cycle, Goal
from goals.selectors.starting import continuable_goals, copies_of, starts_from, team_of
from goals.selectors.structure import all_cycles, current_cycle, cycle_for, open_cycles, template_for
from goals.selectors.tree import objectives_visible_to
from goals.services.starting import CopyReport, copy_goals_forward, create_goals_from_template
from goals.structure_rules import can_set_goals_of_team
from people.addresses import portal_url
from people.asking import handed_in
from people.http import TenantRequest
from people.rules import is_manager
from people.selectors.accounts import employee_of
from pipcycle.errors import DomainError

_ask_or_act = require_http_methods(["GET", "HEAD", "POST"])
_FIGURES = (Measure.NUMBER, Measure.PERCENT)


@_ask_or_act
def copying(request: TenantRequest, cycle_id: int) -> HttpResponse:
    """Choose goals of an earlier cycle and copy them into this one."""
    cycle = cycle_for(cycle_id)
    if employee_of(request.member) is None:
        raise PermissionDenied
    source = _source(request, cycle)
    whose = request.GET.get("whose") or ("team" if is_manager(request.member) else "mine")
    goals = list(continuable_goals(request.member, source, whose=whose)) if source else []
    form = CopyForm(handed_in(request), goals=[goal.pk for goal in goals], initial=_dates(cycle))
    status = 200
    if request.method == "POST":
        answer = _copy(request, form, goals, cycle)
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    copies = copies_of(goals, cycle)
    context = {
        "cycle": cycle,
        "source": source,
        "sources": _sources(cycle),
        "whose": whose,
        "is_manager": is_manager(request.member),
        "form": form,
        "copies": copies,
        "chosen": set(form["goals"].value() or []) if form.is_bound else None,
        "has_any": any(copy.copied is None for copy in copies),
    }
    return render(request, "goals/copying.html", context, status=status)


@_ask_or_act
def team_goals(request: TenantRequest, template_id: int) -> HttpResponse:
    """Start a template's goal for many people, after a look at what would be made."""
    template = template_for(template_id)
    if not can_set_goals_of_team(request.member):
        raise PermissionDenied
    is_deep = request.GET.get("people") == "all"
    people = list(team_of(request.member, is_deep=is_deep))
    cycle = current_cycle()
    starts = starts_from(template, people, cycle) if cycle else []
    form = TeamGoalsForm(
        handed_in(request),
        people=people,
        cycles=open_cycles(),
        objectives=objectives_visible_to(request.member).filter(cycle__in=open_cycles()),
        has_figures=template.measure in _FIGURES,
        initial=_team_initial(cycle, starts),
    )
    status = 200
    if request.method == "POST":
        answer = _start(request, form, template)
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    context = {
        "goal_template": template,
        "form": form,
        "cycle": cycle,
        "rows": [_row(form, start) for start in starts],
        "has_figures": template.measure in _FIGURES,
        "is_deep": is_deep,
    }
    return render(request, "goals/team_goals.html", context, status=status)


def _copy(request: TenantRequest, form: CopyForm, goals: list[Goal], cycle: Cycle) -> HttpResponse | int:
    if not form.is_valid():
        return 422
    words = form.cleaned_data
    chosen = [goal for goal in goals if goal.pk in set(words["goals"])]
    try:
        report = copy_goals_forward(
            actor=request.member, goals=chosen, cycle=cycle, starts_on=words["starts_on"], due_on=words["due_on"]
        )
    except DomainError as error:
        form.add_error(None, str(error.message))
        return 409
    messages.success(request, _told(report))
    return redirect(f"{portal_url(request.organization, 'goals:goal_list')}?cycle={cycle.pk}&status=draft")


def _told(report: CopyReport) -> str:
    number = len(report.created)
    words = [ngettext("%(number)s draft made.", "%(number)s drafts made.", number) % {"number": number}]
    again = len(report.already)
    if again:
        words.append(
            ngettext("%(number)s was copied before.", "%(number)s were copied before.", again) % {"number": again}
        )
    return " ".join(words)


def _start(request: TenantRequest, form: TeamGoalsForm, template: Any) -> HttpResponse | int:
    if not form.is_valid():
        return 422
    words = form.cleaned_data
    try:
        made = create_goals_from_template(
            actor=request.member,
            template=template,
            cycle=words["cycle"],
            people=form.figures(),
            starts_on=words["starts_on"],
            due_on=words["due_on"],
            objective=words["objective"],
            is_proposed=bool(words["is_proposed"]),
        )
    except DomainError as error:
        form.add_error(None, str(error.message))
        return 409
    number = {"number": len(made)}
    if words["is_proposed"]:
        told = ngettext("%(number)s goal proposed.", "%(number)s goals proposed.", len(made)) % number
    else:
        told = ngettext("%(number)s draft made.", "%(number)s drafts made.", len(made)) % number
    messages.success(request, told)
    return redirect(f"{portal_url(request.organization, 'goals:goal_list')}?cycle={words['cycle'].pk}")


def _row(form: TeamGoalsForm, start: Any) -> dict[str, Any]:
    key = f"baseline_{start.employee.pk}"
    chosen = form["people"].value()
    is_chosen = start.standing is None if chosen is None else str(start.employee.pk) in {str(one) for one in chosen}
    return {"start": start, "figure": form[key] if key in form.fields else None, "is_chosen": is_chosen}


def _team_initial(cycle: Cycle | None, starts: list[Any]) -> dict[str, Any]:
    figures = {f"baseline_{start.employee.pk}": start.baseline for start in starts}
    return {**(_dates(cycle) if cycle else {}), "cycle": cycle, "is_proposed": "", **figures}


def _dates(cycle: Cycle) -> dict[str, datetime.date]:
    """Return the dates a goal of the cycle takes unless others are given."""
    return {"starts_on": min(max(cycle.starts_on, timezone.localdate()), cycle.ends_on), "due_on": cycle.ends_on}


def _sources(cycle: Cycle) -> list[Cycle]:
    return [one for one in all_cycles() if one.pk != cycle.pk and one.starts_on <= cycle.starts_on]


def _source(request: TenantRequest, cycle: Cycle) -> Cycle | None:
    """Return the cycle chosen to copy from, else the one that ended last before this one began."""
    sources = _sources(cycle)
    asked = request.GET.get("from", "")
    return next((one for one in sources if str(one.pk) == asked), sources[0] if sources else None)
