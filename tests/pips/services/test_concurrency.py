"""Two people at once: one wins, the other is told who did what and when."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections
from django_rls_tenants import tenant_context

from people.enums import Role
from people.models import Membership
from pipcycle.errors import DomainError
from pips.enums import PlanStatus
from pips.models import Plan, PlanNote, PlanTransition
from pips.services.outcome import decide_plan
from pips.services.plan import approve_plan, draft_plan, request_changes
from pips.tasks import refresh_organization
from reminders.models import Obligation
from tests.cast import Person, make_person
from tests.pips.conftest import CONFIRMED, Stage

Act = Callable[[Membership, Plan], object]


@pytest.fixture
def committed(transactional_db: None) -> None:
    """Rows are committed, so that other connections see them."""


def at_once(stage: Stage, plan: Plan, acts: list[tuple[Person, Act]]) -> list[str]:
    """Run the acts in threads of their own, all past their reading of the plan; return what came of each."""
    barrier = threading.Barrier(len(acts))
    results: list[str] = []

    def run(person: Person, act: Act) -> None:
        try:
            with tenant_context(stage.bob.organization.pk):
                own = Plan.objects.select_related("employee").get(pk=plan.pk)
                barrier.wait(10)
                act(person.member, own)
                results.append("done")
        except DomainError as error:
            results.append(str(error))
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=given) for given in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(results)


def second_partner(stage: Stage) -> Person:
    return make_person(stage.bob.organization, "Hugo", "Hart", roles=(Role.HR_PARTNER,))


def approve(member: Membership, plan: Plan) -> None:
    approve_plan(actor=member, plan=plan, confirmations=CONFIRMED)


def send_back(member: Membership, plan: Plan) -> None:
    request_changes(actor=member, plan=plan, reason="Say more.")


def withdraw(member: Membership, plan: Plan) -> None:
    decide_plan(actor=member, plan=plan, outcome="withdrawn", reason="Unfounded.")


def test_two_approvals_at_once_are_one_approval(committed: None, stage: Stage) -> None:
    plan = stage.in_review()
    hugo = second_partner(stage)

    results = at_once(stage, plan, [(stage.hana, approve), (hugo, approve)])

    done = PlanTransition.objects.select_related("actor__user").get(plan=plan, target=PlanStatus.APPROVED)
    refusal = f"{done.actor} moved this plan to “Approved” on 4 January 2027, "
    assert results[1] == "done"
    assert results[0].startswith(refusal)
    assert PlanNote.objects.filter(plan=plan, kind="approved").count() == 1
    assert Obligation.objects.filter(kind="issue_plan", status="open").count() == 1


def test_approval_and_request_for_changes_at_once_end_in_one_state_with_its_obligation(
    committed: None, stage: Stage
) -> None:
    plan = stage.in_review()
    hugo = second_partner(stage)

    results = at_once(stage, plan, [(stage.hana, approve), (hugo, send_back)])

    plan.refresh_from_db()
    kinds = list(Obligation.objects.filter(status="open").values_list("kind", flat=True))
    # An approval may be thought over, so both may succeed, in that order; an approval never follows the request.
    expected = {
        PlanStatus.APPROVED.value: ["issue_plan"],
        PlanStatus.CHANGES_REQUESTED.value: ["revise_plan"],
    }
    assert kinds == expected[plan.status]
    assert "done" in results


def test_the_calendar_and_a_decision_at_once_leave_nothing_owed_but_the_closing(committed: None, stage: Stage) -> None:
    plan = stage.running()
    assert plan.ends_on is not None
    stage.clock.to(plan.ends_on)

    def refresh(_member: Membership, _plan: Plan) -> None:
        refresh_organization(plan.organization_id)

    results = at_once(stage, plan, [(stage.hana, withdraw), (stage.bob, refresh)])

    assert results == ["done", "done"]
    owed = Obligation.objects.filter(status="open").order_by("kind").values_list("kind", flat=True)
    assert list(owed) == ["acknowledge_outcome", "close_plan"]


def test_two_drafts_at_once_are_one_plan(committed: None, stage: Stage, carol: Person) -> None:
    first = stage.draft()
    Plan.objects.filter(pk=first.pk).update(status=PlanStatus.CLOSED, closed_at=first.created_at)

    def draft(member: Membership, plan: Plan) -> None:
        draft_plan(actor=member, employee=plan.employee, template_key="quality")

    results = at_once(stage, first, [(stage.bob, draft), (carol, draft)])

    assert results == ["Alice Archer has a plan already. Finish or discard it first.", "done"]
    assert Plan.objects.exclude(pk=first.pk).count() == 1
