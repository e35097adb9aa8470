"""Commands of a checkout of its own: an environment without services, and the processes it started."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

import psutil

from pipcycle.local.spawn import wait_until
from tests.support.services import PROJECT

GIVEN = ("DATABASE_URL", "CELERY_BROKER_URL", "CACHE_URL", "EMAIL_URL", "STATIC_ROOT", "DJANGO_SETTINGS_MODULE")


def bare_environment(var: Path) -> dict[str, str]:
    """Return the environment of somebody who named no services; without the demo, which takes its time to seed."""
    kept = {name: value for name, value in os.environ.items() if name not in GIVEN and not name.startswith("PYTEST")}
    return {**kept, "PIPCYCLE_VAR": str(var), "DEBUG": "1", "PIPCYCLE_DEMO": "0", "PYTHONUNBUFFERED": "1"}


class Running:
    """A command that runs beside the test; what it prints goes to a file, what it waits for is ``leave``."""

    def __init__(self, var: Path, *arguments: str) -> None:
        self.output = var.parent / f"output-{time.monotonic_ns()}"
        self.output.parent.mkdir(parents=True, exist_ok=True)
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=PROJECT,
                env=bare_environment(var),
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.process.kill()
        self.leave()

    @property
    def text(self) -> str:
        """Return what it printed so far."""
        return self.output.read_text(encoding="utf-8")

    def wait_for(self, words: str, *, seconds: float = 400) -> None:
        """Return once it has printed the words."""
        assert wait_until(lambda: words in self.text or self.process.poll() is not None, seconds=seconds), self.text
        assert words in self.text, self.text

    def end(self, signal_number: int) -> int:
        """Signal it and return its status."""
        self.process.send_signal(signal_number)
        return self.leave()

    def leave(self) -> int:
        """Close what it reads from and return its status once it has ended."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        return self.process.wait(90)


def run(var: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments to its end."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env=bare_environment(var),
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )


def processes_of(var: Path, word: str = "") -> list[psutil.Process]:
    """Return the processes of this folder, by command line or environment, whose command has the word."""
    places = (str(var), str((var / "postgres").resolve()))
    found = []
    for process in psutil.process_iter(["cmdline"]):
        command = " ".join(process.info["cmdline"] or [])
        if word in command and (any(place in command for place in places) or _variable(process) == str(var)):
            found.append(process)
    return found


def _variable(process: psutil.Process) -> str:
    try:
        return process.environ().get("PIPCYCLE_VAR", "")
    except (psutil.Error, OSError):
        return ""
