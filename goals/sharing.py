"""What other rooms show of goals: marks on charts, a column of the team page, sections of home and profile."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals import rules
from goals.enums import Confidence, GoalStatus, Result
from goals.models import Goal
from goals.selectors.goals import goals_of, goals_visible_to
from goals.selectors.progress import with_progress
from metrics.registry import ChartMark, TeamColumn, TeamFact
from people.models import Employee, Membership
from people.selectors.accounts import employee_of

MOST_ON_HOME = 6
_SHOWN = (GoalStatus.ACTIVE, GoalStatus.COMPLETED)


def chart_marks(employee_id: int, metric_ids: Collection[int]) -> Mapping[int, Sequence[ChartMark]]:
    """Return the agreed targets that follow the metrics, as marks on the charts of the employee."""
    marks: dict[int, list[ChartMark]] = defaultdict(list)
    goals = Goal.objects.select_related("organization").filter(
        employee=employee_id, metric__in=metric_ids, status__in=_SHOWN, target__isnull=False
    )
    for goal in goals:
        if goal.metric_id is not None and goal.target is not None:
            marks[goal.metric_id].append(
                ChartMark(goal.title, float(goal.target), goal.starts_on, goal.due_on, goal.get_absolute_url())
            )
    return marks


def team_columns(employee_ids: Collection[int]) -> list[TeamColumn]:
    """Return how many agreed goals each person of a team has, how many are reached, and whether one is off track."""
    goals = Goal.objects.filter(employee__in=employee_ids, status__in=_SHOWN)
    counts = (
        goals.order_by()
        .values("employee")
        .annotate(
            agreed=Count("pk"),
            reached=Count("pk", filter=Q(result=Result.REACHED)),
            off_track=Count("pk", filter=Q(status=GoalStatus.ACTIVE, confidence=Confidence.OFF_TRACK)),
            late=Count("pk", filter=Q(status=GoalStatus.ACTIVE, due_on__lt=timezone.localdate())),
        )
    )
    facts = {row["employee"]: _fact(row) for row in counts}
    return [TeamColumn(key="goals", title=gettext_lazy("Goals"), facts=facts)]


def _fact(row: Mapping[str, int]) -> TeamFact:
    value = _("%(reached)d of %(agreed)d reached") % row
    if row["late"]:
        return TeamFact(value=value, note=_("%(late)d past its date") % row, kind="warning")
    if row["off_track"]:
        return TeamFact(value=value, note=_("%(off_track)d off track") % row, kind="warning")
    return TeamFact(value=value)


def has_running_goals(member: Membership) -> bool:
    """Return whether the home page shows the member's own goals."""
    own = employee_of(member)
    return own is not None and Goal.objects.filter(employee=own, status=GoalStatus.ACTIVE).exists()


def home_context(member: Membership) -> dict[str, Any]:
    """Return the member's own running goals, those due first at the top."""
    own = employee_of(member)
    goals = with_progress(goals_visible_to(member).filter(employee=own, status=GoalStatus.ACTIVE))
    rows = list(goals.select_related("organization").order_by("due_on", "pk")[: MOST_ON_HOME + 1])
    return {"goals": rows[:MOST_ON_HOME], "has_more": len(rows) > MOST_ON_HOME}


def sees_goals_of(member: Membership, employee: Employee) -> bool:
    """Return whether the profile shows a section on goals."""
    return rules.side_towards(member, employee) is not None or goals_of(member, employee).exists()


def profile_context(member: Membership, employee: Employee) -> dict[str, Any]:
    """Return the employee's running and proposed goals the member may read."""
    running = (GoalStatus.DRAFT, GoalStatus.PROPOSED, GoalStatus.ACTIVE)
    goals = with_progress(goals_of(member, employee).filter(status__in=running)).order_by("due_on", "pk")
    return {"goals": list(goals[:20]), "can_draft": rules.can_draft_goal_for(member, employee)}
