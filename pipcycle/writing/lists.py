"""Word lists and the tree by which a text is held against them; ``languages`` has those of each language."""

from dataclasses import dataclass, field
from functools import cache

from django.utils.functional import Promise

from pipcycle.writing.inflections import phrases
from pipcycle.writing.remarks import Severity


@dataclass(frozen=True, kw_only=True)
class WordList:
    """Words that share what is the matter with them and how to mend it.

    ``message`` and ``how`` may quote the words found as ``{words}``. Words ``excused_by_figure`` are fine where a
    figure stands near them in the same sentence: "improve accuracy from 92% to 97%" is as clear as can be.
    """

    code: str
    severity: Severity
    patterns: tuple[str, ...]
    message: str | Promise = field(compare=False)
    how: str | Promise = field(compare=False)
    excused_by_figure: bool = False


@dataclass
class PhraseNode:
    """A point reached in one or more phrases: which words may follow, and whose phrase ends here, if one does."""

    following: "dict[str, PhraseNode]" = field(default_factory=dict)
    words: WordList | None = None


def split_patterns(text: str) -> tuple[str, ...]:
    """Return the patterns of a text that separates them by semicolons."""
    return tuple(" ".join(pattern.split()) for pattern in text.split(";") if pattern.strip())


def language_key(language: str) -> str:
    """Return the code the lists go by: "en-GB" and "en_us" are "en"."""
    return language.replace("_", "-").partition("-")[0].lower()


@cache
def phrase_tree(lists: tuple[WordList, ...]) -> PhraseNode:
    """Return the phrases of the lists as a tree, word by word; a phrase of two lists belongs to the first."""
    root = PhraseNode()
    for words in lists:
        for pattern in words.patterns:
            for phrase in phrases(pattern):
                node = root
                for word in phrase:
                    node = node.following.setdefault(word, PhraseNode())
                node.words = node.words or words
    return root
