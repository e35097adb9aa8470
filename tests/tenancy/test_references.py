"""A reference from one tenant's row to another tenant's row is refused by the database."""

from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django_rls_tenants import admin_context, tenant_context

from feedback.models import PrivateNote
from people.models import Organization
from pipcycle.tenancy.guards import GuardedReference
from pipcycle.tenancy.models import TenantModel
from tests.tenancy.rows import key_of, make_object

Reference = tuple[type[TenantModel], str]

REFERENCES: list[Reference] = [
    (model, field.name)
    for model in apps.get_models()
    if issubclass(model, TenantModel)
    for field in model._meta.concrete_fields
    if isinstance(field, models.ForeignKey) and issubclass(field.related_model, TenantModel)
]

#: Those that the database checks a statement at a time, by triggers.
GUARDS: dict[Reference, GuardedReference] = {
    (model, rule.field): rule
    for model in apps.get_models()
    if issubclass(model, TenantModel)
    for rule in model._meta.constraints
    if isinstance(rule, GuardedReference)
}
KEYED = [reference for reference in REFERENCES if reference not in GUARDS]

_COMPOSITE_KEYS = """
SELECT own.conname
  FROM pg_constraint own
 WHERE own.contype = 'f' AND own.conrelid = %s::regclass AND own.confrelid = %s::regclass
   AND own.convalidated
   AND (SELECT array_agg(attname::text ORDER BY place) FROM unnest(own.conkey) WITH ORDINALITY AS key (number, place)
          JOIN pg_attribute ON attrelid = own.conrelid AND attnum = number) = ARRAY['organization_id', %s]
   AND (SELECT array_agg(attname::text ORDER BY place) FROM unnest(own.confkey) WITH ORDINALITY AS key (number, place)
          JOIN pg_attribute ON attrelid = own.confrelid AND attnum = number) = ARRAY['organization_id', 'id']
"""


def label(reference: Reference) -> str:
    """Return "people.Employee.manager"."""
    return f"{reference[0]._meta.label}.{reference[1]}"


def test_there_are_references_to_check() -> None:
    assert "people.Employee.manager" in map(label, KEYED)
    assert [*map(label, GUARDS)] == ["metrics.SeriesRollup.series"]


@pytest.mark.django_db
@pytest.mark.parametrize("reference", KEYED, ids=label)
def test_a_reference_has_a_second_key_with_the_tenant(reference: Reference) -> None:
    model, name = reference
    field = model._meta.get_field(name)
    target: Any = field.related_model
    with connection.cursor() as cursor:
        cursor.execute(_COMPOSITE_KEYS, [model._meta.db_table, target._meta.db_table, field.column])
        assert len(cursor.fetchall()) == 1


@pytest.mark.django_db
def test_every_foreign_key_of_the_database_between_tenant_tables_is_known() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT own.relname || '.' || attname FROM pg_constraint"
            " JOIN pg_class own ON own.oid = conrelid"
            " JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey) AND attname <> 'organization_id'"
            " WHERE contype = 'f' AND EXISTS (SELECT FROM pg_attribute"
            " WHERE attrelid = confrelid AND attname = 'organization_id')"
            " AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = conrelid AND attname = 'organization_id')"
        )
        found = {name for (name,) in cursor.fetchall()}

    known = {f"{model._meta.db_table}.{model._meta.get_field(name).column}" for model, name in KEYED}
    assert found == known


