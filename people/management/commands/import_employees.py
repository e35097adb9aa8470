"""Import employees from a file on the command line."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django_rls_tenants import tenant_context

from people.enums import RowOutcome
from people.imports.errors import FileRefused
from people.imports.fields import FIELD_BY_KEY
from people.imports.findings import KINDS
from people.models import ImportBatch, Organization
from people.selectors.accounts import organization_by_slug
from people.selectors.imports import finding_counts
from people.services import imports, upload_run
from pipcycle.errors import DomainError


class Command(BaseCommand):
    """``import_employees ORG FILE [--map field=Column]… [--dry-run]``; ends with 1 if the file is refused."""

    help = "Import employees from a CSV file or a spreadsheet; every row is accounted for."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the organization, the file and the options."""
        parser.add_argument("organization", help="short name of the organization")
        parser.add_argument("file", type=Path, help="CSV, XLSX, XLS or ODS")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="FIELD=COLUMN",
            help="take a fact from this column (an empty column: do not import it); known facts: "
            + ", ".join(FIELD_BY_KEY),
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen; change nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import the file and print what became of its rows."""
        organization = organization_by_slug(options["organization"])
        if organization is None:
            raise CommandError(f"There is no active organization “{options['organization']}”.")
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file “{path}”.")
        try:
            with tenant_context(organization.pk), transaction.atomic():
                batch = self._run(path, _parse_map(options["map"]), is_applied=not options["dry_run"])
                self._print(batch, organization, is_applied=not options["dry_run"])
                transaction.set_rollback(options["dry_run"])
        except (FileRefused, DomainError) as refusal:
            raise CommandError(str(refusal)) from refusal

    def _run(self, path: Path, chosen: Mapping[str, str], *, is_applied: bool) -> ImportBatch:
        with path.open("rb") as stream:
            batch = imports.upload_file(actor=None, filename=path.name, stream=stream, size=path.stat().st_size)
        columns = {key: heading for key, heading in batch.mapping["columns"].items() if heading not in chosen.values()}
        batch = imports.choose_columns(actor=None, batch=batch, columns={**columns, **chosen})
        return upload_run.run_now(actor=None, batch=batch, is_applied=is_applied)

    def _print(self, batch: ImportBatch, organization: Organization, *, is_applied: bool) -> None:
        title = "Imported into" if is_applied else "Dry run for"
        self.stdout.write(f"{title} {organization.name}: {batch.filename}, {batch.rows_total} rows")
        columns = batch.mapping["columns"]
        for key in (key for key in FIELD_BY_KEY if key in columns):
            self.stdout.write(f"  {key:<20} from column “{columns[key]}”")
        self.stdout.write("Rows")
        for outcome in RowOutcome:
            self.stdout.write(f"  {outcome.label:<44} {batch.summary['outcomes'][outcome.value]:>8}")
        self.stdout.write("Remarks")
        for code, level, count in finding_counts(batch):
            self.stdout.write(f"  {level.value:<8} {KINDS[code].title!s:<35} {count:>8}   {code}")


def _parse_map(pairs: list[str]) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for pair in pairs:
        key, separator, heading = pair.partition("=")
        if not separator or key not in FIELD_BY_KEY:
            raise CommandError(f"“{pair}” is not FIELD=COLUMN with one of the facts: {', '.join(FIELD_BY_KEY)}.")
        chosen[key] = heading
    return chosen
