"""Joining the local services: one keeper process runs them for as long as anybody of this checkout uses them."""

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipcycle.local.lease import Lock, alone

PROJECT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0
STOP_SECONDS = 40.0
# The keeper looks for users several times a second, so it has noticed by then.
NOTICE_SECONDS = 3.0

_held: list[Lock] = []


class LocalServicesError(SystemExit):
    """The services cannot run here; the message is the one line the person reads."""


@dataclass(frozen=True)
class Places:
    """The files of the local services under one ``var`` folder."""

    var: Path

    @property
    def change_lock(self) -> Path:
        """Held alone by whoever starts or stops the services."""
        return self.var / "run" / "change.lock"

    @property
    def users_lock(self) -> Path:
        """Shared by every process that uses the services."""
        return self.var / "run" / "users.lock"

    @property
    def keeper_lock(self) -> Path:
        """Held alone by the keeper while it lives."""
        return self.var / "run" / "keeper.lock"

    @property
    def addresses(self) -> Path:
        """Written by the keeper once the services answer: the environment to use them with."""
        return self.var / "run" / "services.json"

    @property
    def log(self) -> Path:
        """The folder of logs."""
        return self.var / "log"


def places(environment: Mapping[str, str]) -> Places:
    """Return the places, under ``PIPCYCLE_VAR`` or ``var/`` of the checkout."""
    return Places(Path(environment.get("PIPCYCLE_VAR") or PROJECT / "var").resolve())


def join_local_services(environment: Mapping[str, str]) -> dict[str, str]:
    """Start the services or join those that run, and return the variables the environment lacks.

    This process counts as a user until it ends; ``leave_local_services`` ends that earlier.
    """
    here = places(environment)
    with alone(here.change_lock):
        _held.append(Lock(here.users_lock).share())
        if not keeper_runs(here):
            start_keeper(here)
    addresses: dict[str, str] = json.loads(here.addresses.read_text(encoding="utf-8"))
    found = {**addresses, **local_defaults(here)}
    return {name: value for name, value in found.items() if not environment.get(name)}


def leave_local_services() -> None:
    """Stop counting as a user; the keeper ends when it has none left."""
    while _held:
        _held.pop().release()


def local_defaults(here: Places) -> dict[str, str]:
    """Return what a trial run sets beside the addresses."""
    return {
        "SECRET_KEY": secret_key(here),
        "PIPCYCLE_DEMO": "1",
        "EMAIL_URL": "folder://",
        "PIPCYCLE_VAR": str(here.var),
    }


def secret_key(here: Places) -> str:
    """Return the secret of this checkout, made once."""
    path = here.var / "secret_key"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        os.write(descriptor, secrets.token_urlsafe(50).encode())
        os.close(descriptor)
    return path.read_text(encoding="utf-8").strip()


def keeper_runs(here: Places) -> bool:
    """Say whether a keeper lives, by its lock; one that is just starting or stopping is waited for."""
    lock = Lock(here.keeper_lock)
    free = lock.try_to_take()
    lock.release()
    if free:
        here.addresses.unlink(missing_ok=True)
        return False
    return _wait_for_addresses(here, lambda: keeper_is_gone(here))


def keeper_is_gone(here: Places) -> bool:
    """Say whether nobody holds the keeper's lock."""
    lock = Lock(here.keeper_lock)
    free = lock.try_to_take()
    lock.release()
    return free


def start_keeper(here: Places) -> None:
    """Start the keeper in a session of its own, so that Ctrl-C reaches its users first; wait until it is ready."""
    here.log.mkdir(parents=True, exist_ok=True)
    log_path = here.log / "keeper.log"
    with log_path.open("ab") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "pipcycle.local.keeper", str(here.var)],
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    if not _wait_for_addresses(here, lambda: keeper.poll() is not None):
        tail = log_path.read_text(errors="replace").strip().splitlines()[-1:]
        message = f"PIPCycle cannot start its local services: {''.join(tail)} (see {log_path})"
        raise LocalServicesError(message)


def revive_keeper(here: Places) -> bool:
    """Start the keeper again if it was killed; say whether that was so."""
    if not keeper_is_gone(here):
        return False
    with alone(here.change_lock):
        if not keeper_runs(here):
            start_keeper(here)
    return True


def wait_for_keeper_to_end(here: Places) -> bool:
    """Wait until the keeper has stopped the services; false when it goes on because others use them."""
    deadline = time.monotonic() + STOP_SECONDS
    notice = time.monotonic() + NOTICE_SECONDS
    while not keeper_is_gone(here):
        now = time.monotonic()
        if now > deadline or (now > notice and here.addresses.exists()):
            return False
        time.sleep(0.05)
    return True


def _wait_for_addresses(here: Places, is_over: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if here.addresses.exists():
            return True
        if is_over():
            return False
        time.sleep(0.02)
    return False
