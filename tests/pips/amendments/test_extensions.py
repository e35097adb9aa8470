"""More time for one of the reasons of rule 12, within the organization's cap."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from documents.enums import AcknowledgementKind
from documents.selectors import documents_about
from pipcycle.errors import DomainError
from pips.enums import PlanStatus
from pips.models import Plan, PlanPolicy, PlanTransition
from pips.services.amendments import approve_amendment, propose_extension
from pips.services.moves import move_plan
from pips.services.plan import acknowledge_plan
from pips.services.progress import record_milestone
from reminders.models import Obligation
from tests.cast import Person
from tests.pips.amendments.conftest import Changes
from tests.pips.conftest import Stage

D = datetime.date


def receive(stage: Stage, plan: Plan) -> None:
    acknowledge_plan(actor=stage.alice.member, plan=plan, kind=AcknowledgementKind.RECEIVED)


def test_an_extension_is_in_force_at_once_and_the_plan_is_active_again_once_it_is_received(
    stage: Stage, changes: Changes
) -> None:
    plan = stage.active()

    amendment = changes.extended(plan)

    plan.refresh_from_db()
    assert (plan.status, plan.version, plan.extension_days, plan.length_days) == (PlanStatus.EXTENDED, 2, 30, 90)
    assert plan.ends_on == D(2027, 5, 5)
    assert (amendment.reason_kind, amendment.more_days) == ("partial_progress", 30)
    receive(stage, plan)
    assert plan.status == PlanStatus.ACTIVE
    moves = PlanTransition.objects.filter(plan=plan).order_by("pk").values_list("target", "reason")
    assert list(moves)[-2:] == [("extended", "Version 2: extended."), ("active", "Receipt of version 2 is recorded.")]
    assert [document.version for document in documents_about("plan", plan.pk)] == [2, 1]


def test_the_clock_explains_the_new_end(stage: Stage, changes: Changes) -> None:
    plan = stage.running()

    changes.extended(plan)

    assert plan.milestones.get(day=120).clock_explanation == (
        "The plan of 90 days was extended by 30 days: day 120 is its end."
    )


def test_talks_are_held_while_the_extension_awaits_its_receipt(stage: Stage, changes: Changes) -> None:
    plan = stage.running()
    stage.clock.to(D(2027, 2, 4))
    changes.extended(plan)

    record_milestone(
        actor=stage.bob.member,
        milestone=plan.milestones.get(day=30),
        held_on=D(2027, 2, 4),
        track_status="on_track",
        manager_view="Good.",
        readings={},
    )

    assert plan.milestones.get(day=30).manager_recorded_at is not None


def test_a_decision_owed_early_moves_to_the_new_end(stage: Stage, changes: Changes) -> None:
    plan = stage.ended()
    assert [owed.due_on for owed in Obligation.objects.filter(kind="decide_plan", status="open")] == [D(2027, 4, 8)]

    changes.extended(plan)

    owed = Obligation.objects.get(kind="decide_plan", status="open")
    assert (owed.due_on, owed.moved_reason) == (D(2027, 5, 10), "The end of the plan has moved to 5 May 2027.")


@pytest.mark.parametrize("kind", ["", "the manager likes it"])
def test_only_the_reasons_of_the_rule_are_reasons(stage: Stage, kind: str) -> None:
    with pytest.raises(ValueError, match="is not a valid ExtensionReason"):
        propose_extension(
            actor=stage.bob.member, plan=stage.running(), reason_kind=kind, reason="x", days=5, last_goal="y"
        )


def test_the_cap_counts_every_extension(stage: Stage, changes: Changes) -> None:
    PlanPolicy.objects.create(extension_cap_days=40)
    plan = stage.running()
    changes.extended(plan, 30)
    receive(stage, plan)

    with pytest.raises(DomainError) as refused:
        changes.extend(plan, 11)
    assert refused.value.rule == 12
    assert str(refused.value) == "Your organization allows extensions of 40 days in all: 10 days are left."
    changes.extended(plan, 10)
    receive(stage, plan)
    with pytest.raises(DomainError, match="extended by 40 days already, the most"):
        changes.extend(plan, 1)
    assert [one.day for one in plan.milestones.order_by("day")] == [30, 60, 90, 120, 130]


@pytest.mark.parametrize("days", [0, -3])
def test_an_extension_has_days(stage: Stage, changes: Changes, days: int) -> None:
    with pytest.raises(DomainError, match="at least one day"):
        changes.extend(stage.running(), days)


def test_an_extension_says_what_is_to_be_reached(stage: Stage) -> None:
    with pytest.raises(DomainError, match="Write what should be reached by day 120"):
        propose_extension(
            actor=stage.bob.member,
            plan=stage.running(),
            reason_kind="missing_data",
            reason="The tracker was down.",
            days=30,
            last_goal=" ",
        )


def test_a_paused_plan_is_not_extended(stage: Stage, changes: Changes) -> None:
    plan = stage.running()
    move_plan(plan=plan, target=PlanStatus.PAUSED, actor=None)

    with pytest.raises(DomainError, match="The calendar moved this plan to “Paused”"):
        changes.extend(plan)


def test_a_plan_that_is_paused_before_hr_answers_waits(stage: Stage, changes: Changes) -> None:
    plan = stage.running()
    amendment = changes.extend(plan)
    Plan.objects.filter(pk=plan.pk).update(status=PlanStatus.PAUSED)

    with pytest.raises(DomainError, match="Only an active plan is extended, and this one is: Paused"):
        approve_amendment(actor=stage.hana.member, amendment=amendment)


def test_the_employee_does_not_extend_their_own_plan(stage: Stage, alice: Person) -> None:
    with pytest.raises(PermissionDenied):
        propose_extension(
            actor=alice.member,
            plan=stage.running(),
            reason_kind="leave",
            reason="x",
            days=5,
            last_goal="y",
        )
