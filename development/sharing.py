"""What other rooms show of development: sections of home and profile, a column of the team, points to talk about."""

import datetime
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from development.anniversaries import anniversary, years_marked
from development.enums import LIVE_ACTIONS, ActionStatus, DevelopmentStatus
from development.models import DevelopmentAction, JobStep
from development.rules import can_change_ladder, can_start_plan_for
from development.selectors.milestones import milestones_of, years_words
from development.selectors.plans import open_actions_of, plans_about, plans_visible_to, with_action_facts
from feedback.registry import TalkingPoint
from feedback.selectors.recognition import is_opted_out
from metrics.registry import TeamColumn, TeamFact
from people.addresses import portal_url
from people.models import Employee, JobDescription, Membership
from people.selectors.accounts import employee_of
from people.selectors.employees import employees_followed_by
from pipcycle.ui import search

MOST_ON_HOME = 4
MOST_ON_PROFILE = 5
MOST_POINTS = 3
#: An anniversary is worth a word this many days before and after it.
NEAR = datetime.timedelta(days=14)


def has_open_actions(member: Membership) -> bool:
    """Return whether the home page shows actions the member sees to."""
    return bool(home_context(member)["actions"])


def home_context(member: Membership) -> dict[str, Any]:
    """Return the open actions the member sees to, those due first at the top; looked up once."""
    if "open_development_actions" not in member.__dict__:
        own = employee_of(member)
        rows = [] if own is None else list(open_actions_of(own)[: MOST_ON_HOME + 1])
        today = timezone.localdate()
        actions = [
            {"action": one, "is_late": one.due_on < today, "is_own": one.plan.employee_id == one.owner_id}
            for one in rows[:MOST_ON_HOME]
        ]
        member.__dict__["open_development_actions"] = {"actions": actions, "has_more": len(rows) > MOST_ON_HOME}
    known: dict[str, Any] = member.__dict__["open_development_actions"]
    return known


def sees_development_of(member: Membership, employee: Employee) -> bool:
    """Return whether the profile shows a section on development: to whoever follows the employee."""
    return employees_followed_by(member).filter(pk=employee.pk).exists()


def profile_context(member: Membership, employee: Employee) -> dict[str, Any]:
    """Return the employee's latest plan the member may read."""
    plan = with_action_facts(plans_about(member, employee)).select_related("aim", "organization").first()
    return {
        "plan": plan,
        "can_begin": can_start_plan_for(member, employee) and (plan is None or not plan.is_open),
    }


def sees_milestones_of(member: Membership, employee: Employee) -> bool:
    """Return whether the profile shows milestones: where there are some, of somebody who does not mind."""
    return bool(_milestones(member, employee))


def milestones_context(member: Membership, employee: Employee) -> dict[str, Any]:
    """Return the latest milestones of the employee the member may see."""
    return {"milestones": _milestones(member, employee)[:MOST_ON_PROFILE]}


def _milestones(member: Membership, employee: Employee) -> list[Any]:
    """Return the milestones, looked up once for one page."""
    known: dict[int, list[Any]] = employee.__dict__.setdefault("known_milestones", {})
    if member.pk not in known:
        known[member.pk] = milestones_of(member, employee)
    return known[member.pk]


def team_columns(employee_ids: Collection[int]) -> list[TeamColumn]:
    """Return how far the running development plan of each person of a team is; one statement."""
    actions = DevelopmentAction.objects.filter(
        plan__employee__in=employee_ids, plan__status=DevelopmentStatus.RUNNING, status__in=LIVE_ACTIONS
    )
    today = timezone.localdate()
    counts = (
        actions.order_by()
        .values("plan__employee")
        .annotate(
            number=Count("pk"),
            done=Count("pk", filter=Q(status=ActionStatus.DONE)),
            late=Count("pk", filter=Q(status=ActionStatus.OPEN, due_on__lt=today)),
        )
    )
    facts = {row["plan__employee"]: _fact(row) for row in counts}
    return [TeamColumn(key="development", title=gettext_lazy("Development"), facts=facts)]


def _fact(row: dict[str, Any]) -> TeamFact:
    value = _("%(done)d of %(number)d done") % row
    if row["late"]:
        return TeamFact(value=value, note=_("%(late)d late") % row, kind="warning")
    return TeamFact(value=value)


def actions_to_talk_about(member: Membership, employee: Employee) -> Iterator[TalkingPoint]:
    """Yield the employee's development actions that are due or late."""
    today = timezone.localdate()
    due = (
        DevelopmentAction.objects.filter(
            plan__in=plans_visible_to(member).filter(employee=employee, status=DevelopmentStatus.RUNNING),
            status=ActionStatus.OPEN,
            due_on__lte=today + NEAR,
        )
        .select_related("plan")
        .order_by("due_on", "pk")
    )
    for action in due[:MOST_POINTS]:
        is_late = action.due_on < today
        words = _("Development action, was due on %(day)s") if is_late else _("Development action, due on %(day)s")
        yield TalkingPoint(
            title=action.title,
            note=words % {"day": date_format(action.due_on, "j F")},
            url=portal_url(member.organization, "development:action", action_id=action.pk),
            kind="warning" if is_late else "neutral",
        )


def anniversary_to_talk_about(_member: Membership, employee: Employee) -> Iterator[TalkingPoint]:
    """Yield the anniversary of the employee that is near, unless they would rather not appear."""
    if employee.hired_on is None:
        return
    today = timezone.localdate()
    marked = ((years, anniversary(employee.hired_on, years)) for years in years_marked())
    near = [(years, day) for years, day in marked if abs(day - today) <= NEAR]
    if near and not is_opted_out(employee):
        years, day = near[0]
        yield TalkingPoint(
            title=years_words(years),
            note=_("Anniversary on %(day)s") % {"day": date_format(day, "j F")},
            url=portal_url(employee.organization, "people:employee_detail", employee_id=employee.pk),
            kind="success",
        )


def find_plans(member: Membership, words: str) -> Iterable[search.SearchResult]:
    """Yield the development plans the member may read in whose person or actions every word is found."""
    found = plans_visible_to(member).select_related("employee", "organization")
    for word in words.split():
        found = found.filter(
            Q(employee__given_name__icontains=word)
            | Q(employee__family_name__icontains=word)
            | Q(pk__in=DevelopmentAction.objects.filter(title__icontains=word).values("plan"))
        )
    for plan in found.order_by("-created_at", "-pk")[: search.PER_PROVIDER]:
        yield search.SearchResult(
            title=_("Development plan: %(name)s") % {"name": plan.employee.full_name},
            url=plan.get_absolute_url(),
            note=plan.get_status_display(),
            icon="sprout",
        )


def sees_ladder_of(member: Membership, job: JobDescription) -> bool:
    """Return whether the page of a job shows its steps: where there are some, and to whoever adds them."""
    return can_change_ladder(member) or JobStep.objects.filter(Q(source=job) | Q(target=job)).exists()


def ladder_context(member: Membership, job: JobDescription) -> dict[str, Any]:
    """Return the steps that lead on from the job, and those that lead to it."""
    steps = list(JobStep.objects.filter(Q(source=job) | Q(target=job)).select_related("source", "target"))
    return {
        "onward": [step for step in steps if step.source_id == job.pk],
        "here": [step for step in steps if step.target_id == job.pk],
        "can_change": can_change_ladder(member),
    }
