"""What every import shares: keeping the uploaded file, starting, running, resuming, failing and discarding it.

What a file of one kind means is its ``ImportKind``; nothing here knows people from figures.
"""

import hashlib
from collections.abc import Mapping
from functools import partial
from pathlib import PurePath
from typing import Any, BinaryIO

from celery import current_app
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import IMPORT_TRANSITIONS, ImportStatus
from people.import_kinds import ImportKind, kind_of
from people.imports.errors import FileRefused
from people.imports.mapping import plain_heading
from people.imports.profile import FileStart, read_start
from people.imports.source import inspect_source
from people.models import ColumnMapping, ImportBatch, ImportChunk, Membership
from pipcycle.errors import DomainError

CHUNK_BYTES = 1024 * 1024
SHOWN_SAMPLES = 4


def keep_upload(
    *, actor: Membership | None, kind: ImportKind, filename: str, stream: BinaryIO, size: int
) -> ImportBatch:
    """Keep an uploaded file and guess what its columns mean. ``actor`` is None for an operator at the console.

    Raises FileRefused, with one sentence for its reader, for what is no table; nothing is kept then.
    """
    _require_right(actor, kind)
    refuse_too_large(size)
    source = inspect_source(stream)
    start = read_start(stream, source)
    batch = ImportBatch(
        kind=kind.key,
        filename=PurePath(filename.replace("\\", "/")).name[-255:] or "file",
        size=size,
        source={**source.as_json(), "repeated_headings": start.repeated_headings},
        headings=_headings(start),
        mapping=kind.guess(start, remembered_headings(kind.key)),
        created_by=actor,
    )
    with transaction.atomic():
        batch.save()
        batch.sha256 = _keep_content(batch, stream)
        batch.save(update_fields=["sha256"])
    return batch


def refuse_too_large(size: int) -> None:
    """Raise FileRefused for a file larger than ``IMPORT_MAX_BYTES``."""
    if size > settings.IMPORT_MAX_BYTES:
        raise FileRefused(
            "too_large",
            _("The file has %(size)s MB; at most %(limit)s MB can be imported. Split it into several files.")
            % {"size": size // 1_000_000 + 1, "limit": settings.IMPORT_MAX_BYTES // 1_000_000},
        )


def keep_choice(
    *, actor: Membership | None, batch: ImportBatch, choice: Mapping[str, Any], meanings: Mapping[str, str]
) -> ImportBatch:
    """Keep what the columns mean. ``meanings`` maps headings to meanings, remembered for the next file with such.

    Raises DomainError once the import runs or is done, or if a heading is not in the file.
    """
    _require_right(actor, kind_of(batch))
    known = {heading["name"] for heading in batch.headings}
    for heading in meanings:
        if heading not in known:
            raise DomainError(_("The file has no column “%(heading)s”.") % {"heading": heading})
    with transaction.atomic():
        batch = locked(batch)
        if batch.is_running or batch.status == ImportStatus.APPLIED:
            raise DomainError(_("This import is running or done. Upload the file again to choose other columns."))
        batch.mapping = {**batch.mapping, **choice}
        batch.save(update_fields=["mapping"])
        _remember(batch, meanings)
    return batch


def start_check(*, actor: Membership | None, batch: ImportBatch) -> ImportBatch:
    """Have a worker check every row without changing anything."""
    return _start(actor, batch, ImportStatus.CHECKING)


def start_applying(*, actor: Membership | None, batch: ImportBatch) -> ImportBatch:
    """Have a worker write what a checked file says."""
    return _start(actor, batch, ImportStatus.APPLYING)


def discard_upload(*, actor: Membership | None, batch: ImportBatch) -> None:
    """Delete a file that was not applied, with all that was kept of it. Reports of applied files stay."""
    _require_right(actor, kind_of(batch))
    with transaction.atomic():
        batch = locked(batch)
        if batch.is_running or batch.status == ImportStatus.APPLIED:
            raise DomainError(_("This import is running or done; its report stays."))
        batch.delete()


def remembered_headings(kind: str) -> dict[str, str]:
    """Return the meanings chosen for headings of such files last time, by plain heading."""
    mapping = ColumnMapping.objects.filter(kind=kind).first()
    return dict(mapping.headings) if mapping else {}


def locked(batch: ImportBatch) -> ImportBatch:
    """Return the batch with its row locked until the end of the transaction."""
    return ImportBatch.objects.select_for_update(of=("self",)).select_related("organization").get(pk=batch.pk)


def enqueue(organization_id: int, batch_id: int) -> None:
    """Hand the batch to a worker, by the task's name: tasks import the services, not the other way round."""
    current_app.send_task("people.tasks.run_import", args=[organization_id, batch_id])


def _require_right(actor: Membership | None, kind: ImportKind) -> None:
    if actor is not None and not kind.may_import(actor):
        raise PermissionDenied


def _headings(start: FileStart) -> list[dict[str, Any]]:
    return [
        {"name": heading, "samples": _samples(start.samples, place)} for place, heading in enumerate(start.headings)
    ]


def _samples(rows: list[list[str]], place: int) -> list[str]:
    """Return the first different values of a column."""
    found: dict[str, None] = {}
    for row in rows:
        if place < len(row) and row[place]:
            found.setdefault(row[place][:60])
        if len(found) == SHOWN_SAMPLES:
            break
    return list(found)


def _keep_content(batch: ImportBatch, stream: BinaryIO) -> str:
    """Store the file in pieces of a megabyte; return its SHA-256."""
    digest = hashlib.sha256()
    stream.seek(0)
    position = 0
    while data := stream.read(CHUNK_BYTES):
        digest.update(data)
        ImportChunk.objects.create(batch=batch, position=position, data=data)
        position += 1
    return digest.hexdigest()


def _remember(batch: ImportBatch, meanings: Mapping[str, str]) -> None:
    """Remember the columns used, and forget the meaning of those of this file that are not used any more."""
    here = {plain_heading(heading["name"]) for heading in batch.headings}
    kept = {heading: key for heading, key in remembered_headings(batch.kind).items() if heading not in here}
    kept |= dict.fromkeys(here, "")
    kept |= {plain_heading(heading): key for heading, key in meanings.items()}
    ColumnMapping.objects.update_or_create(kind=batch.kind, defaults={"headings": kept})


def _start(actor: Membership | None, batch: ImportBatch, status: ImportStatus) -> ImportBatch:
    _require_right(actor, kind_of(batch))
    with transaction.atomic():
        batch = locked(batch)
        if status not in IMPORT_TRANSITIONS[ImportStatus(batch.status)]:
            raise DomainError(
                _("This import cannot be started now: it is “%(status)s”.") % {"status": batch.get_status_display()}
            )
        batch.status = status
        batch.error = ""
        batch.attempts = 0
        batch.queued_at = timezone.now()
        batch.save(update_fields=["status", "error", "attempts", "queued_at"])
        transaction.on_commit(partial(enqueue, batch.organization_id, batch.pk))
    return batch
