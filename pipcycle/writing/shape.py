"""What a text is made of: how many words, a figure, an action, a way to measure."""

import re
from functools import cache

from pipcycle.writing.engine import check_text
from pipcycle.writing.lists import WordList, language_key
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
    lists = _kinds(language_key(language)).get("actions")
    return lists is None or bool(check_text(text, lists=lists, most=1))


def names_a_measure(text: str, *, language: str = "en") -> bool:
    """Return whether the text says by what it is measured; True where the language has no list of measures."""
    lists = _kinds(language_key(language)).get("measures")
    return has_figure(text) or lists is None or bool(check_text(text, lists=lists, most=1))


@cache
def _kinds(language: str) -> dict[str, tuple[WordList, ...]]:
    from pipcycle.writing import english  # noqa: PLC0415  # the lists are written with this package's words

    if language != "en":
        return {}
    return {"actions": (_plain(english.ACTIONS),), "measures": (_plain(english.MEASURES),)}


def _plain(patterns: tuple[str, ...]) -> WordList:
    return WordList(code="shape", severity=Severity.HINT, patterns=patterns, message="", how="")
