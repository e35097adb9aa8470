"""The states of a plan: the table, the service and the database agree about every move."""

from collections.abc import Callable
from typing import Any

import pgtrigger
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from pipcycle.errors import DomainError
from pips.enums import BEFORE_ISSUE, ENDED, RUNNING, TRANSITIONS, PlanStatus
from pips.models import Plan, PlanTransition
from pips.services.moves import lock_plan, move_plan
from tests.cast import Person
from tests.pips.conftest import columns_of

#: The lock of an issued plan's content, lifted here to look at moves and constraints alone.
AMENDED = "pips.Plan:plan_is_amended_by_versions"


def test_the_table_is_the_picture_of_the_design() -> None:
    assert {source.value: {target.value for target in targets} for source, targets in TRANSITIONS.items()} == {
        "draft": {"in_review", "closed"},
        "in_review": {"approved", "changes_requested", "closed"},
        "changes_requested": {"draft", "closed"},
        "approved": {"issued", "changes_requested", "closed"},
        "issued": {"active", "decided", "closed"},
        "active": {"paused", "extended", "decided", "closed"},
        "paused": {"active", "decided", "closed"},
        "extended": {"active", "closed"},
        "decided": {"followed_up", "closed"},
        "followed_up": {"closed"},
        "closed": set(),
    }


def test_every_state_belongs_to_one_part_of_the_life() -> None:
    assert set(PlanStatus) == BEFORE_ISSUE | RUNNING | ENDED
    assert len(BEFORE_ISSUE) + len(RUNNING) + len(ENDED) == len(PlanStatus)


def test_every_state_can_be_reached_and_only_the_closed_one_is_the_end() -> None:
    reached = {target for targets in TRANSITIONS.values() for target in targets}

    assert reached | {PlanStatus.DRAFT} == set(PlanStatus)
    assert [status for status in PlanStatus if not TRANSITIONS[status]] == [PlanStatus.CLOSED]


def facts_for(target: PlanStatus) -> dict[str, Any]:
    """Return the columns the target state needs, whichever state the plan comes from."""
    facts = {**columns_of(target), "extension_days": 30}
    if target in {PlanStatus.DRAFT, PlanStatus.IN_REVIEW, PlanStatus.CHANGES_REQUESTED}:
        facts |= {"approved_at": None}
    return facts


@pytest.mark.parametrize("source", PlanStatus)
def test_the_service_moves_a_plan_along_the_table_only(
    plan_in: Callable[[PlanStatus], Plan], bob: Person, source: PlanStatus
) -> None:
    plan = plan_in(source)
    moved, refusals = set(), list[str]()
    for target in PlanStatus:
        facts = facts_for(target)
        del facts["status"]
        try:
            with pgtrigger.ignore(AMENDED), transaction.atomic():
                move_plan(plan=plan, target=target, actor=bob.member, reason="why", **facts)
                move = PlanTransition.objects.get(plan=plan)
                assert (move.source, move.target, move.actor, move.reason) == (source, target, bob.member, "why")
                moved.add(target)
                transaction.set_rollback(True)
        except DomainError as error:
            refusals.append(str(error))
        plan.refresh_from_db()
        assert plan.status == source

    assert moved == TRANSITIONS[source]
    assert all(refusal.endswith("Reload the page to see it.") for refusal in refusals)


@pytest.mark.parametrize("source", PlanStatus)
def test_the_database_moves_a_plan_along_the_table_only(
    plan_in: Callable[[PlanStatus], Plan], source: PlanStatus
) -> None:
    plan = plan_in(source)
    moved, refusals = set(), list[str]()
    for target in set(PlanStatus) - {source}:
        facts = facts_for(target)
        assignments = ", ".join(f"{column} = %s" for column in facts)
        statement = f"UPDATE pips_plan SET {assignments} WHERE id = %s"  # noqa: S608  # names of columns
        try:
            with pgtrigger.ignore(AMENDED), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, [*facts.values(), plan.pk])
                moved.add(target)
                transaction.set_rollback(True)
        except ProgrammingError as error:
            refusals.append(str(error))

    assert moved == TRANSITIONS[source]
    assert all('Invalid transition of field "status"' in refusal for refusal in refusals)


