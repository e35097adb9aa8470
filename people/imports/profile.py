"""A first reading of the whole file: how many rows, and what the columns say about day and month."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from people.imports.dates import DateOrder, OrderTally
from people.imports.errors import FileRefused
from people.imports.fields import DATE_FIELDS
from people.imports.names import is_blank
from people.imports.source import Source, read_table

SAMPLE_ROWS = 2000
_DAY_FIRST_NOT = frozenset(("US", "PH", "FM", "MH", "PW"))


@dataclass(frozen=True, slots=True)
class FileProfile:
    """What a first reading tells."""

    rows: int
    tallies: dict[str, OrderTally]


@dataclass(frozen=True, slots=True)
class FileStart:
    """The headings and the first rows."""

    headings: list[str]
    repeated_headings: list[str]
    samples: list[list[str]]


def fallback_order(country: str) -> DateOrder:
    """Return the order of day and month usual in the country, for columns that do not tell."""
    return DateOrder.MONTH_FIRST if country in _DAY_FIRST_NOT else DateOrder.DAY_FIRST


def read_start(stream: BinaryIO, source: Source, *, rows: int = SAMPLE_ROWS) -> FileStart:
    """Return the headings and the first rows. Raises FileRefused if there is no row below the headings."""
    table = read_table(stream, source)
    samples = [record.cells for _count, record in zip(range(rows), table.records, strict=False)]
    if not samples:
        raise header_only()
    return FileStart(table.headings, table.repeated_headings, samples)


def profile_file(
    stream: BinaryIO, source: Source, columns: Mapping[str, str], *, date_fields: Iterable[str] = DATE_FIELDS
) -> FileProfile:
    """Read the whole file once. Raises FileRefused where it breaks off."""
    table = read_table(stream, source)
    places = date_places(table.headings, columns, date_fields)
    tallies = {key: OrderTally() for key in places}
    count = 0
    for record in table.records:
        count += 1
        for key, place in places.items():
            if place < len(record.cells) and not is_blank(record.cells[place]):
                tallies[key].add(record.cells[place])
    if not count:
        raise header_only()
    return FileProfile(count, tallies)


def header_only() -> FileRefused:
    """Return the refusal of a file without any person."""
    return FileRefused("header_only", _("The file has headings but no rows. Upload one with a row per person."))


def date_places(headings: Sequence[str], columns: Mapping[str, str], date_fields: Iterable[str]) -> dict[str, int]:
    """Return the positions of the mapped date columns."""
    return {key: headings.index(columns[key]) for key in date_fields if columns.get(key) in headings}
