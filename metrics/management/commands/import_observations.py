"""Import observations from a file on the command line."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.text import slugify
from django_rls_tenants import tenant_context

from metrics.enums import Cadence
from metrics.models import Metric
from metrics.services.definitions import define_metric
from metrics.services.uploads import choose_meanings, upload_observations
from metrics.uploads.columns import METRIC_PREFIX, PARTS, Choice, meaning_label
from metrics.uploads.report import finding_counts
from people.imports.errors import FileRefused
from people.models import ImportBatch, Organization
from people.selectors.accounts import organization_by_slug
from people.services.upload_run import run_now
from pipcycle.errors import DomainError


class Command(BaseCommand):
    """``import_observations ORG FILE [--map part=Column]… [--metric Column=metric]… [--dry-run] [--all-or-nothing]``.

    Ends with 1 if the file is refused.
    """

    help = "Import observations from a CSV file or a spreadsheet, long or wide; every refused row is accounted for."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the organization, the file and the options."""
        parser.add_argument("organization", help="short name of the organization")
        parser.add_argument("file", type=Path, help="CSV, XLSX, XLS or ODS")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="PART=COLUMN",
            help="take a part from this column; parts: " + ", ".join(PARTS),
        )
        parser.add_argument(
            "--metric",
            action="append",
            default=[],
            metavar="COLUMN=METRIC",
            help="the column holds the values of this metric (its short name); such a file is wide",
        )
        parser.add_argument(
            "--create-metrics", action="store_true", help="define the metrics named with --metric that do not exist yet"
        )
        parser.add_argument(
            "--cadence", choices=Cadence.values, default=Cadence.DAY, help="how often a new metric is observed"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen; change nothing")
        parser.add_argument("--all-or-nothing", action="store_true", help="one refused row refuses the file")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import the file and print what became of its rows."""
        organization = organization_by_slug(options["organization"])
        if organization is None:
            raise CommandError(f"There is no active organization “{options['organization']}”.")
        if not options["file"].is_file():
            raise CommandError(f"There is no file “{options['file']}”.")
        try:
            with tenant_context(organization.pk), transaction.atomic():
                batch = self._run(options)
                self._print(batch, organization, is_applied=not options["dry_run"])
                transaction.set_rollback(options["dry_run"])
        except (FileRefused, DomainError) as refusal:
            raise CommandError(str(refusal)) from refusal

    def _run(self, options: dict[str, Any]) -> ImportBatch:
        path: Path = options["file"]
        metrics = dict(_pair(text, "--metric COLUMN=METRIC") for text in options["metric"])
        if options["create_metrics"]:
            _create_metrics(metrics, Cadence(options["cadence"]))
        with path.open("rb") as stream:
            batch = upload_observations(actor=None, filename=path.name, stream=stream, size=path.stat().st_size)
        meanings = _meanings(Choice.from_json(batch.mapping), options["map"], metrics)
        choice = Choice(meanings, None, options["all_or_nothing"])
        batch = choose_meanings(actor=None, batch=batch, choice=choice)
        return run_now(actor=None, batch=batch, is_applied=not options["dry_run"])

    def _print(self, batch: ImportBatch, organization: Organization, *, is_applied: bool) -> None:
        title = "Imported into" if is_applied else "Dry run for"
        self.stdout.write(f"{title} {organization.name}: {batch.filename}, {batch.rows_total} rows")
        for heading, meaning in Choice.from_json(batch.mapping).meanings.items():
            self.stdout.write(f"  {meaning_label(meaning):<20} from column “{heading}”")
        self.stdout.write("Observations")
        for name, count in batch.summary["counts"].items():
            self.stdout.write(f"  {name:<44} {count:>8}")
        self.stdout.write("Refusals")
        for code, name, _level, count in finding_counts(batch):
            self.stdout.write(f"  {name:<44} {count:>8}   {code}")


def _pair(text: str, form: str) -> tuple[str, str]:
    left, separator, right = text.partition("=")
    if not separator or not left or not right:
        raise CommandError(f"“{text}” is not {form}.")
    return left, right


def _meanings(guessed: Choice, parts: list[str], metrics: dict[str, str]) -> dict[str, str]:
    """Return the guess with what was given in its place; columns named as metrics make the file wide."""
    chosen: dict[str, str] = {}
    for text in parts:
        part, heading = _pair(text, "--map PART=COLUMN")
        if part not in PARTS:
            raise CommandError(f"“{part}” is no part of an observation; parts: {', '.join(PARTS)}.")
        chosen[heading] = part
    chosen |= {heading: f"{METRIC_PREFIX}{key}" for heading, key in metrics.items()}
    dropped = {"metric", "value", "unit"} if metrics else set()
    kept = {
        heading: meaning
        for heading, meaning in guessed.meanings.items()
        if heading not in chosen and meaning not in chosen.values() and meaning not in dropped
    }
    return {**kept, **chosen}


def _create_metrics(metrics: dict[str, str], cadence: Cadence) -> None:
    """Define the metrics that do not exist yet, named as their columns."""
    for heading, key in metrics.items():
        if key != slugify(key):
            raise CommandError(f"“{key}” is no short name: use small letters, digits and hyphens.")
        if not Metric.objects.filter(key=key).exists():
            define_metric(actor=None, name=heading, key=key, cadence=cadence)
