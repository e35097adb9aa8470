"""Who may do what with a plan: every standing in every state, in memory; the standings against the database."""

from collections.abc import Callable

import pytest

from people.enums import Role
from people.models import Employee, Membership
from pips import rules
from pips.enums import PlanStatus
from pips.models import Plan, SupportCommitment
from pips.rules import Standing, Standings, standing_of, standing_towards
from tests.cast import EmployeeFactory, Person, make_person
from tests.pips.conftest import columns_of

E, M, H = Standing.EMPLOYEE, Standing.MANAGER, Standing.HR_PARTNER
STANDINGS: list[Standings] = [frozenset(), frozenset({E}), frozenset({M}), frozenset({H}), frozenset({M, H})]

BEFORE = {"draft", "in_review", "changes_requested", "approved"}
MEETING = {"active", "paused", "extended"}
RUNNING_NOW = {"issued", "active", "paused", "extended"}
ENDED_NOW = {"decided", "followed_up", "closed"}
ISSUED = RUNNING_NOW | ENDED_NOW

#: For each rule: who may, and in which states. A manager who is also the HR partner does not act as HR.
TABLE: dict[str, dict[Standings, set[str]]] = {
    "can_view_plan": {
        frozenset({E}): ISSUED,
        frozenset({M}): BEFORE | ISSUED,
        frozenset({H}): BEFORE | ISSUED,
        frozenset({M, H}): BEFORE | ISSUED,
    },
    "can_edit_plan": {frozenset({M}): {"draft"}, frozenset({M, H}): {"draft"}},
    "can_submit_plan": {frozenset({M}): {"draft"}, frozenset({M, H}): {"draft"}},
    "can_take_back_to_draft": {frozenset({M}): {"changes_requested"}, frozenset({M, H}): {"changes_requested"}},
    "can_review_plan": {frozenset({H}): {"in_review"}},
    "can_approve_plan": {frozenset({H}): {"in_review"}},
    "can_request_changes": {frozenset({H}): {"in_review", "approved"}},
    "can_issue_plan": {frozenset({M}): {"approved"}, frozenset({M, H}): {"approved"}},
    "can_acknowledge_plan": {frozenset({E}): {"issued"}},
    "can_record_refusal": {frozenset({M}): {"issued"}, frozenset({H}): {"issued"}, frozenset({M, H}): {"issued"}},
    "can_record_progress": {frozenset({M}): MEETING, frozenset({M, H}): MEETING},
    "can_answer": {frozenset({E}): MEETING},
    "can_decide_plan": {frozenset({H}): {"issued", "active", "paused"}},
    "can_record_follow_up": {frozenset({M}): {"decided"}, frozenset({M, H}): {"decided"}},
    "can_close_plan": {frozenset({H}): {"decided", "followed_up"}},
    "can_discard_plan": {
        frozenset({M}): {"draft", "changes_requested", "approved"},
        frozenset({H}): {"draft", "changes_requested", "approved"},
        frozenset({M, H}): {"draft", "changes_requested", "approved"},
    },
    "can_convert_plan": {
        frozenset({M}): BEFORE,
        frozenset({H}): BEFORE | RUNNING_NOW,
        frozenset({M, H}): BEFORE,
    },
    "can_cite_previous_plan": {
        frozenset({M}): {"draft", "changes_requested"},
        frozenset({M, H}): {"draft", "changes_requested"},
    },
    "can_acknowledge_outcome": {frozenset({E}): ENDED_NOW},
    "can_record_outcome_refusal": {
        frozenset({M}): ENDED_NOW,
        frozenset({H}): ENDED_NOW,
        frozenset({M, H}): ENDED_NOW,
    },
    "can_close_as_left": {},
}


def plan_seen_by(member: Membership, standings: Standings, status: PlanStatus) -> Plan:
    """Return a plan in memory to which the member stands as given."""
    employee = Employee(pk=1, status="active")
    plan = Plan(pk=7, employee=employee, manager_id=2, created_by_id=200, **columns_of(status))
    plan.__dict__["known_standings"] = {member.pk: standings}
    return plan


@pytest.fixture
def member() -> Membership:
    """A member in memory who wrote no plan and leads none."""
    return in_memory(100, employee_id=50)


def in_memory(key: int, *, employee_id: int) -> Membership:
    member = Membership(pk=key)
    Employee(pk=employee_id, membership=member)
    return member


@pytest.mark.parametrize("rule", TABLE)
@pytest.mark.parametrize(
    "standings", STANDINGS, ids=lambda given: "+".join(sorted(one.value for one in given)) or "none"
)
def test_a_rule_holds_in_exactly_its_states(member: Membership, rule: str, standings: Standings) -> None:
    allows: Callable[[Membership, Plan], bool] = getattr(rules, rule)

    allowed = {status.value for status in PlanStatus if allows(member, plan_seen_by(member, standings, status))}

    assert allowed == TABLE[rule].get(standings, set())


def test_every_rule_about_a_plan_is_in_the_table() -> None:
    found = {name for name in vars(rules) if name.startswith("can_")}

    elsewhere = {"can_view_legal_review", "can_decide_legal_review", "can_see_legal_reviews", "can_change_policy"}
    assert found == {*TABLE, *elsewhere, "can_draft_plan_for", "can_deliver_support"}


