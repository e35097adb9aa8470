"""What is said about a text: which words, what is the matter, how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    """How much a remark asks; the higher, the more."""

    HINT = 1
    SHOULD = 2
    MUST = 3


@dataclass(frozen=True, kw_only=True)
class Remark:
    """One remark on one field.

    ``start`` and ``end`` count the characters (code points) of the field as it was typed, so that
    ``text[start:end] == excerpt``; a remark on the field as a whole, or on what is missing, has an empty excerpt.
    """

    code: str
    severity: Severity
    field: str
    message: str
    how: str
    start: int = 0
    end: int = 0
    excerpt: str = ""

    @property
    def is_must(self) -> bool:
        """Return whether nothing can be agreed before this is mended."""
        return self.severity is Severity.MUST


def sorted_remarks(remarks: Iterable[Remark]) -> list[Remark]:
    """Return the remarks, those that ask most first, then as they stand in the text."""
    return sorted(remarks, key=lambda remark: (-remark.severity, remark.field, remark.start, remark.code))
