"""The word lists of each language, a module each, named by the language's code: adding one is adding a file.

A module has ``LISTS``; ``CASE_LISTS`` of what no plan should hold; ``ACTIONS`` and ``MEASURES`` (see ``en``) if it can,
without which ``shape`` asks for neither.
"""

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache

from pipcycle.writing.lists import WordList, language_key

FALLBACK = "en"


@dataclass(frozen=True)
class Vocabulary:
    """What is known of a language: its lists, the words for something done, those for something measured."""

    lists: tuple[WordList, ...] = ()
    actions: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    case_lists: tuple[WordList, ...] = ()


NOTHING_KNOWN = Vocabulary()


@cache
def vocabularies() -> dict[str, Vocabulary]:
    """Return what is known, by the code of the language."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        words = importlib.import_module(f"{__name__}.{module.name}")
        found[module.name] = Vocabulary(
            lists=words.LISTS,
            actions=getattr(words, "ACTIONS", ()),
            measures=getattr(words, "MEASURES", ()),
            case_lists=getattr(words, "CASE_LISTS", ()),
        )
    return found


def vocabulary(language: str) -> Vocabulary:
    """Return what is known of the language, nothing of one without lists."""
    return vocabularies().get(language_key(language), NOTHING_KNOWN)


def word_lists(language: str) -> tuple[WordList, ...]:
    """Return the lists of the language, none for one that has no lists yet."""
    return vocabulary(language).lists


def case_lists(language: str) -> tuple[WordList, ...]:
    """Return the lists of what no plan should hold: conduct, health, what the law protects."""
    return vocabulary(language).case_lists


def knows_language(language: str) -> bool:
    """Return whether there are word lists of the language; without them the wording is not checked."""
    return bool(word_lists(language))


def text_language(*preferred: str | None) -> str:
    """Return the first of the languages there are lists of, say the writer's, then the organization's; else English."""
    return next((language_key(one) for one in preferred if one and knows_language(one)), FALLBACK)
