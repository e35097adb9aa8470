"""Nobody's goalposts move in silence."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from goals.diff import diff_rows
from goals.enums import CycleStatus, Measure, Result, RevisionStatus
from goals.inputs import StepInput
from goals.models import Cycle, Goal
from goals.obligations import Owed
from goals.services.goals import complete_goal
from goals.services.revisions import (
    acknowledge_revision,
    compare_revision,
    decline_revision,
    propose_revision,
    withdraw_revision,
)
from pipcycle.errors import DomainError
from reminders.models import Obligation
from tests.cast import Person
from tests.goals.conftest import MakeGoal

WHY = "The product line was split; half of the volume is gone."


def owed(goal: Goal) -> list[str]:
    """Return who owes an answer to a change of the goal."""
    open_ones = Obligation.objects.filter(about_id=goal.pk, kind=Owed.ACKNOWLEDGE_REVISION, status="open")
    return [str(one.owner) for one in open_ones]


def test_a_change_is_in_force_once_the_other_side_has_acknowledged_it(
    make_goal: MakeGoal, alice: Person, bob: Person
) -> None:
    goal = make_goal()
    later = goal.due_on + datetime.timedelta(days=14)

    revision = propose_revision(
        actor=bob.member, goal=goal, changes={"target": Decimal(3), "due_on": later, "unit": "%"}, reason=WHY
    )
    goal.refresh_from_db()
    assert (goal.target, goal.revision_number, owed(goal)) == (Decimal(2), 0, ["Alice Archer"])
    assert revision.changes == {"target": ["2", "3"], "due_on": [goal.due_on.isoformat(), later.isoformat()]}

    acknowledge_revision(actor=alice.member, revision=revision, comment="Fair.")

    goal.refresh_from_db()
    assert (goal.target, goal.due_on, goal.revision_number, owed(goal)) == (Decimal(3), later, 1, [])
    assert (revision.status, revision.answer, revision.answered_by) == (
        RevisionStatus.ACKNOWLEDGED, "Fair.", alice.member,
    )  # fmt: skip


def test_the_side_that_proposes_does_not_answer(make_goal: MakeGoal, alice: Person, bob: Person, hana: Person) -> None:
    revision = propose_revision(actor=bob.member, goal=make_goal(), changes={"target": Decimal(3)}, reason=WHY)

    for other in (bob, hana):
        with pytest.raises(PermissionDenied):
            acknowledge_revision(actor=other.member, revision=revision)
    with pytest.raises(PermissionDenied):
        withdraw_revision(actor=alice.member, revision=revision)


def test_declining_needs_a_reason_and_leaves_the_goal(make_goal: MakeGoal, alice: Person, bob: Person) -> None:
    goal = make_goal()
    revision = propose_revision(actor=bob.member, goal=goal, changes={"target": Decimal(1)}, reason=WHY)
    with pytest.raises(DomainError, match="Say why not"):
        decline_revision(actor=alice.member, revision=revision, reason="")

    decline_revision(actor=alice.member, revision=revision, reason="Half of the support never came.")

    goal.refresh_from_db()
    assert (goal.target, goal.revision_number, revision.status) == (Decimal(2), 0, RevisionStatus.DECLINED)


def test_numbers_go_on_after_what_was_declined_or_withdrawn(make_goal: MakeGoal, alice: Person, bob: Person) -> None:
    goal = make_goal()
    first = propose_revision(actor=bob.member, goal=goal, changes={"target": Decimal(1)}, reason=WHY)
    withdraw_revision(actor=bob.member, revision=first)
    second = propose_revision(actor=alice.member, goal=goal, changes={"target": Decimal(3)}, reason=WHY)
    acknowledge_revision(actor=bob.member, revision=second)

    goal.refresh_from_db()
    assert (first.number, second.number, goal.revision_number) == (1, 2, 2)


def test_one_change_waits_at_a_time_and_completion_waits_for_it(make_goal: MakeGoal, bob: Person) -> None:
    goal = make_goal()
    propose_revision(actor=bob.member, goal=goal, changes={"target": Decimal(3)}, reason=WHY)

    with pytest.raises(DomainError, match="waits for an answer already"):
        propose_revision(actor=bob.member, goal=goal, changes={"target": Decimal(4)}, reason=WHY)
    with pytest.raises(DomainError, match="Settle it first"):
        complete_goal(actor=bob.member, goal=goal, result=Result.REACHED, reason="Done.")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"target": Decimal("2.000")}, "Nothing differs"),
        ({"target": None}, "both figures are needed"),
        ({"due_on": datetime.date(2020, 1, 1)}, "comes before the first day"),
        ({"measure": Measure.MILESTONES, "baseline": None, "target": None}, "at least one milestone"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(
    changes: dict[str, object], message: str, make_goal: MakeGoal, bob: Person
) -> None:
    goal = make_goal()

    with pytest.raises(DomainError, match=message):
        propose_revision(actor=bob.member, goal=goal, changes=changes, reason=WHY)
    assert not goal.revisions.exists()


def test_a_frozen_cycle_takes_no_change(make_goal: MakeGoal, cycle: Cycle, bob: Person) -> None:
    goal = make_goal()
    Cycle.objects.filter(pk=cycle.pk).update(status=CycleStatus.FROZEN)
    goal.cycle.refresh_from_db()

    with pytest.raises(DomainError, match="keep what was agreed"):
        propose_revision(actor=bob.member, goal=goal, changes={"target": Decimal(3)}, reason=WHY)


def test_milestones_change_by_a_revision_and_what_is_done_stays_done(
    make_goal: MakeGoal, alice: Person, bob: Person
) -> None:
    goal = make_goal(measure=Measure.MILESTONES, steps=[StepInput(title="Enrol"), StepInput(title="Finish")])
    goal.steps.filter(title="Enrol").update(done_on=timezone.localdate(), done_by=alice.member)

    revision = propose_revision(
        actor=bob.member, goal=goal, changes={}, reason=WHY, steps=[("Enrol", None), ("Teach it", None)]
    )
    acknowledge_revision(actor=alice.member, revision=revision)

    assert [(step.title, step.done_on is not None) for step in goal.steps.all()] == [
        ("Enrol", True), ("Teach it", False),
    ]  # fmt: skip


def test_the_diff_shows_both_sides_in_words(make_goal: MakeGoal) -> None:
    goal = make_goal(measure=Measure.MILESTONES, steps=[StepInput(title="Enrol"), StepInput(title="Finish")])
    changes = compare_revision(
        goal=goal, changes={"due_on": datetime.date(2027, 3, 1)}, steps=[("Enrol", None), ("Teach it", None)]
    )

    rows = {str(row.label): row for row in diff_rows(changes, {})}

    assert rows["Due"].after == ("1 March 2027",)
    assert (rows["Milestones"].removed, rows["Milestones"].added) == (frozenset({"Finish"}), frozenset({"Teach it"}))


def test_the_database_refuses_a_goalpost_that_moves_in_silence(make_goal: MakeGoal) -> None:
    goal = make_goal()

    with pytest.raises(DatabaseError, match="by a revision only"), transaction.atomic():
        Goal.objects.filter(pk=goal.pk).update(target=Decimal(5))
    Goal.objects.filter(pk=goal.pk).update(target=Decimal(5), revision_number=1)

    goal.refresh_from_db()
    assert goal.target == Decimal(5)
