"""Triggers that keep what was handed over, and what was recorded, as it was."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any

import pgtrigger

_PLAN_IS_ISSUED = (
    "IF EXISTS (SELECT 1 FROM pips_plan WHERE id = {row}.plan_id AND issued_at IS NOT NULL) THEN "
    "RAISE EXCEPTION 'pips: % is part of an issued plan; only an amendment changes it', TG_TABLE_NAME; "
    "END IF; "
)


def locked_at_issue(fields: Iterable[str], *, name: str, rows_too: bool = False) -> list[Any]:
    """Return the triggers that refuse a change of the columns once the plan has been issued (rule 3).

    With ``rows_too`` rows can neither be added nor removed from then on. An amendment (a new sealed version) lifts the
    lock for its own statements with ``lifted_locks``.
    """
    update = pgtrigger.Trigger(
        name=f"{name}_is_locked_at_issue",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(*fields),
        func=_PLAN_IS_ISSUED.format(row="NEW") + "RETURN NEW;",
    )
    if not rows_too:
        return [update]
    insert = pgtrigger.Trigger(
        name=f"{name}_is_not_added_after_issue",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=_PLAN_IS_ISSUED.format(row="NEW") + "RETURN NEW;",
    )
    delete = pgtrigger.Trigger(
        name=f"{name}_is_not_removed_after_issue",
        when=pgtrigger.Before,
        operation=pgtrigger.Delete,
        func=_PLAN_IS_ISSUED.format(row="OLD") + "RETURN OLD;",
    )
    return [update, insert, delete]


def append_only(fields: list[str], *, name: str) -> list[Any]:
    """Return the trigger that refuses any change of the columns: the record is only ever added to."""
    return [pgtrigger.ReadOnly(name=f"{name}_is_final", fields=fields)]


def settled_once(fields: Iterable[str], *, open_status: str, name: str) -> list[Any]:
    """Return the trigger that refuses a change of the columns once the row has left the open status: it is final."""
    return [
        pgtrigger.Trigger(
            name=f"{name}_is_settled_once",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange(*fields),
            func=(
                f"IF OLD.status <> '{open_status}' THEN "
                "RAISE EXCEPTION 'pips: % is settled and final', TG_TABLE_NAME; END IF; RETURN NEW;"
            ),
        )
    ]


def versions_rise_by_amendment(fields: Iterable[str], *, name: str) -> list[Any]:
    """Return the triggers that keep an issued plan's versions in order (rule 11).

    The version never falls, rises one at a time and only to that of an amendment in force; the columns change in no
    other statement than the one that raises it.
    """
    return [
        pgtrigger.Trigger(
            name=f"{name}_versions_rise_by_amendment",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange("version"),
            func=(
                "IF OLD.issued_at IS NOT NULL AND NOT (NEW.version = OLD.version + 1 AND EXISTS (SELECT 1 FROM "
                "pips_amendment WHERE plan_id = NEW.id AND version = NEW.version AND status = 'in_force')) THEN "
                "RAISE EXCEPTION 'pips: version % does not follow % by an amendment', NEW.version, OLD.version; "
                "END IF; RETURN NEW;"
            ),
        ),
        pgtrigger.Trigger(
            name=f"{name}_is_amended_by_versions",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange(*fields),
            func=(
                "IF OLD.issued_at IS NOT NULL AND NEW.version = OLD.version THEN "
                "RAISE EXCEPTION 'pips: the plan is issued; only an amendment changes its content'; "
                "END IF; RETURN NEW;"
            ),
        ),
    ]


#: The locks of the parts of an issued plan, as ``pgtrigger.ignore`` names them.
PART_LOCKS = (
    "pips.Concern:concern_is_not_added_after_issue",
    "pips.Expectation:expectation_is_locked_at_issue",
    "pips.Expectation:expectation_is_not_added_after_issue",
    "pips.Expectation:expectation_is_not_removed_after_issue",
    "pips.Milestone:milestone_is_locked_at_issue",
    "pips.SupportCommitment:support_is_locked_at_issue",
)


def lifted_locks() -> AbstractContextManager[None]:
    """Lift the locks of the parts for the statements inside; for amendments only, inside their transaction.

    Concerns can be added, never changed or removed: what was held against somebody stays as it was said.
    """
    return pgtrigger.ignore(*PART_LOCKS)


def never_removed(*, name: str) -> list[Any]:
    """Return the trigger that refuses to delete a row: what was attached for good stays (rule 16).

    Retention lifts it for its own statements with ``pgtrigger.ignore``.
    """
    return [pgtrigger.Protect(name=f"{name}_is_never_removed", operation=pgtrigger.Delete)]
