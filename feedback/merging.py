"""Two people write in one text at the same time: both keep their words. Pure functions over lines.

Each writer hands in the text they began from (``base``) and what it has become (``mine``); the server knows what it is
by now (``theirs``). Line by line the changes of both are put together; where both changed the same line, both lines
stay, one above the other. Nothing anybody has written is ever lost.
"""

from collections import defaultdict
from difflib import SequenceMatcher


def merge(base: str, theirs: str, mine: str) -> str:
    """Return the text with the changes of both sides; lines end in a line feed."""
    base, theirs, mine = (_with_plain_ends(text) for text in (base, theirs, mine))
    if theirs in (base, mine):
        return mine
    if mine == base:
        return theirs
    lines = base.split("\n")
    added_there, gone_there = _changes(lines, theirs.split("\n"))
    added_here, gone_here = _changes(lines, mine.split("\n"))
    merged: list[str] = []
    for place in range(len(lines) + 1):
        there, here = added_there[place], added_here[place]
        merged += there if there == here else [*there, *here]
        if place < len(lines) and place not in gone_there | gone_here:
            merged.append(lines[place])
    return "\n".join(merged)


def _changes(base: list[str], new: list[str]) -> tuple[defaultdict[int, list[str]], set[int]]:
    """Return the lines added before each place of the base, and the places of the lines that are gone."""
    added: defaultdict[int, list[str]] = defaultdict(list)
    gone: set[int] = set()
    for tag, first, last, new_first, new_last in SequenceMatcher(None, base, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        gone.update(range(first, last))
        added[first] += new[new_first:new_last]
    return added, gone


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
