"""``make run`` from end to end: it survives the death of every child and leaves nothing behind."""

import json
import signal
import socket
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

from pipcycle.local.spawn import wait_until
from pipcycle.local.valkey import free_port
from tests.support import local_services
from tests.support.local_services import Running

RUN = ("-m", "pipcycle.local.run", "--port")


def is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as response:
            return bool(json.load(response)["ready"])
    except (OSError, urllib.error.URLError):
        return False


def oldest(processes: list[psutil.Process]) -> psutil.Process:
    return min(processes, key=lambda process: (process.create_time(), process.pid))


def kill_and_wait(var: Path, word: str) -> None:
    """Kill the main process of that command and wait until another one has taken its place."""
    assert wait_until(lambda: bool(local_services.processes_of(var, word)), seconds=60, pause=0.5), word
    victim = oldest(local_services.processes_of(var, word))
    victim.kill()

    def is_replaced() -> bool:
        now = local_services.processes_of(var, word)
        return bool(now) and victim.pid not in {process.pid for process in now}

    assert wait_until(is_replaced, seconds=60, pause=0.5), word


def test_trial_run_survives_every_kill_and_leaves_nothing(var: Path) -> None:
    port = free_port()
    with Running(var, *RUN, str(port)) as running:
        running.wait_for(f"PIPCycle is at http://localhost:{port}/")
        assert is_ready(port)
        assert_second_run_is_refused(var)
        assert local_services.run(var, "manage.py", "migrate", "--check").returncode == 0
        for word in ("celery -A pipcycle worker", "celery -A pipcycle beat", "granian", "postgres -D", "valkey-server"):
            kill_and_wait(var, word)
        kill_and_wait(var, "pipcycle.local.keeper")
        for words in (
            "worker ended",
            "beat ended",
            "web ended",
            "postgres ended",
            "valkey ended",
            "had lost their keeper",
        ):
            running.wait_for(words, seconds=60)
        assert wait_until(lambda: is_ready(port), seconds=60)
        assert running.end(signal.SIGINT) == 0
    assert wait_until(lambda: not local_services.processes_of(var), seconds=5)


def assert_second_run_is_refused(var: Path) -> None:
    second = local_services.run(var, *RUN, str(free_port()))
    line = "PIPCycle runs already from this checkout: use that one, or stop it with Ctrl-C first.\n"
    assert (second.returncode, second.stdout) == (1, line)


def test_trial_run_on_a_busy_port_says_so_before_anything_starts(var: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        asked = local_services.run(var, *RUN, str(port))
    line = f"Port {port} is in use by another program: try `make run PORT={port + 1}`.\n"
    assert (asked.returncode, asked.stdout, asked.stderr) == (1, line, "")
    assert not (var / "postgres").exists()


@pytest.mark.parametrize(("signal_number", "status"), [(signal.SIGTERM, 0), (signal.SIGKILL, -signal.SIGKILL)])
def test_trial_run_ended_while_it_prepares_leaves_nothing(var: Path, signal_number: int, status: int) -> None:
    with Running(var, *RUN, str(free_port())) as running:
        running.wait_for("Bringing the database up to date")
        assert running.end(signal_number) == status
    assert wait_until(lambda: not local_services.processes_of(var), seconds=30)
