"""The keeper: runs PostgreSQL and Valkey, starts one again that ends, and stops both when nobody uses them."""

import json
import logging
import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType

from pipcycle.local.backoff import Backoff
from pipcycle.local.environment import Places
from pipcycle.local.lease import Lock
from pipcycle.local.postgres import PostgresNotReadyError, PostgresServer
from pipcycle.local.spawn import end_leftovers
from pipcycle.local.valkey import ValkeyServer

PAUSE = 0.2
START_TRIES = 10
RESTART_MARK = "starting it again"
MEMORY_OPTIONS = {"shared_buffers": "128MB", "max_connections": "100"}

logger = logging.getLogger("pipcycle.local.keeper")

type Server = PostgresServer | ValkeyServer


class Keeper:
    """Owns the two servers; there is one keeper for a ``var`` folder."""

    def __init__(self, here: Places) -> None:
        self.here = here
        self.postgres = PostgresServer(here.var / "postgres", here.log / "postgres.log", dict(MEMORY_OPTIONS))
        self.valkey = ValkeyServer(here.var / "valkey", here.log / "valkey.log")
        self.backoffs: dict[str, Backoff] = {"postgres": Backoff(), "valkey": Backoff()}
        self.is_told_to_stop = False

    def run(self) -> None:
        """Start, publish the addresses, watch, and stop at the end."""
        try:
            self.start()
            self.publish()
            while not self.is_told_to_stop and not self.is_unused():
                self.revive("postgres", self.postgres)
                self.revive("valkey", self.valkey)
                time.sleep(PAUSE)
        finally:
            self.here.addresses.unlink(missing_ok=True)
            self.valkey.stop()
            self.postgres.stop()

    def start(self) -> None:
        """Start both servers side by side and prepare the application's role and database."""
        end_leftovers(self.postgres.data, {"postgres"})
        end_leftovers(self.valkey.directory, {"valkey-server"})
        self.valkey.start()
        self.start_postgres()
        self.postgres.ensure_application_role()
        self.postgres.ensure_database()
        self.valkey.wait()

    def start_postgres(self) -> None:
        """Start PostgreSQL; the sessions of one that was killed may hold its memory for a moment longer."""
        for remaining in reversed(range(START_TRIES)):
            self.postgres.start()
            try:
                self.postgres.wait()
            except PostgresNotReadyError:
                self.postgres.stop()
                if not remaining:
                    raise
                time.sleep(1)
            else:
                break

    def publish(self) -> None:
        """Write the addresses in one step; their presence means that the services answer."""
        unfinished = self.here.addresses.with_suffix(".part")
        unfinished.touch(mode=0o600)
        unfinished.write_text(
            json.dumps(
                {
                    "DATABASE_URL": self.postgres.url(),
                    "CELERY_BROKER_URL": self.valkey.url(0),
                    "CACHE_URL": self.valkey.url(1),
                }
            ),
            encoding="utf-8",
        )
        unfinished.rename(self.here.addresses)

    def revive(self, name: str, server: Server) -> None:
        """Start a server again that has ended, after a pause that grows while it keeps ending."""
        if server.process is None or server.process.poll() is None or not self.backoffs[name].may_try():
            return
        logger.warning("%s ended with status %s; %s", name, server.process.returncode, RESTART_MARK)
        server.stop()  # whatever is left of its process group
        server.start()

    def is_unused(self) -> bool:
        """Say whether the last user has gone; then keep new ones waiting until we have ended."""
        change = Lock(self.here.change_lock)
        users = Lock(self.here.users_lock)
        if change.try_to_take() and users.try_to_take():
            self.closing = change  # held to the end of this process
            return True
        users.release()
        change.release()
        return False

    def stop_soon(self, _signal_number: int, _frame: FrameType | None) -> None:
        """End at the next turn."""
        self.is_told_to_stop = True


def main(var: Path) -> int:
    """Run the keeper of this folder unless one runs already."""
    logging.basicConfig(level=logging.INFO, format="{asctime} {levelname} {message}", style="{")
    here = Places(var)
    lock = Lock(here.keeper_lock)
    if not lock.try_to_take():
        logger.error("another keeper runs on %s", var)
        return 1
    try:
        keeper = Keeper(here)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, keeper.stop_soon)
        logger.info("keeper %s begins", os.getpid())
        keeper.run()
    except (RuntimeError, OSError) as error:
        logger.error("%s", error)  # noqa: TRY400  # the person reads this one line
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
