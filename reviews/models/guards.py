"""What the database itself holds fast in this room."""

import pgtrigger


def stays_once(condition: str, *fields: str, name: str, words: str) -> pgtrigger.Trigger:
    """Return the guard that refuses a change of the fields where the condition (SQL over OLD and NEW) holds."""
    refusal = f"RAISE EXCEPTION 'reviews: {words}' USING ERRCODE = 'check_violation';"
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(*fields),
        func=f"IF {condition} THEN {refusal} END IF; RETURN NEW;",
    )


def never_changes(*fields: str, name: str) -> pgtrigger.Trigger:
    """Return the guard that refuses any change of the fields: the record is only ever added to."""
    return pgtrigger.ReadOnly(name=f"{name}_is_final", fields=list(fields))
