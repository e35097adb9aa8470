"""``makemigrations``: what is added to models that stand is written as one operation, which is built once."""

from typing import Any

from django.core.management.commands.makemigrations import Command as DjangoCommand

from pipcycle.tenancy.operations import gather


class Command(DjangoCommand):
    """Django's command, with runs of small operations gathered."""

    def write_migration_files(self, changes: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        """Write the files; see ``Together`` for why."""
        for migrations in changes.values():
            for migration in migrations:
                migration.operations = gather(migration.operations)
        super().write_migration_files(changes, *args, **kwargs)
