"""Which column means what: a guess from the headings and a few rows, corrected by what was chosen last time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from people.imports.dates import DateOrder
from people.imports.fields import FIELDS, ImportField
from people.imports.names import is_blank

_NOT_LETTERS = re.compile(r"[\W_]+")
_CERTAIN = 1.0
_REMEMBERED = 0.99
_LIKELY = 0.7
_ALIKE = 0.86
_SHARE_OF_EMPLOYEES = 0.5
_CODE_ENDINGS = ("id", "number", "no", "code", "key")
_CODE_FIELDS = frozenset(("number", "manager_number", "manager_key"))


@dataclass(frozen=True, slots=True)
class Guess:
    """A heading and how sure we are of it, from 0 to 1."""

    heading: str
    confidence: float

    @property
    def is_certain(self) -> bool:
        """Whether nobody need look at it."""
        return self.confidence >= _REMEMBERED


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """Which heading each field is read from, and the order of day and month if a person chose one."""

    columns: dict[str, str]
    date_order: DateOrder | None = None

    def as_json(self) -> dict[str, Any]:
        """Return what is stored with the batch."""
        return {"columns": self.columns, "date_order": self.date_order.value if self.date_order else ""}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "ColumnChoice":
        """Return the mapping stored with a batch."""
        order = stored.get("date_order")
        return cls(dict(stored.get("columns", {})), DateOrder(order) if order else None)


def plain_heading(heading: str) -> str:
    """Return the heading in lower case without spaces and punctuation."""
    return _NOT_LETTERS.sub("", heading).casefold()


def guess_mapping(
    headings: Sequence[str], samples: Sequence[Sequence[str]], remembered: Mapping[str, str] | None = None
) -> dict[str, Guess]:
    """Return the heading each field is most likely read from; a heading serves one field only.

    ``samples`` are rows of the file, ``remembered`` maps plain headings to the fields chosen for them last time.
    """
    remembered = remembered or {}
    candidates = sorted(
        (
            (-confidence, place, order, field.key, heading)
            for order, field in enumerate(FIELDS)
            for place, heading in enumerate(headings)
            if (confidence := _confidence(field, heading, remembered)) > 0
        ),
    )
    guesses: dict[str, Guess] = {}
    used: set[str] = set()
    for negative, _place, _order, key, heading in candidates:
        if key not in guesses and heading not in used:
            guesses[key] = Guess(heading, -negative)
            used.add(heading)
    return _tell_codes_from_numbers(guesses, headings, samples, remembered)


def _confidence(field: ImportField, heading: str, remembered: Mapping[str, str]) -> float:
    plain = plain_heading(heading)
    if plain in remembered:
        return _REMEMBERED + 0.01 if remembered[plain] == field.key else 0.0
    if plain in field.synonyms:
        return _CERTAIN - 0.001 * field.synonyms.index(plain)
    if plain.endswith(_CODE_ENDINGS) != (field.key in _CODE_FIELDS):
        return 0.0
    if field.is_date != _sounds_like_date(plain):
        return 0.0
    likeness = max(SequenceMatcher(None, plain, synonym).ratio() for synonym in field.synonyms)
    return _LIKELY * likeness if likeness >= _ALIKE else 0.0


def _sounds_like_date(plain: str) -> bool:
    return "date" in plain or (plain.endswith(("on", "at", "day", "datum", "dob")) and not plain.endswith("location"))


def _tell_codes_from_numbers(
    guesses: dict[str, Guess],
    headings: Sequence[str],
    samples: Sequence[Sequence[str]],
    remembered: Mapping[str, str],
) -> dict[str, Guess]:
    """A "ManagerID" may be an employee number or a grouping key of its own: the values tell."""
    guess = guesses.get("manager_number")
    number = guesses.get("number")
    if guess is None or number is None or plain_heading(guess.heading) in remembered:
        return guesses
    numbers = set(_column(number.heading, headings, samples))
    given = [value for value in _column(guess.heading, headings, samples) if not is_blank(value)]
    if given and sum(value in numbers for value in given) < _SHARE_OF_EMPLOYEES * len(given):
        guesses.pop("manager_number")
        if "manager_key" not in guesses:
            guesses["manager_key"] = Guess(guess.heading, min(guess.confidence, _LIKELY))
    return guesses


def _column(heading: str, headings: Sequence[str], samples: Sequence[Sequence[str]]) -> list[str]:
    place = list(headings).index(heading)
    return [row[place] for row in samples if place < len(row)]


def missing_fields(columns: Mapping[str, str]) -> list[str]:
    """Return the fields without which no employee can be imported and that no column is chosen for."""
    missing = [] if columns.get("number") else ["number"]
    if not columns.get("name") and not columns.get("given_name") and not columns.get("family_name"):
        missing.append("name")
    return missing
