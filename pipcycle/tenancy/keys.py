"""The key over (organization, id) to which references inside an organization point."""

from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table


class TenantKey(models.UniqueConstraint):
    """``UNIQUE (organization_id, id)``; taken back, it takes the references that stand on it with it.

    A migration taken back drops this key before the composite foreign keys of the same tables, and those of other
    tables go with their columns; ``TenantReference`` drops what is there and is content when it is gone.
    """

    def remove_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        """Return the statement that drops the key and what stands on it."""
        assert model is not None  # noqa: S101  # the schema editor gives both
        assert schema_editor is not None  # noqa: S101
        quote = schema_editor.quote_name
        return Statement(
            "ALTER TABLE %(table)s DROP CONSTRAINT IF EXISTS %(name)s CASCADE",
            table=Table(model._meta.db_table, quote),
            name=quote(self.name),
        )