def test_the_database_refuses_a_state_nobody_knows(plan_in: Callable[[PlanStatus], Plan]) -> None:
    plan = plan_in(PlanStatus.DRAFT)

    with pytest.raises(ProgrammingError, match="Invalid transition"), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(status="lost")


def test_the_move_of_a_plan_cannot_be_rewritten(plan_in: Callable[[PlanStatus], Plan], bob: Person) -> None:
    plan = plan_in(PlanStatus.DRAFT)
    move_plan(
        plan=plan, target=PlanStatus.CLOSED, actor=bob.member, closed_at=columns_of(PlanStatus.CLOSED)["closed_at"]
    )

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        PlanTransition.objects.update(reason="another")


def test_locking_a_plan_that_has_moved_says_who_moved_it_and_when(
    plan_in: Callable[[PlanStatus], Plan], bob: Person
) -> None:
    plan = plan_in(PlanStatus.DRAFT)
    other = Plan.objects.get(pk=plan.pk)
    move_plan(
        plan=other,
        target=PlanStatus.IN_REVIEW,
        actor=bob.member,
        submitted_at=columns_of(PlanStatus.IN_REVIEW)["submitted_at"],
    )

    with pytest.raises(DomainError, match=r"^Bob Bailey moved this plan to “In review” on \d+ \w+ \d{4}, \d\d:\d\d\."):
        lock_plan(plan, {PlanStatus.DRAFT})
    assert plan.status == PlanStatus.IN_REVIEW


# --- Check constraints -----------------------------------------------------------------------------------------------


BROKEN = [
    (PlanStatus.IN_REVIEW, {"submitted_at": None}, "pips_plan_submitted_has_time"),
    (PlanStatus.CHANGES_REQUESTED, {"submitted_at": None}, "pips_plan_submitted_has_time"),
    (PlanStatus.ISSUED, {"submitted_at": None}, "pips_plan_submitted_has_time"),
    (PlanStatus.APPROVED, {"approved_at": None}, "pips_plan_approved_has_time"),
    (PlanStatus.DRAFT, {"approved_at": columns_of(PlanStatus.APPROVED)["approved_at"]}, "pips_plan_approved_has_time"),
    (PlanStatus.ISSUED, {"starts_on": None}, "pips_plan_issued_has_dates"),
    (PlanStatus.ISSUED, {"ends_on": None}, "pips_plan_issued_has_dates"),
    (PlanStatus.ISSUED, {"issued_at": None}, "pips_plan_issued_has_dates"),
    (PlanStatus.ISSUED, {"version": 0}, "pips_plan_issued_has_dates"),
    (PlanStatus.APPROVED, {"version": 1}, "pips_plan_issued_has_dates"),
    (PlanStatus.ACTIVE, {"acknowledged_at": None}, "pips_plan_active_is_acknowledged"),
    (PlanStatus.PAUSED, {"acknowledged_at": None}, "pips_plan_active_is_acknowledged"),
    (
        PlanStatus.APPROVED,
        {"acknowledged_at": columns_of(PlanStatus.ACTIVE)["acknowledged_at"]},
        "pips_plan_active_is_acknowledged",
    ),
    (PlanStatus.EXTENDED, {"extension_days": 0}, "pips_plan_extended_has_days"),
    (PlanStatus.DECIDED, {"decided_at": None, "outcome": ""}, "pips_plan_decided_has_time"),
    (
        PlanStatus.ACTIVE,
        {"decided_at": columns_of(PlanStatus.DECIDED)["decided_at"], "outcome": "successful"},
        "pips_plan_decided_has_time",
    ),
    (PlanStatus.DECIDED, {"outcome": ""}, "pips_plan_decided_has_outcome"),
    (PlanStatus.DRAFT, {"outcome": "successful"}, "pips_plan_decided_has_outcome"),
    (PlanStatus.CLOSED, {"closed_at": None}, "pips_plan_closed_has_time"),
    (PlanStatus.DRAFT, {"closed_at": columns_of(PlanStatus.CLOSED)["closed_at"]}, "pips_plan_closed_has_time"),
    (PlanStatus.ISSUED, {"issued_at": "2026-01-01T00:00Z"}, "pips_plan_times_in_order"),
    (PlanStatus.ACTIVE, {"acknowledged_at": "2026-01-01T00:00Z"}, "pips_plan_times_in_order"),
    (PlanStatus.DECIDED, {"decided_at": "2026-01-01T00:00Z"}, "pips_plan_times_in_order"),
    (PlanStatus.ISSUED, {"ends_on": columns_of(PlanStatus.ISSUED)["starts_on"]}, "pips_plan_ends_after_start"),
    (PlanStatus.ACTIVE, {"receipt_owed_for": 1}, "pips_plan_receipt_owed_for_latest"),
    (PlanStatus.ACTIVE, {"receipt_owed_for": 2}, "pips_plan_receipt_owed_for_latest"),
    (PlanStatus.ACTIVE, {"closing_reason": "left"}, "pips_plan_only_closed_says_why"),
    (PlanStatus.DRAFT, {"length_days": 0}, "pips_plan_has_length"),
    (PlanStatus.DRAFT, {"check_in_every_days": 0}, "pips_plan_has_check_ins"),
]


