"""Holding a text against the word lists: one pass over its words, in time that grows with its length alone."""

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import islice

from pipcycle.writing.languages import word_lists
from pipcycle.writing.lists import PhraseNode, WordList, phrase_tree
from pipcycle.writing.remarks import Remark

#: Marks that belong to the letter before them, so that "naïve" is one word however it is typed.
_MARKS = "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_WORD = re.compile(rf"[\w{_MARKS}]+")
#: What may stand between the words of one phrase: one line break at most, never the end of a sentence.
_BETWEEN = re.compile(r"[ \t\u00a0\u202f]{0,8}(?:[\n/\-\u2010\u2011\u2013]|\r\n)?[ \t\u00a0\u202f]{0,8}")
_NEAR = 100
_FIGURE = re.compile(r"\d")
_SENTENCE_END = re.compile(r"[!?;\n]|\.(?!\d)")
_FIGURE_FOLLOWS = re.compile(rf"(?:[^\d.!?;\n]|\.(?=\d)){{0,{_NEAR}}}\d")
MOST_REMARKS = 200


def check_text(
    text: str,
    *,
    field: str = "",
    language: str = "en",
    lists: tuple[WordList, ...] | None = None,
    leave_out: Collection[str] = (),
    most: int = MOST_REMARKS,
) -> list[Remark]:
    """Return the remarks on the words of a text, at most ``most``, in the order of the text.

    ``lists`` defaults to those of the language; ``leave_out`` names codes that do not matter here.
    """
    chosen = word_lists(language) if lists is None else lists
    if not chosen:
        return []
    found = (
        _remark(text, start, end, words, field)
        for start, end, words in _matches(text, phrase_tree(chosen))
        if words.code not in leave_out and not (words.excused_by_figure and has_figure_near(text, start, end))
    )
    return list(islice(found, most))


def check_texts(texts: Mapping[str, str], *, language: str = "en", leave_out: Collection[str] = ()) -> list[Remark]:
    """Return the remarks on several fields, by their names."""
    return [
        remark
        for field, text in texts.items()
        for remark in check_text(text, field=field, language=language, leave_out=leave_out)
    ]


def has_figure_near(text: str, start: int, end: int) -> bool:
    """Return whether a digit stands within a hundred characters of the words, in their sentence."""
    if _FIGURE_FOLLOWS.match(text, end):
        return True
    before = text[max(start - _NEAR, 0) : start]
    sentence_starts = max((match.end() for match in _SENTENCE_END.finditer(before)), default=0)
    return bool(_FIGURE.search(before[sentence_starts:]))


def _matches(text: str, tree: PhraseNode) -> Iterator[tuple[int, int, WordList]]:
    """Yield start, end and list of each phrase; none overlap, and of those that start together the longest wins."""
    taken = 0
    for match in _WORD.finditer(text):
        node = tree.following.get(match[0].lower())
        if node is None or match.start() < taken:
            continue
        end, words = _longest(text, match.end(), node)
        if words is not None:
            yield match.start(), end, words
            taken = end


def _longest(text: str, position: int, node: PhraseNode | None) -> tuple[int, WordList | None]:
    """Return where the longest phrase ends whose first word ends at ``position``, and its list, None without one."""
    end, words = 0, None
    while node is not None:
        if node.words is not None:
            end, words = position, node.words
        if not node.following:
            break
        between = _BETWEEN.match(text, position)
        word = _WORD.match(text, between.end()) if between and between.end() > position else None
        if word is None:
            break
        position, node = word.end(), node.following.get(word[0].lower())
    return end, words


def _remark(text: str, start: int, end: int, words: WordList, field: str) -> Remark:
    excerpt = text[start:end]
    return Remark(
        code=words.code,
        severity=words.severity,
        field=field,
        start=start,
        end=end,
        excerpt=excerpt,
        message=str(words.message).format(words=excerpt),
        how=str(words.how).format(words=excerpt),
    )
