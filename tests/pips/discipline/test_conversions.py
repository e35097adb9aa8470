"""Plan and action turned into each other: the source ends with the reason, both link, nothing is lost."""

import pytest
from django.core.exceptions import PermissionDenied

from pipcycle.errors import DomainError
from pips.discipline_enums import ActionStatus
from pips.enums import ClosingReason, PlanStatus
from pips.models import Plan
from pips.services.discipline.conversion import convert_action_to_plan, convert_plan_to_action
from tests.cast import Person
from tests.pips.conftest import Stage
from tests.pips.discipline.conftest import D, DisciplineStage
from tests.pips.discipline.test_writing import owed, told


def test_a_draft_plan_becomes_an_action_with_its_examples(stage: Stage, discipline: DisciplineStage) -> None:
    plan = stage.draft()

    action = convert_plan_to_action(actor=stage.bob.member, plan=plan, reason="The figures were changed on purpose.")

    assert (plan.status, plan.closing_reason) == (PlanStatus.CLOSED, ClosingReason.CONVERTED)
    assert (action.status, action.from_plan, action.manager) == (ActionStatus.DRAFTED, plan, stage.bob.employee)
    assert action.occurred_on == D(2026, 11, 3)
    assert action.facts == "3 November 2026: The October figures came eight days late."
    assert action.moves.get().reason == "From the plan “Reliable delivery”: The figures were changed on purpose."
    assert plan.concerns.count() == 1


def test_a_running_plan_is_turned_by_hr_alone_and_nothing_of_it_is_owed(
    stage: Stage, discipline: DisciplineStage
) -> None:
    plan = stage.running()
    told()

    with pytest.raises(PermissionDenied):
        convert_plan_to_action(actor=stage.bob.member, plan=plan, reason="No.")
    action = convert_plan_to_action(actor=stage.hana.member, plan=plan, reason="The records were forged.")

    assert (plan.status, plan.outcome, plan.closing_reason) == (PlanStatus.CLOSED, "", ClosingReason.CONVERTED)
    assert (action.created_by, owed()) == (stage.bob.member, [])
    assert sorted(told()) == [("alice", "A plan has ended in PIPCycle"), ("bob", "A plan has ended in PIPCycle")]


def test_hr_that_turned_the_plan_may_still_review_the_action(stage: Stage, discipline: DisciplineStage) -> None:
    from pips.discipline_rules import is_reviewer_of  # noqa: PLC0415  # one rule of many

    action = convert_plan_to_action(actor=stage.hana.member, plan=stage.running(), reason="The records were forged.")

    assert is_reviewer_of(stage.hana.member, action) is True


@pytest.mark.parametrize("reached", ["drafted", "acknowledged"])
def test_an_action_becomes_a_plan_with_its_facts(discipline: DisciplineStage, reached: str) -> None:
    action = discipline.draft() if reached == "drafted" else discipline.acknowledged()
    told()

    plan = convert_action_to_plan(
        actor=discipline.hana.member if reached == "acknowledged" else discipline.bob.member,
        action=action,
        template_key="quality",
        reason="Nobody had shown her the guard.",
    )

    action.refresh_from_db()
    assert (action.status, plan.status, plan.from_action) == (ActionStatus.WITHDRAWN, PlanStatus.DRAFT, action)
    assert (plan.manager, plan.created_by) == (discipline.bob.employee, discipline.bob.member)
    concern = plan.concerns.get()
    assert (concern.occurred_on, concern.description) == (action.occurred_on, action.facts)
    assert concern.standard == "Safety at machines 4.1"
    assert action.moves.last().reason.endswith("Nobody had shown her the guard.")


def test_an_open_plan_stands_in_the_way_and_nothing_is_changed(stage: Stage, discipline: DisciplineStage) -> None:
    stage.draft()
    action = discipline.draft()

    with pytest.raises(DomainError, match="has a plan already"):
        convert_action_to_plan(actor=stage.bob.member, action=action, template_key="quality", reason="Performance.")

    action.refresh_from_db()
    assert (action.status, Plan.objects.count()) == (ActionStatus.DRAFTED, 1)


def test_a_conversion_needs_its_reason_and_the_right(stage: Stage, discipline: DisciplineStage, adam: Person) -> None:
    plan, action = stage.draft(), discipline.draft()

    for actor in (stage.alice, adam):
        with pytest.raises(PermissionDenied):
            convert_plan_to_action(actor=actor.member, plan=plan, reason="No.")
        with pytest.raises(PermissionDenied):
            convert_action_to_plan(actor=actor.member, action=action, template_key="quality", reason="No.")
    with pytest.raises(DomainError, match="both records"):
        convert_plan_to_action(actor=stage.bob.member, plan=plan, reason=" ")
    with pytest.raises(DomainError, match="both records"):
        convert_action_to_plan(actor=stage.bob.member, action=action, template_key="quality", reason=" ")