@pytest.mark.parametrize(
    ("status", "broken", "constraint"), BROKEN, ids=[f"{case[0]}-{'-'.join(case[1])}" for case in BROKEN]
)
def test_a_state_without_its_facts_is_refused(
    plan_in: Callable[[PlanStatus], Plan], status: PlanStatus, broken: dict[str, object], constraint: str
) -> None:
    plan = plan_in(status)

    with (
        pgtrigger.ignore("pips.Plan:plan_versions_rise_by_amendment", AMENDED),
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
    ):
        Plan.objects.filter(pk=plan.pk).update(**broken)


def test_every_check_constraint_of_the_plan_is_tested() -> None:
    checks = {
        constraint.name for constraint in Plan._meta.constraints if type(constraint).__name__ == "CheckConstraint"
    }

    assert checks == {case[2] for case in BROKEN} | {"pips_plan_manager_is_other", "pips_plan_previous_is_other"}


def test_nobody_manages_their_own_plan(plan_in: Callable[[PlanStatus], Plan], alice: Person) -> None:
    plan = plan_in(PlanStatus.DRAFT)

    with pytest.raises(IntegrityError, match="pips_plan_manager_is_other"), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(manager=alice.employee)


def test_a_plan_does_not_cite_itself(plan_in: Callable[[PlanStatus], Plan]) -> None:
    plan = plan_in(PlanStatus.DRAFT)

    with pytest.raises(IntegrityError, match="pips_plan_previous_is_other"), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(previous_plan=plan.pk)


@pytest.mark.parametrize("status", sorted(set(PlanStatus) - ENDED))
def test_an_employee_has_one_open_plan(plan_in: Callable[[PlanStatus], Plan], status: PlanStatus) -> None:
    plan_in(status)

    with pytest.raises(IntegrityError, match="pips_plan_one_open_per_employee"), transaction.atomic():
        plan_in(PlanStatus.DRAFT)


@pytest.mark.parametrize("status", sorted(ENDED))
def test_an_ended_plan_leaves_room_for_another(plan_in: Callable[[PlanStatus], Plan], status: PlanStatus) -> None:
    plan_in(status)

    assert plan_in(PlanStatus.DRAFT).pk is not None
