"""Rows that belong to one person alone: the database shows them to their writer and to nobody else.

``WriterPolicy`` is a restrictive policy beside the tenant's: both must hold. It compares the writer with a setting that
lives no longer than ``acting_as``, so every other statement of the product (search, export, history, administration,
the operator's shell) finds no rows, whatever role it runs for. See docs/adr/0018-private-notes.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Columns, Statement, Table

from pipcycle.tenancy.references import TenantReference

ACTING_MEMBER = "pipcycle.acting_member"


@contextmanager
def acting_as(member_id: int) -> Iterator[None]:
    """Open the rows of the member's own hand to the statements inside, in one transaction, and close them again."""
    with transaction.atomic():
        before = _tell(str(member_id))
        yield
        _tell(before)  # an exception takes the setting back with the savepoint


def _tell(member_id: str) -> str:
    """Set who acts until the end of the transaction; return what was set before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting(%s, true), ''), set_config(%s, %s, true)",
            [ACTING_MEMBER, ACTING_MEMBER, member_id],
        )
        before: str = cursor.fetchone()[0]
        return before


class WriterPolicy(models.BaseConstraint):
    """A restrictive row-level policy: only who wrote the row reads, changes or deletes it, and no administrator."""

    def __init__(self, *, field: str, name: str) -> None:
        super().__init__(name=name)
        self.field = field

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        """Return what a migration needs to write this constraint."""
        _path, _args, kwargs = super().deconstruct()
        return "pipcycle.tenancy.writer.WriterPolicy", (), {**kwargs, "field": self.field}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WriterPolicy) and (self.name, self.field) == (other.name, other.field)

    def __hash__(self) -> int:
        return hash((self.name, self.field))

    def constraint_sql(self, model: Any, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        """Defer the statement to the end of the migration, as the tenant's policy is."""
        return self.create_sql(model, schema_editor)

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """Queue the policy; nothing to run at once."""
        column = schema_editor.quote_name(model._meta.get_field(self.field).column)
        is_writer = f"{column} = NULLIF(current_setting('{ACTING_MEMBER}', true), '')::bigint"
        schema_editor.deferred_sql.append(
            Statement(
                "CREATE POLICY %(name)s ON %(table)s AS RESTRICTIVE USING (%(rule)s) WITH CHECK (%(rule)s)",
                name=schema_editor.quote_name(self.name),
                table=Table(model._meta.db_table, schema_editor.quote_name),
                rule=is_writer,
            )
        )
        return None

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        """Return the statement that drops the policy."""
        quote = schema_editor.quote_name
        return Statement(
            "DROP POLICY IF EXISTS %(name)s ON %(table)s",
            name=quote(self.name),
            table=Table(model._meta.db_table, quote),
        )

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = "default") -> None:
        """Do nothing: the database refuses such a row."""


class CascadingReference(TenantReference):
    """A same-tenant reference whose rows go with their target, done by the database: Django cannot see the rows."""

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """Queue the ``ALTER TABLE``; nothing to run at once."""
        field = model._meta.get_field(self.field)
        target = field.related_model._meta
        quote = schema_editor.quote_name
        schema_editor.deferred_sql.append(
            Statement(
                "ALTER TABLE %(table)s ADD CONSTRAINT %(name)s FOREIGN KEY (%(columns)s)"
                " REFERENCES %(to_table)s (%(to_columns)s) ON DELETE CASCADE",
                table=Table(model._meta.db_table, quote),
                name=quote(self.name),
                columns=Columns(model._meta.db_table, ["organization_id", field.column], quote),
                to_table=Table(target.db_table, quote),
                to_columns=Columns(target.db_table, ["organization_id", target.pk.column], quote),
            )
        )
        return None
