"""A goal between two sides: drafted, proposed, answered, agreed, ended."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from goals.enums import CycleStatus, GoalStatus, Measure, Result, Side, UpdateKind
from goals.inputs import StepInput
from goals.models import Cycle, Goal
from goals.obligations import Owed
from goals.services.goals import (
    accept_goal,
    cancel_goal,
    change_draft,
    change_words,
    complete_goal,
    draft_goal,
    give_feedback,
    propose_goal,
    reopen_goal,
    return_goal,
    take_back_goal,
)
from people.models import Responsibility
from pipcycle.errors import DomainError
from reminders.models import Obligation, OutboxMessage
from tests.cast import Person
from tests.goals.conftest import MakeGoal, facts


def owed(goal: Goal) -> list[tuple[str, str]]:
    """Return who owes what about the goal."""
    open_ones = Obligation.objects.filter(about_type="goal", about_id=goal.pk, status="open").order_by("kind")
    return [(str(one.owner), one.kind) for one in open_ones]


def mail_to(person: Person) -> list[str]:
    """Return the subjects of the messages written to the person, in order."""
    return list(OutboxMessage.objects.filter(recipient=person.email).order_by("id").values_list("subject", flat=True))


def test_the_employee_proposes_and_the_manager_accepts(make_goal: MakeGoal, bob: Person, alice: Person) -> None:
    goal = make_goal(GoalStatus.PROPOSED)
    assert (goal.proposed_side, owed(goal)) == (Side.EMPLOYEE, [("Bob Bailey", Owed.ACCEPT)])
    assert mail_to(bob) == ["A goal waits for your answer"]

    accept_goal(actor=bob.member, goal=goal)

    assert (goal.status, goal.accepted_by) == (GoalStatus.ACTIVE, bob.member)
    assert owed(goal) == [("Alice Archer", Owed.UPDATE)]
    assert mail_to(alice) == ["A goal is agreed"]


def test_the_manager_proposes_and_the_employee_accepts(
    cycle: Cycle, anchor: Responsibility, alice: Person, bob: Person
) -> None:
    goal = draft_goal(actor=bob.member, employee=alice.employee, cycle=cycle, facts=facts(anchor))
    propose_goal(actor=bob.member, goal=goal)

    with pytest.raises(PermissionDenied):
        accept_goal(actor=bob.member, goal=goal)
    accept_goal(actor=alice.member, goal=goal)

    assert (goal.proposed_side, goal.accepted_by) == (Side.MANAGER, alice.member)


def test_nobody_accepts_what_their_own_side_proposed(make_goal: MakeGoal, alice: Person, hana: Person) -> None:
    goal = make_goal(GoalStatus.PROPOSED)

    for stranger in (alice, hana):
        with pytest.raises(PermissionDenied):
            accept_goal(actor=stranger.member, goal=goal)


def test_a_higher_manager_can_answer_too(make_goal: MakeGoal, carol: Person) -> None:
    assert accept_goal(actor=carol.member, goal=make_goal(GoalStatus.PROPOSED)).status == GoalStatus.ACTIVE


def test_a_returned_goal_is_changed_and_proposed_by_the_other_side(
    make_goal: MakeGoal, anchor: Responsibility, alice: Person, bob: Person
) -> None:
    goal = make_goal(GoalStatus.PROPOSED)
    return_goal(actor=bob.member, goal=goal, reason="Two per cent by spring is more honest.")
    assert (goal.status, owed(goal)) == (GoalStatus.DRAFT, [("Alice Archer", Owed.REVISE_DRAFT)])

    change_draft(actor=bob.member, goal=goal, facts=facts(anchor, target=Decimal(3)))
    propose_goal(actor=bob.member, goal=goal)
    accept_goal(actor=alice.member, goal=goal)

    goal.refresh_from_db()
    assert (goal.status, goal.target, goal.proposed_side) == (GoalStatus.ACTIVE, Decimal(3), Side.MANAGER)
    assert [(move.source, move.target, move.reason) for move in goal.transitions.all()] == [
        ("", "draft", ""),
        ("draft", "proposed", ""),
        ("proposed", "draft", "Two per cent by spring is more honest."),
        ("draft", "proposed", ""),
        ("proposed", "active", ""),
    ]


def test_returning_needs_words(make_goal: MakeGoal, bob: Person) -> None:
    goal = make_goal(GoalStatus.PROPOSED)

    with pytest.raises(DomainError, match="Say what you would change"):
        return_goal(actor=bob.member, goal=goal, reason="  ")
    assert goal.status == GoalStatus.PROPOSED


def test_a_proposal_can_be_taken_back_until_it_is_answered(make_goal: MakeGoal, alice: Person, bob: Person) -> None:
    goal = make_goal(GoalStatus.PROPOSED)
    with pytest.raises(PermissionDenied):
        take_back_goal(actor=bob.member, goal=goal)

    take_back_goal(actor=alice.member, goal=goal)

    assert (goal.status, owed(goal)) == (GoalStatus.DRAFT, [])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"baseline": None}, "both figures are needed"),
        ({"target": None}, "both figures are needed"),
        ({"measure": Measure.MILESTONES}, "List at least one milestone"),
        ({"responsibility": None}, "Say what the goal serves"),
    ],
)
def test_half_a_goal_is_not_proposed(
    changes: dict[str, object], message: str, make_goal: MakeGoal, alice: Person
) -> None:
    goal = make_goal(GoalStatus.DRAFT, **changes)

    with pytest.raises(DomainError, match=message):
        propose_goal(actor=alice.member, goal=goal)
    goal.refresh_from_db()
    assert goal.status == GoalStatus.DRAFT


def test_without_a_manager_there_is_nobody_to_agree_with(cycle: Cycle, anchor: Responsibility, carol: Person) -> None:
    goal = draft_goal(actor=carol.member, employee=carol.employee, cycle=cycle, facts=facts(anchor))

    with pytest.raises(DomainError, match="no manager to agree the goal with"):
        propose_goal(actor=carol.member, goal=goal)


@pytest.mark.parametrize("who", ["hana", "adam", "eve"])
def test_only_the_two_sides_write_goals(
    who: str, cycle: Cycle, anchor: Responsibility, alice: Person, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied):
        draft_goal(actor=request.getfixturevalue(who).member, employee=alice.employee, cycle=cycle, facts=facts(anchor))


def test_a_frozen_cycle_agrees_nothing_new_and_still_takes_ends(
    make_goal: MakeGoal, cycle: Cycle, alice: Person, bob: Person
) -> None:
    draft, proposed, active = make_goal(GoalStatus.DRAFT), make_goal(GoalStatus.PROPOSED), make_goal()
    Cycle.objects.filter(pk=cycle.pk).update(status=CycleStatus.FROZEN)
    for goal in (draft, proposed, active):
        goal.cycle.refresh_from_db()

    with pytest.raises(DomainError, match="keep what was agreed"):
        propose_goal(actor=alice.member, goal=draft)
    with pytest.raises(DomainError, match="keep what was agreed"):
        accept_goal(actor=bob.member, goal=proposed)
    complete_goal(actor=bob.member, goal=active, result=Result.PARTLY, reason="Four of six.")

    assert active.result == Result.PARTLY


def test_completing_asks_the_manager_for_a_word_within_three_working_days(
    make_goal: MakeGoal, bob: Person, alice: Person
) -> None:
    goal = make_goal(GoalStatus.COMPLETED)
    assert owed(goal) == [("Bob Bailey", Owed.GIVE_FEEDBACK)]
    due_on = Obligation.objects.get(about_id=goal.pk, kind=Owed.GIVE_FEEDBACK, status="open").due_on
    assert due_on - timezone.localdate() >= datetime.timedelta(days=3)

    give_feedback(actor=alice.member, goal=goal, text="It was the checklist.")
    assert owed(goal) == [("Bob Bailey", Owed.GIVE_FEEDBACK)]
    give_feedback(actor=bob.member, goal=goal, text="You kept it up for four weeks. Thank you.")

    assert owed(goal) == []
    assert [update.kind for update in goal.updates.all()] == [UpdateKind.FEEDBACK] * 2


def test_only_managers_complete_and_reopen(make_goal: MakeGoal, alice: Person, bob: Person) -> None:
    active, completed = make_goal(), make_goal(GoalStatus.COMPLETED)
    with pytest.raises(PermissionDenied):
        complete_goal(actor=alice.member, goal=active, result=Result.REACHED, reason="Done.")
    with pytest.raises(PermissionDenied):
        reopen_goal(actor=alice.member, goal=completed, reason="Not yet.")

    reopen_goal(actor=bob.member, goal=completed, reason="The last week was not counted.")

    assert (completed.status, completed.result, owed(completed)) == (
        GoalStatus.ACTIVE,
        "",
        [("Alice Archer", Owed.UPDATE)],
    )


def test_an_agreed_goal_is_given_up_by_the_managers_only(make_goal: MakeGoal, alice: Person, bob: Person) -> None:
    draft, active = make_goal(GoalStatus.DRAFT), make_goal()
    cancel_goal(actor=alice.member, goal=draft, reason="Covered by another goal.")
    with pytest.raises(PermissionDenied):
        cancel_goal(actor=alice.member, goal=active, reason="Too hard.")

    cancel_goal(actor=bob.member, goal=active, reason="The product was withdrawn.")

    assert (draft.status, active.status, owed(active)) == (GoalStatus.CANCELLED, GoalStatus.CANCELLED, [])


def test_the_words_of_an_agreed_goal_change_and_the_other_side_is_told(
    make_goal: MakeGoal, alice: Person, bob: Person
) -> None:
    goal = make_goal()
    OutboxMessage.objects.all().delete()

    change_words(
        actor=alice.member, goal=goal, title="Fewer corrections", why=goal.why, support_needed="A second look.",
        weight=2, visibility="team",
    )  # fmt: skip

    goal.refresh_from_db()
    assert (goal.title, goal.support_needed, goal.weight, goal.visibility) == (
        "Fewer corrections", "A second look.", 2, "team",
    )  # fmt: skip
    assert mail_to(bob) == ["The words of a goal have changed"]


def test_milestones_are_kept_in_order(make_goal: MakeGoal) -> None:
    goal = make_goal(measure=Measure.MILESTONES, steps=[StepInput(title="Enrol"), StepInput(title="Finish")])

    assert [step.title for step in goal.steps.all()] == ["Enrol", "Finish"]
    assert (goal.baseline, goal.target, goal.unit) == (None, None, "")


def test_mail_says_nothing_of_the_goal(make_goal: MakeGoal, bob: Person) -> None:
    make_goal(GoalStatus.COMPLETED)

    for message in OutboxMessage.objects.all():
        told = message.subject + message.text_body + message.html_body
        assert "corrections" not in told
        assert "Held for four weeks" not in told
