"""The page of a goal: where it stands, what comes next, and its whole record."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goals import rules
from goals.diff import DiffRow, diff_rows
from goals.enums import CycleStatus, GoalStatus, RevisionStatus, Side
from goals.models import Goal, GoalRevision, GoalUpdate
from goals.progress import progress_of
from goals.registry import goal_links
from goals.selectors.coach import set_aside_in
from goals.selectors.goals import goal_for, reads_record, revisions_of, updates_of
from goals.services.moves import person_on
from goals.views.coach import shown_aside
from goals.views.revisions import metric_names
from metrics.selectors.people import year_of_values
from people.addresses import portal_url
from people.http import TenantRequest
from people.models import Membership


@dataclass(frozen=True)
class Action:
    """Something the reader can do next; ``is_post`` needs no page of its own."""

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
    actions = _actions(member, goal)
    context: dict[str, Any] = {
        "goal": goal,
        "steps": steps,
        "progress": progress_of(goal, [step.done_on is not None for step in steps]),
        "primary": next((action for action in actions if action.url_name not in _ASIDE), None),
        "actions": actions,
        "links": goal_links(member, goal),
        "waits_for": _waits_for(member, goal),
        "can_tick": rules.can_update(member, goal) and goal.cycle.status != CycleStatus.ARCHIVED,
        "has_record": reads_record(member, goal),
    }
    if context["has_record"]:
        context |= _record(member, goal)
    else:
        context["is_face"] = True
    return render(request, "goals/goal_detail.html", context)


def _record(member: Membership, goal: Goal) -> dict[str, Any]:
    """Return what was said and done about the goal, for the people of the goal."""
    revisions, updates = _revisions(member, goal), list(updates_of(goal))
    moves = list(goal.transitions.select_related("actor__user").order_by("-at", "-pk"))
    is_returned = goal.status == GoalStatus.DRAFT and bool(moves) and bool(moves[0].reason)
    return {
        "updates": updates,
        "line": _line(goal, updates),
        "revisions": revisions,
        "pending": next((one for one in revisions if one.revision.status == RevisionStatus.PENDING), None),
        "moves": moves,
        "returned": moves[0] if is_returned and goal.proposed_at is not None else None,
        "figures_url": _figures_url(goal),
        "shown_aside": shown_aside(set_aside_in(goal)),
    }


def _revisions(member: Membership, goal: Goal) -> list[ShownRevision]:
    found = list(revisions_of(goal))
    names = metric_names() if any("metric" in one.changes for one in found) else {}
    shown = []
    for revision in found:
        revision.goal = goal
        is_open = (
            revision.status == RevisionStatus.PENDING
            and goal.status == GoalStatus.ACTIVE
            and goal.cycle.status != CycleStatus.ARCHIVED
        )
        shown.append(
            ShownRevision(
                revision,
                diff_rows(revision.changes, names),
                can_answer=is_open and rules.can_answer_revision(member, revision),
                can_withdraw=is_open and rules.can_withdraw_revision(member, revision),
            )
        )
    return shown


#: What is there to do and never what comes next.
_ASIDE = frozenset({"goals:goal_taking_back", "goals:goal_words", "goals:goal_reopening", "goals:goal_cancellation"})
#: What a frozen cycle takes no more (docs/adr/0014-goals.md).
_REFUSED_IN_FROZEN = frozenset({"goals:goal_answer", "goals:goal_proposal", "goals:goal_revision"})


def _actions(member: Membership, goal: Goal) -> list[Action]:
    """Return what the reader can do in the cycle as it stands, the most pressing first."""
    possible = (
        (rules.can_answer, Action(_("Answer the proposal"), "goals:goal_answer")),
        (rules.can_propose, Action(_("Propose the goal"), "goals:goal_proposal", is_post=True)),
        (rules.can_write_draft, Action(_("Change the draft"), "goals:goal_edit")),
        (
            rules.can_take_back,
            Action(_("Take the proposal back"), "goals:goal_taking_back", is_post=True),
        ),
        (rules.can_update, Action(_("Give an update"), "goals:goal_update")),
        (rules.can_complete, Action(_("Complete the goal"), "goals:goal_completion")),
        (rules.can_give_feedback, Action(_("Say something"), "goals:goal_feedback")),
        (rules.can_revise, Action(_("Propose a change"), "goals:goal_revision")),
        (rules.can_edit_words, Action(_("Edit the words"), "goals:goal_words")),
        (rules.can_reopen, Action(_("Open it again"), "goals:goal_reopening")),
        (rules.can_cancel, Action(_("Give the goal up"), "goals:goal_cancellation")),
    )
    if goal.cycle.status == CycleStatus.ARCHIVED:
        return []
    refused = _REFUSED_IN_FROZEN if goal.cycle.status == CycleStatus.FROZEN else frozenset()
    return [action for rule, action in possible if action.url_name not in refused and rule(member, goal)]


def _waits_for(member: Membership, goal: Goal) -> str:
    """Return who is asked to answer the proposal, for everybody but them."""
    if goal.status != GoalStatus.PROPOSED or rules.can_answer(member, goal):
        return ""
    person = person_on(Side(goal.proposed_side).other, goal)
    return "" if person is None else person.full_name


def _figures_url(goal: Goal) -> str:
    """Return the path of the chart of the goal's metric, for a reader who follows the employee."""
    if goal.metric_id is None:
        return ""
    return portal_url(goal.organization, "metrics:series", employee_id=goal.employee_id, metric_id=goal.metric_id)


def _line(goal: Goal, updates: Sequence[GoalUpdate]) -> Sequence[float]:
    """Return the values of an agreed goal as a line shows them: a year of its metric, else what was reported of it."""
    if not (goal.is_agreed and goal.is_measured):
        return []
    if goal.metric is not None:
        return year_of_values(goal.employee_id, goal.metric, today=timezone.localdate())
    reported = [update.value for update in reversed(updates) if update.value is not None]
    return [float(value) for value in (goal.baseline, *reported) if value is not None]
