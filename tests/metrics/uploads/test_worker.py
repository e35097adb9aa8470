"""A file of figures in a real worker: killed in the middle it leaves nothing, and the next one does it."""

import os
import signal
import subprocess
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from django_rls_tenants import tenant_context

from metrics.models import Observation, ObservationBatch
from people.enums import ImportStatus
from people.models import ImportBatch, Organization
from people.services import uploads
from people.services.import_progress import Phase, position_of
from people.services.upload_run import run_now
from people.tasks import resume_imports
from pipcycle.local.spawn import wait_until
from tests.cast import EmployeeFactory
from tests.metrics.uploads.figures import make_metrics, uploaded

pytestmark = pytest.mark.django_db(transaction=True)

StartWorker = Callable[..., subprocess.Popen[bytes]]
PEOPLE, WEEKS = 150, 200


def many_figures() -> bytes:
    """Return a file that takes a few seconds."""
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    weeks = [(monday - timedelta(weeks=week)).isoformat() for week in range(1, WEEKS + 1)]
    rows = (f"M{person},{week},{person % 90}\n" for person in range(PEOPLE) for week in weeks)
    return ("EmpID,Week,Calls\n" + "".join(rows)).encode()


def now(batch: ImportBatch) -> ImportBatch:
    """Return the batch as the database has it."""
    with tenant_context(batch.organization_id):
        return ImportBatch.objects.get(pk=batch.pk)


def count(organization: Organization) -> tuple[int, int]:
    """Return how many observations and batches there are."""
    with tenant_context(organization.pk):
        return Observation.objects.count(), ObservationBatch.objects.count()


def test_worker_killed_while_recording_leaves_nothing_and_the_next_one_finishes(
    harbor: Organization, start_worker: StartWorker
) -> None:
    with tenant_context(harbor.pk):
        make_metrics()
        for person in range(PEOPLE):
            EmployeeFactory.create(number=f"M{person}", hired_on=None)
        batch = uploaded(many_figures())
        run_now(actor=None, batch=batch, is_applied=False)
        uploads.start_applying(actor=None, batch=batch)
    first = start_worker()
    assert wait_until(lambda: position_of(batch).phase is not Phase.WAITING, seconds=60, pause=0.01)

    os.killpg(first.pid, signal.SIGKILL)
    first.wait(10)
    assert (now(batch).status, count(harbor)) == (ImportStatus.APPLYING, (0, 0))

    with tenant_context(harbor.pk):
        ImportBatch.objects.update(queued_at=timezone.now() - timedelta(minutes=2))
    start_worker()

    def is_done() -> bool:
        resume_imports()  # as the scheduler does, each minute
        return now(batch).status == ImportStatus.APPLIED

    assert wait_until(is_done, seconds=120, pause=0.5)
    assert count(harbor) == (PEOPLE * WEEKS, 1)
