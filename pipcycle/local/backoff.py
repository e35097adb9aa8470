"""How long to wait before a program that ended is started again."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

FIRST_PAUSE = 0.25
LONGEST_PAUSE = 15.0
# A program that lived this long had a reason to end other than the one that started it.
STEADY_SECONDS = 30.0


@dataclass
class Backoff:
    """Doubles the pause at each try that comes soon after the one before."""

    clock: Callable[[], float] = time.monotonic
    pause: float = 0.0
    last: float = field(default=float("-inf"))

    def may_try(self) -> bool:
        """Say whether the pause is over, and count the try when it is."""
        now = self.clock()
        if now - self.last < self.pause:
            return False
        self.pause = FIRST_PAUSE if now - self.last > STEADY_SECONDS else min(self.pause * 2, LONGEST_PAUSE)
        self.last = now
        return True
