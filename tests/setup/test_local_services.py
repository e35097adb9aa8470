"""Every command of a checkout reaches the same services, which live exactly as long as somebody uses them."""

import os
import signal
import stat
from pathlib import Path

import psycopg

from pipcycle.local.account import server_account
from pipcycle.local.environment import Places, keeper_is_gone, secret_key
from pipcycle.local.places import data_directory, socket_directory
from pipcycle.local.postgres import PostgresServer
from pipcycle.local.spawn import wait_until
from tests.support import local_services
from tests.support.local_services import Running

USER = """
import os, sys
from pipcycle.local import ensure_local_environment
ensure_local_environment()
print(os.environ["DATABASE_URL"], flush=True)
sys.stdin.read()
"""


class User(Running):
    """A command that uses the services until it is told to leave."""

    def __init__(self, var: Path) -> None:
        super().__init__(var, "-c", USER)
        self.wait_for("\n")

    @property
    def address(self) -> str:
        return self.text.strip()

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(self.address.replace("postgres://", "postgresql://"))


def is_over(var: Path) -> bool:
    return wait_until(lambda: keeper_is_gone(Places(var)) and not local_services.processes_of(var), seconds=20)


def test_services_live_from_the_first_user_to_the_last(var: Path) -> None:
    with User(var) as first, User(var) as second:
        assert first.address.startswith("postgres://pipcycle@/pipcycle?host=")
        assert first.address == second.address
        assert len(local_services.processes_of(var, "pipcycle.local.keeper")) == 1
        first.leave()
        assert not keeper_is_gone(Places(var))
        second.leave()
    assert is_over(var)


def test_services_of_an_unprivileged_role_end_when_their_only_user_is_killed(var: Path) -> None:
    with User(var) as user:
        with user.connect() as connection:
            role = connection.execute(
                "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
        assert role == (False, False, False, False)
        user.end(signal.SIGKILL)
    assert is_over(var)


def test_services_come_back_with_their_data_after_everything_is_killed(var: Path) -> None:
    with User(var) as user:
        with user.connect() as connection:
            connection.execute("CREATE TABLE kept AS SELECT 'harbor' AS word")
        for process in local_services.processes_of(var):
            process.send_signal(signal.SIGKILL)
        user.leave()
    with User(var) as again:
        with again.connect() as connection:
            assert connection.execute("SELECT word FROM kept").fetchone() == ("harbor",)
        again.leave()
    assert is_over(var)


def test_secret_is_made_once_and_private(var: Path) -> None:
    var.mkdir(parents=True)
    first, second = secret_key(Places(var)), secret_key(Places(var))
    assert first == second
    assert len(first) > 50
    assert stat.S_IMODE((var / "secret_key").stat().st_mode) == 0o600


def test_stale_lock_of_another_program_is_forgotten(var: Path) -> None:
    server = PostgresServer(var / "postgres", var / "log")
    lock = server.data / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n{server.data}\n", encoding="utf-8")
    server.forget_stale_lock()
    assert not lock.exists()


def test_socket_moves_to_a_short_place_when_the_path_is_long(tmp_path: Path) -> None:
    account = server_account()
    short, long = tmp_path / "data", tmp_path / ("x" * 120) / "data"
    assert socket_directory(short, account) == tmp_path / "data-socket"
    moved = socket_directory(long, account)
    assert len(str(moved / ".s.PGSQL.5432")) < 104
    assert socket_directory(long, account) == moved
    moved.rmdir()


def test_data_stay_in_the_checkout_when_the_account_can_enter_it(var: Path) -> None:
    account = server_account()
    var.mkdir()
    stays = account.can_enter(var)
    assert (data_directory(var / "postgres", account) == var / "postgres") == stays


def test_data_of_root_leave_a_closed_checkout_through_a_link(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    account = server_account()
    wanted = closed / "var" / "postgres"
    data = data_directory(wanted, account)
    assert wanted.resolve() == data
    assert account.can_enter(data)
    assert wanted.is_symlink() == account.is_other
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    data.rmdir()
