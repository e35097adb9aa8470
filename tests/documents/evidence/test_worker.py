"""A bundle in a real worker: killed in the middle it leaves nothing, the next one builds it; never twice."""

import hashlib
import os
import signal
import subprocess
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from django_rls_tenants import tenant_context

from documents.enums import BundleStatus
from documents.evidence.progress import position_of
from documents.evidence.services import build_bundle
from documents.models import BundleChunk, Document, EvidenceBundle
from documents.tasks import resume_bundles
from pipcycle.local.spawn import wait_until
from pips.models import Plan
from tests.cast import Person
from tests.documents.evidence.conftest import Check, asked_for, content_of
from tests.tenancy.rows import make_object

pytestmark = pytest.mark.django_db(transaction=True)

StartWorker = Callable[..., subprocess.Popen[bytes]]
MANY, SIZE = 60, 1_000_000


def now(bundle: EvidenceBundle) -> EvidenceBundle:
    """Return the bundle as the database has it."""
    with tenant_context(bundle.organization_id):
        return EvidenceBundle.objects.get(pk=bundle.pk)


def pieces(bundle: EvidenceBundle) -> int:
    """Return how many pieces everybody can see."""
    with tenant_context(bundle.organization_id):
        return BundleChunk.objects.filter(bundle=bundle).count()


@pytest.fixture
def large(plan: Plan) -> Plan:
    """The plan with so many documents that building takes a while."""
    with tenant_context(plan.organization_id):
        for number in range(MANY):
            make_object(
                Document,
                employee=plan.employee,
                about_type="plan",
                about_id=plan.pk,
                version=number + 2,
                content=hashlib.shake_256(number.to_bytes(2)).digest(SIZE),
            )
    return plan


def test_a_worker_killed_in_the_middle_leaves_nothing_and_the_next_one_builds_it(
    large: Plan, hana: Person, start_worker: StartWorker, tmp_path: Path, check: Check
) -> None:
    with tenant_context(large.organization_id):
        bundle = asked_for(hana, large)
    first = start_worker()
    assert wait_until(lambda: position_of(bundle).done > 5, seconds=60, pause=0.005)

    os.killpg(first.pid, signal.SIGKILL)
    first.wait(10)
    assert (now(bundle).status, pieces(bundle)) == (BundleStatus.WAITING, 0)

    with tenant_context(large.organization_id):
        EvidenceBundle.objects.update(queued_at=timezone.now() - timedelta(minutes=2))
    start_worker()

    def is_ready() -> bool:
        resume_bundles()  # as the scheduler does, each minute
        return now(bundle).status == BundleStatus.READY

    assert wait_until(is_ready, seconds=120, pause=0.5)
    with tenant_context(large.organization_id):
        (tmp_path / "evidence.zip").write_bytes(content_of(hana, now(bundle)))
    found = check(tmp_path / "evidence.zip", "--manifest-sha256", now(bundle).manifest_sha256)
    assert (found.returncode, found.stderr) == (0, "")


def in_threads(*calls: Callable[[], object]) -> list[object]:
    """Run the calls at once, each with a connection of its own, and return what they returned."""
    gate = threading.Barrier(len(calls))
    results: list[object] = [None] * len(calls)

    def run(number: int) -> None:
        try:
            gate.wait(10)
            results[number] = calls[number]()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_two_requests_at_once_make_one_bundle(plan: Plan, hana: Person) -> None:
    def ask() -> object:
        with tenant_context(plan.organization_id):
            return asked_for(hana, plan).pk

    first, second = in_threads(ask, ask)

    assert first == second
    assert isinstance(first, int)


def test_two_workers_at_once_build_it_once(plan: Plan, hana: Person) -> None:
    with tenant_context(plan.organization_id):
        bundle = asked_for(hana, plan)

    def build() -> object:
        with tenant_context(plan.organization_id):
            return build_bundle(bundle_id=bundle.pk)

    assert sorted(map(bool, in_threads(build, build))) == [False, True]
    assert (now(bundle).status, pieces(bundle)) == (BundleStatus.READY, 1)
