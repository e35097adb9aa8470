"""Remarks somebody has read and set aside; who stores them is the caller's affair."""

from collections.abc import Iterable
from typing import NamedTuple

from pipcycle.writing.remarks import Remark


class Dismissal(NamedTuple):
    """A remark set aside: what it was about and the words it quoted, wherever they stand.

    Kept in the normal form of ``of``, so that a capital or a line break does not bring the remark back.
    """

    code: str
    excerpt: str

    @classmethod
    def of(cls, code: str, excerpt: str = "") -> "Dismissal":
        """Return the dismissal of a remark with that code on these words."""
        return cls(code, " ".join(excerpt.casefold().split()))


def without_dismissed(remarks: Iterable[Remark], dismissed: Iterable[Dismissal]) -> list[Remark]:
    """Return the remarks nobody has set aside; what must be mended cannot be."""
    set_aside = {Dismissal.of(*dismissal) for dismissal in dismissed}
    return [
        remark for remark in remarks if remark.is_must or Dismissal.of(remark.code, remark.excerpt) not in set_aside
    ]
