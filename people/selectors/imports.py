"""Reading imports: HR admins see those of their organization."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import Http404

from people.enums import RowOutcome
from people.imports.findings import KINDS, Level, level_of
from people.models import ImportBatch, ImportRow, Membership
from people.rules import can_import_people


def imports_visible_to(member: Membership) -> QuerySet[ImportBatch]:
    """Return the imports the member may see, the latest first."""
    if not can_import_people(member):
        return ImportBatch.objects.none()
    return uploads_of_kind("employees")


def uploads_of_kind(kind: str) -> QuerySet[ImportBatch]:
    """Return the uploaded files of a kind, the latest first."""
    return ImportBatch.objects.filter(kind=kind).select_related("created_by__user")


def import_for(member: Membership, batch_id: int) -> ImportBatch:
    """Return one import, or raise Http404."""
    batch = imports_visible_to(member).filter(pk=batch_id).select_related("organization", "created_by__user").first()
    if batch is None:
        raise Http404
    return batch


def rows_of(batch: ImportBatch, *, outcome: str = "", code: str = "") -> QuerySet[ImportRow]:
    """Return what became of the rows, those with one outcome or one finding if asked for."""
    rows = ImportRow.objects.filter(batch=batch).select_related("employee").order_by("line")
    if outcome in RowOutcome.values:
        rows = rows.filter(outcome=outcome)
    if code in KINDS:
        rows = rows.filter(findings__contains=[{"code": code}])
    return rows


def finding_counts(batch: ImportBatch) -> list[tuple[str, Level, int]]:
    """Return the findings of the batch with their level and count: refusals first, then warnings, then notes."""
    order = list(reversed(Level))
    counts = [(code, level_of(code), count) for code, count in batch.summary.get("findings", {}).items()]
    return sorted(counts, key=lambda item: (order.index(item[1]), -item[2], item[0]))


def report_rows(batch: ImportBatch) -> Iterator[ImportRow]:
    """Yield every row of the report, without holding them all."""
    return rows_of(batch).iterator(chunk_size=2000)
