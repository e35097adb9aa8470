"""The report of 360 feedback in which nobody can be worked out (rule 25). Knows no database.

Each behaviour is counted by itself, without those who have not observed it. A mean needs five answers; a group is
left out with the smaller one that could be had by taking it from the total. What is left out is not in the report at
all. Comments are told neither by group nor in the order of anything.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from metrics.suppression import SMALLEST_GROUP, hidden_groups
from reviews.enums import FormRole
from reviews.rating import COMMENTS, NOT_OBSERVED, Behaviour, Rating

GROUPS = (FormRole.PEER.value, FormRole.UPWARD.value)


def build_report(
    asked: Sequence[Behaviour], answers: Mapping[str, Sequence[Rating]], *, own: Rating | None, seed: bytes
) -> dict[str, Any]:
    """Return what may be read of the answers by group; ``seed`` is forgotten after this."""
    number = sum(len(answers.get(group, ())) for group in GROUPS)
    is_shown = number >= SMALLEST_GROUP
    return {
        "is_shown": is_shown,
        "raters": number if is_shown else None,
        "rows": [_row(one, answers, own or {}) for one in asked],
        "comments": {key: _comments(key, answers, seed) if is_shown else [] for key in COMMENTS},
    }


def shuffled(texts: Sequence[str], seed: bytes) -> list[str]:
    """Return the texts in an order that depends on them and the seed only, never on who came first."""
    return sorted(texts, key=lambda text: hashlib.blake2b(text.encode(), key=seed[:64]).digest())


def _row(one: Behaviour, answers: Mapping[str, Sequence[Rating]], own: Rating) -> dict[str, Any]:
    levels = {group: _levels(one.key, answers.get(group, ())) for group in GROUPS}
    sizes = {group: len(given) for group, given in levels.items()}
    together = [level for given in levels.values() for level in given]
    hidden = hidden_groups(sizes)
    row: dict[str, Any] = {"key": one.key, "text": str(one.text), "own": _own(one.key, own)}
    row["all"] = _mean(together)
    for group, given in levels.items():
        row[group] = None if group in hidden else _mean(given)
    return row


def _levels(key: str, given: Sequence[Rating]) -> list[int]:
    said = (answer.get("behaviours", {}).get(key, NOT_OBSERVED) for answer in given)
    return [level for level in said if level != NOT_OBSERVED]


def _mean(levels: Sequence[int]) -> dict[str, Any] | None:
    if len(levels) < SMALLEST_GROUP:
        return None
    return {"n": len(levels), "mean": round(sum(levels) / len(levels), 1)}


def _own(key: str, own: Rating) -> int | None:
    level: int = own.get("behaviours", {}).get(key, NOT_OBSERVED)
    return level or None


def _comments(key: str, answers: Mapping[str, Sequence[Rating]], seed: bytes) -> list[str]:
    texts = [answer.get("comments", {}).get(key, "") for group in GROUPS for answer in answers.get(group, ())]
    return shuffled([text for text in texts if text], seed + key.encode())
