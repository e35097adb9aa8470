"""Which operating-system account may run PostgreSQL, which refuses to run as root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

CANDIDATES = ("postgres", "nobody")


class SpawnOptions(TypedDict, total=False):
    """The arguments of ``subprocess.Popen`` that change the account."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """The account a server process runs under."""

    uid: int
    gid: int
    is_other: bool

    def spawn_options(self) -> SpawnOptions:
        """Return the ``subprocess`` arguments that switch to this account; none when it is ours already."""
        if not self.is_other:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_enter(self, directory: Path) -> bool:
        """Say whether this account reaches the directory; asked by trying, as permissions have many sources."""
        if not self.is_other:
            return os.access(directory, os.R_OK | os.X_OK)
        probe = subprocess.run(
            ["/bin/sh", "-c", 'cd "$0" && ls >/dev/null', str(directory)],
            check=False,
            capture_output=True,
            cwd="/",
            **self.spawn_options(),
        )
        return probe.returncode == 0

    def own(self, directory: Path, mode: int = 0o700) -> Path:
        """Create the directory for this account alone and return it."""
        directory.mkdir(parents=True, exist_ok=True)
        if self.is_other:
            os.chown(directory, self.uid, self.gid)
        directory.chmod(mode)
        return directory


def server_account() -> Account:
    """Return ourselves, or an unprivileged system account when we are root."""
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid(), is_other=False)
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(uid=entry.pw_uid, gid=entry.pw_gid, is_other=True)
    message = f"PostgreSQL will not run as root and none of the accounts {', '.join(CANDIDATES)} exists."
    raise RuntimeError(message)
