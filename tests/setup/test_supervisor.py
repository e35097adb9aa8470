"""The supervisor starts what ends and leaves nothing behind; real processes, killed for real."""

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipcycle.local.backoff import LONGEST_PAUSE, STEADY_SECONDS, Backoff
from pipcycle.local.processes import Program
from pipcycle.local.spawn import wait_until
from pipcycle.local.supervisor import Supervisor

SLEEPER = "import time; print('up', flush=True); time.sleep(600)"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {SLEEPER!r}])"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPER}"


def program(name: str, code: str) -> Program:
    return Program(name, ("python", "-c", code), "sleeps")


class Run:
    """A supervisor with what it said."""

    def __init__(self, directory: Path, *programs: Program) -> None:
        self.lines: list[str] = []
        self.supervisor = Supervisor(
            programs, directory=directory, logs=directory / "log", environment=dict(os.environ), say=self.lines.append
        )
        self.supervisor.start()

    def number(self, name: str) -> int:
        return self.supervisor.running[name].pid

    def wait_for_restart(self, name: str, old: int) -> None:
        def is_new() -> bool:
            self.supervisor.revive()
            return self.number(name) != old

        assert wait_until(is_new, seconds=10)


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[list[Run]]:
    started: list[Run] = []
    yield started
    for run in started:
        run.supervisor.stop()


def test_supervisor_starts_a_killed_program_again_and_says_so(tmp_path: Path, runs: list[Run]) -> None:
    run = Run(tmp_path, program("one", SLEEPER), program("two", SLEEPER))
    runs.append(run)
    killed, other = run.number("one"), run.number("two")
    os.kill(killed, signal.SIGKILL)
    run.wait_for_restart("one", killed)
    assert run.number("two") == other
    assert run.lines == [f"one ended (killed by signal 9); starting it again. Its log: {tmp_path / 'log' / 'one.log'}"]


def test_supervisor_ends_the_children_of_a_killed_program(tmp_path: Path, runs: list[Run]) -> None:
    run = Run(tmp_path, program("parent", PARENT))
    runs.append(run)
    parent = psutil.Process(run.number("parent"))
    assert wait_until(lambda: bool(parent.children()), seconds=10)
    orphan = parent.children()[0]
    parent.kill()
    run.wait_for_restart("parent", parent.pid)
    assert wait_until(lambda: not orphan.is_running() or orphan.status() == psutil.STATUS_ZOMBIE, seconds=5)


def test_supervisor_stop_leaves_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipcycle.local.supervisor.PATIENCE", 0.5)
    run = Run(tmp_path, program("parent", PARENT), program("stubborn", STUBBORN))
    assert wait_until(lambda: "up" in (tmp_path / "log" / "stubborn.log").read_text(), seconds=10)
    parent = psutil.Process(run.number("parent"))
    assert wait_until(lambda: bool(parent.children()), seconds=10)
    family = [parent, *parent.children(), psutil.Process(run.number("stubborn"))]
    run.supervisor.stop()
    assert psutil.wait_procs(family, timeout=5)[1] == []


def test_programs_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, sys, time\n"
        "from pipcycle.local.processes import Program\n"
        "from pipcycle.local.supervisor import Supervisor\n"
        f"program = Program('one', ('python', '-c', {SLEEPER!r}), 'sleeps')\n"
        f"here = pathlib.Path({str(tmp_path)!r})\n"
        "supervisor = Supervisor([program], directory=here, logs=here, environment=dict(os.environ), say=print)\n"
        "supervisor.start(); print(supervisor.running['one'].pid, flush=True); time.sleep(600)\n"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout is not None
        child = psutil.Process(int(supervisor.stdout.readline()))
        supervisor.kill()
    assert psutil.wait_procs([child], timeout=5)[1] == []


def test_supervisor_moves_a_large_log_aside(tmp_path: Path, runs: list[Run]) -> None:
    (tmp_path / "log").mkdir()
    log = tmp_path / "log" / "one.log"
    log.write_bytes(b"x" * 6_000_000)
    runs.append(Run(tmp_path, program("one", SLEEPER)))
    assert log.stat().st_size < 1000
    assert (tmp_path / "log" / "one.old.log").stat().st_size == 6_000_000


def test_backoff_waits_longer_each_time() -> None:
    now = 0.0
    backoff = Backoff(clock=lambda: now)
    tries = []
    for step in range(1000):
        now = step / 20
        if backoff.may_try():
            tries.append(now)
    gaps = [later - earlier for earlier, later in itertools.pairwise(tries)]
    assert tries[0] == 0
    assert gaps == sorted(gaps)
    assert max(gaps) <= LONGEST_PAUSE + 0.05


def test_backoff_forgets_after_a_steady_time() -> None:
    now = 0.0
    backoff = Backoff(clock=lambda: now)
    for _ in range(10):
        backoff.may_try()
        now += LONGEST_PAUSE
    now += STEADY_SECONDS + 1
    assert backoff.may_try()
    now += 0.3
    assert backoff.may_try()


@given(st.lists(st.floats(min_value=0, max_value=60), max_size=60))
def test_backoff_never_tries_more_often_than_the_first_pause(gaps: list[float]) -> None:
    now = time.monotonic()
    backoff = Backoff(clock=lambda: now)
    tries = []
    for gap in gaps:
        now += gap
        if backoff.may_try():
            tries.append(now)
    # The second try may follow at once only after a steady time; otherwise a quarter of a second passes.
    assert all(later - earlier >= 0.25 for earlier, later in itertools.pairwise(tries))
