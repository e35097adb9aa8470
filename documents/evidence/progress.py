"""How far a bundle is. It lives in the cache: the building itself is one transaction nobody sees into."""

from typing import Any, NamedTuple

from django.core.cache import cache

from documents.models import EvidenceBundle

_KEPT_SECONDS = 3600


class Position(NamedTuple):
    """Files written and files in all; no total while nobody works on it."""

    done: int
    total: int | None


def set_position(bundle: EvidenceBundle, done: int, total: int) -> None:
    """Say how many files are written."""
    cache.set(_key(bundle), [done, total], _KEPT_SECONDS)


def position_of(bundle: EvidenceBundle) -> Position:
    """Return where the bundle stands."""
    stored: Any = cache.get(_key(bundle))
    return Position(*stored) if stored is not None else Position(0, None)


def forget_position(bundle: EvidenceBundle) -> None:
    """Remove what the cache holds."""
    cache.delete(_key(bundle))


def _key(bundle: EvidenceBundle) -> str:
    return f"evidence-bundle:{bundle.organization_id}:{bundle.pk}"
