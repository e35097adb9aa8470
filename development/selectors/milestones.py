"""Milestones of a person: years with the organization, goals met, and successes they chose to show.

Whoever does not want to appear in recognition has none, for anybody: it is one choice, made in the feedback room.
"""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import ngettext

from development.anniversaries import anniversaries
from development.models import ShownSuccess
from feedback.selectors.recognition import is_opted_out
from goals.enums import GoalStatus, Result
from goals.selectors.goals import goals_visible_to
from people.addresses import portal_url
from people.models import Employee, Membership
from people.selectors.accounts import employee_of
from pips.enums import Outcome
from pips.models import Plan
from pips.selectors.plans import plans_about

MOST_GOALS = 20


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """One thing worth remembering: when, what, and a page that tells more, for those who may read it."""

    on: datetime.date
    kind: str
    title: str
    url: str = ""


def milestones_of(member: Membership, employee: Employee) -> list[Milestone]:
    """Return the milestones the member may see, latest first; none of somebody who does not want to appear."""
    if is_opted_out(employee):
        return []
    found = [*_years(employee), *_goals(member, employee), *_successes(employee)]
    return sorted(found, key=lambda milestone: milestone.on, reverse=True)


def years_of(employee: Employee, until: datetime.date) -> list[tuple[int, datetime.date]]:
    """Return the anniversaries of the employee up to a day, to the end of the employment at the latest."""
    if employee.hired_on is None:
        return []
    return anniversaries(employee.hired_on, min(until, employee.left_on or until))


def years_words(years: int) -> str:
    """Return the anniversary in words."""
    return ngettext("%(years)d year here", "%(years)d years here", years) % {"years": years}


def _years(employee: Employee) -> list[Milestone]:
    marked = years_of(employee, timezone.localdate())
    return [Milestone(on=day, kind="years", title=years_words(years)) for years, day in marked]


def _goals(member: Membership, employee: Employee) -> list[Milestone]:
    reached = goals_visible_to(member).filter(
        employee=employee, status=GoalStatus.COMPLETED, result=Result.REACHED, completed_at__isnull=False
    )
    rows = reached.order_by("-completed_at", "-pk")[:MOST_GOALS]
    return [
        Milestone(
            on=timezone.localtime(goal.completed_at).date(),
            kind="goal",
            title=goal.title,
            url=portal_url(member.organization, "goals:goal_detail", goal_id=goal.pk),
        )
        for goal in rows
        if goal.completed_at is not None
    ]


def _successes(employee: Employee) -> list[Milestone]:
    shown = ShownSuccess.objects.filter(employee=employee).select_related("plan")
    return [Milestone(on=_decided_on(success), kind="success", title=success.words) for success in shown]


def _decided_on(success: ShownSuccess) -> datetime.date:
    return timezone.localtime(success.plan.decided_at or success.shown_at).date()


def own_successes(member: Membership) -> QuerySet[Plan]:
    """Return the member's own plans that ended well, which they alone may show."""
    own = employee_of(member)
    if own is None:
        return Plan.objects.none()
    return plans_about(member, own).filter(employee=own, outcome=Outcome.SUCCESSFUL)


def shown_of(employee: Employee) -> dict[int, ShownSuccess]:
    """Return what the employee chose to show, by plan."""
    return {success.plan_id: success for success in ShownSuccess.objects.filter(employee=employee)}
