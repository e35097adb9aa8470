"""The database of a test worker: a clone of one migrated template, reached as the unprivileged role."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from tests.support.services import TEMPLATE, TestServices


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


@pytest.fixture(scope="session")
def django_db_setup(
    test_services: TestServices, django_test_environment: None, django_db_blocker: Any
) -> Iterator[None]:
    """Give this worker its database; the whole cluster goes at the end of the run."""
    with django_db_blocker.unblock():
        migrate_template(test_services)
        with test_services.alone():
            test_services.postgres.ensure_database(test_services.database, template=TEMPLATE)
    yield
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Begin every test with an empty cache: rate limits count in it."""
    cache.clear()
