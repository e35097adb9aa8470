"""Two texts side by side with the words that differ marked: pure functions."""

import difflib
import re
from dataclasses import dataclass

#: Below this likeness the texts have nothing to do with each other, and single words in common would only confuse.
LIKE = 0.35
#: Words beyond which the comparison is left out: it is quadratic, and nobody reads marks in a text that long.
MOST_WORDS = 4000

#: A word with the space after it.
_WORDS = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Piece:
    """A stretch of text; ``is_marked`` when the other side does not have it."""

    text: str
    is_marked: bool = False


def marked(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts as pieces; put together they are the texts again."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return _whole(old), _whole(new)
    matcher = difflib.SequenceMatcher(None, _bare(before), _bare(after), autojunk=False)
    if matcher.ratio() < LIKE:
        return _whole(old), _whole(new)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        _add(left, "".join(before[i1:i2]), is_marked=tag != "equal")
        _add(right, "".join(after[j1:j2]), is_marked=tag != "equal")
    return left, right


def _bare(words: list[str]) -> list[str]:
    return [word.rstrip() for word in words]


def _whole(text: str) -> list[Piece]:
    return [Piece(text, is_marked=True)] if text else []


def _add(pieces: list[Piece], text: str, *, is_marked: bool) -> None:
    if text:
        pieces.append(Piece(text, is_marked))
