"""An import in a real worker, over a real broker: killed in the middle it leaves nothing, and the next one does it."""

import io
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from django_rls_tenants import tenant_context

from people.enums import ImportStatus
from people.models import Employee, ImportBatch, Organization
from people.services import imports, upload_run, uploads
from people.services.import_progress import Phase, position_of
from people.tasks import resume_imports
from pipcycle.local.spawn import wait_until
from tests.people.imports.dirty_file import as_csv, dirty_file

pytestmark = pytest.mark.django_db(transaction=True)

StartWorker = Callable[..., subprocess.Popen[bytes]]
MANY = 20_000


def many_people() -> bytes:
    """Return a file that takes a few seconds."""
    rows = ((f"M{number}", f"Person {number}", "Sales", f"M{number // 8}" if number else "") for number in range(MANY))
    return as_csv(rows, headings=("EmpID", "Name", "Department", "Manager Number"))


def uploaded(content: bytes) -> ImportBatch:
    """Upload a file in the open tenant and take its columns as guessed."""
    batch = imports.upload_file(actor=None, filename="people.csv", stream=io.BytesIO(content), size=len(content))
    return imports.choose_columns(actor=None, batch=batch, columns=batch.mapping["columns"])


def now(batch: ImportBatch) -> ImportBatch:
    """Return the batch as the database has it."""
    with tenant_context(batch.organization_id):
        return ImportBatch.objects.get(pk=batch.pk)


def count_people(organization: Organization) -> int:
    """Return how many employees everybody can see."""
    with tenant_context(organization.pk):
        return Employee.objects.filter(number__startswith="M").count()


def test_worker_checks_and_applies(harbor: Organization, worker: subprocess.Popen[bytes]) -> None:
    with tenant_context(harbor.pk):
        batch = uploads.start_check(actor=None, batch=uploaded(dirty_file()))
    assert wait_until(lambda: now(batch).status == ImportStatus.CHECKED, seconds=60)

    with tenant_context(harbor.pk):
        uploads.start_applying(actor=None, batch=batch)
    assert wait_until(lambda: now(batch).status == ImportStatus.APPLIED, seconds=60)

    assert now(batch).summary["outcomes"]["created"] == 12


def test_worker_killed_while_applying_leaves_nothing_and_the_next_one_finishes(
    harbor: Organization, start_worker: StartWorker
) -> None:
    with tenant_context(harbor.pk):
        batch = uploaded(many_people())
        upload_run.run_now(actor=None, batch=batch, is_applied=False)
        uploads.start_applying(actor=None, batch=batch)
    first = start_worker()
    assert wait_until(lambda: position_of(batch).phase is Phase.WRITING, seconds=60, pause=0.01)

    os.killpg(first.pid, signal.SIGKILL)
    first.wait(10)
    assert (now(batch).status, count_people(harbor)) == (ImportStatus.APPLYING, 0)

    with tenant_context(harbor.pk):
        ImportBatch.objects.update(queued_at=timezone.now() - timedelta(minutes=2))
    start_worker()

    def is_done() -> bool:
        resume_imports()  # as the scheduler does, each minute
        return now(batch).status == ImportStatus.APPLIED

    assert wait_until(is_done, seconds=120, pause=0.5)
    assert (count_people(harbor), now(batch).summary["outcomes"]["created"]) == (MANY, MANY)


@pytest.fixture
def other_connection() -> Iterator[BaseDatabaseWrapper]:
    """Hold the lock of an import in another session of the database."""
    other = connection.copy()
    try:
        yield other
    finally:
        other.close()


def test_two_imports_of_one_organization_never_run_at_once(
    harbor: Organization, other_connection: BaseDatabaseWrapper
) -> None:
    with tenant_context(harbor.pk):
        batch = uploads.start_check(actor=None, batch=uploaded(dirty_file()))
    with other_connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended('import:employees', %s))", [harbor.pk])

    with tenant_context(harbor.pk):
        assert upload_run.run_import(batch_id=batch.pk) is False
    assert now(batch).status == ImportStatus.CHECKING

    with other_connection.cursor() as cursor:  # closing it would free the lock some moments later
        cursor.execute("SELECT pg_advisory_unlock(hashtextextended('import:employees', %s))", [harbor.pk])
    other_connection.close()
    with tenant_context(harbor.pk):
        assert upload_run.run_import(batch_id=batch.pk) is True
    assert now(batch).status == ImportStatus.CHECKED


def test_resuming_leaves_alone_what_was_just_handed_out(harbor: Organization) -> None:
    with tenant_context(harbor.pk):
        uploads.start_check(actor=None, batch=uploaded(dirty_file()))
        assert upload_run.resume_imports() == 0
        ImportBatch.objects.update(queued_at=timezone.now() - timedelta(minutes=2))
        assert upload_run.resume_imports() == 1
        assert upload_run.resume_imports() == 0