@pytest.mark.parametrize("rule", ["can_review_plan", "can_approve_plan", "can_request_changes"])
@pytest.mark.parametrize(("key", "employee_id"), [(200, 50), (100, 2)], ids=["who wrote it", "who leads it"])
def test_whoever_wrote_or_leads_the_plan_does_not_review_it(rule: str, key: int, employee_id: int) -> None:
    involved = in_memory(key, employee_id=employee_id)
    plan = plan_seen_by(involved, frozenset({H}), PlanStatus.IN_REVIEW)

    assert getattr(rules, rule)(involved, plan) is False


@pytest.mark.parametrize("standing", [M, H])
def test_the_plan_of_somebody_who_has_left_is_closed_by_who_leads_or_serves(
    member: Membership, standing: Standing
) -> None:
    for status in PlanStatus:
        plan = plan_seen_by(member, frozenset({standing}), status)
        plan.employee.status = "left"

        assert rules.can_close_as_left(member, plan) is (status != PlanStatus.CLOSED)


def test_receipt_is_acknowledged_once(member: Membership) -> None:
    plan = plan_seen_by(member, frozenset({E}), PlanStatus.ISSUED)
    plan.acknowledged_at = plan.issued_at

    assert rules.can_acknowledge_plan(member, plan) is False


@pytest.mark.parametrize("status", PlanStatus)
def test_the_receipt_of_a_later_version_is_owed_while_the_plan_runs(member: Membership, status: PlanStatus) -> None:
    plan = plan_seen_by(member, frozenset({E}), status)
    plan.version = plan.receipt_owed_for = 2

    runs = status in {PlanStatus.ISSUED, PlanStatus.ACTIVE, PlanStatus.PAUSED, PlanStatus.EXTENDED}
    assert rules.can_acknowledge_plan(member, plan) is runs


def test_a_plan_closed_without_being_issued_stays_hidden_from_the_employee(member: Membership) -> None:
    plan = plan_seen_by(member, frozenset({E}), PlanStatus.CLOSED)
    plan.issued_at = None

    assert rules.can_view_plan(member, plan) is False


# --- Standing --------------------------------------------------------------------------------------------------------


def test_standings_follow_the_reporting_line_and_the_roles(
    harbor_context: object,
    alice: Person,
    bob: Person,
    carol: Person,
    hana: Person,
    adam: Person,
    eve: Person,
) -> None:
    people = (alice, bob, carol, hana, adam, eve)

    assert [standing_towards(person.member, alice.employee) for person in people] == [
        {E},
        {M},
        {M},
        {H},
        frozenset(),
        frozenset(),
    ]


def test_an_hr_partner_is_only_the_employee_in_their_own_case(harbor_context: object, hana: Person) -> None:
    assert standing_towards(hana.member, hana.employee) == {E}


def test_a_manager_with_the_role_is_both(harbor_context: object, harbor: object, carol: Person) -> None:
    both = make_person(carol.organization, "Nora", "North", roles=(Role.HR_PARTNER,), manager=carol)
    below = make_person(carol.organization, "Pat", "Price", manager=both)

    assert standing_towards(both.member, below.employee) == {M, H}


def test_a_member_who_was_stood_down_is_nothing(
    harbor_context: object, alice: Person, bob: Person, hana: Person
) -> None:
    for person in (bob, hana):
        person.member.is_active = False

    assert standing_towards(bob.member, alice.employee) == frozenset()
    assert standing_towards(hana.member, alice.employee) == frozenset()


def test_only_managers_above_may_draft(
    harbor_context: object, alice: Person, bob: Person, carol: Person, hana: Person, adam: Person
) -> None:
    may = [rules.can_draft_plan_for(one.member, alice.employee) for one in (alice, bob, carol, hana, adam)]

    assert may == [False, True, True, False, False]


def test_the_standing_known_to_the_plan_is_not_looked_up_again(member: Membership) -> None:
    plan = plan_seen_by(member, frozenset({H}), PlanStatus.DRAFT)

    assert standing_of(member, plan) == {H}


# --- Support ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", PlanStatus)
def test_support_is_delivered_by_its_owner_or_a_manager_while_the_plan_runs(
    harbor_context: object,
    plan_in: Callable[[PlanStatus], Plan],
    alice: Person,
    bob: Person,
    hana: Person,
    carol: Person,
    status: PlanStatus,
) -> None:
    trainer = make_person(carol.organization, "Tess", "Trainer")
    commitment = SupportCommitment(plan=plan_in(status), owner=trainer.employee)
    runs = status in {PlanStatus.ISSUED, PlanStatus.ACTIVE, PlanStatus.PAUSED, PlanStatus.EXTENDED}

    may = [rules.can_deliver_support(one.member, commitment) for one in (trainer, bob, carol, hana, alice)]

    assert may == [runs, runs, runs, False, False]


def test_the_employee_never_delivers_the_support_of_their_own_plan(
    harbor_context: object, plan_in: Callable[[PlanStatus], Plan], alice: Person
) -> None:
    commitment = SupportCommitment(plan=plan_in(PlanStatus.ACTIVE), owner=alice.employee)

    assert rules.can_deliver_support(alice.member, commitment) is False


def test_the_promise_of_support_alone_lets_nobody_read_the_plan(
    harbor_context: object, plan_in: Callable[[PlanStatus], Plan], carol: Person
) -> None:
    plan = plan_in(PlanStatus.ACTIVE)
    trainer = make_person(carol.organization, "Tess", "Trainer")
    plan.support_commitments.create(description="Training", owner=trainer.employee, due_day=7)

    assert rules.can_view_plan(trainer.member, plan) is False


def test_a_colleague_stands_nowhere(harbor_context: object, alice: Person, bob: Person) -> None:
    colleague = EmployeeFactory.create(manager=bob.employee)

    assert standing_towards(alice.member, colleague) == frozenset()
