"""Importing people: upload a file, choose what its columns mean, check it, apply it."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from pathlib import PurePath
from typing import Any, BinaryIO

from celery import current_app
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import IMPORT_TRANSITIONS, ImportStatus
from people.imports.dates import DateOrder
from people.imports.errors import FileRefused
from people.imports.fields import FIELD_BY_KEY
from people.imports.mapping import ColumnChoice, guess_mapping, missing_fields, plain_heading
from people.imports.profile import read_start
from people.imports.source import inspect_source
from people.models import ColumnMapping, ImportBatch, ImportChunk, Membership
from people.rules import can_import_people
from people.services.import_run import run_batch
from pipcycle.errors import DomainError
from pipcycle.tenancy.models import current_organization_id

KIND = "employees"
CHUNK_BYTES = 1024 * 1024
MAX_ATTEMPTS = 3
SHOWN_SAMPLES = 4
RESUME_AFTER = timedelta(seconds=60)
KEPT_DAYS = 30


def upload_file(*, actor: Membership | None, filename: str, stream: BinaryIO, size: int) -> ImportBatch:
    """Keep an uploaded file and guess what its columns mean. ``actor`` is None for an operator at the console.

    Raises FileRefused, with one sentence for its reader, for what is no table of people; nothing is kept then.
    """
    _require_right(actor)
    if size > settings.IMPORT_MAX_BYTES:
        raise FileRefused(
            "too_large",
            _("The file has %(size)s MB; at most %(limit)s MB can be imported. Split it into several files.")
            % {"size": size // 1_000_000 + 1, "limit": settings.IMPORT_MAX_BYTES // 1_000_000},
        )
    source = inspect_source(stream)
    start = read_start(stream, source)
    guesses = guess_mapping(start.headings, start.samples, remembered_headings())
    batch = ImportBatch(
        kind=KIND,
        filename=PurePath(filename.replace("\\", "/")).name[-255:] or "file",
        size=size,
        source={**source.as_json(), "repeated_headings": start.repeated_headings},
        headings=[
            {"name": heading, "samples": _samples(start.samples, place)} for place, heading in enumerate(start.headings)
        ],
        mapping={
            "columns": {key: guess.heading for key, guess in guesses.items()},
            "confidence": {key: round(guess.confidence, 3) for key, guess in guesses.items()},
            "date_order": "",
        },
        created_by=actor,
    )
    with transaction.atomic():
        batch.save()
        batch.sha256 = _keep_content(batch, stream)
        batch.save(update_fields=["sha256"])
    return batch


def choose_columns(
    *, actor: Membership | None, batch: ImportBatch, columns: Mapping[str, str], date_order: DateOrder | None = None
) -> ImportBatch:
    """Say what each column means; remembered for the next file with such headings.

    Raises DomainError if no column gives the number or the name, or if a heading is not in the file.
    """
    _require_right(actor)
    chosen = {key: heading for key, heading in columns.items() if heading}
    _check_columns(batch, chosen)
    with transaction.atomic():
        batch = _locked(batch)
        if batch.is_running or batch.status == ImportStatus.APPLIED:
            raise DomainError(_("This import is running or done. Upload the file again to choose other columns."))
        batch.mapping = {**batch.mapping, **ColumnChoice(chosen, date_order).as_json()}
        batch.save(update_fields=["mapping"])
        _remember_columns(batch, chosen)
    return batch


def start_check(*, actor: Membership | None, batch: ImportBatch) -> ImportBatch:
    """Have a worker check every row without changing anybody."""
    return _start(actor, batch, ImportStatus.CHECKING)


def start_applying(*, actor: Membership | None, batch: ImportBatch) -> ImportBatch:
    """Have a worker write the people of a checked file, all or nothing."""
    return _start(actor, batch, ImportStatus.APPLYING)


def discard_import(*, actor: Membership | None, batch: ImportBatch) -> None:
    """Delete a file that was not applied, with all that was kept of it. Reports of applied files stay."""
    _require_right(actor)
    with transaction.atomic():
        batch = _locked(batch)
        if batch.is_running or batch.status == ImportStatus.APPLIED:
            raise DomainError(_("This import is running or done; its report stays."))
        batch.delete()


def run_import(*, batch_id: int) -> bool:
    """Do what the batch waits for, in the open tenant context; return whether this call did it.

    All of it is one transaction under a lock of the organization: a crash at any line leaves nothing behind, and
    ``resume_imports`` starts it again. After ``MAX_ATTEMPTS`` crashes the batch has failed.
    """
    if not _count_attempt(batch_id):
        return False
    try:
        with transaction.atomic():
            batch = _claim(batch_id)
            if batch is None:
                return False
            run_batch(batch)
    except (FileRefused, DomainError) as refusal:
        _fail(batch_id, str(refusal))
    except OperationalError:
        raise  # the database went away: the batch still waits and is started again
    except Exception:
        _fail(batch_id, str(_("The import stopped because of a fault in PIPCycle. Nobody was changed.")))
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
            transaction.on_commit(partial(_enqueue, batch.organization_id, batch.pk))
        ImportBatch.objects.filter(
            status__in=[ImportStatus.UPLOADED, ImportStatus.CHECKED, ImportStatus.FAILED],
            created_at__lt=now - timedelta(days=KEPT_DAYS),
        ).delete()
    return len(batches)


def run_now(*, actor: Membership | None, batch: ImportBatch, is_applied: bool) -> ImportBatch:
    """Check or apply a file at once, in the caller's process; for the command line.

    Raises FileRefused or DomainError; nothing is written then.
    """
    _require_right(actor)
    with transaction.atomic():
        _lock_organization(wait=True)
        batch = _locked(batch)
        batch.status = ImportStatus.APPLYING if is_applied else ImportStatus.CHECKING
        run_batch(batch)
    return batch


def remembered_headings() -> dict[str, str]:
    """Return the fields chosen for headings last time, by plain heading."""
    mapping = ColumnMapping.objects.filter(kind=KIND).first()
    return dict(mapping.headings) if mapping else {}


def _require_right(actor: Membership | None) -> None:
    if actor is not None and not can_import_people(actor):
        raise PermissionDenied


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


def _check_columns(batch: ImportBatch, chosen: Mapping[str, str]) -> None:
    known = {heading["name"] for heading in batch.headings}
    for key, heading in chosen.items():
        if key not in FIELD_BY_KEY:
            raise DomainError(_("“%(field)s” is not a fact that can be imported.") % {"field": key})
        if heading not in known:
            raise DomainError(_("The file has no column “%(heading)s”.") % {"heading": heading})
    twice = {heading for heading in chosen.values() if list(chosen.values()).count(heading) > 1}
    if twice:
        raise DomainError(
            _("A column can serve one fact only. Chosen more than once: %(headings)s.")
            % {"headings": ", ".join(sorted(twice))}
        )
    if missing := missing_fields(chosen):
        labels = ", ".join(str(FIELD_BY_KEY[key].label) for key in missing)
        raise DomainError(_("Choose a column for: %(fields)s.") % {"fields": labels})


def _remember_columns(batch: ImportBatch, chosen: Mapping[str, str]) -> None:
    """Remember the columns used, and forget the meaning of those of this file that are not used any more."""
    here = {plain_heading(heading["name"]) for heading in batch.headings}
    kept = {heading: key for heading, key in remembered_headings().items() if heading not in here}
    kept |= dict.fromkeys(here, "")
    kept |= {plain_heading(heading): key for key, heading in chosen.items()}
    ColumnMapping.objects.update_or_create(kind=KIND, defaults={"headings": kept})


def _locked(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.objects.select_for_update(of=("self",)).select_related("organization").get(pk=batch.pk)


def _start(actor: Membership | None, batch: ImportBatch, status: ImportStatus) -> ImportBatch:
    _require_right(actor)
    with transaction.atomic():
        batch = _locked(batch)
        if status not in IMPORT_TRANSITIONS[ImportStatus(batch.status)]:
            raise DomainError(
                _("This import cannot be started now: it is “%(status)s”.") % {"status": batch.get_status_display()}
            )
        batch.status = status
        batch.error = ""
        batch.attempts = 0
        batch.queued_at = timezone.now()
        batch.save(update_fields=["status", "error", "attempts", "queued_at"])
        transaction.on_commit(partial(_enqueue, batch.organization_id, batch.pk))
    return batch


def _enqueue(organization_id: int, batch_id: int) -> None:
    """Hand the batch to a worker, by the task's name: tasks import the services, not the other way round."""
    current_app.send_task("people.tasks.run_import", args=[organization_id, batch_id])


