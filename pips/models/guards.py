"""Triggers that keep what was handed over, and what was recorded, as it was."""

from collections.abc import Iterable
from typing import Any

import pgtrigger

_PLAN_IS_ISSUED = (
    "IF EXISTS (SELECT 1 FROM pips_plan WHERE id = {row}.plan_id AND issued_at IS NOT NULL) THEN "
    "RAISE EXCEPTION 'pips: % is part of an issued plan; only an amendment changes it', TG_TABLE_NAME; "
    "END IF; "
)


def locked_at_issue(fields: Iterable[str], *, name: str, rows_too: bool = False) -> list[Any]:
    """Return the triggers that refuse a change of the columns once the plan has been issued (rule 3).

    With ``rows_too`` rows can neither be added nor removed from then on. An amendment (a new sealed version) will lift
    the lock for its own statements with ``pgtrigger.ignore``.
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
