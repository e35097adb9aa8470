"""Running a file of figures: read it as a stream of observations, check or record them, write the report.

Rows that are taken are counted only; a line of the report exists for each line of the file with a refusal.
"""

import json
import tempfile
from collections.abc import Iterable, Iterator
from itertools import batched
from typing import IO, Any, BinaryIO

from django.db import connection
from django.utils.translation import gettext_lazy as _

from metrics.enums import BatchKind
from metrics.ingest.report import IngestReport, RefusedRow, RowTuple
from metrics.services.observations import check_observations, record_observations
from metrics.uploads.columns import Choice
from metrics.uploads.reading import Cell, ShiftedRow, read_cells
from metrics.uploads.report import Finding, shifted_finding
from people.enums import RowOutcome
from people.imports.profile import profile_file
from people.imports.source import inspect_source, read_table
from people.models import ImportBatch
from people.services.import_progress import Phase, Progress
from pipcycle.errors import DomainError

_DISK_AFTER = 1024 * 1024
_STAGED_AT_ONCE = 10_000
_STAGE = """
CREATE TEMP TABLE upload_refusal (line integer, employee text, finding jsonb) ON COMMIT DROP
"""
_FORGET = "DELETE FROM people_importrow WHERE organization_id = %(organization)s AND batch_id = %(batch)s"
_WRITE = """
INSERT INTO people_importrow (organization_id, batch_id, line, number, name, outcome, findings, employee_id)
SELECT %(organization)s, %(batch)s, refused.line, left(refused.employee, 50), '', %(refused)s,
       refused.findings, employee.id
  FROM (SELECT line, min(employee) AS employee, jsonb_agg(finding) AS findings
          FROM upload_refusal GROUP BY line) AS refused
  LEFT JOIN people_employee employee
    ON employee.organization_id = %(organization)s AND employee.number = refused.employee
 ORDER BY refused.line
"""
_COUNT = "SELECT finding ->> 'code', count(*) FROM upload_refusal GROUP BY 1 ORDER BY 2 DESC, 1"


def run_observations(*, batch: ImportBatch, stream: BinaryIO, progress: Progress, is_applied: bool) -> None:
    """Check the figures of the file, or record them, in the caller's transaction and tenant context.

    Raises FileRefused for a file that breaks off, DomainError if one bad row is to refuse the file; nothing is
    written then.
    """
    choice = Choice.from_json(batch.mapping)
    source = inspect_source(stream)
    progress.enter(Phase.READING)
    batch.rows_total = profile_file(stream, source, {}, date_fields=()).rows
    with tempfile.TemporaryFile("w+", encoding="utf-8", buffering=_DISK_AFTER) as shifted:
        reading = _Reading(batch, progress, shifted)
        rows = reading.observations(read_cells(read_table(stream, source), choice))
        report = _ingest(batch, choice, rows, is_applied=is_applied)
        if is_applied and choice.is_strict and report.refused_count + reading.shifted_count:
            raise DomainError(_("Some rows are refused, and you asked for all rows or none. Mend the file."))
        progress.enter(Phase.REPORTING)
        batch.summary = {**_counts(report, reading.shifted_count), **_write_rows(batch, report, shifted)}


def _ingest(batch: ImportBatch, choice: Choice, rows: Iterable[RowTuple], *, is_applied: bool) -> IngestReport:
    if not is_applied:
        return check_observations(actor=batch.created_by, rows=rows, date_order=choice.date_order)
    return record_observations(
        actor=batch.created_by,
        kind=BatchKind.FILE,
        source=batch.filename,
        rows=rows,
        upload=batch,
        is_strict=choice.is_strict,
        date_order=choice.date_order,
    )


class _Reading:
    """Passes the observations on, sets rows that cannot be read aside and counts the lines."""

    def __init__(self, batch: ImportBatch, progress: Progress, shifted: IO[str]) -> None:
        self.batch = batch
        self.progress = progress
        self.shifted = shifted
        self.shifted_count = 0

    def observations(self, cells: Iterable[Cell | ShiftedRow]) -> Iterator[RowTuple]:
        """Yield the observations of the file, as they are read."""
        line = 0
        for cell in cells:
            if cell.line != line:
                line = cell.line
                self.progress.count(self.batch.rows_total)
            if isinstance(cell, ShiftedRow):
                self.shifted_count += 1
                self.shifted.write(json.dumps([cell.line, cell.employee, cell.cells, cell.headings]) + "\n")
            else:
                yield cell
        self.progress.enter(Phase.COMPARING)


def _write_rows(batch: ImportBatch, report: IngestReport, shifted: IO[str]) -> dict[str, Any]:
    """Write a row of the report for each line with a refusal; return the counts of the reasons."""
    arguments = {"organization": batch.organization_id, "batch": batch.pk, "refused": RowOutcome.REFUSED.value}
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.upload_refusal")
        cursor.execute(_STAGE)
        for rows in batched(_refusals(report, shifted), _STAGED_AT_ONCE):  # the report may come from a cursor itself
            with cursor.copy("COPY upload_refusal FROM STDIN") as copy:
                for line, employee, finding in rows:
                    copy.write_row((line, employee, json.dumps(finding)))
        cursor.execute(_FORGET, arguments)
        cursor.execute(_WRITE, arguments)
        cursor.execute(_COUNT)
        return {"findings": dict(cursor.fetchall())}


def finding_of(row: RefusedRow) -> Finding:
    """Return what is stored of a refused observation."""
    return Finding(code=row.code, metric=row.metric, day=row.day, value=row.value, detail=row.detail)


def _refusals(report: IngestReport, shifted: IO[str]) -> Iterator[tuple[int, str, Finding]]:
    for row in report.refused:
        yield row.line, row.employee, finding_of(row)
    shifted.seek(0)
    for text in shifted:
        line, employee, cells, headings = json.loads(text)
        yield line, employee, shifted_finding(cells, headings)


def _counts(report: IngestReport, shifted: int) -> dict[str, Any]:
    return {
        "counts": {
            "new": report.new,
            "corrected": report.corrected,
            "unchanged": report.unchanged,
            "omitted": report.omitted,
            "refused": report.refused_count + shifted,
        },
        "remarks": [remark._asdict() for remark in report.remarks],
    }
