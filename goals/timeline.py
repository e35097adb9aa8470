"""What goals tell in the case file of an employee: moves, changes of what was agreed, what was reported."""

import datetime
from collections.abc import Iterable, Iterator

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from goals.enums import Confidence, GoalStatus, RevisionStatus, UpdateKind
from goals.models import Goal, GoalRevision, GoalTransition, GoalUpdate
from goals.selectors.goals import goals_of
from people.addresses import portal_url
from people.enums import TimelineKind
from people.models import Employee, Membership
from people.registry import TimelineEvent

_TONES: dict[str, str] = {GoalStatus.ACTIVE: "key", GoalStatus.COMPLETED: "key", GoalStatus.CANCELLED: "warning"}


def timeline(
    member: Membership, employee: Employee, since: datetime.date | None, until: datetime.date | None
) -> Iterable[TimelineEvent]:
    """Yield what happened to the goals the reader may see; four statements.

    Whoever opens the case file follows the employee, so the record of each goal is theirs to read.
    """
    goals = {goal.pk: goal for goal in goals_of(member, employee)}
    if not goals:
        return
    yield from _moves(member, goals)
    yield from _revisions(member, goals)
    yield from _updates(member, goals)


def _moves(member: Membership, goals: dict[int, Goal]) -> Iterator[TimelineEvent]:
    moves = GoalTransition.objects.filter(goal__in=goals).exclude(target=GoalStatus.DRAFT).select_related("actor__user")
    for move in moves:
        words = {
            GoalStatus.PROPOSED: _("Goal proposed: %(goal)s"),
            GoalStatus.ACTIVE: _("Goal agreed: %(goal)s"),
            GoalStatus.COMPLETED: _("Goal completed: %(goal)s"),
            GoalStatus.CANCELLED: _("Goal given up: %(goal)s"),
        }
        goal = goals[move.goal_id]
        title = words[GoalStatus(move.target)] % {"goal": goal.title}
        yield _event(
            member, goal, at=move.at, title=title, body=move.reason, by=move.actor, tone=_TONES.get(move.target, "")
        )


def _revisions(member: Membership, goals: dict[int, Goal]) -> Iterator[TimelineEvent]:
    for revision in GoalRevision.objects.filter(goal__in=goals).select_related("proposed_by__user"):
        goal = goals[revision.goal_id]
        status = RevisionStatus(revision.status).label
        title = _("Change %(number)d of the goal %(goal)s: %(status)s") % {
            "number": revision.number, "goal": goal.title, "status": status,
        }  # fmt: skip
        body = "\n".join(filter(None, [revision.reason, revision.answer]))
        yield _event(member, goal, at=revision.proposed_at, title=title, body=body, by=revision.proposed_by)


def _updates(member: Membership, goals: dict[int, Goal]) -> Iterator[TimelineEvent]:
    updates = GoalUpdate.objects.filter(goal__in=goals).exclude(kind=UpdateKind.METRIC).select_related("author__user")
    for update in updates:
        goal = goals[update.goal_id]
        title = _("Feedback on the goal %(goal)s") if update.kind == UpdateKind.FEEDBACK else _("Update: %(goal)s")
        said = [str(Confidence(update.confidence).label) if update.confidence else "", update.comment]
        if update.value is not None:
            said.insert(0, _("Value %(value)s %(unit)s") % {"value": update.value.normalize(), "unit": goal.unit})
        body = "\n".join(filter(None, said))
        yield _event(member, goal, at=update.at, title=title % {"goal": goal.title}, body=body, by=update.author)


def _event(
    member: Membership,
    goal: Goal,
    *,
    at: datetime.datetime,
    title: str,
    body: str,
    by: Membership | None,
    tone: str = "",
) -> TimelineEvent:
    return TimelineEvent(
        at=at,
        room="goals",
        kind=TimelineKind.GOAL,
        title=Truncator(title).chars(200),
        body=body,
        by=str(by or ""),
        url=portal_url(member.organization, "goals:goal_detail", goal_id=goal.pk),
        tone=tone,
        about=("goal", goal.pk),
    )