def _lock_organization(*, wait: bool) -> bool:
    """Let one import of the organization run at a time, until the end of the transaction."""
    function = "pg_advisory_xact_lock" if wait else "pg_try_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtextextended('people_import', %s))", [current_organization_id()])
        row = cursor.fetchone()
    return wait or bool(row and row[0])


def _count_attempt(batch_id: int) -> bool:
    """Note, in a transaction of its own, that a run begins; return whether it may."""
    with transaction.atomic():
        if not _lock_organization(wait=False):
            return False
        batch = ImportBatch.objects.select_for_update().filter(pk=batch_id).first()
        if batch is None or not batch.is_running:
            return False
        if batch.attempts >= MAX_ATTEMPTS:
            batch.status = ImportStatus.FAILED
            batch.error = str(_("The import was broken off several times. Nobody was changed. Try a smaller file."))
        batch.attempts += 1
        batch.save(update_fields=["attempts", "status", "error"])
        return batch.is_running


def _claim(batch_id: int) -> ImportBatch | None:
    """Lock the organization and the batch; None if another worker has them or there is nothing left to do."""
    if not _lock_organization(wait=False):
        return None
    batch = (
        ImportBatch.objects.select_for_update(of=("self",))
        .select_related("organization", "created_by")
        .filter(pk=batch_id)
        .first()
    )
    return batch if batch is not None and batch.is_running else None


def _fail(batch_id: int, error: str) -> None:
    changes: dict[str, Any] = {"status": ImportStatus.FAILED, "error": error}
    ImportBatch.objects.filter(pk=batch_id, status__in=[ImportStatus.CHECKING, ImportStatus.APPLYING]).update(**changes)
