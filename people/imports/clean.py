"""One row of texts becomes the facts of one employee, with a finding for everything that had to be decided."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from people.enums import EmployeeStatus
from people.imports.dates import ColumnOrder, read_date, years_before
from people.imports.fields import DEMOGRAPHIC_FIELDS, FIELD_BY_KEY
from people.imports.findings import Finding, Level
from people.imports.names import PersonName, is_blank, name_key, parse_name
from people.imports.source import Record
from people.imports.states import country_code_for, state_for, zone_of_country
from people.imports.statuses import read_leaving_kind, read_status

MAX_NUMBER = 50
MAX_NAME = 100
_EARLIEST = datetime.date(1900, 1, 1)
_YOUNGEST = 14
_OLDEST = 100
_AHEAD = datetime.timedelta(days=366)
_NO_FACTS = frozenset(("line", "findings", "demographics"))


@dataclass(slots=True)
class CleanRow:
    """The facts of one row; None means that the file says nothing about it, so nothing is changed."""

    line: int
    number: str = ""
    given_name: str | None = None
    family_name: str | None = None
    email: str | None = None
    job_title: str | None = None
    department: str | None = None
    location: str | None = None
    country: str | None = None
    subdivision: str | None = None
    time_zone: str | None = None
    hired_on: datetime.date | None = None
    left_on: datetime.date | None = None
    leaving_kind: str | None = None
    leaving_reason: str | None = None
    status: str | None = None
    last_rating: str | None = None
    last_reviewed_on: datetime.date | None = None
    demographics: dict[str, Any] = field(default_factory=dict)
    manager_name: str = ""
    manager_number: str = ""
    manager_key: str = ""
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        """Whether any finding refuses the row."""
        return any(finding.level is Level.REFUSAL for finding in self.findings)

    @property
    def full_name(self) -> str:
        """The name as the report shows it."""
        return f"{self.given_name or ''} {self.family_name or ''}".strip()

    @property
    def key(self) -> str:
        """What the name shares with other spellings of it."""
        return name_key(self.full_name)

    @property
    def is_repeat(self) -> bool:
        """Whether an earlier row of the file says the same."""
        return any(finding.code == "number_repeated" for finding in self.findings)

    def facts(self) -> tuple[Any, ...]:
        """What two rows of the same person must share to be the same row twice."""
        plain = tuple(getattr(self, name) for name in self.__slots__ if name not in _NO_FACTS)
        return (*plain, *sorted(self.demographics.items()))


@dataclass(frozen=True, slots=True)
class Cleaner:
    """Everything needed to clean the rows of one file. ``columns`` maps fields to headings."""

    headings: Sequence[str]
    columns: Mapping[str, str]
    orders: Mapping[str, ColumnOrder]
    today: datetime.date
    country: str = "US"

    def clean_all(self, records: Iterator[Record]) -> Iterator[CleanRow]:
        """Clean the rows as they come."""
        places = {key: self.headings.index(heading) for key, heading in self.columns.items() if heading}
        for record in records:
            yield self.clean(record, places)

    def clean(self, record: Record, places: Mapping[str, int]) -> CleanRow:
        """Return the facts and findings of one row; ``places`` are the positions of the mapped columns."""
        row = CleanRow(line=record.line)
        self._check_width(row, record.cells)
        values = {
            key: record.cells[place]
            for key, place in places.items()
            if place < len(record.cells) and not is_blank(record.cells[place])
        }
        _read_identity(row, values)
        _read_email(row, values)
        _read_texts(row, values)
        self._read_place(row, values)
        self._read_dates(row, values)
        self._read_status(row, values)
        _check_period(row)
        return row

    def _check_width(self, row: CleanRow, cells: Sequence[str]) -> None:
        width = len(self.headings)
        if len(cells) < width:
            row.findings.append(Finding("row_too_short", value=str(len(cells)), detail=str(width)))
        elif any(cells[width:]):
            row.findings.append(Finding("row_too_long", value=str(len(cells)), detail=str(width)))

    def _read_place(self, row: CleanRow, values: Mapping[str, str]) -> None:
        country = values.get("country", "")
        code = country_code_for(country) if country else None
        if country and code is None:
            row.findings.append(Finding("country_unknown", "country", country))
        place, region = _short_text(row, values, "location"), _short_text(row, values, "state")
        state = state_for(region) if region and (code or self.country) == "US" else None
        row.location = place or (state.name if state else region)
        if row.location is None:
            return
        row.country = "US" if state else code
        row.subdivision = state.code if state else None
        row.time_zone = state.time_zone if state else zone_of_country(code or "")

    def _read_dates(self, row: CleanRow, values: Mapping[str, str]) -> None:
        ahead = self.today + _AHEAD
        row.hired_on = self._date(row, values, "hired_on", _EARLIEST, ahead)
        row.left_on = self._date(row, values, "left_on", _EARLIEST, ahead, near=row.hired_on)
        row.last_reviewed_on = self._date(row, values, "last_reviewed_on", _EARLIEST, ahead, near=row.hired_on)
        at_work = min(row.hired_on or self.today, self.today)
        born_on = self._date(row, values, "born_on", years_before(at_work, _OLDEST), years_before(at_work, _YOUNGEST))
        if born_on is not None:
            row.demographics["born_on"] = born_on

    def _date(
        self,
        row: CleanRow,
        values: Mapping[str, str],
        key: str,
        earliest: datetime.date,
        latest: datetime.date,
        *,
        near: datetime.date | None = None,
    ) -> datetime.date | None:
        """Read a date. A year in two digits falls between the bounds (not before ``near`` if that fits)."""
        text = values.get(key)
        if text is None:
            return None
        read = read_date(text, column=self.orders[key], earliest=near or earliest, latest=latest)
        if read.value is None and near is not None:
            read = read_date(text, column=self.orders[key], earliest=earliest, latest=latest)
        if read.value is None:
            row.findings.append(Finding("date_unreadable", key, text))
            return None
        if not earliest <= read.value <= latest:
            bounds = f"{earliest.isoformat()} – {latest.isoformat()}"
            row.findings.append(Finding("date_implausible", key, read.value.isoformat(), bounds))
            return None
        if read.code:
            row.findings.append(Finding(read.code, key, text, read.value.isoformat()))
        return read.value

    def _read_status(self, row: CleanRow, values: Mapping[str, str]) -> None:
        text = values.get("status", "")
        status = read_status(text) if text else None
        if text and status is None:
            row.findings.append(Finding("status_unknown", "status", text))
        if status is None and row.left_on is not None:
            status = EmployeeStatus.LEFT if row.left_on <= self.today else EmployeeStatus.ACTIVE
        if status is None:
            return
        row.status = status.value
        if status is EmployeeStatus.LEFT:
            row.leaving_kind = read_leaving_kind(text).value
        elif row.left_on is not None and row.left_on <= self.today:
            row.findings.append(Finding("status_contradicts_date", "left_on", row.left_on.isoformat(), text))
            row.left_on = None


def _read_identity(row: CleanRow, values: Mapping[str, str]) -> None:
    row.number = values.get("number", "")
    if not row.number:
        row.findings.append(Finding("number_missing", "number"))
    elif len(row.number) > MAX_NUMBER:
        row.findings.append(Finding("number_too_long", "number", row.number))
    name = _person_name(values)
    row.given_name, row.family_name = name.given, name.family
    if not name.given:
        row.findings.append(Finding("name_missing", "name"))
    elif max(len(name.given), len(name.family)) > MAX_NAME:
        row.findings.append(Finding("name_too_long", "name", f"{name.given} {name.family}"))
    row.manager_name = (_short_text(row, values, "manager_name") or "").rstrip(",")
    row.manager_number = _short_text(row, values, "manager_number") or ""
    row.manager_key = _short_text(row, values, "manager_key") or ""


def _person_name(values: Mapping[str, str]) -> PersonName:
    given, family = values.get("given_name", ""), values.get("family_name", "")
    if given or family:
        return PersonName(given, family) if given else PersonName(family)
    whole = values.get("name", "")
    return parse_name(whole) if name_key(whole) else PersonName("")


def _read_email(row: CleanRow, values: Mapping[str, str]) -> None:
    email = _short_text(row, values, "email")
    if email is None:
        return
    email = email.removeprefix("mailto:").strip("<>; ").lower()
    try:
        validate_email(email)
    except ValidationError:
        row.findings.append(Finding("email_invalid", "email", email))
        return
    row.email = email


def _read_texts(row: CleanRow, values: Mapping[str, str]) -> None:
    for key in ("job_title", "department", "leaving_reason", "last_rating"):
        setattr(row, key, _short_text(row, values, key))
    for key in DEMOGRAPHIC_FIELDS:
        if not FIELD_BY_KEY[key].is_date and (text := _short_text(row, values, key)):
            row.demographics[key] = text.capitalize() if key == "hispanic_or_latino" else text


def _short_text(row: CleanRow, values: Mapping[str, str], key: str) -> str | None:
    text = values.get(key)
    limit = FIELD_BY_KEY[key].max_length
    if text is not None and len(text) > limit:
        row.findings.append(Finding("value_too_long", key, text, str(limit)))
        return None
    return text


def _check_period(row: CleanRow) -> None:
    if row.left_on is not None and row.hired_on is not None and row.left_on < row.hired_on:
        row.findings.append(Finding("left_before_hired", "left_on", row.left_on.isoformat(), row.hired_on.isoformat()))


def refuse_repeated(rows: Iterator[CleanRow]) -> Iterator[CleanRow]:
    """Let the first row of each number pass; a later one repeats it or is refused, with the first one's line."""
    seen: dict[str, tuple[int, int]] = {}
    for row in rows:
        if not row.is_refused:
            line, facts = seen.setdefault(row.number, (row.line, hash(row.facts())))
            if line != row.line:
                code = "number_repeated" if hash(row.facts()) == facts else "number_conflict"
                row.findings.append(Finding(code, "number", row.number, str(line)))
        yield row
