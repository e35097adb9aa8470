"""Cycles of reviews: the list, planning one, and one cycle with how far it has come."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from documents.services.templates import provide_templates
from people.addresses import portal_url
from people.asking import ask, ask_or_act, handed_in
from people.http import TenantRequest
from pipcycle.errors import require
from reviews.enums import CYCLE_TRANSITIONS, CycleStatus, LateJoiners, StepKind
from reviews.forms.cycles import CycleForm, suggested_days, values_of
from reviews.models import ReviewCycle
from reviews.rules import can_follow_cycles, can_manage_cycles
from reviews.selectors.audience import dry_run_of, overlaps_of, wording_of, yet_to_take_in
from reviews.selectors.cycles import cycle_for, cycles_with_facts, distribution_of, progress_of
from reviews.services.cycles import change_cycle, plan_cycle

_WORKING = (CycleStatus.LAUNCHING, CycleStatus.CLOSING)


@require_safe
def cycle_list(request: TenantRequest) -> HttpResponse:
    """Show every cycle, the latest first."""
    require(can_follow_cycles(request.member))
    context = {"cycles": cycles_with_facts(), "may_manage": can_manage_cycles(request.member)}
    return render(request, "reviews/cycle_list.html", context)


@require_safe
def cycle(request: TenantRequest, cycle_id: int) -> HttpResponse:
    """Show a cycle: what it asks of whom by when, how far it has come, and what can be done with it."""
    require(can_follow_cycles(request.member))
    found = cycle_for(cycle_id)
    is_working = found.status in _WORKING
    if request.htmx and request.htmx.target == "cycle-progress":
        if not is_working:  # it was running when the page was drawn
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "reviews/cycle.html#progress", {"cycle": found})
    may_manage = can_manage_cycles(request.member)
    context = {
        "cycle": found,
        "is_working": is_working,
        "may_manage": may_manage,
        "moves": CYCLE_TRANSITIONS[CycleStatus(found.status)] if may_manage else frozenset(),
        "wording": wording_of(found),
        "today": timezone.localdate(),
        **(_plan_of(found) if found.is_planned else _course_of(found)),
    }
    return render(request, "reviews/cycle.html", context)


@ask_or_act
def cycle_new(request: TenantRequest) -> HttpResponse:
    """Plan a cycle."""
    require(can_manage_cycles(request.member))
    provide_templates()
    form = CycleForm(handed_in(request), initial=_next_cycle())

    def act() -> str:
        return plan_cycle(actor=request.member, dates=form.dates(), **form.facts()).get_absolute_url()

    return ask(
        request,
        form,
        act=act,
        done=_("The cycle is planned. Look at the dry run, then launch it."),
        template="reviews/cycle_form.html",
        context={"cycle": None, "back": portal_url(request.organization, "reviews:cycle_list")},
    )


@ask_or_act
def cycle_change(request: TenantRequest, cycle_id: int) -> HttpResponse:
    """Change a cycle that is planned."""
    require(can_manage_cycles(request.member))
    found = cycle_for(cycle_id)
    form = CycleForm(handed_in(request), initial=values_of(found))

    def act() -> str:
        return change_cycle(actor=request.member, cycle=found, dates=form.dates(), **form.facts()).get_absolute_url()

    return ask(
        request,
        form,
        act=act,
        done=_("Saved."),
        template="reviews/cycle_form.html",
        context={"cycle": found, "back": found.get_absolute_url()},
    )


def _plan_of(cycle: ReviewCycle) -> dict[str, Any]:
    return {"dry_run": dry_run_of(cycle), "overlaps": overlaps_of(cycle)}


def _course_of(cycle: ReviewCycle) -> dict[str, Any]:
    proposes = cycle.is_running and cycle.late_joiners != LateJoiners.LEAVE_OUT
    return {
        "progress": progress_of(cycle),
        "distribution": distribution_of(cycle),
        "joiners": yet_to_take_in(cycle).count() if proposes else 0,
        "calibration": next((step for step in cycle.steps.all() if step.kind == StepKind.CALIBRATION), None),
    }


def _next_cycle() -> dict[str, Any]:
    """Return facts to start from: the year so far, with days that leave everybody time."""
    today = timezone.localdate()
    return {
        "period_starts_on": today.replace(month=1, day=1),
        "period_ends_on": today,
        "leaves_out_on_notice": True,
        "accepts_late": True,
        "late_joiners": LateJoiners.ADD,
        **suggested_days(today),
    }
