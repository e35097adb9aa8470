"""A disciplinary action moves along the table only, by the services and in the database; each state has its facts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from pipcycle.errors import DomainError
from pips.discipline_enums import ACTION_BEFORE_ISSUE, ACTION_MOVES, ACTION_OVER, ACTION_STANDS, ActionStatus
from pips.models import DisciplinaryAction, DisciplineMove
from pips.services.discipline.moves import move_action
from tests.cast import Person
from tests.pips.conftest import MOMENT
from tests.pips.discipline.conftest import D, action_columns

ActionIn = Callable[..., DisciplinaryAction]


def test_the_table_of_moves_is_the_agreed_one() -> None:
    assert {source.value: {target.value for target in targets} for source, targets in ACTION_MOVES.items()} == {
        "drafted": {"in_review", "withdrawn"},
        "in_review": {"drafted", "approved", "withdrawn"},
        "approved": {"drafted", "issued", "withdrawn"},
        "issued": {"acknowledged", "refused", "appealed", "expired", "withdrawn"},
        "acknowledged": {"appealed", "expired", "withdrawn"},
        "refused": {"appealed", "expired", "withdrawn"},
        "appealed": {"upheld", "reduced", "withdrawn"},
        "upheld": {"expired", "withdrawn"},
        "reduced": {"expired", "withdrawn"},
        "expired": set(),
        "withdrawn": set(),
    }


def test_every_state_belongs_to_one_part_of_the_life() -> None:
    assert set(ActionStatus) == ACTION_BEFORE_ISSUE | ACTION_STANDS | ACTION_OVER
    assert len(ActionStatus) == len(ACTION_BEFORE_ISSUE) + len(ACTION_STANDS) + len(ACTION_OVER)


def facts_for(target: ActionStatus) -> dict[str, Any]:
    """Return the columns the target needs, whichever state the action comes from; what was handed over stays."""
    facts = action_columns(target)
    if target in {ActionStatus.DRAFTED, ActionStatus.IN_REVIEW}:
        facts["approved_at"] = None
    return {name: value for name, value in facts.items() if name not in {"level", "facts", "occurred_on"}}


CONTENT = {"level": "written", "facts": "The guard was off.", "occurred_on": D(2026, 12, 14)}


@pytest.mark.parametrize("source", ActionStatus)
def test_the_service_moves_an_action_along_the_table_only(
    action_in: ActionIn, bob: Person, source: ActionStatus
) -> None:
    action = action_in(source, **CONTENT)
    moved, refusals = set(), list[str]()
    for target in ActionStatus:
        facts = facts_for(target)
        del facts["status"]
        try:
            with transaction.atomic():
                move_action(action=action, target=target, actor=bob.member, reason="why", **facts)
                move = DisciplineMove.objects.get(action=action)
                assert (move.source, move.target, move.actor, move.reason) == (source, target, bob.member, "why")
                moved.add(target)
                transaction.set_rollback(True)
        except DomainError as error:
            refusals.append(str(error))
        action.refresh_from_db()
        assert action.status == source

    assert moved == ACTION_MOVES[source]
    assert all(refusal.endswith("Reload the page to see it.") for refusal in refusals)


@pytest.mark.parametrize("source", ActionStatus)
def test_the_database_moves_an_action_along_the_table_only(action_in: ActionIn, source: ActionStatus) -> None:
    action = action_in(source, **CONTENT)
    moved, refusals = set(), list[str]()
    for target in set(ActionStatus) - {source}:
        facts = facts_for(target)
        assignments = ", ".join(f"{column} = %s" for column in facts)
        statement = f"UPDATE pips_disciplinaryaction SET {assignments} WHERE id = %s"  # noqa: S608  # names of columns
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, [*facts.values(), action.pk])
                moved.add(target)
                transaction.set_rollback(True)
        except ProgrammingError as error:
            refusals.append(str(error))

    assert moved == ACTION_MOVES[source]
    assert all('Invalid transition of field "status"' in refusal for refusal in refusals)


def test_a_move_cannot_be_rewritten(action_in: ActionIn, bob: Person) -> None:
    action = action_in(ActionStatus.DRAFTED)
    move_action(action=action, target=ActionStatus.WITHDRAWN, actor=bob.member, ended_at=MOMENT)

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        DisciplineMove.objects.update(reason="another")


@pytest.mark.parametrize(
    "change", [{"facts": "Worse."}, {"level": "final"}, {"prior_actions": "Many."}, {"employee_statement": "Nothing."}]
)
def test_what_was_handed_over_is_not_rewritten(action_in: ActionIn, change: dict[str, str]) -> None:
    action = action_in(ActionStatus.ISSUED)

    with pytest.raises(ProgrammingError, match="is not rewritten"), transaction.atomic():
        DisciplinaryAction.objects.filter(pk=action.pk).update(**change)


BROKEN: list[tuple[ActionStatus, dict[str, Any], str]] = [
    (ActionStatus.IN_REVIEW, {"submitted_at": None}, "pips_action_submitted_has_time"),
    (ActionStatus.UPHELD, {"submitted_at": None}, "pips_action_submitted_has_time"),
    (ActionStatus.APPROVED, {"approved_at": None}, "pips_action_approved_has_time"),
    (ActionStatus.DRAFTED, {"approved_at": MOMENT}, "pips_action_approved_has_time"),
    (ActionStatus.ISSUED, {"issued_at": None}, "pips_action_issued_has_content"),
    (ActionStatus.ISSUED, {"appeal_until": None}, "pips_action_issued_has_content"),
    (ActionStatus.DRAFTED, {"issued_at": MOMENT}, "pips_action_issued_has_content"),
    (ActionStatus.ACKNOWLEDGED, {"received_at": None}, "pips_action_received_has_time"),
    (ActionStatus.REFUSED, {"received_at": "2026-01-01T00:00Z"}, "pips_action_received_has_time"),
    (ActionStatus.EXPIRED, {"ended_at": None}, "pips_action_over_has_time"),
    (ActionStatus.ISSUED, {"ended_at": MOMENT}, "pips_action_over_has_time"),
    (ActionStatus.EXPIRED, {"expires_on": None}, "pips_action_expired_has_day"),
    (ActionStatus.REDUCED, {"reduced_level": ""}, "pips_action_reduced_has_level"),
    (ActionStatus.UPHELD, {"reduced_level": "verbal"}, "pips_action_reduced_has_level"),
    (ActionStatus.IN_REVIEW, {"legal_reviewed_at": MOMENT}, "pips_action_legal_review_says_why"),
]


@pytest.mark.parametrize(
    ("status", "broken", "constraint"), BROKEN, ids=[f"{case[0]}-{'-'.join(case[1])}" for case in BROKEN]
)
def test_a_state_without_its_facts_is_refused(
    action_in: ActionIn, status: ActionStatus, broken: dict[str, Any], constraint: str
) -> None:
    action = action_in(status)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        DisciplinaryAction.objects.filter(pk=action.pk).update(**broken)


def test_nobody_answers_their_own_misconduct(action_in: ActionIn, alice: Person) -> None:
    with pytest.raises(IntegrityError, match="pips_action_manager_is_other"), transaction.atomic():
        action_in(ActionStatus.DRAFTED, manager=alice.employee)


def test_every_check_constraint_of_the_action_is_tested() -> None:
    checks = {
        constraint.name
        for constraint in DisciplinaryAction._meta.constraints
        if type(constraint).__name__ == "CheckConstraint"
    }

    assert checks == {case[2] for case in BROKEN} | {"pips_action_manager_is_other"}
