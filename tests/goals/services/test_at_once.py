"""Two people at once: one wins, the other is told."""

from decimal import Decimal

import pytest

from goals.enums import GoalStatus, RevisionStatus
from goals.models import Goal, GoalRevision
from goals.services.goals import accept_goal, return_goal, take_back_goal
from goals.services.revisions import acknowledge_revision, propose_revision, withdraw_revision
from tests.cast import Person
from tests.goals.conftest import MakeGoal
from tests.support.at_once import at_once


@pytest.fixture
def committed(transactional_db: None) -> None:
    """Rows are committed, so that other connections see them."""


@pytest.mark.usefixtures("committed")
def test_acknowledging_and_withdrawing_at_once_settles_a_change_once(
    make_goal: MakeGoal, alice: Person, bob: Person
) -> None:
    revision = propose_revision(actor=bob.member, goal=make_goal(), changes={"target": 3}, reason="Split.")

    def own() -> GoalRevision:
        return GoalRevision.objects.select_related("goal__employee", "goal__cycle").get(pk=revision.pk)

    results = at_once(
        bob.organization.pk,
        lambda: acknowledge_revision(actor=alice.member, revision=own()),
        lambda: withdraw_revision(actor=bob.member, revision=own()),
    )

    revision.refresh_from_db()
    goal = Goal.objects.get()
    assert results[0] == "done"
    assert "settled already" in results[1]
    is_in_force = revision.status == RevisionStatus.ACKNOWLEDGED
    assert (goal.target, goal.revision_number) == ((Decimal(3), 1) if is_in_force else (Decimal(2), 0))


@pytest.mark.usefixtures("committed")
def test_a_proposal_is_answered_once(make_goal: MakeGoal, alice: Person, bob: Person, carol: Person) -> None:
    goal = make_goal(GoalStatus.PROPOSED)

    def own() -> Goal:
        return Goal.objects.select_related("employee", "cycle", "organization").get(pk=goal.pk)

    results = at_once(
        bob.organization.pk,
        lambda: accept_goal(actor=bob.member, goal=own()),
        lambda: return_goal(actor=carol.member, goal=own(), reason="Later."),
        lambda: take_back_goal(actor=alice.member, goal=own()),
    )

    assert results[0] == "done"
    assert all("moved this goal to" in refusal for refusal in results[1:])
    assert goal.transitions.count() == 3
