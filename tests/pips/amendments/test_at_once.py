"""Two people at once: one wins, the other is told; a leave recorded in the moment of issue is never overlooked."""

import datetime
import threading
from collections.abc import Callable

import pytest
from django.db import connections
from django_rls_tenants import tenant_context

from documents.enums import AcknowledgementKind
from people.enums import LeaveKind, Role
from people.models import Membership
from people.services.employees import change_manager
from people.services.leave import record_leave
from pipcycle.errors import DomainError
from pips.enums import PlanStatus
from pips.models import Amendment, Plan
from pips.services.amendments import approve_amendment, decline_amendment, withdraw_amendment
from pips.services.delivery import issue_plan
from pips.services.plan import acknowledge_plan
from pips.tasks import refresh_organization
from reminders.models import Obligation
from tests.cast import Person, make_person
from tests.pips.amendments.conftest import Changes
from tests.pips.conftest import Stage

D = datetime.date
Act = Callable[[Membership], object]


@pytest.fixture
def committed(transactional_db: None) -> None:
    """Rows are committed, so that other connections see them."""


def at_once(stage: Stage, acts: list[tuple[Person, Act]]) -> list[str]:
    """Run the acts in threads of their own; return what came of each, refusals by their words."""
    barrier = threading.Barrier(len(acts))
    results: list[str] = []

    def run(person: Person, act: Act) -> None:
        try:
            with tenant_context(stage.bob.organization.pk):
                barrier.wait(10)
                act(person.member)
                results.append("done")
        except DomainError as error:
            results.append(str(error))
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=given) for given in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(results)


def own(amendment: Amendment) -> Amendment:
    return Amendment.objects.select_related("plan__employee", "plan__manager").get(pk=amendment.pk)


@pytest.mark.parametrize("second", ["approve", "decline"])
def test_two_hr_partners_settle_a_change_once(committed: None, stage: Stage, changes: Changes, second: str) -> None:
    amendment = changes.lower(stage.running())
    hugo = make_person(stage.bob.organization, "Hugo", "Hart", roles=(Role.HR_PARTNER,))

    def approve(member: Membership) -> None:
        approve_amendment(actor=member, amendment=own(amendment))

    def decline(member: Membership) -> None:
        decline_amendment(actor=member, amendment=own(amendment), reason="No.")

    other = approve if second == "approve" else decline
    results = at_once(stage, [(stage.hana, approve), (hugo, other)])

    settled = own(amendment)
    assert results[1] == "done"
    assert results[0].startswith(f"{settled.decided_by} has settled this proposal")
    assert Plan.objects.get().version == (2 if settled.status == "in_force" else 1)
    assert Obligation.objects.filter(kind="review_amendment", status="open").count() == 0


def test_approving_while_it_is_taken_back_is_one_or_the_other(committed: None, stage: Stage, changes: Changes) -> None:
    amendment = changes.lower(stage.running())

    results = at_once(
        stage,
        [
            (stage.hana, lambda member: approve_amendment(actor=member, amendment=own(amendment))),
            (stage.bob, lambda member: withdraw_amendment(actor=member, amendment=own(amendment))),
        ],
    )

    assert results.count("done") == 1
    assert Plan.objects.get().version == {"in_force": 2, "withdrawn": 1}[own(amendment).status]


def test_a_receipt_in_the_moment_of_a_new_version_is_for_the_old_one_or_refused(
    committed: None, stage: Stage, changes: Changes
) -> None:
    plan = stage.issued()
    amendment = changes.lower(plan)

    def receive(member: Membership) -> None:
        one = Plan.objects.select_related("employee", "manager").get(pk=plan.pk)
        acknowledge_plan(actor=member, plan=one, kind=AcknowledgementKind.RECEIVED, version=1)

    results = at_once(
        stage,
        [
            (stage.hana, lambda member: approve_amendment(actor=member, amendment=own(amendment))),
            (stage.alice, receive),
        ],
    )

    plan.refresh_from_db()
    assert "done" in results
    assert (plan.version, plan.receipt_owed_for) == (2, 2)
    was_refused = any(result.startswith("You have read version 1. Version 2 is in force") for result in results)
    assert was_refused is (plan.acknowledged_at is None)


def test_a_leave_recorded_in_the_moment_of_issue_moves_the_dates(committed: None, stage: Stage) -> None:
    plan = stage.approved()

    def issue(member: Membership) -> None:
        issue_plan(actor=member, plan=Plan.objects.select_related("employee", "manager").get(pk=plan.pk))

    def leave(member: Membership) -> None:
        record_leave(
            actor=member,
            employee=stage.alice.employee,
            starts_on=D(2027, 2, 10),
            ends_on=D(2027, 2, 23),
            kind=LeaveKind.VACATION,
        )

    results = at_once(stage, [(stage.bob, issue), (stage.hana, leave)])

    plan.refresh_from_db()
    assert results == ["done", "done"]
    assert plan.status == PlanStatus.ISSUED
    assert plan.ends_on == D(2027, 4, 20)
    assert plan.milestones.get(day=60).due_on == D(2027, 3, 22)


def test_a_manager_who_goes_leaves_the_proposal_with_hr_and_the_new_manager_may_take_it_back(
    stage: Stage, changes: Changes, carol: Person, adam: Person
) -> None:
    plan = stage.running()
    amendment = changes.lower(plan)
    nora = make_person(carol.organization, "Nora", "North", manager=carol)
    change_manager(actor=adam.member, employee=stage.alice.employee, manager=nora.employee)
    refresh_organization(plan.organization_id)

    assert Obligation.objects.get(kind="review_amendment", status="open").owner_role == Role.HR_PARTNER
    withdraw_amendment(actor=nora.member, amendment=own(amendment))

    assert own(amendment).status == "withdrawn"
