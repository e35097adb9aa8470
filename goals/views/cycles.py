"""Cycles: the list, one cycle with how far it has come, and its steps."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from goals.enums import CYCLE_TRANSITIONS, CycleKind, CycleStatus
from goals.forms.structure import ConfirmForm, CycleForm
from goals.models import Cycle
from goals.selectors.coverage import coverage_by_department, total_of
from goals.selectors.disclosure import for_reader
from goals.selectors.structure import all_cycles, current_cycle, cycle_for, unfinished_goals_of
from goals.services.cycles import archive_cycle, change_cycle, freeze_cycle, open_cycle, reopen_cycle
from goals.structure_rules import can_manage_cycles, can_read_cycles
from people.addresses import portal_url
from people.asking import ask, handed_in
from people.http import TenantRequest

_MONTHS = {CycleKind.YEAR: 12, CycleKind.HALF: 6, CycleKind.QUARTER: 3}
_ask_or_act = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def cycle_list(request: TenantRequest) -> HttpResponse:
    """Show every cycle, the latest first."""
    if not can_read_cycles(request.member):
        raise PermissionDenied
    context = {"cycles": all_cycles(), "current": current_cycle(), "may_manage": can_manage_cycles(request.member)}
    return render(request, "goals/cycle_list.html", context)


@require_safe
def cycle(request: TenantRequest, cycle_id: int) -> HttpResponse:
    """Show a cycle: its dates, how far the organization has come, and what can be done with it."""
    found = cycle_for(cycle_id)
    if not can_read_cycles(request.member):
        raise PermissionDenied
    departments = coverage_by_department(found)
    may_manage = can_manage_cycles(request.member)
    context = {
        "cycle": found,
        "total": total_of(departments),
        "departments": for_reader(request.member, departments),
        "may_manage": may_manage,
        "moves": CYCLE_TRANSITIONS[CycleStatus(found.status)] if may_manage else frozenset(),
        "today": timezone.localdate(),
    }
    return render(request, "goals/cycle.html", context)


@_ask_or_act
def cycle_new(request: TenantRequest) -> HttpResponse:
    """Open a cycle."""
    if not can_manage_cycles(request.member):
        raise PermissionDenied
    form = CycleForm(handed_in(request), initial=_next_cycle())
    return ask(
        request,
        form,
        act=lambda: open_cycle(actor=request.member, **form.cleaned_data).get_absolute_url(),
        done=_("The cycle is open. Everybody who has a manager is asked to propose goals."),
        template="goals/cycle_new.html",
        context={},
    )


@_ask_or_act
def cycle_change(request: TenantRequest, cycle_id: int) -> HttpResponse:
    """Change the facts of a cycle."""
    found = _managed(request, cycle_id)
    names = ("name", "kind", "starts_on", "ends_on", "propose_by", "update_every_weeks")
    form = CycleForm(handed_in(request), initial={name: getattr(found, name) for name in names})
    return ask(
        request,
        form,
        act=lambda: change_cycle(actor=request.member, cycle=found, **form.cleaned_data).get_absolute_url(),
        done=_("Saved. What is owed has moved with the dates."),
        template="goals/cycle_change.html",
        context={"cycle": found},
    )


@_ask_or_act
def cycle_freeze(request: TenantRequest, cycle_id: int) -> HttpResponse:
    """Ask before a cycle is frozen."""
    return _step(request, cycle_id, CycleStatus.FROZEN, freeze_cycle, _("The cycle is frozen."))


@_ask_or_act
def cycle_reopen(request: TenantRequest, cycle_id: int) -> HttpResponse:
    """Ask before a cycle is opened again."""
    return _step(request, cycle_id, CycleStatus.OPEN, reopen_cycle, _("The cycle is open again."))


@_ask_or_act
def cycle_archive(request: TenantRequest, cycle_id: int) -> HttpResponse:
    """Ask before a cycle is archived."""
    return _step(request, cycle_id, CycleStatus.ARCHIVED, archive_cycle, _("The cycle is archived."))


def _managed(request: TenantRequest, cycle_id: int) -> Cycle:
    found = cycle_for(cycle_id)
    if not can_manage_cycles(request.member):
        raise PermissionDenied
    return found


def _step(
    request: TenantRequest, cycle_id: int, target: CycleStatus, service: Callable[..., Cycle], done: Any
) -> HttpResponse:
    found = _managed(request, cycle_id)
    return ask(
        request,
        ConfirmForm(handed_in(request)),
        act=lambda: service(actor=request.member, cycle=found).get_absolute_url(),
        done=done,
        template="goals/cycle_step.html",
        context={
            "cycle": found,
            "target": target,
            "is_possible": target in CYCLE_TRANSITIONS[CycleStatus(found.status)],
            "unfinished": unfinished_goals_of(found).count(),
            "back": portal_url(request.organization, "goals:cycle", cycle_id=found.pk),
        },
    )


def _next_cycle() -> dict[str, Any]:
    """Return facts to start from: as long as the current cycle, from the day after it ends; else the next quarter."""
    current = current_cycle()
    today = timezone.localdate()
    kind = CycleKind(current.kind) if current else CycleKind.QUARTER
    first = max(current.ends_on + timedelta(days=1), today) if current else _month_after(today)
    return {
        "kind": kind,
        "starts_on": first,
        "ends_on": _last_day(first, months=_MONTHS[kind]),
        "propose_by": first + timedelta(days=21),
        "update_every_weeks": current.update_every_weeks if current else 4,
    }


def _month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _last_day(first: date, *, months: int) -> date:
    """Return the last day of so many months, the day's own among them."""
    following = first
    for _month in range(months):
        following = _month_after(following)
    return following - timedelta(days=1)
