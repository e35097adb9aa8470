"""The database of a test worker: a clone of one migrated template, reached as the unprivileged role."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from psycopg import sql

from tests.support.services import TEMPLATE, TestServices

#: Rows deleted at once after which a table is tidied, since nothing else does so during a run.
MANY_ROWS = 2_000

_USED_TABLES = """
SELECT relname FROM pg_class
 WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0
 ORDER BY relname
"""


def migrate_template(services: TestServices) -> None:
    """Make and migrate the template once a run; the worker that comes first does it for all."""
    with services.alone():
        if services.migrated.exists():
            return
        services.postgres.ensure_database(TEMPLATE)
        own_name = connection.settings_dict["NAME"]
        connection.settings_dict["NAME"] = TEMPLATE
        try:
            call_command("migrate", verbosity=0, interactive=False)
        finally:
            connection.close()
            connection.settings_dict["NAME"] = own_name
        services.migrated.touch()


class Emptier:
    """Takes back what a committing test wrote: every row but those the migrations wrote.

    Django truncates each of the hundred tables and writes its content types and permissions anew, which takes longer
    than most of the tests. Here the few tables that have pages lose their rows, in one message and past the tenants'
    policies.
    """

    def __init__(self, connected: psycopg.Connection) -> None:
        self.connected = connected
        self.kept = set(self.used())
        connected.execute("SET session_replication_role = replica")

    def used(self) -> list[str]:
        """Return the tables that have pages: those that hold rows, or did until they were tidied."""
        return [name for (name,) in self.connected.execute(_USED_TABLES).fetchall()]

    def empty(self) -> None:
        """Delete the rows of every table that may hold some."""
        names = [name for name in self.used() if name not in self.kept]
        if not names:
            return
        cursor = self.connected.execute(
            sql.SQL(";").join(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in names)
        )
        for name in names:
            if cursor.rowcount > MANY_ROWS:
                self.connected.execute(sql.SQL("VACUUM {}").format(sql.Identifier(name)))
            cursor.nextset()


@pytest.fixture(scope="session")
def django_db_setup(
    test_services: TestServices, django_test_environment: None, django_db_blocker: Any
) -> Iterator[None]:
    """Give this worker its database; the whole cluster goes at the end of the run."""
    with django_db_blocker.unblock():
        migrate_template(test_services)
        with test_services.alone():
            test_services.postgres.ensure_database(test_services.database, template=TEMPLATE)
    with test_services.postgres.connect(test_services.database) as connected, pytest.MonkeyPatch.context() as patch:
        emptier = Emptier(connected)
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: emptier.empty())
        yield
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Begin every test with an empty cache: rate limits count in it."""
    cache.clear()
