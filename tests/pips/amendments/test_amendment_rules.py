"""Who may change an issued plan and who may say yes: every standing and state, in memory."""

from collections.abc import Callable

import pytest

from people.models import Employee, Membership
from pips import rules_amendments as rules
from pips.amendment_enums import AmendmentStatus, LeaveProposalKind, LeaveProposalStatus
from pips.enums import PlanStatus
from pips.models import Amendment, LeaveProposal, Plan
from pips.rules import Standing, Standings
from tests.pips.conftest import columns_of

E, M, H = frozenset({Standing.EMPLOYEE}), frozenset({Standing.MANAGER}), frozenset({Standing.HR_PARTNER})
BOTH, NOBODY = M | H, frozenset[Standing]()
RUNNING = {"issued", "active", "paused", "extended"}


@pytest.fixture
def member() -> Membership:
    """A member in memory who wrote no plan, leads none and proposed nothing."""
    found = Membership(pk=100)
    Employee(pk=50, membership=found)
    return found


def plan_seen_by(member: Membership, standings: Standings, status: str) -> Plan:
    plan = Plan(pk=7, employee_id=1, manager_id=2, created_by_id=200, **columns_of(PlanStatus(status)))
    plan.__dict__["known_standings"] = {member.pk: standings}
    return plan


def states_in_which(member: Membership, standings: Standings, allows: Callable[[Plan], bool]) -> set[str]:
    return {status.value for status in PlanStatus if allows(plan_seen_by(member, standings, status))}


@pytest.mark.parametrize("standings", [E, M, H, BOTH, NOBODY], ids=["employee", "manager", "hr", "both", "nobody"])
def test_who_proposes_and_in_which_states(member: Membership, standings: Standings) -> None:
    may = standings in {M, H, BOTH}

    changes = states_in_which(member, standings, lambda plan: rules.can_propose_amendment(member, plan))
    extensions = states_in_which(member, standings, lambda plan: rules.can_propose_extension(member, plan))

    assert changes == ({"issued", "active", "paused"} if may else set())
    assert extensions == ({"active"} if may else set())


@pytest.mark.parametrize("standings", [E, M, H, BOTH, NOBODY], ids=["employee", "manager", "hr", "both", "nobody"])
def test_an_independent_hr_partner_reviews_while_the_plan_runs(member: Membership, standings: Standings) -> None:
    found = states_in_which(
        member, standings, lambda plan: rules.can_review_amendment(member, Amendment(plan=plan, proposed_by_id=300))
    )

    assert found == (RUNNING if standings == H else set())


def test_nobody_approves_their_own_proposal(member: Membership) -> None:
    plan = plan_seen_by(member, H, "active")

    assert not rules.can_review_amendment(member, Amendment(plan=plan, proposed_by_id=member.pk))
    assert rules.can_withdraw_amendment(member, Amendment(plan=plan, proposed_by_id=member.pk))


@pytest.mark.parametrize("status", sorted(set(AmendmentStatus) - {AmendmentStatus.PROPOSED}))
def test_what_is_settled_is_not_settled_again(member: Membership, status: str) -> None:
    amendment = Amendment(plan=plan_seen_by(member, H, "active"), proposed_by_id=member.pk, status=status)

    assert not rules.can_review_amendment(member, amendment)
    assert not rules.can_withdraw_amendment(member, amendment)


@pytest.mark.parametrize(
    ("standings", "statuses"),
    [(E, {"in_force"}), (M, set(AmendmentStatus.values)), (H, set(AmendmentStatus.values)), (NOBODY, set())],
    ids=["employee", "manager", "hr", "nobody"],
)
def test_to_the_employee_a_proposal_does_not_exist(
    member: Membership, standings: Standings, statuses: set[str]
) -> None:
    plan = plan_seen_by(member, standings, "active")

    seen = {
        status
        for status in AmendmentStatus.values
        if rules.can_view_amendment(member, Amendment(plan=plan, status=status))
    }

    assert seen == statuses


@pytest.mark.parametrize(
    ("standings", "ramp_up", "proration"),
    [
        (E, "", ""),
        (M, "sees answers", ""),
        (H, "sees answers", "sees answers"),
        (BOTH, "sees answers", "sees"),
        (NOBODY, "", ""),
    ],
    ids=["employee", "manager", "hr", "both", "nobody"],
)
def test_a_ramp_up_is_for_managers_and_hr_the_targets_for_hr(
    member: Membership, standings: Standings, ramp_up: str, proration: str
) -> None:
    plan = plan_seen_by(member, standings, "active")

    for kind, expected in ((LeaveProposalKind.RAMP_UP, ramp_up), (LeaveProposalKind.PRORATION, proration)):
        proposal = LeaveProposal(plan=plan, kind=kind, days=7)
        found = [
            word
            for word, allows in (("sees", rules.can_view_leave_proposal), ("answers", rules.can_answer_leave_proposal))
            if allows(member, proposal)
        ]
        assert " ".join(found) == expected
        proposal.status = LeaveProposalStatus.LAPSED
        assert not rules.can_answer_leave_proposal(member, proposal)
