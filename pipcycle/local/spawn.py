"""Starting a child that cannot outlive us, and ending it with everything it started."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import IO

from pipcycle.local.account import SpawnOptions

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform.startswith("linux") else None


def die_with_parent(signal_number: int) -> Callable[[], None]:
    """Return what a new child runs first so that the kernel signals it when we die, even by ``kill -9`` (Linux)."""

    def ask_the_kernel() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)

    return ask_the_kernel


def follow_parent() -> None:
    """Ask the kernel to end this process politely when its parent dies (Linux)."""
    die_with_parent(signal.SIGTERM)()


def end_leftovers(marker: Path, names: Collection[str], *, patience: float = 15.0) -> None:
    """End the programs of these names whose command line carries the path: left over when their keeper was killed."""
    import psutil

    left = []
    for process in psutil.process_iter(["name", "cmdline"]):
        if process.info["name"] in names and any(str(marker) in word for word in process.info["cmdline"] or []):
            with contextlib.suppress(psutil.Error):
                process.send_signal(signal.SIGINT)
                left.append(process)
    for process in psutil.wait_procs(left, timeout=patience)[1]:
        with contextlib.suppress(psutil.Error):
            process.kill()


def spawn(
    arguments: Sequence[str],
    *,
    directory: Path,
    output: int | IO[bytes],
    environment: Mapping[str, str] | None = None,
    parting_signal: int = signal.SIGTERM,
    account: SpawnOptions | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own, its standard error joined to its output."""
    return subprocess.Popen(
        arguments,
        cwd=directory,
        env=None if environment is None else dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=die_with_parent(parting_signal),  # noqa: PLW1509  # one system call, safe beside threads
        **(account or {}),
    )


def signal_group(process: subprocess.Popen[bytes], signal_number: int) -> None:
    """Signal the child and everything it started; nothing to do when all are gone."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal_number)


def stop(process: subprocess.Popen[bytes], *, signal_number: int = signal.SIGTERM, patience: float = 10.0) -> None:
    """Ask the child to stop, wait, then kill whatever of its group is left."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal_number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    signal_group(process, signal.SIGKILL)
    process.wait()


def wait_until(condition: Callable[[], bool], *, seconds: float, pause: float = 0.05) -> bool:
    """Poll the condition until it holds or the time is over; say whether it holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True