@pytest.mark.parametrize("reference", REFERENCES, ids=label)
def test_pointing_at_another_tenant_s_row_is_refused(
    reference: Reference, harbor: Organization, alder: Organization
) -> None:
    model, name = reference
    field = model._meta.get_field(name)
    target: Any = field.related_model
    with tenant_context(alder.pk):
        foreign = make_object(target)
    with tenant_context(harbor.pk), connection.cursor() as cursor:
        row = make_object(model)
        key = key_of(row)
        # Sealed rows refuse any change by a trigger, others by a check: here the foreign key alone is asked.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f'ALTER TABLE "{model._meta.db_table}" DISABLE TRIGGER USER')
        if guard := GUARDS.get(reference):
            cursor.execute(f'ALTER TABLE "{model._meta.db_table}" ENABLE TRIGGER "{guard.name}_updated"')
        for check in check_constraints(model._meta.db_table):
            cursor.execute(f'ALTER TABLE "{model._meta.db_table}" DROP CONSTRAINT "{check}"')
        with pytest.raises(DatabaseError, match=refusal_of(model, name)), transaction.atomic():
            cursor.execute(
                f'UPDATE "{model._meta.db_table}" SET "{field.column}" = %s WHERE {key.where}',  # noqa: S608
                [foreign.pk, *key.values],
            )


@pytest.mark.django_db
@pytest.mark.parametrize("reference", GUARDS, ids=label)
def test_a_guarded_reference_is_looked_at_on_both_sides(reference: Reference) -> None:
    model, name = reference
    target: Any = model._meta.get_field(name).related_model
    guard = GUARDS[reference].name
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgenabled = 'O' AND starts_with(tgname, %s)",
            [guard],
        )
        assert dict(cursor.fetchall()) == {
            f"{guard}_inserted": model._meta.db_table,
            f"{guard}_updated": model._meta.db_table,
            f"{guard}_gone": target._meta.db_table,
            f"{guard}_moved": target._meta.db_table,
        }


@pytest.mark.parametrize("is_open_to_all", [False, True], ids=["in a tenant", "looking across"])
@pytest.mark.parametrize("reference", GUARDS, ids=label)
def test_one_foreign_row_among_good_ones_is_refused(
    reference: Reference, is_open_to_all: bool, harbor: Organization, alder: Organization
) -> None:
    model, name = reference
    field = model._meta.get_field(name)
    target: Any = field.related_model
    with tenant_context(alder.pk):
        foreign = make_object(target)
    with tenant_context(harbor.pk):
        key, own = key_of(make_object(model)), make_object(target)
    columns = [one.column for one in model._meta.concrete_fields]
    copied = ", ".join("target" if column == field.column else column for column in columns)
    copy = (
        f"INSERT INTO {model._meta.db_table} ({', '.join(columns)})"  # noqa: S608
        f" SELECT {copied} FROM {model._meta.db_table}, unnest(%s::bigint[]) target WHERE {key.where}"
    )
    with admin_context() if is_open_to_all else tenant_context(harbor.pk), connection.cursor() as cursor:
        for bad in (foreign.pk, 0):
            with pytest.raises(DatabaseError, match="_same_tenant"), transaction.atomic():
                cursor.execute(copy, [[own.pk, bad], *key.values])
        cursor.execute(copy, [[own.pk], *key.values])
        assert cursor.rowcount == 1


@pytest.mark.parametrize("change", ["DELETE FROM {table}", "UPDATE {table} SET id = -id"], ids=["gone", "moved"])
@pytest.mark.parametrize("reference", GUARDS, ids=label)
def test_what_a_guarded_reference_points_at_stays(reference: Reference, change: str, harbor: Organization) -> None:
    model, name = reference
    target: Any = model._meta.get_field(name).related_model
    with tenant_context(harbor.pk), connection.cursor() as cursor:
        row, free = make_object(model), make_object(target)
        statement = f"{change.format(table=target._meta.db_table)} WHERE id = %s"
        with pytest.raises(DatabaseError, match="_same_tenant"), transaction.atomic():
            cursor.execute(statement, [getattr(row, name).pk])
        cursor.execute(statement, [free.pk])
        assert cursor.rowcount == 1


def refusal_of(model: type[TenantModel], name: str) -> str:
    """Return what the database says: of a private note its writer's own policy speaks before the key is asked."""
    return "row-level security" if (model, name) == (PrivateNote, "writer") else "_same_tenant"


def check_constraints(table: str) -> list[str]:
    """Return the names of the table's checks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass", [table])
        return [name for (name,) in cursor.fetchall()]
