"""``make run``: everything a person needs to try PIPCycle, and nothing left over after Ctrl-C."""

import argparse
import contextlib
import os
import signal
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from types import FrameType

from pipcycle.local import NEEDED
from pipcycle.local.environment import (
    PROJECT,
    Places,
    join_local_services,
    leave_local_services,
    local_defaults,
    places,
    revive_keeper,
    wait_for_keeper_to_end,
)
from pipcycle.local.keeper import RESTART_MARK
from pipcycle.local.lease import Lock
from pipcycle.local.processes import PROGRAMS
from pipcycle.local.spawn import follow_parent
from pipcycle.local.supervisor import Supervisor
from pipcycle.local.tail import Tail

PAUSE = 0.25
FIRST_PAGE_SECONDS = 180.0


def say(line: str) -> None:
    """Print one line at once."""
    print(line, flush=True)


class TrialRun:
    """One run on one port."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.here: Places = places(os.environ)
        self.over = threading.Event()
        self.is_prepared = False
        self.uses_local_services = not all(os.environ.get(name) for name in NEEDED)

    @property
    def address(self) -> str:
        """Return where the first page is."""
        return f"http://localhost:{self.port}/"

    def run(self) -> int:
        """Run until a signal; the status is 0 when the person ended it."""
        obstacle = self.obstacle()
        if obstacle:
            say(obstacle)
            return 1
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.end)
        supervisor: Supervisor | None = None
        try:
            self.prepare()
            self.is_prepared = True
            supervisor = self.start_programs()
            return self.watch(supervisor)
        except KeyboardInterrupt:
            return 0
        finally:
            self.is_prepared = True
            self.clear_up(supervisor)

    def clear_up(self, supervisor: Supervisor | None) -> None:
        """Stop the programs, then the services unless another command uses them."""
        say("Stopping ...")
        if supervisor is not None:
            supervisor.stop()
        if self.uses_local_services:
            leave_local_services()
            if not wait_for_keeper_to_end(self.here):
                say("PostgreSQL and Valkey stay up: another command of this checkout uses them.")

    def obstacle(self) -> str:
        """Return one clear line about what stands in the way, before anything is started; empty when nothing does."""
        self.lock = Lock(self.here.var / "run" / "run.lock")
        if not self.lock.try_to_take():
            return "PIPCycle runs already from this checkout: use that one, or stop it with Ctrl-C first."
        if port_is_busy(self.port):
            return f"Port {self.port} is in use by another program: try `make run PORT={self.port + 1}`."
        return ""

    def prepare(self) -> None:
        """Start or join the services, migrate and seed the demo."""
        say("Starting PostgreSQL and Valkey ..." if self.uses_local_services else "Using the services you named ...")
        found = join_local_services(os.environ) if self.uses_local_services else {}
        os.environ.update({**local_defaults(self.here), **found, **os.environ})
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pipcycle.settings")
        os.environ.setdefault("PUBLIC_URL", self.address.rstrip("/"))
        from pipcycle.local.preparation import prepare_application

        prepare_application(say)

    def start_programs(self) -> Supervisor:
        """Start web, worker and beat."""
        environment = {
            **os.environ,
            "GRANIAN_HOST": "127.0.0.1",
            "GRANIAN_PORT": str(self.port),
            "GRANIAN_WORKERS": os.environ.get("GRANIAN_WORKERS", "2"),
            "PYTHONUNBUFFERED": "1",
        }
        supervisor = Supervisor(PROGRAMS, directory=PROJECT, logs=self.here.log, environment=environment, say=say)
        supervisor.start()
        return supervisor

    def watch(self, supervisor: Supervisor) -> int:
        """Say where the first page is once it is there, then keep everything running."""
        if not self.first_page_comes(supervisor):
            say(f"The web server did not answer within {FIRST_PAGE_SECONDS:.0f} s; its log: {self.here.log}/web.log")
            return 1
        if self.over.is_set():
            return 0
        self.welcome()
        keeper_log = Tail(self.here.log / "keeper.log")
        while not self.over.wait(PAUSE):
            for line in keeper_log.new_lines():
                if RESTART_MARK in line:
                    say(line.split(" WARNING ")[-1])
            if self.uses_local_services and revive_keeper(self.here):
                say("PostgreSQL and Valkey had lost their keeper; they run again.")
            supervisor.revive()
        return 0

    def first_page_comes(self, supervisor: Supervisor) -> bool:
        """Wait for the web server; also true when the person gives up first."""
        deadline = time.monotonic() + FIRST_PAGE_SECONDS
        while not self.over.wait(PAUSE):
            with contextlib.suppress(OSError, urllib.error.URLError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5).close()
                return True
            if time.monotonic() > deadline:
                return False
            supervisor.revive()
        return True

    def welcome(self) -> None:
        """Print the address and the sign-ins."""
        from pipcycle.ui.demo import sign_ins

        say(f"\nPIPCycle is at {self.address}\n")
        for organization in sign_ins():
            say(f"  {organization['name']}")
            for person in organization["people"]:
                say(f"    {person['email']:<28} {person['password']:<16} {person['role']}")
        say(f"\nMail is kept in {self.here.var}/mail and shown at {self.address}demo/outbox/.")
        say(f"Logs are in {self.here.log}. Ctrl-C stops everything.")

    def end(self, _signal_number: int, _frame: FrameType | None) -> None:
        """Break off the preparation, which may take long; later, end at the next turn."""
        self.over.set()
        if not self.is_prepared:
            raise KeyboardInterrupt


def port_is_busy(port: int) -> bool:
    """Say whether another program listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def main(arguments: list[str] | None = None) -> int:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args(arguments)
    if "MAKELEVEL" in os.environ:
        follow_parent()
    return TrialRun(options.port).run()


if __name__ == "__main__":
    sys.exit(main())
