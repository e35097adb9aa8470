"""Gunicorn against Granian on this application: seconds of processor a request, time of the slowest, memory.

Rounds of both alternate and processor time is read from the processes, so other work on the machine disturbs little.
The choice and its figures are in docs/adr/0003-web-server.md.
"""

import os
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.harness import report, services

ROUNDS = 3
REQUESTS = 100
AT_ONCE = 8
WORKERS, THREADS = 2, 4
PATHS = ("/accounts/login/", "/healthz")
PROJECT = Path(__file__).resolve().parents[1]


@dataclass
class Figures:
    """What the rounds of one server showed for one path."""

    processor: list[float] = field(default_factory=list)
    slowest: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def command(server: str, port: int) -> list[str]:
    """Return the command of a server with the same workers and threads."""
    if server == "gunicorn":
        counts = ["--workers", str(WORKERS), "--threads", str(THREADS)]
        return ["-m", "gunicorn", "pipcycle.wsgi:application", "--bind", f"127.0.0.1:{port}", *counts]
    counts = ["--workers", str(WORKERS), "--blocking-threads", str(THREADS)]
    return [
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--no-ws",
        "--port",
        str(port),
        *counts,
        "pipcycle.wsgi:application",
    ]


def ask(address: str) -> float:
    """Ask for one page and return how long that took."""
    started = time.perf_counter()
    with urllib.request.urlopen(address, timeout=60) as response:  # noqa: S310  # our own server
        response.read()
    return time.perf_counter() - started


@contextmanager
def running(server: str, port: int) -> Iterator[list[psutil.Process]]:
    """Run a server until it answers, and give its processes."""
    with subprocess.Popen([sys.executable, *command(server, port)], cwd=PROJECT, stderr=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        while True:
            try:
                for _ in range(WORKERS * 10):
                    ask(address + PATHS[0])
                break
            except OSError:
                time.sleep(0.2)
        main = psutil.Process(process.pid)
        try:
            yield [main, *main.children(recursive=True)]
        finally:
            process.terminate()


def measure(processes: list[psutil.Process], address: str, figures: Figures) -> None:
    """Ask many times at once and add what that cost."""
    before = sum(sum(process.cpu_times()[:2]) for process in processes)
    with ThreadPoolExecutor(AT_ONCE) as askers:
        times = sorted(askers.map(ask, [address] * REQUESTS))
    after = sum(sum(process.cpu_times()[:2]) for process in processes)
    figures.processor.append((after - before) / REQUESTS * 1000)
    figures.slowest.append(times[int(REQUESTS * 0.95)] * 1000)
    figures.memory.append(sum(process.memory_full_info().pss for process in processes) / 2**20)


def main() -> int:
    """Alternate the servers and print one line for each figure."""
    found = {(server, path): Figures() for server in ("gunicorn", "granian") for path in PATHS}
    with services():
        os.environ["DATABASE_CONN_MAX_AGE"] = "60"
        for number in range(ROUNDS):
            for server in ("gunicorn", "granian"):
                port = 18000 + number
                with running(server, port) as processes:
                    for path in PATHS:
                        measure(processes, f"http://127.0.0.1:{port}{path}", found[server, path])
    for path in PATHS:
        base = found["gunicorn", path]
        for server in ("gunicorn", "granian"):
            figures = found[server, path]
            for name, unit in (("processor", "ms a request"), ("slowest", "ms, 95th of 100"), ("memory", "MiB")):
                value = statistics.median(getattr(figures, name))
                against = statistics.median(getattr(base, name))
                report(f"{server} {path} {name}", value, unit, ratio=value / against, against="gunicorn")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
