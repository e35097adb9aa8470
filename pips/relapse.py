"""The relapse window: agreed beforehand, so that nobody passes and is then judged by what nobody defined."""

import datetime

from django.utils.translation import gettext_lazy as _

from people.models import Employee
from pips.days import day_for, today_for
from pips.enums import Outcome
from pips.models import Plan

#: What counts as a relapse where the draft says nothing else.
USUAL_TERMS = _(
    "A relapse is an expectation of this plan that was met and has slipped back behind its target, read from the same "
    "data source, at a follow-up or in two reports in a row. Anything else is a new matter, and leave never counts. "
    "A new plan within the window cites this plan and names the expectation; after it, every plan starts afresh."
)


def relapse_until(plan: Plan) -> datetime.date | None:
    """Return the last day of the window of a successful plan, None while there is none.

    Calendar days from the decision: leave does not lengthen it, because a longer window would be held against somebody.
    """
    if plan.outcome != Outcome.SUCCESSFUL or plan.decided_at is None or not plan.relapse_window_days:
        return None
    return day_for(plan.employee, plan.decided_at) + datetime.timedelta(days=plan.relapse_window_days)


def is_window_open(plan: Plan) -> bool:
    """Return whether today lies in the plan's relapse window."""
    until = relapse_until(plan)
    return until is not None and today_for(plan.employee) <= until


def plan_to_cite(employee: Employee, *, on: datetime.date, but: Plan | None = None) -> Plan | None:
    """Return the successful plan of the employee whose window holds the day, the latest if several, else None."""
    plans = Plan.objects.filter(
        employee=employee, outcome=Outcome.SUCCESSFUL, decided_at__isnull=False, relapse_window_days__gt=0
    ).order_by("-decided_at", "-pk")
    if but is not None and but.pk is not None:
        plans = plans.exclude(pk=but.pk)
    for plan in plans.select_related("employee__location", "employee__organization"):
        until = relapse_until(plan)
        if until is not None and on <= until:
            return plan
    return None


def plan_to_cite_in(plan: Plan) -> Plan | None:
    """Return the earlier plan this one must cite: the one whose window was open on the day this one was begun."""
    return plan_to_cite(plan.employee, on=day_for(plan.employee, plan.created_at), but=plan)
