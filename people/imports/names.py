"""Names as files give them, and the key by which two spellings are the same person."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

_SPACES = re.compile(r"\s+")
# Control characters, and the marks for direction, joining and soft breaks.
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_SUFFIX = re.compile(r"^(jr|sr|ii|iii|iv|phd|md|esq|cpa)$")
_PARTICLES = frozenset(
    ("von", "van", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "bin", "ibn", "al", "el",
     "ter", "ten", "zu", "zum", "st")
)  # fmt: skip
_KEY_BREAK = re.compile(r"[^\w]+|_")
_DROPPED = re.compile(r"['’`´.]")
_EMPTY_WORDS = frozenset(
    ("", "n/a", "na", "#n/a", "null", "none", "nan", "nil", "-", "--", "—", "?", "unknown", "#ref!")
)


def tidy(text: str) -> str:
    """Return the text without control characters, padding and repeated spaces."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACES.sub(" ", _INVISIBLE.sub(" ", text)).strip()


def is_blank(text: str) -> bool:
    """Return whether the cell says nothing: empty, or a word that files use for "nothing" ("N/A-StillEmployed" too)."""
    lowered = text.strip().casefold()
    return lowered in _EMPTY_WORDS or lowered.startswith(("n/a-", "n/a "))


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in two parts; somebody with one name only has no family name."""

    given: str
    family: str = ""

    @property
    def key(self) -> str:
        """What two spellings of the same name share."""
        return name_key(f"{self.given} {self.family}")


def parse_name(text: str) -> PersonName:
    """Read "Last, First Middle", "Last, Jr., First", "First Middle Last" or a single name."""
    text = tidy(text).strip(",").strip()
    if "," in text:
        return _parse_inverted([part for part in (tidy(part) for part in text.split(",")) if part])
    words = text.split(" ")
    suffix = words.pop() if len(words) > 2 and _is_suffix(words[-1]) else ""  # "First Last Jr"
    if len(words) == 1:
        return PersonName(words[0])
    start = next(
        (place for place in range(1, len(words) - 1) if words[place].casefold().strip(".") in _PARTICLES),
        len(words) - 1,
    )
    return PersonName(" ".join(words[:start]), " ".join([*words[start:], suffix]).strip())


def _parse_inverted(parts: list[str]) -> PersonName:
    suffixes = [part for part in parts[1:] if _is_suffix(part)]
    others = [part for part in parts[1:] if not _is_suffix(part)]
    if not others:  # "First Last, Jr."
        whole = parse_name(parts[0])
        return PersonName(whole.given, " ".join([whole.family, *suffixes]).strip())
    return PersonName(" ".join(others), " ".join([parts[0], *suffixes]))


def _is_suffix(word: str) -> bool:
    return bool(_SUFFIX.match(word.replace(".", "").casefold()))


def name_key(full_name: str) -> str:
    """Return the name without case, accents, punctuation, suffixes and (where two words remain) initials."""
    folded = unicodedata.normalize("NFKD", _DROPPED.sub("", full_name)).casefold()
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
    words = [word for word in _KEY_BREAK.split(plain) if word]
    words = _without(words, lambda word: bool(_SUFFIX.match(word)))
    return " ".join(_without(words, lambda word: len(word) == 1))


def _without(words: list[str], drop: Callable[[str], bool]) -> list[str]:
    kept = [word for word in words if not drop(word)]
    return kept if len(kept) > 1 else words
