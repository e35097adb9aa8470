"""What asks for a legal review of a plan (rules 4, 5 and 19). Only services and HR's own page read this."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from people.enums import LeaveKind
from people.models import Leave, ProtectedActivity
from pips.days import ONE_DAY, today_for
from pips.enums import AGREEMENT_COUNTRIES, WorksCouncil
from pips.models import Plan, PlanPolicy
from pips.selectors.policy import policy_now

#: Leave the law protects by its nature; any other is if HR says so. A holiday asks for no review.
PROTECTED_KINDS = (LeaveKind.MEDICAL.value, LeaveKind.FAMILY.value, LeaveKind.PARENTAL.value)

Trigger = dict[str, Any]


def triggers_of(plan: Plan) -> list[Trigger]:
    """Return what asks for a legal review of the plan today, oldest first.

    Complaints, requests for an accommodation, injuries and protected leave within the organization's window before
    today, leave still to come included (rule 4), what the plan itself does to the job (rule 5), and a works council
    that has not agreed to plans (rule 19).
    """
    policy = policy_now()
    since = today_for(plan.employee) - policy.legal_review_window_days * ONE_DAY
    found = [*_activities(plan, since), *_leaves(plan, since), *_effects(plan), *_representation(plan, policy)]
    return sorted(found, key=lambda trigger: (trigger["on"], trigger["about_type"], str(trigger["about_id"])))


def identity(trigger: Trigger) -> tuple[str, Any]:
    """Return what a trigger is about, so that one that was looked at once does not ask again."""
    return trigger["about_type"], trigger["about_id"]


def _activities(plan: Plan, since: datetime.date) -> Iterator[Trigger]:
    for activity in ProtectedActivity.objects.filter(employee=plan.employee_id, occurred_on__gte=since):
        yield _trigger(4, activity.kind, "protected_activity", activity.pk, activity.occurred_on)


def _leaves(plan: Plan, since: datetime.date) -> Iterator[Trigger]:
    recent = Q(ends_on__isnull=True) | Q(ends_on__gte=since)
    protected = Q(reason__is_protected=True) | Q(reason__kind__in=PROTECTED_KINDS)
    for leave in Leave.objects.filter(recent, protected, employee=plan.employee_id):
        yield _trigger(4, "leave", "leave", leave.pk, leave.starts_on)


def _effects(plan: Plan) -> Iterator[Trigger]:
    for effect in plan.employment_effects:
        yield _trigger(5, effect, "plan", effect, today_for(plan.employee))


def lacks_agreement(policy: PlanPolicy, countries: Iterable[str]) -> bool:
    """Return whether a works council has yet to agree: HR says so, or says nothing where the law asks for it."""
    if policy.employee_representation:
        return policy.employee_representation == WorksCouncil.MISSING
    return not AGREEMENT_COUNTRIES.isdisjoint(countries)


def _representation(plan: Plan, policy: PlanPolicy) -> Iterator[Trigger]:
    employee = plan.employee
    place = employee.location.country if employee.location is not None else employee.organization.country
    if lacks_agreement(policy, [place]):
        yield _trigger(19, "works_council", "policy", "works_council", today_for(employee))


def _trigger(rule: int, kind: str, about_type: str, about_id: int | str, on: datetime.date) -> Trigger:
    return {"rule": rule, "kind": kind, "about_type": about_type, "about_id": about_id, "on": on.isoformat()}
