"""What each process of the trial run holds in memory, after it has done some work."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.harness import report, services

PAGES = 20
SETTLING_SECONDS = 8


def main() -> int:
    """Start web, worker and beat as the supervisor does, ask for some pages, and report each one's memory."""
    with services():
        import psutil

        from pipcycle.local.processes import PROGRAMS, WEB
        from pipcycle.local.valkey import free_port

        port = free_port()
        os.environ.update(GRANIAN_HOST="127.0.0.1", GRANIAN_PORT=str(port), GRANIAN_WORKERS="1")
        for program in PROGRAMS:
            with _running([sys.executable, *program.command[1:]]) as started:
                if program is WEB:
                    _visit(port)
                else:
                    time.sleep(SETTLING_SECONDS)
                family = [psutil.Process(started.pid), *psutil.Process(started.pid).children(recursive=True)]
                held = sum(member.memory_full_info().pss for member in family)
                report(f"memory.{program.name}", held / 1_048_576, "MiB")
    return 0


@contextmanager
def _running(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command, cwd=Path(__file__).parents[1], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def _visit(port: int) -> None:
    deadline = time.monotonic() + 30
    done = 0
    while done < PAGES:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=5) as answer:
                done += answer.status == 200
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    raise SystemExit(main())
