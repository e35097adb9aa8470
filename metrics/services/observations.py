"""Observations: taking them in, correcting one, taking a batch back (docs/adr/0011-observations.md)."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metrics.enums import BatchKind
from metrics.ingest.numbers import NumberStyle
from metrics.ingest.report import IngestReport, ObservationInput, RefusedRow, Remark, RowTuple
from metrics.models import ObservationBatch, Series
from metrics.rules import can_correct_value, can_manage_observations
from metrics.services.ingest_run import IngestRun, Styles
from metrics.services.taking_back import restore_former_values
from people.imports.dates import DateOrder
from people.models import ImportBatch, Membership
from pipcycle.errors import DomainError

__all__ = [
    "IngestReport",
    "ObservationInput",
    "RefusedRow",
    "Remark",
    "check_observations",
    "correct_observation",
    "record_observations",
    "take_back_batch",
]

_LONGEST_REASON = 300


def record_observations(
    *,
    actor: Membership | None,
    kind: BatchKind,
    source: str,
    rows: Iterable[ObservationInput | RowTuple],
    upload: ImportBatch | None = None,
    is_strict: bool = False,
    reason: str = "",
    date_order: DateOrder | None = None,
    number_style: NumberStyle | None = None,
) -> IngestReport:
    """Take rows of raw text in: every good one is written, every refused one reported, all in one transaction.

    Values that differ from what is known replace it, and the former ones are kept as corrections; equal ones write
    nothing. With ``is_strict`` a single refusal leaves everything as it was, and the report has no batch. The actor is
    None where a command or a token acts. ``date_order`` and ``number_style`` are given where the source is known to
    write so. Raises PermissionDenied.
    """
    _require_right(actor)
    with transaction.atomic(), connection.cursor() as cursor:
        batch = ObservationBatch.objects.create(kind=kind, source=source[:255], upload=upload, created_by=actor)
        run = IngestRun(cursor, Styles(date_order=date_order, numbers=number_style), batch, reason[:_LONGEST_REASON])
        run.stage(rows)
        if is_strict and run.refused:
            batch.delete()
            run.batch = None
            return run.refuse_all()
        report = run.write()
        batch.new_count, batch.corrected_count = report.new, report.corrected
        batch.unchanged_count, batch.refused_count = report.unchanged, report.refused_count
        batch.save(update_fields=["new_count", "corrected_count", "unchanged_count", "refused_count"])
    return report


def check_observations(
    *,
    actor: Membership | None,
    rows: Iterable[ObservationInput | RowTuple],
    date_order: DateOrder | None = None,
    number_style: NumberStyle | None = None,
) -> IngestReport:
    """Return what ``record_observations`` would do with the rows, without writing any. Raises PermissionDenied."""
    _require_right(actor)
    with transaction.atomic(), connection.cursor() as cursor:
        run = IngestRun(cursor, Styles(date_order=date_order, numbers=number_style))
        run.stage(rows)
        return run.count()


def correct_observation(
    *, actor: Membership, series: Series, starts_on: datetime.date, value: float, reason: str
) -> ObservationBatch:
    """Set one value by hand, in a batch of its own that can be taken back; the former one stays on the record.

    Raises PermissionDenied, or DomainError that says why the value cannot be taken.
    """
    if not can_correct_value(actor, series.employee):
        raise PermissionDenied
    if not reason.strip():
        raise DomainError(_("Say why the value is corrected."))
    row = (1, series.metric.key, series.employee.number, starts_on.isoformat(), repr(float(value)), "")
    report = record_observations(
        actor=actor,
        kind=BatchKind.MANUAL,
        source=str(_("Corrected by hand")),
        rows=[row],
        is_strict=True,
        reason=reason.strip(),
        number_style=NumberStyle.POINT,
    )
    if report.batch is None:
        raise DomainError(next(iter(report.refused)).message)
    return report.batch


def take_back_batch(*, actor: Membership, batch: ObservationBatch, reason: str) -> int:
    """Take a batch back: each of its values goes, and what it had replaced counts again; return how many changed.

    A value that a later batch has corrected stays; should that batch be taken back too, what comes back is the latest
    value of a batch that still holds. A batch that is taken back already changes nothing. Raises PermissionDenied, or
    DomainError without a reason.
    """
    _require_right(actor)
    if not reason.strip():
        raise DomainError(_("Say why the batch is taken back."))
    with transaction.atomic():
        locked = ObservationBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if locked.taken_back_at is not None:
            return 0
        if locked.kind == BatchKind.FORMULA:
            raise DomainError(_("Calculated values follow the metrics they come from. Take those back instead."))
        batch.taken_back_at, batch.taken_back_by = timezone.now(), actor
        batch.taken_back_reason = reason.strip()[:_LONGEST_REASON]
        batch.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_reason"])
        return restore_former_values(batch)


def _require_right(actor: Membership | None) -> None:
    if actor is not None and not can_manage_observations(actor):
        raise PermissionDenied
