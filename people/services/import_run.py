"""Running an uploaded file: read it twice, compare it with what is known, and (when applied) write it as one whole."""

import json
from typing import Any, BinaryIO

import pghistory
from django.db import connection
from django.utils import timezone

from people.enums import RowOutcome
from people.imports.clean import Cleaner, CleanRow, refuse_repeated
from people.imports.dates import Certainty, ColumnOrder, decide_orders
from people.imports.fields import DEMOGRAPHIC_FIELDS
from people.imports.findings import Level, level_of
from people.imports.managers import Directory, Known, resolve_managers
from people.imports.mapping import ColumnChoice
from people.imports.profile import fallback_order, profile_file
from people.imports.source import inspect_source, read_table
from people.models import ImportBatch
from people.services import import_statements as statements
from people.services.import_progress import Phase, Progress
from people.services.reporting_lines import lock_reporting_lines, rebuild_reporting_lines


def run_employees(*, batch: ImportBatch, stream: BinaryIO, progress: Progress, is_applied: bool) -> None:
    """Check the file of employees, or apply it, in the caller's transaction and tenant context.

    Raises FileRefused for a file that breaks off; nothing is written then.
    """
    with connection.cursor() as cursor:
        _Run(batch, stream, cursor, progress).run(is_applied=is_applied)


class _Run:
    """One run over one file."""

    def __init__(self, batch: ImportBatch, stream: BinaryIO, cursor: Any, progress: Progress) -> None:
        self.batch = batch
        self.stream = stream
        self.cursor = cursor
        self.progress = progress
        self.choice = ColumnChoice.from_json(batch.mapping)
        self.source = inspect_source(stream)

    def run(self, *, is_applied: bool) -> None:
        """Read, compare, write the rows' outcomes and, if applied, the people."""
        if is_applied:
            lock_reporting_lines()
        self.progress.enter(Phase.READING)
        profile = profile_file(self.stream, self.source, self.choice.columns)
        self.batch.rows_total = profile.rows
        orders = decide_orders(
            profile.tallies,
            chosen=self.choice.date_order,
            fallback=fallback_order(self.batch.organization.country),
        )
        directory = self._stage(orders)
        self.progress.enter(Phase.COMPARING)
        self._compare(directory)
        summary = self._changes_elsewhere()
        if is_applied:
            self.progress.enter(Phase.WRITING)
            self._write_people()
        self.progress.enter(Phase.REPORTING)
        self._write_rows(is_applied=is_applied)
        self.batch.summary = {**summary, **self._counts(), "date_orders": _orders_as_json(orders)}

    def _execute(self, statement: str) -> None:
        self.cursor.execute(statement, {"organization": self.batch.organization_id, "batch": self.batch.pk})

    def _select(self, statement: str) -> list[tuple[Any, ...]]:
        self._execute(statement)
        rows: list[tuple[Any, ...]] = self.cursor.fetchall()
        return rows

    def _stage(self, orders: dict[str, ColumnOrder]) -> Directory:
        """Copy every row of the file into the staging table; return everybody a manager can be."""
        for name in statements.TABLES:
            self.cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{name}")
        self._execute(statements.STAGE)
        directory = Directory(
            {
                number: Known(name, manager, reported, has_left)
                for number, name, manager, reported, has_left in self._select(statements.DIRECTORY)
            }
        )
        table = read_table(self.stream, self.source)
        cleaner = Cleaner(
            table.headings,
            self.choice.columns,
            orders,
            timezone.localdate(),
            self.batch.organization.country,
        )
        with self.cursor.copy(statements.COPY_STAGE) as copy:
            for row in refuse_repeated(cleaner.clean_all(table.records)):
                copy.write_row(_stage_row(row))
                if not row.is_refused and not row.is_repeat:
                    directory.add(row)
                self.progress.count(self.batch.rows_total)
        return directory

    def _compare(self, directory: Directory) -> None:
        """Find what would change, and whom everybody reports to."""
        self._execute(statements.WANTED)
        self.cursor.execute(statements.INDEX_WANTED)
        directory.drop(dict(self._select(statements.REFUSE_IMPOSSIBLE)))
        self._execute(statements.VERDICT)
        with self.cursor.copy(statements.COPY_VERDICT) as copy:
            for verdict in resolve_managers(directory):
                findings = json.dumps([finding.as_json() for finding in verdict.findings])
                copy.write_row((verdict.line, verdict.manager, verdict.reported[:200], findings))
        self.cursor.execute("ANALYZE import_verdict; ANALYZE import_stage")
        self._execute(statements.CHANGES)
        self.cursor.execute("ANALYZE import_change")

    def _changes_elsewhere(self) -> dict[str, Any]:
        """Return the departments, job descriptions and places of work the file would add."""
        return {
            "new_departments": [row[0] for row in self._select(statements.NEW_DEPARTMENTS)],
            "new_job_descriptions": [row[0] for row in self._select(statements.NEW_JOB_DESCRIPTIONS)],
            "new_locations": [row[0] for row in self._select(statements.NEW_LOCATIONS)],
        }

    def _write_people(self) -> None:
        self._execute(statements.FINAL)
        self.cursor.execute(statements.INDEX_FINAL)
        ((new, changed),) = self._select(statements.COUNT_FINAL)
        if not new and not changed:
            return
        actor = self.batch.created_by
        with pghistory.context(user=actor.user_id if actor else None, import_batch=self.batch.pk):
            for statement in (
                statements.CREATE_DEPARTMENTS,
                statements.CREATE_JOB_DESCRIPTIONS,
                statements.CREATE_LOCATIONS,
            ):
                self._execute(statement)
            if new:
                self._execute(statements.CREATE_EMPLOYEES)
            if changed:
                self._execute(statements.UPDATE_EMPLOYEES)
            self._execute(statements.WRITE_DEMOGRAPHICS)
        if new:  # the reporting lines are planned by what the table holds now, not by what it held before
            self.cursor.execute("ANALYZE people_employee")
        rebuild_reporting_lines()

    def _write_rows(self, *, is_applied: bool) -> None:
        self._execute(statements.FORGET_ROWS)
        self._execute(statements.WRITE_APPLIED_ROWS if is_applied else statements.WRITE_CHECKED_ROWS)

    def _counts(self) -> dict[str, Any]:
        outcomes = dict(self._select(statements.COUNT_OUTCOMES))
        findings = dict(self._select(statements.COUNT_FINDINGS))
        return {
            "outcomes": {outcome: outcomes.get(outcome, 0) for outcome in RowOutcome.values},
            "findings": findings,
            "warnings": sum(count for code, count in findings.items() if level_of(code) is Level.WARNING),
        }


def _stage_row(row: CleanRow) -> tuple[Any, ...]:
    findings = json.dumps([finding.as_json() for finding in row.findings])
    special = {
        "name": row.full_name,
        "is_refused": row.is_refused,
        "is_repeat": row.is_repeat,
        "findings": findings,
        **{key: row.demographics.get(key) for key in DEMOGRAPHIC_FIELDS},
    }
    return tuple(special[column] if column in special else getattr(row, column) for column in statements.STAGE_COLUMNS)


def _orders_as_json(orders: dict[str, ColumnOrder]) -> dict[str, dict[str, str]]:
    return {
        key: {"order": order.order.value, "certainty": order.certainty.value}
        for key, order in orders.items()
        if order.certainty is not Certainty.CHOSEN
    }
