"""Who may do what with a development plan: every rule over every state and every member of the cast."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from development import rules
from development.enums import ActionStatus, DevelopmentStatus, Side
from development.models import DevelopmentAction, DevelopmentPlan
from people.models import Membership
from tests.cast import Person

Rule = Callable[[Membership, Any], bool]
DRAFTED, SUBMITTED, APPROVED, RUNNING, CLOSED, WITHDRAWN = DevelopmentStatus
NEVER: set[DevelopmentStatus] = set()
NOBODYS = ("hana", "adam", "eve", "ines", "mallory")

#: Rule, the states the employee may do it in, and those the managers above may.
TABLE: list[tuple[Rule, set[DevelopmentStatus], set[DevelopmentStatus]]] = [
    (rules.can_write_draft, {DRAFTED}, {DRAFTED}),
    (rules.can_submit, {DRAFTED}, NEVER),
    (rules.can_take_back, {SUBMITTED}, NEVER),
    (rules.can_approve, NEVER, {SUBMITTED}),
    (rules.can_propose_action, {APPROVED, RUNNING}, {APPROVED, RUNNING}),
    (rules.can_close, {RUNNING}, {RUNNING}),
    (rules.can_withdraw, {DRAFTED, SUBMITTED}, {DRAFTED, SUBMITTED, APPROVED, RUNNING}),
]


def plan_of(alice: Person, status: DevelopmentStatus, drafted_side: Side = Side.MANAGER) -> DevelopmentPlan:
    return DevelopmentPlan(employee=alice.employee, status=status, drafted_side=drafted_side)


@pytest.mark.parametrize(("rule", "employee", "managers"), TABLE, ids=[row[0].__name__ for row in TABLE])
def test_each_side_does_what_its_state_allows(
    harbor_context: object,
    request: pytest.FixtureRequest,
    alice: Person,
    rule: Rule,
    employee: set[DevelopmentStatus],
    managers: set[DevelopmentStatus],
) -> None:
    expected = {"alice": employee, "bob": managers, "carol": managers, **dict.fromkeys(NOBODYS, NEVER)}

    for name, states in expected.items():
        member = request.getfixturevalue(name).member
        assert {status for status in DevelopmentStatus if rule(member, plan_of(alice, status))} == states, name


def test_what_the_employee_begins_is_theirs_alone(harbor_context: object, alice: Person, bob: Person) -> None:
    plan = plan_of(alice, DRAFTED, Side.EMPLOYEE)

    assert not rules.is_shared(plan)
    assert [rules.can_write_draft(one.member, plan) for one in (alice, bob)] == [True, False]
    assert [rules.can_withdraw(one.member, plan) for one in (alice, bob)] == [True, False]


@pytest.mark.parametrize("side", list(Side))
def test_a_proposed_action_is_answered_by_the_other_side(
    harbor_context: object, side: Side, alice: Person, bob: Person, hana: Person
) -> None:
    action = DevelopmentAction(plan=plan_of(alice, RUNNING), status=ActionStatus.PROPOSED, proposed_side=side)

    answers = [rules.can_answer_action(one.member, action) for one in (alice, bob, hana)]

    assert answers == [side == Side.MANAGER, side == Side.EMPLOYEE, False]
    assert [rules.can_drop_action(one.member, action) for one in (alice, bob, hana)] == [True, True, False]


@pytest.mark.parametrize("status", list(ActionStatus))
def test_only_an_agreed_action_of_a_running_plan_is_brought_further(
    harbor_context: object, status: ActionStatus, alice: Person, bob: Person
) -> None:
    for plan_status in DevelopmentStatus:
        action = DevelopmentAction(plan=plan_of(alice, plan_status), status=status)
        expected = plan_status == RUNNING and status in (ActionStatus.OPEN, ActionStatus.DONE)
        assert [rules.can_update_action(one.member, action) for one in (alice, bob)] == [expected, expected]


def test_a_manager_is_the_employee_in_their_own_case(harbor_context: object, bob: Person, carol: Person) -> None:
    plan = DevelopmentPlan(employee=bob.employee, status=SUBMITTED, drafted_side=Side.EMPLOYEE)
    plan.submitted_at = timezone.now()

    assert [rules.can_approve(one.member, plan) for one in (bob, carol)] == [False, True]


def test_a_membership_that_has_ended_stands_on_no_side(harbor_context: object, alice: Person, bob: Person) -> None:
    bob.member.is_active = False

    assert rules.side_of(bob.member, plan_of(alice, RUNNING)) is None


def test_only_whoever_writes_jobs_changes_the_ladder(
    harbor_context: object, alice: Person, bob: Person, hana: Person, adam: Person, eve: Person
) -> None:
    people = (alice, bob, hana, adam, eve)

    assert [rules.can_change_ladder(one.member) for one in people] == [False, False, True, True, False]


def test_an_aim_is_chosen_by_the_person_alone(harbor_context: object, alice: Person, bob: Person, hana: Person) -> None:
    people = (alice, bob, hana)

    assert [rules.can_choose_aim(one.member, alice.employee) for one in people] == [True, False, False]
