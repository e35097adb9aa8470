"""Who may do what with a goal: every rule over every state and every member of the cast."""

from collections.abc import Callable

import pytest

from goals import rules
from goals.enums import GoalStatus, RevisionStatus, Side
from goals.models import Goal, GoalRevision
from people.models import Membership
from tests.cast import Person

Rule = Callable[[Membership, Goal], bool]

DRAFT, PROPOSED, ACTIVE, COMPLETED = (
    GoalStatus.DRAFT,
    GoalStatus.PROPOSED,
    GoalStatus.ACTIVE,
    GoalStatus.COMPLETED,
)
NEVER: set[GoalStatus] = set()
NOBODYS = ("hana", "adam", "eve", "ines", "mallory")

#: Rule, the states the employee may do it in, and those the managers above may; the goal was proposed by the employee.
TABLE: list[tuple[Rule, set[GoalStatus], set[GoalStatus]]] = [
    (rules.can_write_draft, {DRAFT}, {DRAFT}),
    (rules.can_propose, {DRAFT}, {DRAFT}),
    (rules.can_answer, NEVER, {PROPOSED}),
    (rules.can_take_back, {PROPOSED}, NEVER),
    (rules.can_update, {ACTIVE}, {ACTIVE}),
    (rules.can_revise, {ACTIVE}, {ACTIVE}),
    (rules.can_edit_words, {ACTIVE}, {ACTIVE}),
    (rules.can_complete, NEVER, {ACTIVE}),
    (rules.can_reopen, NEVER, {COMPLETED}),
    (rules.can_cancel, {DRAFT, PROPOSED}, {DRAFT, PROPOSED, ACTIVE}),
    (rules.can_give_feedback, {ACTIVE, COMPLETED}, {ACTIVE, COMPLETED}),
]


def goal_of(alice: Person, status: GoalStatus) -> Goal:
    return Goal(employee=alice.employee, status=status, proposed_side=Side.EMPLOYEE)


@pytest.mark.parametrize(("rule", "employee", "managers"), TABLE, ids=[rule.__name__ for rule, _own, _above in TABLE])
def test_each_side_does_what_its_state_allows(
    harbor_context: object,
    request: pytest.FixtureRequest,
    alice: Person,
    rule: Rule,
    employee: set[GoalStatus],
    managers: set[GoalStatus],
) -> None:
    expected = {"alice": employee, "bob": managers, "carol": managers, **dict.fromkeys(NOBODYS, NEVER)}

    for name, states in expected.items():
        member = request.getfixturevalue(name).member
        assert {status for status in GoalStatus if rule(member, goal_of(alice, status))} == states, name


def test_what_the_manager_proposes_the_employee_answers(harbor_context: object, alice: Person, bob: Person) -> None:
    goal = Goal(employee=alice.employee, status=PROPOSED, proposed_side=Side.MANAGER)

    assert (rules.can_answer(alice.member, goal), rules.can_answer(bob.member, goal)) == (True, False)
    assert (rules.can_take_back(alice.member, goal), rules.can_take_back(bob.member, goal)) == (False, True)


def test_a_manager_is_the_employee_in_their_own_case(harbor_context: object, bob: Person, carol: Person) -> None:
    goal = Goal(employee=bob.employee, status=ACTIVE)

    assert (rules.side_of(bob.member, goal), rules.side_of(carol.member, goal)) == (Side.EMPLOYEE, Side.MANAGER)
    assert not rules.can_complete(bob.member, goal)


def test_a_membership_that_has_ended_stands_on_no_side(harbor_context: object, alice: Person, bob: Person) -> None:
    bob.member.is_active = False

    assert rules.side_of(bob.member, goal_of(alice, ACTIVE)) is None


def test_a_change_is_answered_by_the_other_side_and_withdrawn_by_its_own(
    harbor_context: object, alice: Person, bob: Person, carol: Person, hana: Person
) -> None:
    revision = GoalRevision(
        goal=goal_of(alice, ACTIVE), proposed_side=Side.MANAGER, status=RevisionStatus.PENDING, number=1
    )
    people = (alice, bob, carol, hana)

    assert [rules.can_answer_revision(one.member, revision) for one in people] == [True, False, False, False]
    assert [rules.can_withdraw_revision(one.member, revision) for one in people] == [False, True, True, False]
