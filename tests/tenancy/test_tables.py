"""Every table: who may see its rows is decided by the database, not by the code that asks."""

from typing import Any

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, models, transaction
from django_rls_tenants import tenant_context
from django_rls_tenants.exceptions import NoTenantContextError

from people.models import Organization
from pipcycle.tenancy.models import TenantModel
from tests.tenancy.rows import make_row

#: Tables without rows of a tenant, each with the reason.
SHARED_TABLES = {
    "account_emailaddress": "addresses of users, who are of no tenant (the library's)",
    "account_emailconfirmation": "confirmations of users' addresses (the library's)",
    "auth_group": "unused by the product: roles are memberships (Django's)",
    "auth_group_permissions": "unused by the product (Django's)",
    "auth_permission": "names of permissions, no content (Django's)",
    "django_admin_log": "what the operator did to organizations and users; a tenant's admin writes history events",
    "django_content_type": "names of models (Django's)",
    "django_migrations": "names of migrations (Django's)",
    "django_session": "sign-ins: a random key and a user; nothing of a tenant is kept in it but its number",
    "people_organization": "the tenants themselves",
    "people_user": "people who sign in, who may belong to several tenants",
    "people_user_groups": "unused by the product (Django's)",
    "people_user_user_permissions": "unused by the product (Django's)",
    "pghistory_context": "never written: each event carries its context in its own row, see the test below",
}

#: Tables whose rows are their writer's alone: a second, restrictive policy, proven in tests/feedback/test_privacy.py.
PERSONAL_TABLES = {"feedback_privatenote": "private notes of a check-in, closed to every role"}

TENANT_MODELS = [
    model for model in apps.get_models() if any(field.name == "organization" for field in model._meta.fields)
]


def query(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def table_names() -> set[str]:
    """Return every table of the schema."""
    return {name for (name,) in query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}


def tenant_tables() -> set[str]:
    """Return every table with a tenant column, whether Django knows it or not."""
    return {
        name
        for (name,) in query(
            "SELECT DISTINCT table_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name = 'organization_id'"
        )
    }


@pytest.mark.django_db
def test_every_table_has_a_tenant_or_a_reason() -> None:
    assert table_names() - tenant_tables() == set(SHARED_TABLES)


@pytest.mark.django_db
def test_django_knows_every_tenant_table() -> None:
    assert {model._meta.db_table for model in TENANT_MODELS} == tenant_tables()


@pytest.mark.django_db
@pytest.mark.parametrize("model", TENANT_MODELS, ids=lambda model: model._meta.label)
def test_a_tenant_table_has_a_forced_policy_on_its_tenant_column(model: type[models.Model]) -> None:
    table = model._meta.db_table
    protection = query("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", table)
    policies = query("SELECT cmd, permissive, qual, with_check FROM pg_policies WHERE tablename = %s", table)

    assert protection == [(True, True)]
    restrictive = [("ALL", "RESTRICTIVE")] if table in PERSONAL_TABLES else []
    assert sorted((command, kind) for command, kind, *_rest in policies) == [("ALL", "PERMISSIVE"), *restrictive]
    using, check = next((using, check) for _command, kind, using, check in policies if kind == "PERMISSIVE")
    assert "organization_id" in using
    assert "rls.current_tenant" in using
    assert check is None or "organization_id" in check


@pytest.mark.django_db
def test_the_application_cannot_go_round_the_policies() -> None:
    role = query("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
    member_of = query(
        "SELECT count(*) FROM pg_auth_members JOIN pg_roles granted ON granted.oid = roleid"
        " JOIN pg_roles own ON own.oid = member"
        " WHERE own.rolname = current_user AND (granted.rolsuper OR granted.rolbypassrls)"
    )

    assert (role, member_of) == ([(False, False)], [(0,)])


@pytest.mark.django_db
def test_no_view_or_function_reads_with_somebody_else_s_rights() -> None:
    functions = query(
        "SELECT proname FROM pg_proc JOIN pg_namespace space ON space.oid = pronamespace"
        " WHERE prosecdef AND nspname = 'public'"
    )
    views = query(
        "SELECT relname FROM pg_class JOIN pg_namespace space ON space.oid = relnamespace"
        " WHERE relkind IN ('v', 'm') AND nspname = 'public'"
    )

    assert (functions, views) == ([], [])


@pytest.fixture
def two_tenants(harbor: Organization, alder: Organization) -> tuple[Organization, Organization]:
    """Harbor, whose row is looked at, and Alder, who looks."""
    return harbor, alder


@pytest.mark.parametrize("model", TENANT_MODELS, ids=lambda model: model._meta.label)
def test_a_row_is_seen_and_written_by_its_own_tenant_only(
    model: type[models.Model], two_tenants: tuple[Organization, Organization]
) -> None:
    harbor, alder = two_tenants
    table = model._meta.db_table
    with tenant_context(harbor.pk):
        key = make_row(model)
        seen_by_harbor = query(f'SELECT organization_id FROM "{table}" WHERE {key.where}', *key.values)  # noqa: S608

    with tenant_context(alder.pk):
        seen_by_alder = query(f'SELECT count(*) FROM "{table}" WHERE {key.where}', *key.values)  # noqa: S608
        changed_by_alder = row_count(f'UPDATE "{table}" SET organization_id = organization_id')  # noqa: S608
        deleted_by_alder = row_count(f'DELETE FROM "{table}"')  # noqa: S608
    seen_by_nobody = query(f'SELECT count(*) FROM "{table}"')  # noqa: S608

    assert set(seen_by_harbor) == {(harbor.pk,)}
    assert (seen_by_alder, changed_by_alder, deleted_by_alder) == ([(0,)], 0, 0)
    assert seen_by_nobody == [(0,)]


@pytest.mark.parametrize("model", TENANT_MODELS, ids=lambda model: model._meta.label)
def test_a_row_for_another_tenant_is_refused(
    model: type[models.Model], two_tenants: tuple[Organization, Organization]
) -> None:
    harbor, alder = two_tenants
    table = model._meta.db_table
    with tenant_context(harbor.pk):
        key = make_row(model)
        fields = [field for field in model._meta.concrete_fields if field.name != "organization"]
        columns = ", ".join(f'"{field.column}"' for field in fields)
        copy = (
            f'INSERT INTO "{table}" (organization_id, {columns})'  # noqa: S608
            f' SELECT {alder.pk}, {columns} FROM "{table}" WHERE {key.where}'
        )
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            query(copy, *key.values)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "model", [model for model in TENANT_MODELS if issubclass(model, TenantModel)], ids=lambda model: model._meta.label
)
def test_a_query_without_a_tenant_raises(model: type[TenantModel]) -> None:
    with pytest.raises(NoTenantContextError):
        model.objects.count()


def row_count(sql: str) -> int:
    """Run a statement and return how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.rowcount)


@pytest.mark.usefixtures("alice")
def test_the_history_keeps_its_context_in_the_tenant_s_own_rows(harbor: Organization) -> None:
    with tenant_context(harbor.pk):
        assert query("SELECT count(*) > 0 FROM people_employeeevent") == [(True,)]
    assert query("SELECT count(*) FROM pghistory_context") == [(0,)]
