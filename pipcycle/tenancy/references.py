"""A reference may only point at a row of its own organization; the database refuses any other.

Row-level security does not look at foreign keys: PostgreSQL runs referential checks outside the policies, so a row of
one organization could point at another's. Every foreign key between tenant models therefore gets a second, composite
foreign key over (organization, reference).
"""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Columns, Statement, Table
from django.db.backends.utils import truncate_name

from pipcycle.tenancy.models import TenantModel


class TenantReference(models.BaseConstraint):
    """``FOREIGN KEY (organization_id, <field>_id) REFERENCES target (organization_id, id)``, deferred."""

    def __init__(self, *, field: str, name: str) -> None:
        super().__init__(name=name)
        self.field = field

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        """Return what a migration needs to write this constraint."""
        path, _args, kwargs = super().deconstruct()
        return path, (), {**kwargs, "field": self.field}

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((self.name, self.field))

    def constraint_sql(self, model: Any, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        """Defer the statement to the end of the migration: the target's key may not stand yet."""
        return self.create_sql(model, schema_editor)

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """Queue the ``ALTER TABLE``; nothing to run at once."""
        field = model._meta.get_field(self.field)
        target = field.related_model._meta
        quote = schema_editor.quote_name

        def columns(table: str, names: list[str]) -> Columns:
            return Columns(table, names, quote)

        schema_editor.deferred_sql.append(
            Statement(
                "ALTER TABLE %(table)s ADD CONSTRAINT %(name)s FOREIGN KEY (%(columns)s) "
                "REFERENCES %(to_table)s (%(to_columns)s) DEFERRABLE INITIALLY DEFERRED",
                table=Table(model._meta.db_table, quote),
                name=quote(self.name),
                columns=columns(model._meta.db_table, ["organization_id", field.column]),
                to_table=Table(target.db_table, quote),
                to_columns=columns(target.db_table, ["organization_id", target.pk.column]),
            )
        )
        return None

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        """Return the statement that drops the composite foreign key."""
        quote = schema_editor.quote_name
        return Statement(
            "ALTER TABLE %(table)s DROP CONSTRAINT IF EXISTS %(name)s",
            table=Table(model._meta.db_table, quote),
            name=quote(self.name),
        )

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = "default") -> None:
        """Do nothing: ``RLSProtectedModel.clean_fields`` already refuses such a reference with a form error."""


def reference_name(model: type[models.Model], field_name: str) -> str:
    """Return the constraint's name, at most 63 bytes."""
    return truncate_name(f"{model._meta.db_table}_{field_name}_same_tenant", 63)


def declare_tenant_references() -> None:
    """Add a ``TenantReference`` for every foreign key from one tenant model to another that has none of its own."""
    for model in apps.get_models():
        if not issubclass(model, TenantModel):
            continue
        declared = {rule.field for rule in model._meta.constraints if isinstance(rule, TenantReference)}
        for field in model._meta.local_concrete_fields:
            target = field.related_model if isinstance(field, models.ForeignKey) else None
            if field.name not in declared and isinstance(target, type) and issubclass(target, TenantModel):
                model._meta.constraints.append(
                    TenantReference(field=field.name, name=reference_name(model, field.name))
                )
