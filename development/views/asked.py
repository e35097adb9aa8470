"""Whom and what an address is about: the person, and what the thought starts from."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from development.origin import Origin
from goals.selectors.goals import goals_visible_to
from goals.starters import may_start
from metrics.models import Signal
from metrics.selectors.signals import signals_visible_to
from people.http import TenantRequest
from people.models import Competency, Employee
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_followed_by
from pips.enums import ENDED
from pips.selectors.plans import plans_by_standing

#: What a plan or an action can be started from, by its name in the address.
ORIGINS = ("competency", "signal", "goal", "outcome")


def person_in(request: TenantRequest) -> Employee:
    """Return whom the page is about: the person of what it starts from, the one named, else the member.

    Raises Http404 for anybody the member does not follow, PermissionDenied for a member who is nobody's employee.
    """
    wanted = _origin_person(request) or request.GET.get("employee", "")
    if not wanted:
        own = employee_of(request.member)
        if own is None:
            raise PermissionDenied
        wanted = own.pk
    people = employees_followed_by(request.member).select_related("organization", "job_description", "manager")
    employee: Employee = _one(people, wanted)
    return employee


def _origin_person(request: TenantRequest) -> int | None:
    """Return the key of the person a signal, a goal or an outcome in the address is about."""
    if "signal" in request.GET:
        return int(_signal(request).series.employee_id)
    if "goal" in request.GET:
        goal = _one(goals_visible_to(request.member), request.GET["goal"])
        return int(goal.employee_id)
    if "outcome" in request.GET:
        plan = _one(plans_by_standing(request.member).filter(status__in=ENDED), request.GET["outcome"])
        return int(plan.employee_id)
    return None


def origin_in(request: TenantRequest, employee: Employee) -> Origin:
    """Return what the address says the thought starts from. Raises Http404 for what the member may not see."""
    if "signal" in request.GET:
        return Origin(signal=_signal(request))
    if "goal" in request.GET:
        return Origin(goal=_one(goals_visible_to(request.member).filter(employee=employee), request.GET["goal"]))
    if "outcome" in request.GET:
        plans = plans_by_standing(request.member).filter(employee=employee, status__in=ENDED)
        return Origin(outcome_of=_one(plans, request.GET["outcome"]))
    if "competency" in request.GET:
        return Origin(competency=_one(Competency.objects.all(), request.GET["competency"]))
    return Origin()


def _signal(request: TenantRequest) -> Signal:
    """Return the signal of the address that the member may answer."""
    rows = signals_visible_to(request.member).select_related("series__employee__organization")
    signal: Signal = _one(rows, request.GET["signal"])
    if not may_start(request.member, signal):
        raise Http404
    return signal


def _one(rows: QuerySet[Any], key: str | int) -> Any:
    text = str(key)
    found = rows.filter(pk=text).first() if text.isdecimal() and len(text) <= 18 else None
    if found is None:
        raise Http404
    return found
