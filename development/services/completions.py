"""Completions from a file: every good row is kept, every other one is named with its line and the reason."""

import datetime
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from development import learning_rules as rules
from development.learning_enums import OPEN_ENROLMENTS, EnrolmentStatus
from development.learning_obligations import ABOUT_ENROLMENT, LearningOwed
from development.models import Enrolment, TrainingCourse
from development.services.actions import courses_completed
from development.services.recertification import owe_recertification, valid_until
from people.imports.errors import FileRefused
from people.imports.source import Record, inspect_source, read_table
from people.models import Employee, Membership
from pipcycle.errors import DomainError, require
from reminders.services.obligations import withdraw_many

MOST_BYTES, MOST_ROWS = 2 * 1024 * 1024, 20_000
NUMBER, COURSE, COMPLETED, EXPIRES = "number", "course", "completed_on", "expires_on"


class RowRefusedError(Exception):
    """Why a row is not taken in."""


@dataclass(frozen=True)
class Refused:
    """A row that was not taken in."""

    line: int
    reason: str


@dataclass
class Report:
    """What a file has brought."""

    kept: int = 0
    refused: list[Refused] = field(default_factory=list)


@dataclass
class _Known:
    people: dict[str, Employee]
    courses: dict[str, TrainingCourse]
    recorded: set[tuple[int, int, datetime.date]]
    places: dict[tuple[int, int], Enrolment]


def import_completions(*, actor: Membership, content: bytes) -> Report:
    """Take in a CSV or XLSX with number, course, completed_on and, if one likes, expires_on.

    A completion since the day an open place was asked for closes it: an approved one is what was completed, a request
    nobody has answered is cancelled. Raises PermissionDenied, or DomainError for a file that is no such table.
    """
    require(rules.can_keep_catalogue(actor))
    if len(content) > MOST_BYTES:
        raise DomainError(_("The file has more than 2 MB. Divide it."))
    report = Report()
    with transaction.atomic():
        rows = list(_read(content, report, actor))
        _close_places([row for row in rows if row.pk is not None])
        Enrolment.objects.bulk_create([row for row in rows if row.pk is None], batch_size=1000)
        people = {row.employee_id for row in rows}
        owe_recertification(people)
        courses_completed(people)
    report.kept = sum(row.status == EnrolmentStatus.COMPLETED for row in rows)
    return report


def _close_places(places: list[Enrolment]) -> None:
    columns = ["status", "reason", "completed_on", "expires_on", "recorded_by"]
    Enrolment.objects.bulk_update(places, columns, batch_size=1000)
    withdraw_many(
        about_type=ABOUT_ENROLMENT,
        about_ids=Enrolment.objects.filter(pk__in=[place.pk for place in places]).order_by().values("pk"),
        kinds=[LearningOwed.ANSWER_ENROLMENT],
        reason=_("The course is completed."),
    )


def _read(content: bytes, report: Report, actor: Membership) -> Iterator[Enrolment]:
    stream = io.BytesIO(content)
    try:
        table = read_table(stream, inspect_source(stream))
        places = _places(table.headings)
        records = list(table.records)
    except FileRefused as refusal:
        raise DomainError(str(refusal)) from None
    if len(records) > MOST_ROWS:
        raise DomainError(_("The file has more than 20,000 rows. Divide it."))
    known = _known()
    for record in records:
        try:
            yield from _enrolments(_cells(record, places), known, actor)
        except RowRefusedError as refusal:
            report.refused.append(Refused(record.line, str(refusal)))


def _places(headings: Iterable[str]) -> dict[str, int]:
    places = {heading.strip().lower().replace(" ", "_"): place for place, heading in enumerate(headings)}
    missing = [name for name in (NUMBER, COURSE, COMPLETED) if name not in places]
    if missing:
        raise DomainError(
            _("The file has no column %(names)s. The first row names the columns.") % {"names": ", ".join(missing)}
        )
    return places


def _cells(record: Record, places: dict[str, int]) -> dict[str, str]:
    return {
        name: record.cells[places[name]].strip() if name in places and places[name] < len(record.cells) else ""
        for name in (NUMBER, COURSE, COMPLETED, EXPIRES)
    }


def _known() -> _Known:
    """Return what rows are held against; a lock on the catalogue lets the second of two files see the first.

    Open places are locked too: whoever answers one at the same moment is told.
    """
    catalogue = TrainingCourse.objects.select_for_update(no_key=True).order_by("pk")
    courses = {course.code.lower(): course for course in catalogue}
    places = Enrolment.objects.select_for_update(no_key=True).filter(status__in=OPEN_ENROLMENTS).order_by("pk")
    completed = Enrolment.objects.filter(status=EnrolmentStatus.COMPLETED)
    return _Known(
        people={person.number: person for person in Employee.objects.only("pk", "number")},
        courses=courses,
        recorded=set(completed.order_by().values_list("employee_id", "course_id", "completed_on")),
        places={(place.employee_id, place.course_id): place for place in places},
    )


def _enrolments(cells: dict[str, str], known: _Known, actor: Membership) -> Iterator[Enrolment]:
    """Yield the completion of the row, and before it a request it has overtaken."""
    person, course = known.people.get(cells[NUMBER]), known.courses.get(cells[COURSE].lower())
    if person is None:
        raise RowRefusedError(_("No employee has the number “%(number)s”.") % {"number": cells[NUMBER]})
    if course is None:
        raise RowRefusedError(_("No course has the code “%(code)s”.") % {"code": cells[COURSE]})
    completed_on = _day(cells[COMPLETED])
    given = _day(cells[EXPIRES]) if cells[EXPIRES] else None
    try:
        expires_on = valid_until(course, completed_on=completed_on, expires_on=given)
    except DomainError as refusal:
        raise RowRefusedError(str(refusal)) from None
    key = (person.pk, course.pk, completed_on)
    if key in known.recorded:
        raise RowRefusedError(_("This completion is on the record already."))
    known.recorded.add(key)
    place = _place_closed(known, person, course, completed_on)
    if place is not None and place.status == EnrolmentStatus.REQUESTED:
        place.status, place.reason = EnrolmentStatus.CANCELLED, _("The course is completed.")
        yield place
        place = None
    row = place or Enrolment(employee=person, course=course, requested_by=actor)
    row.status, row.recorded_by = EnrolmentStatus.COMPLETED, actor
    row.completed_on, row.expires_on = completed_on, expires_on
    yield row


def _place_closed(
    known: _Known, person: Employee, course: TrainingCourse, completed_on: datetime.date
) -> Enrolment | None:
    """Take out the open place the completion closes: one asked for on its day or before."""
    place = known.places.get((person.pk, course.pk))
    if place is None or timezone.localdate(place.requested_at) > completed_on:
        return None
    return known.places.pop((person.pk, course.pk))


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text[:10])
    except ValueError:
        raise RowRefusedError(
            _("“%(text)s” is no day. Write it as year-month-day, for example 2026-03-31.") % {"text": text}
        ) from None
