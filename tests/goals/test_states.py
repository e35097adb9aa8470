"""The states of a goal: the table, the service and the database agree about every move."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from goals.enums import GOAL_TRANSITIONS, GoalStatus, Result
from goals.models import Goal, GoalTransition
from goals.services.moves import move_goal
from pipcycle.errors import DomainError
from tests.cast import Person
from tests.goals.conftest import MakeGoal

GoalIn = Callable[[GoalStatus], Goal]


@pytest.fixture
def goal_in(make_goal: MakeGoal) -> GoalIn:
    """Return a function that makes a goal in a state."""
    return make_goal


def facts_for(target: GoalStatus) -> dict[str, Any]:
    """Return the columns the target state needs, whichever state the goal comes from."""
    now = timezone.now()
    agreed = target in {GoalStatus.ACTIVE, GoalStatus.COMPLETED}
    return {
        "proposed_side": "employee",
        "proposed_at": now,
        "accepted_at": now if agreed else None,
        "completed_at": now if target == GoalStatus.COMPLETED else None,
        "result": Result.REACHED if target == GoalStatus.COMPLETED else "",
        "ended_reason": "Because." if target == GoalStatus.CANCELLED else "",
    }


@pytest.mark.parametrize("source", GoalStatus)
def test_the_service_moves_a_goal_along_the_table_only(goal_in: GoalIn, bob: Person, source: GoalStatus) -> None:
    goal = goal_in(source)
    moved = set()
    for target in GoalStatus:
        try:
            with transaction.atomic():
                move_goal(goal=goal, target=target, actor=bob.member, side=None, reason="why", **facts_for(target))
                last = GoalTransition.objects.filter(goal=goal).order_by("-pk")[0]
                assert (last.source, last.target, last.reason) == (source, target, "why")
                moved.add(target)
                transaction.set_rollback(True)
        except DomainError as refusal:
            assert "Reload the page to see it." in str(refusal)  # noqa: PT017  # which of many targets refuses
        goal.refresh_from_db()
        assert goal.status == source

    assert moved == GOAL_TRANSITIONS[source]


@pytest.mark.parametrize("source", GoalStatus)
def test_the_database_moves_a_goal_along_the_table_only(goal_in: GoalIn, source: GoalStatus) -> None:
    goal = goal_in(source)
    moved = set()
    for target in GoalStatus:
        if target == source:
            continue
        try:
            with transaction.atomic():
                Goal.objects.filter(pk=goal.pk).update(status=target, **facts_for(target))
                moved.add(target)
                transaction.set_rollback(True)
        except DatabaseError as refusal:
            assert "Invalid transition" in str(refusal)  # noqa: PT017  # which of many targets refuses

    assert moved == GOAL_TRANSITIONS[source]


def test_only_a_cancelled_goal_is_the_end() -> None:
    assert [status for status in GoalStatus if not GOAL_TRANSITIONS[status]] == [GoalStatus.CANCELLED]
