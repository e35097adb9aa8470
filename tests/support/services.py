"""One PostgreSQL and one Valkey for a test run, started by its first process and addressed by every worker.

The controller of pytest-xdist (or the only process) starts both before the workers and stops both at the end; the
kernel stops them when it is killed. Each worker has a database of its own, cloned from one migrated template, and two
numbered Valkey databases.
"""

import contextlib
import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from pipcycle.local.postgres import EPHEMERAL_OPTIONS, PostgresServer
from pipcycle.local.valkey import ValkeyServer
from tests.support import template_cache

PROJECT = Path(__file__).resolve().parents[2]
RUN_VARIABLE = "PIPCYCLE_TEST_RUN"
TEMPLATE = "test_template"


class TestServices:
    """The services of this test run as one process sees them."""

    __test__ = False

    def __init__(self) -> None:
        self.worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        given = os.environ.get(RUN_VARIABLE, "") if self.worker != "main" else ""
        self.is_owner = not given
        self.directory = Path(given) if given else PROJECT / "var" / f"test-{os.getpid()}"
        if self.is_owner:
            remove_leftovers(self.directory.parent)
            self.directory.mkdir(parents=True, exist_ok=True)
            os.environ[RUN_VARIABLE] = str(self.directory)
        self.postgres = PostgresServer(self.directory / "pg", self.directory / "postgres.log", dict(EPHEMERAL_OPTIONS))
        self.valkey = ValkeyServer(self.directory / "vk", self.directory / "valkey.log", keeps_data=False)

    @property
    def database(self) -> str:
        """Return the name of this worker's own database."""
        return f"test_{self.worker}"

    @property
    def migrated(self) -> Path:
        """Return the file whose presence says that the template is migrated."""
        return self.directory / "template.migrated"

    def environment(self) -> dict[str, str]:
        """Return the environment under which the application reaches this worker's services."""
        number = int(re.sub(r"\D", "", self.worker) or 0)
        state = self.directory / self.worker
        (state / "static").mkdir(parents=True, exist_ok=True)
        return {
            "DJANGO_SETTINGS_MODULE": "pipcycle.settings",
            "SECRET_KEY": "of-the-tests-only-" + "0123456789" * 4,
            "DEBUG": "0",
            "PIPCYCLE_DEMO": "1",
            "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
            "DATABASE_URL": self.postgres.url(self.database),
            "DATABASE_CONN_MAX_AGE": "0",
            "CELERY_BROKER_URL": self.valkey.url(2 * number + 2),
            "CACHE_URL": self.valkey.url(2 * number + 3),
            "EMAIL_URL": "smtp://127.0.0.1:1",
            "PIPCYCLE_VAR": str(state),
            "STATIC_ROOT": str(state / "static"),
            "DOCUMENT_RENDERERS": "0",
        }

    def start(self) -> None:
        """Start both servers and make the application's role, which may not pass row-level security."""
        self.key = template_cache.template_key()
        if template_cache.take(self.key, self.postgres.data):
            self.migrated.touch()
        self.postgres.start()
        self.valkey.start()
        self.postgres.wait()
        self.valkey.wait()
        self.postgres.ensure_application_role(may_create_databases=True)

    def stop(self) -> None:
        """Stop both and remove what they kept."""
        is_new = self.postgres.process is not None and self.migrated.exists() and not template_cache.has(self.key)
        if is_new:
            self.postgres.drop_databases("test_", but=TEMPLATE)
        self.postgres.stop()
        self.valkey.stop()
        if is_new:
            template_cache.keep(self.key, self.postgres.data)
        shutil.rmtree(self.postgres.data, ignore_errors=True)
        shutil.rmtree(self.postgres.sockets, ignore_errors=True)
        shutil.rmtree(self.directory, ignore_errors=True)

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Hold back the other workers of this run."""
        with (self.directory / "template.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def remove_leftovers(folder: Path) -> None:
    """Remove the folders of test runs whose process is gone."""
    for left in folder.glob("test-*"):
        number = left.name.removeprefix("test-")
        if number.isdigit() and not _is_alive(int(number)):
            with contextlib.suppress(OSError):
                shutil.rmtree((left / "pg").resolve(), ignore_errors=True)
                shutil.rmtree(left)


def _is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
