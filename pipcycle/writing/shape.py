"""What a text is made of: how many words, a figure, an action, a way to measure."""

import re
from functools import cache

from pipcycle.writing.engine import check_text
from pipcycle.writing.languages import vocabulary
from pipcycle.writing.lists import WordList
from pipcycle.writing.remarks import Severity

_WORDS = re.compile(r"\w+")
_FIGURE = re.compile(r"\d")


def word_count(text: str) -> int:
    """Return the number of words."""
    return sum(1 for _word in _WORDS.finditer(text))


def has_figure(text: str) -> bool:
    """Return whether the text has a digit."""
    return bool(_FIGURE.search(text))


def names_an_action(text: str, *, language: str = "en") -> bool:
    """Return whether the text says that something is done; True where the language has no list of actions."""
    actions = vocabulary(language).actions
    return not actions or bool(check_text(text, lists=_plain(actions), most=1))


def names_a_measure(text: str, *, language: str = "en") -> bool:
    """Return whether the text says by what it is measured; True where the language has no list of measures."""
    measures = vocabulary(language).measures
    return has_figure(text) or not measures or bool(check_text(text, lists=_plain(measures), most=1))


@cache
def _plain(patterns: tuple[str, ...]) -> tuple[WordList, ...]:
    return (WordList(code="shape", severity=Severity.HINT, patterns=patterns, message="", how=""),)
