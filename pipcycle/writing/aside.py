"""Remarks somebody has set aside with a reason: one shape for every room, kept as JSON beside the text."""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pipcycle.writing.remarks import Remark

LONGEST_REASON = 300
_NUMBER = re.compile(r"-\d+")

TextOf = Callable[[str], str]


def _no_text(_field: str) -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class SetAside:
    """A remark set aside: what it was about, the words it was about, why, and who did so when.

    ``words`` are those the remark quoted or, where it quoted none, what stood in the field; in the normal form, so that
    a capital or a line break does not bring the remark back. ``by`` is the key of a membership; ``said`` is what the
    remark said, for whoever reads the reason later.
    """

    code: str
    field: str
    words: str
    reason: str
    said: str = ""
    by: int | None = None
    at: datetime.datetime | None = None

    @classmethod
    def of(cls, remark: Remark, reason: str, *, text_of: TextOf = _no_text) -> "SetAside":
        """Return the remark set aside for the reason."""
        words = words_of(remark, text_of)
        return cls(code=remark.code, field=remark.field, words=words, reason=reason, said=remark.message)

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what makes it the same remark: rows of a field, such as milestones, may change places."""
        return _key(self.code, self.field, self.words)

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON values; ``from_json`` takes them back."""
        values = {name: getattr(self, name) for name in ("code", "field", "words", "reason", "said", "by")}
        return {**values, "at": None if self.at is None else self.at.isoformat()}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "SetAside":
        """Return what ``as_json`` gave. Raises KeyError or ValueError for anything else."""
        at = values.get("at")
        return cls(
            code=values["code"],
            field=values["field"],
            words=values["words"],
            reason=values["reason"],
            said=values.get("said", ""),
            by=values.get("by"),
            at=None if at is None else datetime.datetime.fromisoformat(at),
        )


def words_of(remark: Remark, text_of: TextOf = _no_text) -> str:
    """Return the words a remark is about, in their normal form; ``text_of`` gives what stands in a field."""
    return _normal(remark.excerpt or text_of(remark.field))


def part_set_aside(
    remarks: Iterable[Remark], aside: Iterable[SetAside], *, text_of: TextOf = _no_text
) -> tuple[list[Remark], list[SetAside]]:
    """Return the remarks that stay, and what is set aside and still holds: the words are the same.

    What must be mended cannot be set aside.
    """
    known = {one.key: one for one in aside}
    kept: list[Remark] = []
    holding: dict[tuple[str, str, str], SetAside] = {}
    for remark in remarks:
        key = _key(remark.code, remark.field, words_of(remark, text_of))
        if remark.is_must or key not in known:
            kept.append(remark)
        else:
            holding[key] = known[key]
    return kept, list(holding.values())


def _key(code: str, field: str, words: str) -> tuple[str, str, str]:
    return code, _NUMBER.sub("", field), _normal(words)


def _normal(words: str) -> str:
    return " ".join(words.casefold().split())
