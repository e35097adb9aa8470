"""Starts the programs of a trial run, starts one again that ends, and stops them all."""

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pipcycle.local.backoff import Backoff
from pipcycle.local.processes import Program
from pipcycle.local.spawn import spawn, stop

LARGEST_LOG = 5_000_000
PATIENCE = 10.0


class Supervisor:
    """Owns one process for every program; each writes to a log of its own."""

    def __init__(
        self,
        programs: Sequence[Program],
        *,
        directory: Path,
        logs: Path,
        environment: Mapping[str, str],
        say: Callable[[str], None],
    ) -> None:
        self.programs = programs
        self.directory = directory
        self.logs = logs
        self.environment = environment
        self.say = say
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.backoffs = {program.name: Backoff() for program in programs}

    def start(self) -> None:
        """Start all."""
        self.logs.mkdir(parents=True, exist_ok=True)
        for program in self.programs:
            self._start(program)

    def revive(self) -> None:
        """Start again whatever has ended, after a pause that grows while it keeps ending, and say so."""
        for program in self.programs:
            process = self.running[program.name]
            status = process.poll()
            if status is None or not self.backoffs[program.name].may_try():
                continue
            stop(process)  # whatever is left of its process group
            self.say(f"{program.name} ended ({_describe(status)}); starting it again. Its log: {self.log(program)}")
            self._start(program)

    def stop(self) -> None:
        """Stop all, the last started first: nothing may be planned once nobody carries it out."""
        for program in reversed(self.programs):
            process = self.running.pop(program.name, None)
            if process is not None:
                stop(process, patience=PATIENCE)

    def log(self, program: Program) -> Path:
        """Return the log of a program."""
        return self.logs / f"{program.name}.log"

    def _start(self, program: Program) -> None:
        log = self.log(program)
        if log.exists() and log.stat().st_size > LARGEST_LOG:
            log.replace(log.with_suffix(".old.log"))
        command = [sys.executable if word == "python" else word for word in program.command]
        with log.open("ab") as output:
            self.running[program.name] = spawn(
                command, directory=self.directory, output=output, environment=self.environment
            )


def _describe(status: int) -> str:
    """Say how a process ended."""
    return f"killed by signal {-status}" if status < 0 else f"status {status}"
