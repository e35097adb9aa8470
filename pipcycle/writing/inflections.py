"""Words in all their forms, so that a list names each word once."""

_VOWELS = "aeiou"
_GERMAN_ENDINGS = ("", "e", "em", "en", "er", "es")
_SIBILANTS = ("s", "x", "z", "ch", "sh")


def forms(pattern: str) -> list[str]:
    """Return the words of a pattern: ``improve~`` is a verb in all its forms, ``goal+`` a noun with its plural.

    ``plan~~`` doubles its last letter (planned, planning); ``deutlich*`` is a German adjective with its endings.
    Anything else stands for itself.
    """
    if pattern.endswith("~~"):
        return _verb(pattern[:-2], stem=pattern[:-2] + pattern[-3])
    if pattern.endswith("~"):
        return _verb(pattern[:-1], stem=pattern[:-1])
    if pattern.endswith("+"):
        return [pattern[:-1], _with_s(pattern[:-1])]
    if pattern.endswith("*"):
        return [f"{pattern[:-1]}{ending}" for ending in _GERMAN_ENDINGS]
    return [pattern]


def phrases(pattern: str) -> list[tuple[str, ...]]:
    """Return every form of a phrase, word by word: ``try~ to`` gives ("try", "to") and ("tries", "to")."""
    found: list[tuple[str, ...]] = [()]
    for word in pattern.split():
        found = [(*phrase, form) for phrase in found for form in forms(word)]
    return found


def _with_s(word: str) -> str:
    if word.endswith(_SIBILANTS):
        return f"{word}es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return f"{word[:-1]}ies"
    return f"{word}s"


def _verb(base: str, *, stem: str) -> list[str]:
    if base.endswith("e"):
        return [base, f"{base}s", f"{base}d", f"{base[:-1]}ing"]
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return [base, _with_s(base), f"{base[:-1]}ied", f"{base}ing"]
    return [base, _with_s(base), f"{stem}ed", f"{stem}ing"]
