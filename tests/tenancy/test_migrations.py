"""Migrations build the models once, and every one of them can be taken back."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from pipcycle.tenancy.operations import gather
from tests.support.services import PROJECT, TEMPLATE, TestServices

NAME = "test_taken_back"


def own_apps() -> list[str]:
    """Return the rooms that have migrations of their own."""
    return [one.label for one in apps.get_app_configs() if any((PROJECT / one.label / "migrations").glob("0*.py"))]


@pytest.fixture
def _copy_of_the_template(django_db_setup: None, test_services: TestServices, django_db_blocker: Any) -> Iterator[None]:
    """Go on in a migrated database of this test alone."""
    own_name = connection.settings_dict["NAME"]
    with test_services.alone():
        test_services.postgres.ensure_database(NAME, template=TEMPLATE)
    connection.close()
    connection.settings_dict["NAME"] = NAME
    with django_db_blocker.unblock():
        yield
        connection.close()
    connection.settings_dict["NAME"] = own_name
    test_services.postgres.drop_databases(NAME, but=own_name)


@pytest.mark.usefixtures("_copy_of_the_template")
def test_a_release_that_went_wrong_is_undone_down_to_the_first_migration() -> None:
    rooms = own_apps()
    while standing := {label for label, _name in MigrationRecorder(connection).applied_migrations()} & {*rooms}:
        lowest = next(label for label in ("people", *rooms) if label in standing)  # what stands on it goes with it
        call_command("migrate", lowest, "zero", verbosity=0, interactive=False)

    left = [name for name in connection.introspection.table_names() if name.split("_")[0] in rooms]
    assert (len(rooms) > 5, left) == (True, [])


@pytest.mark.parametrize("label", own_apps())
def test_changes_to_models_that_stand_are_thought_through_once(label: str) -> None:
    loader = MigrationLoader(None)
    own = {key[1]: one for key, one in loader.disk_migrations.items() if key[0] == label}
    assert own
    for name, migration in own.items():
        assert len(gather(migration.operations)) == len(migration.operations), f"{label} {name}: use makemigrations"
