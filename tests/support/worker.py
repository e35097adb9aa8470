"""A real Celery worker, as a process of its own, on this test worker's database and broker."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipcycle.local.spawn import spawn, stop, wait_until
from tests.support.mail import Mailbox
from tests.support.services import PROJECT, TestServices

type StartWorker = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start_worker(
    test_services: TestServices, transactional_db: None, smtp_server: Mailbox, tmp_path: Path
) -> Iterator[StartWorker]:
    """Return a function that starts a worker (``"beat"`` for the scheduler) and waits until it is up.

    The database is committed to (``transactional_db``), mail goes to ``smtp_server``; all that was started is stopped.
    """
    started: list[subprocess.Popen[bytes]] = []

    def start(kind: str = "worker", *options: str) -> subprocess.Popen[bytes]:
        log_path = tmp_path / f"{kind}-{len(started)}.log"
        chosen = options or (("--concurrency=1",) if kind == "worker" else (f"--schedule={tmp_path / 'schedule'}",))
        command = [sys.executable, "-m", "celery", "-A", "pipcycle", kind, "--loglevel=INFO", *chosen]
        environment = {**os.environ, **test_services.environment(), "EMAIL_URL": smtp_server.url}
        with log_path.open("wb") as log:
            process = spawn(command, directory=PROJECT, output=log, environment=environment)
        started.append(process)
        ready = " ready." if kind == "worker" else "beat: Starting..."
        if not wait_until(lambda: ready in log_path.read_text() or process.poll() is not None, seconds=60):
            pytest.fail(f"the {kind} did not start: {log_path.read_text()}")
        if process.poll() is not None:
            pytest.fail(f"the {kind} ended: {log_path.read_text()}")
        return process

    yield start
    for process in started:
        stop(process)


@pytest.fixture
def worker(start_worker: StartWorker) -> subprocess.Popen[bytes]:
    """Start one worker with one process."""
    return start_worker()
