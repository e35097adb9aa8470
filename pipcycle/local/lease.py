"""Who uses the local services, counted by the kernel: a lock goes away with its process, however that ends."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Self


class Lock:
    """A lock on a file, held until ``release`` or the end of the process."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def share(self) -> Self:
        """Hold it together with others; wait for somebody who holds it alone."""
        fcntl.flock(self.descriptor, fcntl.LOCK_SH)
        return self

    def take(self) -> Self:
        """Hold it alone; wait for the others."""
        fcntl.flock(self.descriptor, fcntl.LOCK_EX)
        return self

    def try_to_take(self) -> bool:
        """Hold it alone if nobody else holds it; say whether that worked."""
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        """Let it go."""
        with contextlib.suppress(OSError):
            os.close(self.descriptor)
        self.descriptor = -1


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock alone for the length of a block."""
    lock = Lock(path).take()
    try:
        yield
    finally:
        lock.release()
