"""References of rows that are written by the ten thousand: looked at once a statement instead of once a row.

A foreign key asks for each row by itself, which costs more than writing it. ``GuardedReference`` promises what the
composite key promises (docs/adr/0001-tenancy.md), kept by triggers: a statement that writes rows which point at no row
of their organization is refused, and so is one that takes away a row that is pointed at.
"""

from typing import Any

from django.db.backends.ddl_references import Statement, Table

from pipcycle.tenancy.references import TenantReference

# As a foreign key does, the look at written rows locks what they point at, so that nobody deletes it meanwhile. It is
# planned afresh each time (EXECUTE): a plan for one row would be a bad one for fifty thousand. Row-level security holds
# in the functions, so both look at once and not at the end of the transaction, when the tenant may be closed. Whoever
# takes a row away must see what others have just written, so a transaction that keeps to its first snapshot may not.
_CREATE = """
CREATE FUNCTION %(name)s() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    are_found boolean;
BEGIN
    EXECUTE $query$
        WITH named AS (
            SELECT DISTINCT organization_id, %(column)s AS key FROM written WHERE %(column)s IS NOT NULL
        ), found AS (
            SELECT FROM %(target)s target
              JOIN named ON named.organization_id = target.organization_id AND named.key = target.%(key)s
               FOR KEY SHARE OF target
        )
        SELECT (SELECT count(*) FROM found) = (SELECT count(*) FROM named)
    $query$ INTO are_found;
    IF NOT are_found THEN
        RAISE EXCEPTION 'rows of %% violate the reference %(name)s', TG_TABLE_NAME
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION %(gone)s() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' OR EXISTS (
        SELECT FROM %(table)s WHERE organization_id = OLD.organization_id AND %(column)s = OLD.%(key)s
    ) THEN
        RAISE EXCEPTION 'a row of %% is or may be pointed at by the reference %(name)s', TG_TABLE_NAME
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER %(inserted)s AFTER INSERT ON %(table)s
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION %(name)s();
CREATE TRIGGER %(updated)s AFTER UPDATE ON %(table)s
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION %(name)s();
CREATE TRIGGER %(gone)s AFTER DELETE ON %(target)s
    FOR EACH ROW EXECUTE FUNCTION %(gone)s();
CREATE TRIGGER %(moved)s AFTER UPDATE OF organization_id, %(key)s ON %(target)s
    FOR EACH ROW WHEN ((OLD.organization_id, OLD.%(key)s) IS DISTINCT FROM (NEW.organization_id, NEW.%(key)s))
    EXECUTE FUNCTION %(gone)s()
"""

_PARTS = ("inserted", "updated", "gone", "moved")


class GuardedReference(TenantReference):
    """A same-tenant reference that the database checks a statement at a time. Rows that stand are not looked at."""

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """Queue the functions and the triggers; nothing to run at once."""
        field = model._meta.get_field(self.field)
        target, quote = field.related_model._meta, schema_editor.quote_name
        schema_editor.deferred_sql.append(
            Statement(
                _CREATE,
                name=quote(self.name),
                **{part: quote(f"{self.name}_{part}") for part in _PARTS},
                table=Table(model._meta.db_table, quote),
                column=quote(field.column),
                target=Table(target.db_table, quote),
                key=quote(target.pk.column),
            )
        )
        return None

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        """Return the statement that drops the functions, and the triggers with them."""
        quote = schema_editor.quote_name
        return Statement(
            "DROP FUNCTION IF EXISTS %(name)s, %(gone)s CASCADE",
            name=quote(self.name),
            gone=quote(f"{self.name}_gone"),
        )
