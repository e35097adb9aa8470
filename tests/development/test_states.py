"""Every move from one state to another, held by the services' table and by the database."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from development.enums import ACTION_TRANSITIONS, DEVELOPMENT_TRANSITIONS, ActionStatus, DevelopmentStatus
from development.models import DevelopmentAction, DevelopmentMove, DevelopmentPlan
from tests.development.conftest import MakePlan, days, only_action

#: The columns that belong to a state, besides the status.
FACTS: dict[DevelopmentStatus, dict[str, Any]] = {
    DevelopmentStatus.DRAFTED: {"approved_at": None},
    DevelopmentStatus.SUBMITTED: {"approved_at": None, "submitted_at": timezone.now()},
    DevelopmentStatus.APPROVED: {"approved_at": timezone.now(), "submitted_at": timezone.now()},
    DevelopmentStatus.RUNNING: {"approved_at": timezone.now(), "submitted_at": timezone.now()},
    DevelopmentStatus.CLOSED: {
        "approved_at": timezone.now(),
        "submitted_at": timezone.now(),
        "closed_at": timezone.now(),
        "reflection": "It went well.",
    },
    DevelopmentStatus.WITHDRAWN: {"ended_reason": "Not now."},
}


@pytest.mark.parametrize("source", list(DevelopmentStatus))
def test_a_plan_moves_along_the_table_only(source: DevelopmentStatus, make_plan: MakePlan) -> None:
    plan = make_plan(source)
    moved = set()
    for target in DevelopmentStatus:
        facts = {"closed_at": None, "reflection": "", **FACTS[target]}
        try:
            with transaction.atomic():
                DevelopmentPlan.objects.filter(pk=plan.pk).update(status=target, **facts)
                moved.add(target)
                transaction.set_rollback(True)
        except DatabaseError:
            pass

    assert moved - {source} == DEVELOPMENT_TRANSITIONS[source]


@pytest.mark.parametrize("source", list(ActionStatus))
def test_an_action_moves_along_the_table_only(source: ActionStatus, make_plan: MakePlan) -> None:
    first = only_action(make_plan())
    columns = {"progress": 100, "done_on": days(0)} if source == ActionStatus.DONE else {}
    action = DevelopmentAction.objects.create(
        plan=first.plan,
        title="Another",
        owner=first.owner,
        starts_on=days(0),
        due_on=days(9),
        status=source,
        proposed_side="employee",
        ended_reason="No." if source == ActionStatus.DROPPED else "",
        **columns,
    )
    moved = set()
    for target in ActionStatus:
        facts = {"progress": 100, "done_on": days(0)} if target == ActionStatus.DONE else {"done_on": None}
        reason = {"ended_reason": "No."} if target == ActionStatus.DROPPED else {}
        try:
            with transaction.atomic():
                DevelopmentAction.objects.filter(pk=action.pk).update(status=target, **facts, **reason)
                moved.add(target)
                transaction.set_rollback(True)
        except DatabaseError:
            pass

    assert moved - {source} == ACTION_TRANSITIONS[source]


@pytest.mark.parametrize(
    ("status", "changes"),
    [
        (DevelopmentStatus.RUNNING, {"ends_on": days(-1)}),
        (DevelopmentStatus.SUBMITTED, {"submitted_at": None}),
        (DevelopmentStatus.RUNNING, {"approved_at": None}),
        (DevelopmentStatus.DRAFTED, {"approved_at": timezone.now()}),
        (DevelopmentStatus.CLOSED, {"reflection": ""}),
        (DevelopmentStatus.RUNNING, {"closed_at": timezone.now()}),
        (DevelopmentStatus.WITHDRAWN, {"ended_reason": ""}),
    ],
)
def test_the_columns_of_a_state_belong_together(
    status: DevelopmentStatus, changes: dict[str, Any], make_plan: MakePlan
) -> None:
    plan = make_plan(status)

    with pytest.raises(IntegrityError), transaction.atomic():
        DevelopmentPlan.objects.filter(pk=plan.pk).update(**changes)


@pytest.mark.parametrize(
    "changes", [{"progress": 101}, {"due_on": days(-400)}, {"done_on": days(0)}, {"status": ActionStatus.DROPPED}]
)
def test_the_columns_of_an_action_belong_together(changes: dict[str, Any], make_plan: MakePlan) -> None:
    action = only_action(make_plan())

    with pytest.raises(IntegrityError), transaction.atomic():
        DevelopmentAction.objects.filter(pk=action.pk).update(**changes)


def test_a_gap_leads_upward(make_plan: MakePlan) -> None:
    gap = make_plan().gaps.get()

    gap.current_level = gap.target_level
    with pytest.raises(IntegrityError), transaction.atomic():
        gap.save()


def test_the_record_of_moves_is_final(make_plan: MakePlan) -> None:
    move = make_plan().moves.order_by("pk")[0]

    with pytest.raises(DatabaseError), transaction.atomic():
        DevelopmentMove.objects.filter(pk=move.pk).update(reason="Otherwise.")
