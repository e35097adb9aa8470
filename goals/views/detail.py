"""The page of a goal: where it stands, what comes next, and its whole record."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goals import rules
from goals.diff import DiffRow, diff_rows
from goals.enums import GoalStatus, Measure, RevisionStatus
from goals.models import Goal, GoalRevision
from goals.progress import progress_of_figures, progress_of_steps
from goals.selectors.goals import goal_for, revisions_of, updates_of
from goals.views.revisions import metric_names
from people.addresses import portal_url
from people.http import TenantRequest
from people.models import Membership
from people.selectors.employees import employees_followed_by


@dataclass(frozen=True)
class Action:
    """Something the reader can do next; the first is the page's primary one. ``is_post`` needs no page of its own."""

    label: str
    url_name: str
    is_post: bool = False


@dataclass(frozen=True)
class ShownRevision:
    """A revision with its rows side by side, and what the reader may do with it."""

    revision: GoalRevision
    rows: list[DiffRow]
    can_answer: bool
    can_withdraw: bool


@require_safe
def goal_detail(request: TenantRequest, goal_id: int) -> HttpResponse:
    """Show one goal."""
    member = request.member
    goal = goal_for(member, goal_id)
    steps = list(goal.steps.all())
    revisions = _revisions(member, goal)
    side = rules.side_of(member, goal)
    context = {
        "goal": goal,
        "steps": steps,
        "progress": _progress(goal, [step.done_on is not None for step in steps]),
        "updates": updates_of(goal),
        "revisions": revisions,
        "pending": next((one for one in revisions if one.revision.status == RevisionStatus.PENDING), None),
        "side": side,
        "actions": _actions(member, goal),
        "can_tick": rules.can_update(member, goal),
        "moves": goal.transitions.select_related("actor__user").order_by("-at", "-pk"),
        "figures_url": _figures_url(member, goal),
        "returned": _last_return(goal),
    }
    return render(request, "goals/goal_detail.html", context)


def _progress(goal: Goal, done: list[bool]) -> float | None:
    if goal.measure == Measure.MILESTONES:
        return progress_of_steps(done)
    if goal.measure == Measure.YES_NO:
        return 100.0 if goal.current_value else None
    return progress_of_figures(
        baseline=goal.baseline, target=goal.target, current=goal.current_value, direction=goal.direction
    )


def _revisions(member: Membership, goal: Goal) -> list[ShownRevision]:
    found = list(revisions_of(goal))
    names = metric_names() if any("metric" in one.changes for one in found) else {}
    shown = []
    for revision in found:
        revision.goal = goal
        is_open = revision.status == RevisionStatus.PENDING and goal.status == GoalStatus.ACTIVE
        shown.append(
            ShownRevision(
                revision,
                diff_rows(revision.changes, names),
                can_answer=is_open and rules.can_answer_revision(member, revision),
                can_withdraw=is_open and rules.can_withdraw_revision(member, revision),
            )
        )
    return shown


def _actions(member: Membership, goal: Goal) -> list[Action]:
    """Return what the reader can do, the most pressing first."""
    possible = (
        (rules.can_answer, Action(_("Answer the proposal"), "goals:goal_answer")),
        (rules.can_propose, Action(_("Propose the goal"), "goals:goal_proposal", is_post=True)),
        (rules.can_write_draft, Action(_("Change the draft"), "goals:goal_edit")),
        (rules.can_take_back, Action(_("Take the proposal back"), "goals:goal_taking_back", is_post=True)),
        (rules.can_update, Action(_("Give an update"), "goals:goal_update")),
        (rules.can_complete, Action(_("Complete the goal"), "goals:goal_completion")),
        (rules.can_give_feedback, Action(_("Say something"), "goals:goal_feedback")),
        (rules.can_revise, Action(_("Propose a change"), "goals:goal_revision")),
        (rules.can_edit_words, Action(_("Edit the words"), "goals:goal_words")),
        (rules.can_reopen, Action(_("Open it again"), "goals:goal_reopening")),
        (rules.can_cancel, Action(_("Give the goal up"), "goals:goal_cancellation")),
    )
    return [action for rule, action in possible if rule(member, goal)]


def _figures_url(member: Membership, goal: Goal) -> str:
    """Return the path of the chart of the goal's metric where the reader may see it."""
    if goal.metric_id is None or not employees_followed_by(member).filter(pk=goal.employee_id).exists():
        return ""
    return portal_url(goal.organization, "metrics:series", employee_id=goal.employee_id, metric_id=goal.metric_id)


def _last_return(goal: Goal) -> Any:
    """Return the move that handed a draft back, with its reason, if that was the last one."""
    last = goal.transitions.select_related("actor__user").order_by("-at", "-pk").first()
    return last if goal.status == GoalStatus.DRAFT and last is not None and last.reason else None
