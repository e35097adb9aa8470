"""Running uploaded files of any kind: one transaction each, one at a time of an organization, resumed if killed."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any, BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import ImportStatus
from people.import_kinds import kind_of
from people.imports.errors import FileRefused
from people.models import ImportBatch, ImportChunk, Membership
from people.services.import_progress import Progress
from people.services.uploads import enqueue, locked
from pipcycle.errors import DomainError
from pipcycle.tenancy.models import current_organization_id

MAX_ATTEMPTS = 3
RESUME_AFTER = timedelta(seconds=60)
KEPT_DAYS = 30
_DISK_AFTER = 4 * 1024 * 1024


def run_import(*, batch_id: int) -> bool:
    """Do what the batch waits for, in the open tenant context; return whether this call did it.

    All of it is one transaction under a lock of the organization: a crash at any line leaves nothing behind, and
    ``resume_imports`` starts it again. After ``MAX_ATTEMPTS`` crashes the batch has failed.
    """
    batch = ImportBatch.objects.filter(pk=batch_id).first()
    if batch is None or not _count_attempt(batch):
        return False
    try:
        with transaction.atomic():
            claimed = _claim(batch)
            if claimed is None:
                return False
            _run(claimed)
    except (FileRefused, DomainError) as refusal:
        _fail(batch, str(refusal))
    except OperationalError:
        raise  # the database went away: the batch still waits and is started again
    except Exception:
        _fail(batch, _sentences(_("The import stopped because of a fault in PIPCycle."), kind_of(batch).nothing_done))
        raise
    return True


def resume_imports() -> int:
    """Hand out again what has waited for a minute and no worker holds; return how many.

    A broker that forgot a message or a worker that was killed leaves such batches behind. Uploads nobody applied for
    ``KEPT_DAYS`` are deleted with all they hold.
    """
    now = timezone.now()
    with transaction.atomic():
        waiting = ImportBatch.objects.select_for_update(skip_locked=True).filter(
            status__in=[ImportStatus.CHECKING, ImportStatus.APPLYING], queued_at__lt=now - RESUME_AFTER
        )
        batches = list(waiting)
        for batch in batches:
            batch.queued_at = now
            batch.save(update_fields=["queued_at"])
            transaction.on_commit(partial(enqueue, batch.organization_id, batch.pk))
        ImportBatch.objects.filter(
            status__in=[ImportStatus.UPLOADED, ImportStatus.CHECKED, ImportStatus.FAILED],
            created_at__lt=now - timedelta(days=KEPT_DAYS),
        ).delete()
    return len(batches)


def run_now(*, actor: Membership | None, batch: ImportBatch, is_applied: bool) -> ImportBatch:
    """Check or apply a file at once, in the caller's process; for the command line.

    Raises FileRefused or DomainError; nothing is written then.
    """
    if actor is not None and not kind_of(batch).may_import(actor):
        raise PermissionDenied
    with transaction.atomic():
        _lock_kind(batch, wait=True)
        batch = locked(batch)
        batch.status = ImportStatus.APPLYING if is_applied else ImportStatus.CHECKING
        _run(batch)
    return batch


@contextmanager
def open_content(batch: ImportBatch) -> Iterator[BinaryIO]:
    """Open the uploaded file. It lies on disk beyond a few megabytes, so that memory stays flat."""
    with tempfile.SpooledTemporaryFile(max_size=_DISK_AFTER) as stream:
        for chunk_id in ImportChunk.objects.filter(batch=batch).values_list("pk", flat=True):
            stream.write(ImportChunk.objects.values_list("data", flat=True).get(pk=chunk_id))
        stream.seek(0)
        yield stream  # type: ignore[misc]  # a spooled file is a binary file in all but its declared type


def _run(batch: ImportBatch) -> None:
    """Check the file, or apply it if its status says so, in the caller's transaction and tenant context."""
    is_applied = batch.status == ImportStatus.APPLYING
    progress = Progress(batch)
    with open_content(batch) as stream:
        kind_of(batch).run(batch=batch, stream=stream, progress=progress, is_applied=is_applied)
    batch.status = ImportStatus.APPLIED if is_applied else ImportStatus.CHECKED
    batch.applied_at = timezone.now() if is_applied else None
    batch.rows_done = batch.rows_total
    batch.error = ""
    batch.attempts = 0
    batch.save(
        update_fields=["status", "applied_at", "rows_total", "rows_done", "summary", "error", "attempts", "source"]
    )
    if is_applied:
        ImportChunk.objects.filter(batch=batch).delete()
    progress.forget()


def _lock_kind(batch: ImportBatch, *, wait: bool) -> bool:
    """Let one import of a kind run at a time in the organization, until the end of the transaction."""
    function = "pg_advisory_xact_lock" if wait else "pg_try_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {function}(hashtextextended(%s, %s))", [f"import:{batch.kind}", current_organization_id()]
        )
        row = cursor.fetchone()
    return wait or bool(row and row[0])


def _count_attempt(batch: ImportBatch) -> bool:
    """Note, in a transaction of its own, that a run begins; return whether it may."""
    with transaction.atomic():
        if not _lock_kind(batch, wait=False):
            return False
        now = ImportBatch.objects.select_for_update().filter(pk=batch.pk).first()
        if now is None or not now.is_running:
            return False
        if now.attempts >= MAX_ATTEMPTS:
            now.status = ImportStatus.FAILED
            now.error = _sentences(
                _("The import was broken off several times."), kind_of(now).nothing_done, _("Try a smaller file.")
            )
        now.attempts += 1
        now.save(update_fields=["attempts", "status", "error"])
        return now.is_running


def _claim(batch: ImportBatch) -> ImportBatch | None:
    """Lock the kind and the batch; None if another worker has them or there is nothing left to do."""
    if not _lock_kind(batch, wait=False):
        return None
    claimed = (
        ImportBatch.objects.select_for_update(of=("self",))
        .select_related("organization", "created_by")
        .filter(pk=batch.pk)
        .first()
    )
    return claimed if claimed is not None and claimed.is_running else None


def _fail(batch: ImportBatch, error: str) -> None:
    waiting = ImportBatch.objects.filter(pk=batch.pk, status__in=[ImportStatus.CHECKING, ImportStatus.APPLYING])
    waiting.update(status=ImportStatus.FAILED, error=error)


def _sentences(*parts: Any) -> str:
    return " ".join(str(part) for part in parts)
