"""How far an import is. It lives in the cache: the import itself is one transaction nobody sees into."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.cache import cache

from people.models import ImportBatch

_KEPT_SECONDS = 3600
_EVERY = 500


class Phase(StrEnum):
    """What the worker is doing."""

    WAITING = "waiting"
    READING = "reading"
    CHECKING = "checking"
    COMPARING = "comparing"
    WRITING = "writing"
    REPORTING = "reporting"


_SHARE_AT_START = {
    Phase.WAITING: 0,
    Phase.READING: 2,
    Phase.CHECKING: 10,
    Phase.COMPARING: 60,
    Phase.WRITING: 70,
    Phase.REPORTING: 90,
}
_SHARE_OF_CHECKING = 50


@dataclass(frozen=True, slots=True)
class Position:
    """Where an import stands: its phase, the rows read so far and in all, and the whole in per cent."""

    phase: Phase
    rows_done: int
    rows_total: int
    percent: int

    @property
    def shown_percent(self) -> int | None:
        """The length of the bar; None while nobody works on it."""
        return None if self.phase is Phase.WAITING else self.percent


class Progress:
    """Written by the worker, once every few hundred rows."""

    def __init__(self, batch: ImportBatch) -> None:
        self._key = _key(batch)
        self._done = 0

    def enter(self, phase: Phase) -> None:
        """Begin a phase."""
        self._set(phase, _SHARE_AT_START[phase], 0)

    def count(self, total: int) -> None:
        """Count one row of ``total`` as read."""
        self._done += 1
        if self._done % _EVERY == 0 or self._done == total:
            share = _SHARE_OF_CHECKING * self._done // max(total, 1)
            self._set(Phase.CHECKING, _SHARE_AT_START[Phase.CHECKING] + share, total)

    def forget(self) -> None:
        """Remove what the cache holds."""
        cache.delete(self._key)

    def _set(self, phase: Phase, percent: int, total: int) -> None:
        cache.set(self._key, [phase.value, self._done, total, percent], _KEPT_SECONDS)


def position_of(batch: ImportBatch) -> Position:
    """Return where the import stands; waiting if no worker has said anything yet."""
    stored: Any = cache.get(_key(batch))
    if stored is None:
        return Position(Phase.WAITING, 0, batch.rows_total, 0)
    phase, done, total, percent = stored
    return Position(Phase(phase), done, total or batch.rows_total, percent)


def _key(batch: ImportBatch) -> str:
    return f"people-import:{batch.organization_id}:{batch.pk}"
